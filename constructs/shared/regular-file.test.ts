import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { regularBytes, regularText } from './regular-file';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(join(tmpdir(), 'regular-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

test('regularText reads a file, also behind a link', () => {
  fs.writeFileSync(at('file'), 'ä');
  fs.symlinkSync('file', at('link'));
  expect([regularText(at('file')), regularText(at('link'))]).toEqual(['ä', 'ä']);
  expect(regularBytes(at('file'))).toEqual(Buffer.from([0xc3, 0xa4]));
});

const fdCount = (): number => fs.readdirSync('/proc/self/fd').length;

(process.platform === 'linux' ? describe : describe.skip)('regularBytes fails, and leaves nothing open, for', () => {
  test.each<[string, (name: string) => void]>([
    ['a pipe', (name) => void spawnSync('mkfifo', [at(name)])],
    ['a device', (name) => fs.symlinkSync('/dev/zero', at(name))],
    ['a folder', (name) => fs.mkdirSync(at(name))],
  ])('%s', (kind, make) => {
    make('it');
    const before = fdCount();
    expect(() => regularBytes(at('it'))).toThrow(`'${at('it')}' must be a regular file, got ${kind}`);
    expect(fdCount()).toBe(before);
  });

  test('a socket, which cannot be opened', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('it'), resolve));
    expect(() => regularBytes(at('it'))).toThrow('ENXIO');
    await new Promise((resolve) => server.close(resolve));
  });

  test('what does not exist', () => expect(() => regularBytes(at('it'))).toThrow('ENOENT'));
});
