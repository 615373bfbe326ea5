import { App } from 'cdk8s';
import { renderMarkdown } from '../review/inventory';
import { inventory } from '../review/inventory';
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

describe('INVENTORY.md', () => {
  test('counts each chapter by itself', () => {
    const totals = text.split('## Totals')[1]?.split('\n\n')[1]?.split('\n').slice(2);
    expect(totals).toEqual([
      '| 0-lab-prep | 0 | 0 | 0 |',
      '| 1-1-pvc-upload | 1 | 1 | 1Gi |',
      '| 1-2-registry-import | 1 | 1 | 1Gi |',
      '| 1-3-upload | 1 | 1 | 1Gi |',
      '| 1-4-clone-same-class | 6 | 6 | 6Gi |',
      '| 1-5-clone-across-classes | 1 | 1 | 2Gi |',
      '| 1-6-template-catalogue | 6 | 6 | 6Gi |',
      '| 2-secondary-disks | 1 | 3 | 6Gi |',
      '| 3-uefi | 2 | 2 | 6Gi |',
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
    const parsed = parseDiagrams(diagrams(text));
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
    const claims = Array.from({ length: 300 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: `disk-${index}`, namespace: `team-${index % 30}` },
      spec: { storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }));
    const [diagram = ''] = diagrams(renderMarkdown(inventory(claims)));
    const [parsed] = parseDiagrams([diagram]);
    expect(parsed?.error).toBeUndefined();
    expect(parsed?.boxes).toHaveLength(22);
    expect(parsed?.boxes).toContainEqual(['team-0', '0 VMs, 10 claims']);
    expect(parsed?.boxes).toContainEqual(['10 other namespaces', '0 VMs, 100 claims']);
    expect(parsed?.arrows).toContain('10 claims, 10Gi');
  });

  test('draws names that Mermaid would take for its own words', () => {
    const volumes = [{ name: 'a"b;c', persistentVolumeClaim: { claimName: 'end' } }];
    const machine = {
      kind: 'VirtualMachine',
      metadata: { name: 'x#1;%% <b>', namespace: 'style' },
      spec: { template: { spec: { volumes } } },
    };
    const [parsed] = parseDiagrams(diagrams(renderMarkdown(inventory([machine]))));
    expect(parsed?.error).toBeUndefined();
  });
});
