import { execFileSync } from 'node:child_process';
import { markdownTable, renderRunbook } from './runbook';
import { commandsOf, namespaceOf, referencesOf, shellBlocks } from './testing/runbook-commands';
import { manifestsOf, synthScenario } from './testing/scenario';

const files = synthScenario();
const manifests = [...files].flatMap(([path, text]) => (path.endsWith('.yaml') ? manifestsOf(text) : []));
const runbooks = [...files].flatMap(([path, text]): [string, string][] =>
  path.endsWith('/RUNBOOK.md') ? [[path.replace('/RUNBOOK.md', ''), text]] : [],
);

/** The part of a runbook below a heading, up to the next one of its level. */
function below(chapter: string, heading: string): string {
  const text = runbooks.find(([name]) => name === chapter)?.[1] ?? '';
  return text.split(`\n${heading}\n`)[1]?.split(/\n##/)[0] ?? '';
}

/** kind/namespace/name, as commands write a kind, of all that the scenario or its operators make. */
function known(): Set<string> {
  const short: Record<string, string[]> = {
    DataVolume: ['datavolume', 'pvc'],
    PersistentVolumeClaim: ['pvc'],
    VirtualMachine: ['vm', 'vmi'],
  };
  const made = manifests.flatMap(({ kind, metadata: { name, namespace = '' } }) =>
    (short[kind] ?? [kind.toLowerCase()]).map((written) => `${written}/${namespace}/${name}`),
  );
  const secrets = JSON.stringify(manifests).matchAll(/"secretRef":\{"name":"([^"]+)"/g);
  const classes = ['storage-class-iscsi', 'storage-class-iscsi2', 'storage-class-iscsi-economy'];
  return new Set([
    ...made,
    ...[...secrets].map(([, name]) => `secret/${name?.startsWith('alpine') ? 'uefi' : 'uefisb'}/${name}`),
    ...[...classes, 'storage-class-nvme', 'storage-class-nfs'].map((name) => `storageclass//${name}`),
    'storageprofile//storage-class-iscsi2',
    'deployment/kubevirt/virt-operator',
    'deployment/cdi/cdi-operator',
    'cdiconfig//config',
    'secret/kubevirt-manager/dashboard-users',
    'namespace//scenario27-probe',
    'deployment/trident/trident-controller',
  ]);
}

describe.each(runbooks)('the runbook of %s', (chapter, text) => {
  test('applies each file of the chapter once, in the order of their names', () => {
    const applied = [...text.matchAll(/^kubectl apply -f (dist\/\S+)$/gm)].map(([, path]) => path);
    const written = [...files.keys()].filter((path) => path.startsWith(`${chapter}/`) && path.endsWith('.yaml'));
    expect(applied).toEqual(written.map((path) => `dist/${path}`));
    expect(applied.length).toBeGreaterThan(0);
  });

  test('names no object and no namespace that nothing makes', () => {
    const commands = commandsOf(text);
    const references = commands.flatMap(referencesOf);
    const unknown = references.filter(({ kind, name, namespace = '' }) => !known().has(`${kind}/${namespace}/${name}`));
    expect(unknown).toEqual([]);
    expect(references.length).toBeGreaterThan(3);
    const outside = ['scenario27-probe', 'default', 'trident'];
    const places = new Set([...manifests.map(({ metadata }) => metadata.namespace), ...outside, undefined]);
    expect(commands.filter((command) => !places.has(namespaceOf(command)))).toEqual([]);
  });

  test('has commands that a shell can read', () => {
    for (const block of shellBlocks(text)) execFileSync('bash', ['-n'], { input: `${block.text}\n` });
  });

  test('says what is needed first, numbers its steps and ends with the clean-up', () => {
    expect(text).toMatch(/^# Chapter [0-9.]+: [^\n]+\n\n[^\n]+\n\nNeeded first: [^\n]+\.\n/);
    const numbers = [...text.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(text).toMatch(/\n## Clean up\n\n```sh\n[^`]+\n```\n$/);
  });

  test('removes each namespace that the chapter makes', () => {
    const cleanUp = below(chapter, '## Clean up');
    const made = [...files].flatMap(([path, yaml]) =>
      path.startsWith(`${chapter}/`) && path.endsWith('.yaml') ? manifestsOf(yaml) : [],
    );
    for (const { kind, metadata } of made) {
      if (kind === 'Namespace')
        expect(cleanUp).toMatch(new RegExp(`kubectl delete namespace .*\\b${metadata.name}( |$)`, 'm'));
    }
  });
});

describe('the commands', () => {
  test('upload into a DataVolume once its upload server stands ready, and wait until it is filled', () => {
    expect(below('1-3-upload', '### 2. Upload the image')).toContain(
      [
        '```sh',
        'image=/tmp/scenario27/nocloud_alpine-3.22.1-x86_64-bios-tiny-r0.qcow2',
        'test -f $image || { curl -fL --create-dirs -o $image.part https://dl-cdn.alpinelinux.org/alpine/v3.22/releases/cloud/nocloud_alpine-3.22.1-x86_64-bios-tiny-r0.qcow2 && mv $image.part $image; }',
        "proxy=https://$(kubectl get service/cdi-uploadproxy-lb -n cdi -o jsonpath='{.status.loadBalancer.ingress[*].ip}{.status.loadBalancer.ingress[*].hostname}'):443",
        "kubectl wait datavolume/alpine-boot -n sc27-alpine-c --for=jsonpath='{.status.phase}'=UploadReady --timeout=5m",
        'virtctl image-upload dv alpine-boot -n sc27-alpine-c \\',
        '  --size=1Gi --access-mode=ReadWriteMany --volume-mode=block --storage-class=storage-class-iscsi \\',
        '  --image-path=$image --uploadproxy-url=$proxy --insecure',
        'kubectl wait datavolume/alpine-boot -n sc27-alpine-c --for=condition=Ready --timeout=15m',
        '```',
      ].join('\n'),
    );
  });

  test('upload into a plain claim before the VM starts', () => {
    const [, text = ''] = runbooks.find(([name]) => name === '1-1-pvc-upload') ?? [];
    expect(text.indexOf('virtctl image-upload pvc alpine-boot -n sc27-alpine-a')).toBeGreaterThan(0);
    expect(text.indexOf('virtctl image-upload')).toBeLessThan(text.indexOf('2-vm.k8s.yaml'));
  });

  test('stop the source of clones first, and start it again at the end', () => {
    for (const [chapter, step] of [
      ['1-4-clone-same-class', 1],
      ['1-5-clone-across-classes', 3],
    ] as const) {
      expect(below(chapter, `### ${step}. Stop the source`)).toContain(
        'virtctl stop alpine-vm -n sc27-alpine-c\nkubectl wait vmi/alpine-vm -n sc27-alpine-c --for=delete',
      );
      expect(below(chapter, '## Clean up')).toContain(
        'kubectl patch vm/alpine-vm -n sc27-alpine-c --type=merge -p \'{"spec": {"runStrategy": "Always"}}\'',
      );
    }
  });

  test('leave no clone strategy behind', () => {
    const patch = '--type=merge -p \'{"spec": {"cloneStrategy": null}}\'';
    expect(below('1-4-clone-same-class', '## Clean up')).toContain(`storageprofile/storage-class-iscsi ${patch}`);
    expect(below('1-5-clone-across-classes', '## Clean up')).toContain(`storageprofile/storage-class-nvme ${patch}`);
  });

  test('wait for a new instance after a restart, not for the old one', () => {
    expect(below('2-secondary-disks', '### 4. Remove the cloud-init disk')).toContain(
      [
        'kubectl apply -f dist/2-secondary-disks/3-without-cloud-init.k8s.yaml',
        "old=$(kubectl get vmi/alpine-vm -n disks -o jsonpath='{.metadata.uid}')",
        'virtctl restart alpine-vm -n disks',
        'kubectl wait pod -n disks -l kubevirt.io/created-by=$old --for=delete --timeout=10m',
        'kubectl wait vm/alpine-vm -n disks --for=condition=Ready --timeout=10m',
      ].join('\n'),
    );
  });

  test('grow the file system in the guest after the claim has grown', () => {
    const growth = below('2-secondary-disks', '### 5. Grow alpine-data1 to 2Gi');
    expect(growth).toContain(
      "kubectl wait pvc/alpine-data1 -n disks --for=jsonpath='{.status.capacity.storage}'=2Gi --timeout=5m",
    );
    expect(shellBlocks(growth)[1]).toEqual({
      inGuest: true,
      text: [
        '# the disk is 2G, its partition still 1022M',
        'lsblk /dev/vdb',
        'umount /mnt/data1',
        'parted -s -f /dev/vdb resizepart 1 100%',
        'partprobe /dev/vdb',
        'e2fsck -f -y /dev/vdb1',
        'resize2fs /dev/vdb1',
        'mount /mnt/data1',
        'df -h /mnt/data1',
        '# prints kept',
        'cat /mnt/data1/proof',
      ].join('\n'),
    });
  });

  test('offer the imperative way to plug a disk in and out', () => {
    expect(below('2-secondary-disks', '### 6. Plug in alpine-data2')).toContain(
      '`virtctl addvolume alpine-vm -n disks --volume-name=alpine-data2 --persist`',
    );
    expect(below('2-secondary-disks', '### 9. Unplug alpine-data2')).toContain(
      '`virtctl removevolume alpine-vm -n disks --volume-name=alpine-data2 --persist`',
    );
  });

  test('make the login of the dashboard from a password that stands nowhere', () => {
    expect(below('0-lab-prep', '### 10. Open the dashboard')).toContain(
      [
        'kubectl apply -f dist/0-lab-prep/4-dashboard.k8s.yaml',
        'test -s /tmp/scenario27/dashboard-password || (umask 077 && mkdir -p /tmp/scenario27 && openssl rand -base64 18 > /tmp/scenario27/dashboard-password)',
        'kubectl delete secret/dashboard-users -n kubevirt-manager --ignore-not-found',
        `printf 'admin:%s\\n' "$(openssl passwd -6 -in /tmp/scenario27/dashboard-password)" |`,
        '  kubectl create secret generic dashboard-users -n kubevirt-manager --from-file=.htpasswd=/dev/stdin',
        'kubectl wait deployment/kubevirt-manager -n kubevirt-manager --for=condition=Available --timeout=5m',
      ].join('\n'),
    );
  });

  test('make the cloud-init Secret of chapter 3 from a key and a password that stand nowhere', () => {
    expect(below('3-uefi', '### 4. Alpine: make the cloud-init Secret')).toContain(
      [
        'hash=$(openssl passwd -6) &&',
        '  kubectl create secret generic alpine-uefi-cloudinit-userdata -n uefi --from-file=userdata=/dev/stdin <<EOF',
        '#cloud-config',
        'ssh_authorized_keys:',
        '  - $(cat /tmp/scenario27/key.pub)',
        'package_update: true',
        'packages:',
        '  - lsblk',
        '  - parted',
        '  - tmux',
        'runcmd:',
        "  - echo 'alpine:$hash' | chpasswd -e",
        "  - echo 'Welcome to Alpine on KubeVirt' > /etc/motd",
        'EOF',
      ].join('\n'),
    );
  });
});

describe('referencesOf', () => {
  test.each([
    ['kubectl wait vm/a -n b --for=condition=Ready', [['vm', 'a', 'b']]],
    [
      'kubectl delete namespace a b --ignore-not-found',
      [
        ['namespace', 'a', undefined],
        ['namespace', 'b', undefined],
      ],
    ],
    ['virtctl image-upload dv a -n b --size=1Gi', [['datavolume', 'a', 'b']]],
    [
      'virtctl addvolume a -n b --volume-name=c --persist',
      [
        ['vm', 'a', 'b'],
        ['pvc', 'c', 'b'],
      ],
    ],
    ['kubectl create secret generic a -n b --from-file=x', [['secret', 'a', 'b']]],
    ['kubectl get pvc -n b', []],
  ])('finds the objects of %s', (command, expected) => {
    expect(referencesOf(command).map(({ kind, name, namespace }) => [kind, name, namespace])).toEqual(expected);
  });
});

describe('renderRunbook', () => {
  test('puts what a step has in order: why, the second terminal, the commands, what is to be seen, the guest, what to look at', () => {
    const runbook = renderRunbook({
      title: 'T',
      shows: 'What it shows.',
      needs: 'nothing',
      picture: 'flowchart LR',
      remarks: ['## R\n\nA remark.'],
      steps: [
        {
          title: 'One',
          text: 'Why.',
          watch: { commands: ['w'], see: 'it comes and goes.' },
          commands: ['a', 'b'],
          inGuest: { console: 'c', commands: ['d'] },
          look: ['e'],
        },
        { title: 'Two' },
      ],
      hangs: ['**It hangs.** Look there.'],
      cleanUp: ['f'],
    });
    expect(runbook).toBe(
      [
        '# T\n',
        'What it shows.\n',
        'Needed first: nothing.\n',
        '## The objects\n',
        '```mermaid\nflowchart LR\n```\n',
        '## R\n\nA remark.\n',
        '## Steps\n',
        'The commands run in bash, from the root of the project, after `npm run synth`. A block can be pasted whole; each wait has a limit.\n',
        '### 1. One\n',
        'Why.\n',
        'To watch it, start this in a second terminal (Ctrl+C ends it):\n',
        '```sh\nw\n```\n',
        'Then:\n',
        '```sh\na\nb\n```\n',
        'Meanwhile: it comes and goes.\n',
        'In the guest (`c`), as root:\n',
        '```sh\nd\n```\n',
        'To see that it worked:\n',
        '```sh\ne\n```\n',
        '### 2. Two\n',
        '## If it hangs\n',
        '**It hangs.** Look there.\n',
        '## Clean up\n',
        '```sh\nf\n```\n',
      ].join('\n'),
    );
  });

  test('keeps a bar in a cell of a table', () => {
    expect(markdownTable(['a'], [['x|y']])).toBe('| a |\n| --- |\n| x\\|y |');
  });
});
