import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTree } from '../../testing/written-tree';
import { deletionsOf, misplacedSteps } from './steps';

test.each([
  [
    ['1-a.yaml', '2-b.yaml', '10-c.yaml'],
    ['10-c.yaml', '2-b.yaml'],
  ],
  [['x/01-a.yaml', 'x/02-b.yaml', 'x/10-c.yaml'], undefined],
  [['1-a.yaml', '1-b.yaml', '2-c.yaml'], undefined],
])('misplacedSteps of %j are %j', (files, expected) => expect(misplacedSteps(files)).toEqual(expected));

describe('what the runbooks of a folder delete', () => {
  const DELETES = '`kubectl apply -f 1-vm.yaml`, then `kubectl delete vm web`\n';
  const found = (files: Readonly<Record<string, string>>, more: (cwd: string) => void = () => undefined) =>
    withTree(files, (cwd) => {
      more(cwd);
      return deletionsOf(cwd, ['steps/1-vm.yaml']);
    });
  const web = { kind: 'vm', name: 'web', after: 'steps/1-vm.yaml' };

  test('is read of every Markdown file, and of no folder', () => {
    expect(found({ 'RUNBOOK.md': DELETES }, (cwd) => mkdirSync(join(cwd, 'notes.md')))).toEqual([web]);
    expect(found({ 'a.MD': DELETES, 'b.txt': DELETES })).toEqual([web]);
  });

  test.each([
    ['kubectl delete --wait=false vm web', [['vm', 'web']]],
    [
      'kubectl delete vm.kubevirt.io/web pvc/data -n shop',
      [
        ['vm', 'web'],
        ['pvc', 'data'],
      ],
    ],
    [
      'kubectl delete vm web db --namespace shop # both',
      [
        ['vm', 'web'],
        ['vm', 'db'],
      ],
    ],
    ['kubectl delete -f 1-vm.yaml', []],
    ['kubectl get vm web', []],
  ])('is read of the line %s', (line, deleted) => {
    const objects = found({ 'a.md': `${line}\n` });
    expect(objects.map(({ kind, name }) => [kind, name])).toEqual(deleted);
    expect(objects.every(({ after }) => after === '')).toBe(true);
  });

  test('is read of files of up to 2^20 bytes', () => {
    const long = (length: number) => (cwd: string) => writeFileSync(join(cwd, 'a.md'), DELETES.padEnd(length));
    expect(found({}, long(2 ** 20))).toEqual([web]);
    expect(found({}, long(2 ** 20 + 1))).toEqual([]);
  });
});
