import { App } from 'cdk8s';
import { inventory } from 'cdk8s-kubevirt/review/inventory';
import { renderMarkdown } from 'cdk8s-kubevirt/review/inventory';
import { renderInventory } from './inventory';
import { parseDiagrams } from './testing/mermaid';
import { addChapters } from '.';

const text = renderInventory(addChapters(new App()));

/** The cells of the rows of one table of a chapter, without its head. */
function table(document: string, chapter: string, title: string): string[][] {
  const part = document.split(`\n## ${chapter}\n`)[1]?.split('\n## ')[0] ?? '';
  const body = part.split(`### ${title}\n`)[1]?.split('\n### ')[0] ?? '';
  const lines = body.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => line.slice(2, -2).split(' | '));
}

function diagrams(document: string): string[] {
  return [...document.matchAll(/```mermaid\n(.*?)\n```/gs)].map(([, diagram = '']) => diagram);
}

/** 30 namespaces of ten disks each; one has a VM, and a claim of which nothing is known. */
const FLEET = [
  ...Array.from({ length: 300 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: `disk-${index}`, namespace: `team-${index % 30}` },
    spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  })),
  { kind: 'PersistentVolumeClaim', metadata: { name: 'x', namespace: 'team-0' }, spec: {} },
  machine('web', 'team-0', { name: 'root', persistentVolumeClaim: { claimName: 'disk-0' } }),
];

/** One namespace, six classes. */
const CLASSES = Array.from({ length: 30 }, (_, index) => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name: `disk-${index}`, namespace: 'end' },
  spec: { storageClassName: `class-${index % 6}`, resources: { requests: { storage: `${6 - (index % 6)}Gi` } } },
}));

/** Names that Mermaid would take for its own words. */
const WORDS = [machine('x#1;%% <b>', 'style', { name: 'a"b;c', persistentVolumeClaim: { claimName: 'end' } })];

function machine(name: string, namespace: string, volume: object): object {
  return { kind: 'VirtualMachine', metadata: { name, namespace }, spec: { template: { spec: { volumes: [volume] } } } };
}

const PARSED = parseDiagrams([
  ...[FLEET, CLASSES, WORDS].flatMap((manifests) => diagrams(renderMarkdown(inventory(manifests)))),
  ...diagrams(text),
]);

describe('INVENTORY.md', () => {
  test('says first how many there are, and how they fare', () => {
    expect(text.split('\n\n')[1]).toBe(
      [
        '19 VMs, 21 claims, 29Gi requested.',
        'Guests: 19 CPUs, 4224Mi of memory.',
        'Live migration: 19 migratable.',
        'Clones: 2 csi-clone, 6 snapshot, 2 copy.',
      ].join('\n'),
    );
  });

  test('counts each chapter by itself', () => {
    const totals = text.split('## Totals')[1]?.split('\n\n')[1]?.split('\n').slice(2);
    expect(totals).toEqual([
      '| 0-lab-prep | 0 | 0 | 0 | 0 | 0 |  |',
      '| 1-1-pvc-upload | 1 | 1 | 128Mi | 1 | 1Gi | 2 CPUs, 256Mi; 2110Mi of storage |',
      '| 1-2-registry-import | 1 | 1 | 128Mi | 1 | 1Gi | 2 CPUs, 256Mi; 3134Mi of storage |',
      '| 1-3-upload | 1 | 1 | 128Mi | 1 | 1Gi | 2 CPUs, 256Mi; 3134Mi of storage |',
      '| 1-4-clone-same-class | 6 | 6 | 768Mi | 6 | 6Gi | 7 CPUs, 896Mi; 12Gi of storage |',
      '| 1-5-clone-across-classes | 1 | 1 | 128Mi | 1 | 2Gi | 2 CPUs, 256Mi; 6Gi of storage |',
      '| 1-6-template-catalogue | 6 | 6 | 768Mi | 6 | 6Gi | 7 CPUs, 896Mi; 16.12Gi of storage |',
      '| 2-secondary-disks | 1 | 1 | 128Mi | 3 | 6Gi | 2 CPUs, 256Mi; 8254Mi of storage |',
      '| 3-uefi | 2 | 2 | 2Gi | 2 | 6Gi | 3 CPUs, 3Gi; 18.36Gi of storage |',
    ]);
  });

  test.each([
    [
      '1-4-clone-same-class',
      [
        ['sc27-alpine-c', 'alpine-boot-clone', 'storage-class-iscsi', 'copy'],
        ['sc27-alpine-c', 'alpine-boot-clone3', 'storage-class-iscsi', 'snapshot'],
        ['sc27-alpine-c', 'alpine-boot-clone5', 'storage-class-iscsi', 'csi-clone'],
        ['sc27-alpine-d', 'alpine-boot-clone', 'storage-class-iscsi', 'copy'],
        ['sc27-alpine-e', 'alpine-boot-clone', 'storage-class-iscsi', 'snapshot'],
        ['sc27-alpine-f', 'alpine-boot-clone6', 'storage-class-iscsi', 'csi-clone'],
      ],
    ],
    [
      '1-5-clone-across-classes',
      [
        ['sc27-alpine-c', 'alpine-boot-clone (deleted again)', 'storage-class-iscsi2', 'copy'],
        ['sc27-alpine-c', 'alpine-boot-clone (deleted again)', 'storage-class-iscsi2', 'snapshot'],
        ['sc27-alpine-c', 'alpine-boot-clone (deleted again)', 'storage-class-nvme', 'copy'],
      ],
    ],
    [
      '1-6-template-catalogue',
      ['my-alpine', 'my-alpine2', 'my-alpine3', 'my-alpine4'].map((namespace) => [
        namespace,
        'alpine-boot',
        'storage-class-iscsi',
        'snapshot',
      ]),
    ],
  ])('says of the clones of %s what the lab measured', (chapter, expected) => {
    const rows = table(text, chapter, 'Clones');
    expect(
      rows.map(([namespace, claim, , , storageClass, outcome]) => [namespace, claim, storageClass, outcome]),
    ).toEqual(expected);
  });

  test('has the disks of chapter 2 in their last state', () => {
    expect(table(text, '2-secondary-disks', 'Disks').map((row) => [row[2], row[3], row[6], row[10]])).toEqual([
      ['rootdisk', 'boot', '1Gi', ''],
      ['alpine-data2', 'data', '3Gi', 'yes'],
      ['datadisk1', 'data', '2Gi', ''],
    ]);
  });

  test('says that every VM of the lab can be migrated', () => {
    const verdicts = [...text.matchAll(/\| (migratable|not migratable|unknown) \|  \|$/gm)].map(
      ([, verdict]) => verdict,
    );
    expect(verdicts).toEqual(Array(19).fill('migratable'));
  });

  test('has pictures that Mermaid draws', () => {
    const parsed = PARSED.slice(3);
    expect(parsed.map(({ error }) => error)).toEqual(Array(8).fill(undefined));
    expect(parsed[0]?.boxes).toEqual(
      expect.arrayContaining([
        ['VM', 'alpine-vm'],
        ['alpine-boot', '1Gi RWX Block'],
        ['class', 'storage-class-iscsi'],
      ]),
    );
    expect(parsed[0]?.arrows).toContain('rootdisk');
  });

  test('folds a large fleet by namespace, into a picture that Mermaid draws', () => {
    const [parsed] = PARSED;
    expect(parsed?.error).toBeUndefined();
    expect(parsed?.titles).toHaveLength(11);
    expect(parsed?.titles).toEqual(expect.arrayContaining(['team-0', '20 other namespaces']));
    // a VM, its claims by class, ten more namespaces, two classes
    expect(parsed?.boxes).toHaveLength(15);
    expect(parsed?.boxes).toEqual(
      expect.arrayContaining([
        ['1 VM'],
        ['fast', '10 claims', '10Gi'],
        ['class not known', '1 claim', '1 of unknown size'],
        ['fast', '200 claims', '200Gi'],
        ['class', 'fast'],
        ['class', 'not known'],
      ]),
    );
    expect(parsed?.arrows).toEqual(Array(14).fill(''));
  });

  test('folds the classes of a namespace that has many of them', () => {
    const parsed = PARSED[1];
    expect(parsed?.boxes.filter(([first]) => first !== 'class')).toEqual([
      ['class-0', '5 claims', '30Gi'],
      ['class-1', '5 claims', '25Gi'],
      ['class-2', '5 claims', '20Gi'],
      ['others', '15 claims', '30Gi'],
    ]);
  });

  test('draws names that Mermaid would take for its own words', () => {
    const parsed = PARSED[2];
    expect(parsed).toEqual({
      boxes: [
        ['VM', 'x#1;%% <b>'],
        ['end', 'not in the manifests'],
        ['class', 'not known'],
      ],
      titles: ['style'],
      arrows: ['a"b;c', ''],
    });
  });
});
