import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { userError } from './user-error';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = `require(${JSON.stringify(join(ROOT, 'cli', 'cdk8s-kubevirt.cjs'))});
const { App, Chart, Size } = require(${JSON.stringify(join(ROOT, 'node_modules', 'cdk8s'))});
const { BootableVM } = require(${JSON.stringify(join(ROOT, 'constructs'))});
function team(chart) {
  new BootableVM(chart, 'web', { memory: Size.gibibytes(1), bootDisk: 'https://example.org/a.qcow2' });
}
team(new Chart(new App(), 'shop'));
`;

describe('userError', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'user-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([[[]], [['--enable-source-maps']]])(
    'ends with the message and the line of the program, run with %j',
    (flags) => {
      const file = join(folder, 'main.cjs');
      writeFileSync(file, PROGRAM);
      const { status, stderr } = spawnSync(process.execPath, [...flags, file], { encoding: 'utf8' });
      expect(status).toBe(1);
      const lines = stderr.trim().split('\n');
      expect(lines[0]).toMatch(/^Error: \[shop\/web\] 'bootDisk' must be a disk, got /);
      expect(lines[1]).toBe(`    at team (${file}:5:3)`);
      expect(stderr).not.toContain(join(ROOT, 'constructs'));
      expect(stderr).not.toContain('throw ');
    },
  );

  it('begins with the frame of the caller', () => {
    expect(userError('no', 'node-do-not-add-exception-line').stack).toMatch(/^Error: no\n +at .*user-error\.test\.ts/);
  });

  it('keeps the frames where all of them are ours', () => {
    const ours = '(function deep(left, make) { return left === 0 ? make("no") : deep(left - 1, make); })';
    const deep = runInThisContext(ours, join(ROOT, 'constructs', 'deep.js')) as (
      left: number,
      make: typeof userError,
    ) => Error;
    expect(deep(100, userError).stack).toMatch(/^Error: no\n +at deep \(.*deep\.js:1:/);
  });
});
