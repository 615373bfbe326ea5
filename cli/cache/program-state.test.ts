import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { programState } from './program-state';

let root: string;
beforeEach(() => (root = fs.mkdtempSync(path.join(os.tmpdir(), 'program-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));

function write(name: string, text: string, seconds: number): void {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  fs.utimesSync(file, seconds, seconds);
}

test('programState is the number, the size and the age of all sources that judge', () => {
  write('review/a.ts', '1', 10);
  write('review/deep/below/b.ts', '22', 30);
  write('review/table.jsonl', '333', 20);
  write('review/read.md', '4444', 90);
  write('constructs/c.ts', '55555', 10);
  write('cli/d.ts', '666666', 90);
  expect(programState(root, 'program-state.ts')).toBe('4 11 30000');
});

test('programState is that of the one file of a package, and of the schemas beside it', () => {
  write('lib/bundle.js', '1', 40);
  write('lib/review/schema/table.jsonl', '22', 30);
  write('review/a.ts', '333', 90);
  expect(programState(root, path.join(root, 'lib', 'bundle.js'))).toBe('2 3 40000');
});
