import { report, ReviewOptions } from '../engine';
import { parseManifests } from '../manifests/program-input';
import { machine, said, stream } from '../testing/outcome-lines';

const RULES = ['replicas-hostname', 'replicas-address', 'subdomain-service', 'time-zone-known', 'answer-file-cdrom'];
/** What is said of which field. */
const found = (text: string, options: ReviewOptions = {}): string[] =>
  said(text, RULES, { kubevirt: 'v1.9.0', ...options }).map((line) =>
    line.replace(/^warning (\S+) ([\w-]+): .*$/s, '$1 $2'),
  );

const set = (kind: string, spec: string, replicas = 3): string => {
  const template = `{ metadata: { labels: { app: web } }, spec: { ${spec} domain: { memory: { guest: 1Gi }, devices: {} } } }`;
  return kind === 'VirtualMachinePool'
    ? `
apiVersion: pool.kubevirt.io/v1beta1
kind: ${kind}
metadata: { name: web, namespace: lab }
spec: { replicas: ${replicas}, selector: { matchLabels: { app: web } }, virtualMachineTemplate: { metadata: { labels: { app: web } }, spec: { runStrategy: Always, template: ${template} } } }
`
    : `
apiVersion: kubevirt.io/v1
kind: ${kind}
metadata: { name: web, namespace: lab }
spec: { replicas: ${replicas}, selector: { matchLabels: { app: web } }, template: ${template} }
`;
};
const userData = (text: string): string =>
  `volumes: [{ name: seed, cloudInitNoCloud: { userData: ${JSON.stringify(text)} } }],`;
const OF_POOL = 'spec.virtualMachineTemplate.spec.template.spec';

describe('replicas-hostname', () => {
  test('is said of a set whose machines have one host name', () => {
    expect(found(set('VirtualMachinePool', 'hostname: web,'))).toEqual([`${OF_POOL}.hostname replicas-hostname`]);
    expect(found(set('VirtualMachineInstanceReplicaSet', 'hostname: web,'))).toEqual([
      'spec.template.spec.hostname replicas-hostname',
    ]);
    expect(said(set('VirtualMachinePool', 'hostname: web,'), RULES)[0]).toContain(
      `'hostname' must name no host in a set of 3 machines, got "web"; each guest of VirtualMachinePool lab/web calls itself so`,
    );
  });

  test('is not said of one machine, or of a set of one', () => {
    expect(found(set('VirtualMachinePool', 'hostname: web,', 1))).toEqual([]);
    expect(found(set('VirtualMachinePool', ''))).toEqual([]);
  });

  test('is said where cloud-init names the host, and shows no user data', () => {
    const pool = set('VirtualMachinePool', userData('#cloud-config\nhostname: web-1\nusers: []\n'));
    expect(found(pool)).toEqual([`${OF_POOL}.volumes[0].cloudInitNoCloud.userData replicas-hostname`]);
    expect(said(pool, RULES)[0]).not.toContain('web-1');
    expect(found(set('VirtualMachinePool', userData('#cloud-config\nfqdn: "web.example.com"\n')))).toHaveLength(1);
  });

  test.each([
    '#cloud-config\nhostname: {{ ds.meta_data.hostname }}\n',
    '## template: jinja\n#cloud-config\nhostname: web\n',
    '#cloud-config\nruncmd:\n- hostname: web\n',
    '#cloud-config\npreserve_hostname: true\n',
    '#!/bin/sh\nhostname: web\n',
  ])('is not said of the user data %j', (text) => {
    expect(found(set('VirtualMachinePool', userData(text)))).toEqual([]);
  });
});

describe('replicas-address', () => {
  const seeded = (networkData: string, binding = 'bridge: {}', replicas = 3): string =>
    set(
      'VirtualMachinePool',
      `networks: [{ name: lan, multus: { networkName: lan } }], volumes: [{ name: seed, cloudInitNoCloud: { networkData: ${JSON.stringify(networkData)} } }],`,
      replicas,
    ).replace('devices: {}', `devices: { interfaces: [{ name: lan, ${binding} }] }`);
  const SECOND = 'version: 2\nethernets:\n  enp1s0:\n    addresses: [10.0.0.5/24]\n';
  const FIRST =
    'version: 1\nconfig:\n- { type: physical, name: eth0, subnets: [{ type: static, address: 10.0.0.5/24 }] }\n';

  test.each([SECOND, FIRST, `network:\n${SECOND.replace(/^/gm, '  ')}`])('is said of %j', (data) => {
    expect(found(seeded(data))).toEqual([`${OF_POOL}.volumes[0].cloudInitNoCloud.networkData replicas-address`]);
  });

  test.each<[string, string]>([
    ['DHCP', seeded('version: 2\nethernets: { enp1s0: { dhcp4: true } }')],
    [
      'addresses of name servers',
      seeded('version: 2\nethernets: { enp1s0: { dhcp4: true, nameservers: { addresses: [10.0.0.1] } } }'),
    ],
    ['an empty list of addresses', seeded('version: 2\nethernets: { enp1s0: { dhcp4: true, addresses: [] } }')],
    [
      'a static network without an address',
      seeded(
        'version: 1\nconfig: [{ type: physical, name: a, mac_address: "02:00:00:00:00:01", subnets: [{ type: static }] }]',
      ),
    ],
    [
      'an address that DHCP may give',
      seeded('version: 1\nconfig: [{ type: physical, name: a, subnets: [{ type: dhcp, address: 10.0.0.5/24 }] }]'),
    ],
    ['a network behind a masquerade', seeded(SECOND, 'masquerade: {}')],
    ['one machine', seeded(SECOND, 'bridge: {}', 1)],
    ['what is filled in later', seeded(SECOND.replace('10.0.0.5', '${ADDRESS}'))],
  ])('is not said of %s', (_title, text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('the Secrets that a pool numbers for cloud-init', () => {
  const pool = set(
    'VirtualMachinePool',
    'volumes: [{ name: seed, cloudInitNoCloud: { secretRef: { name: seed } } }],',
    2,
  ).replace('replicas: 2,', 'replicas: 2, nameGeneration: { appendIndexToSecretRefs: true },');
  const secret = (name: string): string => `
apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: lab }
stringData: { userdata: "users:\\n- name: core\\nruncmd: [ls]\\n" }
`;
  const header = (kubevirt: string): unknown[] =>
    report(parseManifests(stream(pool, secret('seed'), secret('seed-1'))), { kubevirt })
      .findings.filter(({ rule }) => rule === 'user-data-header')
      .map(({ object }) => object.name);

  test('are read from the release on that numbers them, and before it the one that is named', () => {
    expect(header('v1.9.0')).toEqual(['seed-1']);
    expect(header('v1.7.4')).toEqual(['seed']);
  });
});

const named = machine('vm').replace('      domain:', '      subdomain: guests\n      domain:');
const service = (name: string, spec: string, namespace = 'lab'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} selector: { app: web }, ports: [{ port: 22 }] }
`;

describe('subdomain-service', () => {
  test('is there where a headless Service has the name', () => {
    expect(found(stream(named, service('guests', 'clusterIP: None,')))).toEqual([]);
  });

  test('fails when that Service has an address of its own', () => {
    expect(said(stream(named, service('guests', '')), RULES)).toEqual([
      "warning spec.template.spec.subdomain subdomain-service: 'subdomain' must be a headless Service, got Service lab/guests, which has an address of its own; nobody finds the guest by its full name; make a Service of that name with 'clusterIP: None' that selects the machine",
    ]);
  });

  test('fails when there is none beside other Services, or where the manifests are all that there is', () => {
    expect(found(stream(named, service('others', 'clusterIP: None,')))).toEqual([
      'spec.template.spec.subdomain subdomain-service',
    ]);
    expect(found(named, { closed: true })).toEqual(['spec.template.spec.subdomain subdomain-service']);
  });

  test('is not asked for where the manifests hold no Service of the namespace, or it is said to be there', () => {
    expect(found(named)).toEqual([]);
    expect(found(stream(named, service('others', '', 'other')))).toEqual([]);
    const external = [{ kind: 'Service', name: 'guests', namespace: 'lab' }];
    expect(found(named, { closed: true, external })).toEqual([]);
    expect(found(machine('vm'), { closed: true })).toEqual([]);
  });
});

const clock = (zone: string): string => machine('vm', { domain: `clock: { timezone: ${JSON.stringify(zone)} }` });
const seeded = (text: string): string =>
  machine('vm').replace(
    'volumes: []',
    `volumes: [{ name: seed, cloudInitNoCloud: { userData: ${JSON.stringify(text)} } }]`,
  );

describe('time-zone-known', () => {
  test.each([
    'Europe/Zurich',
    'UTC',
    'Etc/UTC',
    'US/Eastern',
    'GMT',
    'America/Argentina/Buenos_Aires',
    'posix/Asia/Tokyo',
    'localtime',
    'America/Coyhaique',
    'Nowhere/Newtown',
    '/Europe/Zurich',
  ])('holds of %s', (zone) => {
    expect(found(clock(zone))).toEqual([]);
    expect(found(seeded(`#cloud-config\ntimezone: ${zone}\n`))).toEqual([]);
  });

  test.each([
    ['Europe/Zuerich', "write 'Europe/Zurich'"],
    ['Europe/Zurxxh', "write 'Europe/Zurich'"],
    ['europe/berlin', "write 'Europe/Berlin'"],
    ['Amerika/New_York', "write 'America/New_York'"],
    ['W. Europe Standard Time', "write one such as 'Europe/Zurich'"],
    ['CEST', "write one such as 'Europe/Zurich'"],
  ])('fails when it is %s', (zone, remedy) => {
    expect(found(clock(zone))).toEqual(['spec.template.spec.domain.clock.timezone time-zone-known']);
    expect(said(clock(zone), RULES)[0]).toContain(remedy);
    expect(found(seeded(`#cloud-config\ntimezone: ${zone}\n`))).toEqual([
      'spec.template.spec.volumes[0].cloudInitNoCloud.userData time-zone-known',
    ]);
  });

  test('is not asked of what is filled in later, or is no cloud-config', () => {
    expect(found(seeded('#cloud-config\ntimezone: "${TZ}"\n'))).toEqual([]);
    expect(found(seeded('#!/bin/sh\n# timezone: nowhere\n'))).toEqual([]);
    expect(found(seeded('#cloud-boothook\ntimezone: nowhere\n'))).toEqual([]);
    expect(found(seeded('#cloud-config\nwrite_files: [{ path: /a, content: "timezone: CEST" }]\n'))).toEqual([]);
  });
});

describe('answer-file-cdrom', () => {
  const windows = (disk: string, volume = 'sysprep: { configMap: { name: answers } }'): string =>
    machine('vm', { devices: '' })
      .replace('disks: []', `disks: [${disk}]`)
      .replace('volumes: []', `volumes: [{ name: answers, ${volume} }]`);
  const answers = (key: string, kind = 'ConfigMap'): string => `
apiVersion: v1
kind: ${kind}
metadata: { name: answers, namespace: lab }
${kind === 'ConfigMap' ? 'data' : 'stringData'}: { ${key}: "<unattend/>" }
`;
  const AT = 'spec.template.spec.volumes[0].name answer-file-cdrom';

  test('holds of a CD-ROM', () => {
    expect(found(windows('{ name: answers, cdrom: { bus: sata } }'))).toEqual([]);
  });

  test('is not asked of a file system that the guest shares', () => {
    const shared = (name: string) => windows('').replace('disks: []', `filesystems: [{ name: ${name}, virtiofs: {} }]`);
    expect(found(shared('answers'))).toEqual([]);
    expect(found(shared('other'))).toEqual([AT]);
  });

  test('fails when it is a disk, or nothing, which makes it one', () => {
    expect(found(windows('{ name: answers, disk: { bus: sata } }'))).toEqual([AT]);
    expect(found(windows(''))).toEqual([AT]);
    expect(said(windows(''), RULES)[0]).toContain(
      `'name' must be that of a CD-ROM, got "answers", which the machine has as a disk; Windows looks for answer files on media that can be removed, and asks its questions; write 'cdrom: { bus: sata }' for its disk`,
    );
  });

  test('is asked of a ConfigMap or a Secret that holds such a file, and of no other', () => {
    const map = 'configMap: { name: answers }';
    const disk = '{ name: answers, disk: {} }';
    expect(found(stream(windows(disk, map), answers('Autounattend.xml')))).toEqual([AT]);
    expect(found(stream(windows(disk, 'secret: { secretName: answers }'), answers('unattend.xml', 'Secret')))).toEqual([
      AT,
    ]);
    expect(found(stream(windows('{ name: answers, cdrom: {} }', map), answers('autounattend.xml')))).toEqual([]);
    expect(found(stream(windows(disk, map), answers('app.conf')))).toEqual([]);
    expect(found(windows(disk, map))).toEqual([]);
  });

  test('is not asked of a folder that the guest shares', () => {
    const map = 'configMap: { name: answers }';
    const shared = (name: string): string =>
      machine('vm', { devices: `filesystems: [{ name: ${name}, virtiofs: {} }]` }).replace(
        'volumes: []',
        `volumes: [{ name: answers, ${map} }]`,
      );
    expect(found(stream(shared('answers'), answers('unattend.xml')))).toEqual([]);
    expect(found(stream(shared('other'), answers('unattend.xml')))).toEqual([AT]);
  });
});
