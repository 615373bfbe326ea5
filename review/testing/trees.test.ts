import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { report } from '..';
import { titleOf } from '../format/words';
import { readManifests } from '../manifests/reader';
import { TREES } from './trees';
import { withTree } from './written-tree';

describe('a repository as it is', () => {
  test.each(TREES)('$name', ({ files, findings, faults = [], unchecked = [] }) => {
    withTree(files, (cwd) => {
      const read = readManifests(['.'], { cwd, stdin: () => Buffer.alloc(0) });
      const found = report(read.manifests);
      const roots = (names: readonly string[] = []): string => (names.length === 0 ? '' : ` (${names.join(', ')})`);
      expect(
        found.findings.map(
          (one) => `${one.severity} ${one.rule} ${one.object.file} ${titleOf(one.object)}${roots(one.roots)}`,
        ),
      ).toEqual(findings);
      expect(read.faults.map(({ file, message }) => `${file}: ${message}`)).toEqual(faults);
      expect(
        found.unchecked.map(({ object, file, reason }) =>
          [file, object === undefined ? '' : titleOf(object)].join(' ').trim().concat(`: ${reason}`),
        ),
      ).toEqual(expect.arrayContaining([...unchecked]));
      expect(found.unchecked).toHaveLength(unchecked.length);
    });
  });

  test('leaves nothing behind', () => {
    let at = '';
    withTree({ 'a/b.yaml': 'x' }, (cwd) => {
      at = cwd;
      expect(fs.readFileSync(path.join(cwd, 'a', 'b.yaml'), 'utf8')).toBe('x');
    });
    expect(at.startsWith(os.tmpdir()) && !fs.existsSync(at)).toBe(true);
  });
});
