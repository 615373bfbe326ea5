import { objectPicture } from 'cdk8s-kubevirt/review/inventory';
import * as fc from 'fast-check';
import { parseDiagrams } from './testing/mermaid';
import { synthScenario } from './testing/scenario';

/** Text that a diagram could take for syntax. */
const awkward = [
  'end',
  'subgraph',
  'a"b',
  '#quot;',
  '#35;',
  'x;y',
  '[("a")]',
  '{{a}}',
  '`code`',
  'a --> b',
  '%% remark',
  "%%{init: {'theme': 'dark'}}%%",
  'style a:"b"',
  'classDef b:#f00;',
  'click a "x"',
  '<b>bold</b>',
  '<br/>',
  '&amp;',
  'C:\\temp\\n',
  'one\ntwo',
  '|pipe|',
  '---',
  'ünïcödé 🐧',
  'a'.repeat(80),
];

/** Names have no blanks around them: Mermaid takes those away. */
const free = fc
  .oneof(
    fc.constantFrom(...awkward),
    fc.string({ minLength: 1, maxLength: 40 }),
    fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  )
  .filter(
    (text) => text.trim() === text && text !== '' && !/[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(text),
  );

/** A picture shows no query and no login of an address. */
const plainAddress = (text: string): string => text.replace(/[?#@]/g, '').trim() || 'x';
const texts = fc.record({ namespace: free, claim: free, vm: free, volume: free, url: free.map(plainAddress) });
type Texts = typeof texts extends fc.Arbitrary<infer T> ? T : never;

/** A DataVolume and the VM that boots from it, named by free text. */
function manifestsOf({ namespace, claim, vm, volume, url }: Texts): object[] {
  const volumes = [{ name: volume, persistentVolumeClaim: { claimName: claim } }];
  const pvc = { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Block' };
  return [
    { kind: 'DataVolume', metadata: { name: claim, namespace }, spec: { source: { http: { url } }, pvc } },
    { kind: 'VirtualMachine', metadata: { name: vm, namespace }, spec: { template: { spec: { volumes } } } },
  ];
}

const samples: Texts[] = [
  ...awkward.map((text) => ({ namespace: text, claim: text, vm: text, volume: text, url: plainAddress(text) })),
  ...fc.sample(texts, { numRuns: 40, seed: 27 }),
];
const runbooks = [...synthScenario()].filter(([path]) => path.endsWith('RUNBOOK.md'));
const diagrams = runbooks.map(([, text]) => /```mermaid\n(.*?)\n```/s.exec(text)?.[1] ?? '');
const broken = 'flowchart LR\n  a["open';
const [ofBroken, ...parsed] = parseDiagrams([
  broken,
  ...diagrams,
  ...samples.map((sample) => objectPicture(manifestsOf(sample))),
]);
const ofRunbooks = parsed.slice(0, diagrams.length);
const ofSamples = parsed.slice(diagrams.length);

describe('the diagrams of the runbooks', () => {
  test('are taken by Mermaid itself', () => {
    expect(ofRunbooks.map(({ error }) => error)).toEqual(runbooks.map(() => undefined));
    expect(ofRunbooks).toHaveLength(9);
  });

  test('show where a disk comes from, and where it goes', () => {
    const [, pvcUpload, registryImport] = ofRunbooks;
    expect(pvcUpload).toEqual({
      boxes: [
        ['PersistentVolumeClaim', 'alpine-boot', '1Gi RWX Block'],
        ['VirtualMachine', 'alpine-vm'],
        ['Image', 'upload'],
        ['StorageClass', 'storage-class-iscsi'],
      ],
      titles: ['sc27-alpine-a'],
      arrows: ['', '', 'rootdisk'],
    });
    expect(registryImport?.boxes).toEqual(
      expect.arrayContaining([
        ['Image', 'docker://registry.demo.netapp.com/kubevirt/alpine:qcow'],
        ['Secret', 'endpoint-secret'],
        ['DataVolume', 'alpine-boot', '1Gi RWX Block'],
        ['PersistentVolumeClaim', 'alpine-boot'],
        ['VirtualMachine', 'alpine-vm'],
      ]),
    );
  });

  test('are refused where they are broken', () => {
    expect(ofBroken?.error).toMatch(/Parse error|Lexical error/);
  });
});

describe('objectPicture', () => {
  test('shows whatever text names an object as it is', () => {
    ofSamples.forEach((diagram, index) => {
      const { namespace, claim, vm, volume, url } = Object.fromEntries(
        Object.entries(samples[index]!).map(([key, text]) => [key, text.replace('\n', '\\n')]),
      ) as Texts;
      expect({ ...diagram, boxes: [...diagram.boxes].sort() }).toEqual({
        boxes: [
          ['DataVolume', claim, '1Gi RWX Block'],
          ['Image', url],
          ['PersistentVolumeClaim', claim],
          ['VirtualMachine', vm],
        ].sort(),
        titles: [namespace],
        arrows: ['', '', volume],
      });
    });
  });

  test('leaves out the middle of a text that would make its box as wide as the page', () => {
    const name = `docker://quay.io/${'x'.repeat(60)}@sha256:0123456789abcdef0123456789`;
    const [, line] = objectPicture([{ kind: 'CDI', metadata: { name } }]).split('\n');
    expect(line).toBe(
      '  cdi_' +
        name.replace(/\W/g, '_') +
        '["CDI<br/>docker://quay.io/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…a256:0123456789abcdef0123456789"]',
    );
  });

  test('gives objects keys of their own where their names differ by signs alone', () => {
    const claims = ['a-b', 'a.b', 'a_b'].map((name) => ({
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'x' },
    }));
    expect(objectPicture(claims)).toBe(
      [
        'flowchart LR',
        '  subgraph ns_x["x"]',
        '    pvc_x_a_b[("PersistentVolumeClaim<br/>a-b")]',
        '    pvc_x_a_b_2[("PersistentVolumeClaim<br/>a.b")]',
        '    pvc_x_a_b_3[("PersistentVolumeClaim<br/>a_b")]',
        '  end',
      ].join('\n'),
    );
  });

  test('draws clones, snapshots, exporters and migrations by what they name', () => {
    const at = (name: string): object => ({ name, namespace: 'x' });
    const claimVolume = [{ name: 'src', persistentVolumeClaim: { claimName: 'disk' } }];
    const lines = objectPicture([
      { kind: 'Namespace', metadata: { name: 'x' } },
      { kind: 'VolumeSnapshot', metadata: at('snap'), spec: { source: { persistentVolumeClaimName: 'disk' } } },
      { kind: 'DataVolume', metadata: at('copy'), spec: { source: { snapshot: { name: 'snap', namespace: 'x' } } } },
      { kind: 'Pod', metadata: at('exporter'), spec: { volumes: claimVolume } },
      { kind: 'VirtualMachineInstanceMigration', metadata: at('go'), spec: { vmiName: 'vm' } },
      { kind: 'Service', metadata: at('ssh'), spec: { selector: { 'vm.kubevirt.io/name': 'vm' } } },
    ]).split('\n');
    expect(lines.filter((line) => line.includes('-->'))).toEqual([
      '  pvc_x_disk --> volumesnapshot_x_snap',
      '  volumesnapshot_x_snap --> dv_x_copy',
      '  dv_x_copy --> pvc_x_copy',
      '  pvc_x_disk --> pod_x_exporter',
      '  virtualmachineinstancemigration_x_go --> vm_x_vm',
      '  service_x_ssh --> vm_x_vm',
    ]);
  });

  test('leads from a Service to the VM whose host name it selects', () => {
    const lines = objectPicture([
      { kind: 'VirtualMachine', metadata: { name: 'web.prod', namespace: 'n' } },
      {
        kind: 'VirtualMachine',
        metadata: { name: 'db', namespace: 'n' },
        spec: { template: { spec: { hostname: 'host' } } },
      },
      {
        kind: 'Service',
        metadata: { name: 'a', namespace: 'n' },
        spec: { selector: { 'vm.kubevirt.io/name': 'web' } },
      },
      {
        kind: 'Service',
        metadata: { name: 'b', namespace: 'n' },
        spec: { selector: { 'vm.kubevirt.io/name': 'host' } },
      },
    ]).split('\n');
    expect(lines.filter((line) => line.includes('-->')).map((line) => line.trim())).toEqual([
      'service_n_a --> vm_n_web_prod',
      'service_n_b --> vm_n_db',
    ]);
  });
});
