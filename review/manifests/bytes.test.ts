import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { DEFAULT_MAX_BYTES, fileBytes, HIGHEST_MAX_BYTES, streamBytes, tooLarge } from './bytes';
import { readManifests } from './reader';

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'bytes-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

const at = (name: string) => path.join(cwd, name);
const write = (name: string, text: string) => fs.writeFileSync(at(name), text);
const pipe = (name: string) => spawnSync('mkfifo', [at(name)]);
const onUnix = process.platform === 'win32' ? test.skip : test;

describe('fileBytes', () => {
  test.each([
    ['one byte less than the limit', 'abcd'],
    ['as many bytes as the limit', 'abcde'],
    ['no byte', ''],
  ])('reads a file of %s', (_title, text) => {
    write('a', text);
    expect(fileBytes(at('a'), { maxBytes: 5 }).toString()).toBe(text);
  });

  test('fails when a file has one byte more than the limit', () => {
    write('a', 'abcdef');
    expect(() => fileBytes(at('a'), { maxBytes: 5 })).toThrow(
      'must be at most 5 bytes, got 6 bytes; split it, or raise --max-size',
    );
  });

  test('reads a file that is longer than one buffer', () => {
    write('a', 'x'.repeat(200_000));
    expect(fileBytes(at('a'))).toHaveLength(200_000);
  });

  onUnix('reads a file that says it has no bytes, up to the limit', () => {
    expect(fileBytes('/proc/self/status', {}).toString()).toContain('Name:');
    expect(() => fileBytes('/proc/self/status', { maxBytes: 10 })).toThrow('must be at most 10 bytes, got more;');
  });

  onUnix('fails when a path is a device, a folder, or a pipe that nobody named', () => {
    fs.symlinkSync('/dev/zero', at('zero'));
    pipe('pipe');
    expect(() => fileBytes(at('zero'))).toThrow('must be a regular file, got a device');
    expect(() => fileBytes(at('zero'), { pipes: true })).toThrow('must be a regular file or a pipe, got a device');
    expect(() => fileBytes(at('pipe'))).toThrow('must be a regular file, got a pipe');
    expect(() => fileBytes(cwd)).toThrow('must be a regular file, got a folder');
  });

  onUnix('fails when what a folder listed as a file is a pipe by now, without waiting for who writes to it', () => {
    pipe('pipe');
    expect(() => fileBytes(at('pipe'), { isListed: true })).toThrow('must be a regular file, got a pipe');
  });

  onUnix.each([200_000, 300_000])('reads a pipe of more bytes than a buffer, with a limit of %d', (maxBytes) => {
    pipe('pipe');
    spawn('sh', ['-c', `head -c 200000 /dev/zero > ${at('pipe')}`], { stdio: 'ignore' });
    expect(fileBytes(at('pipe'), { pipes: true, maxBytes })).toHaveLength(200_000);
  });

  onUnix('reads a pipe that is named, up to the limit', () => {
    pipe('pipe');
    const writer = () => spawn('sh', ['-c', `printf 'a: 12345' > ${at('pipe')}`], { stdio: 'ignore' });
    writer();
    expect(fileBytes(at('pipe'), { pipes: true }).toString()).toBe('a: 12345');
    writer();
    expect(fileBytes(at('pipe'), { pipes: true, maxBytes: 8 }).toString()).toBe('a: 12345');
    writer();
    expect(() => fileBytes(at('pipe'), { pipes: true, maxBytes: 7 })).toThrow('must be at most 7 bytes, got more;');
  });
});

describe('streamBytes', () => {
  const endless = function* (): Generator<Buffer> {
    for (;;) yield Buffer.from('abc');
  };

  test('reads a stream to its end', async () => {
    expect((await streamBytes(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3)).toString()).toBe('abc');
  });

  test('reads no more than one byte beyond the limit', async () => {
    expect(await streamBytes(Readable.from(endless()), 10)).toHaveLength(11);
  });
});

test('a limit is named in the unit in which it is whole', () => {
  expect(tooLarge(256 * 2 ** 20, 300 * 2 ** 20).message).toMatch(/^must be at most 256 MiB, got 300 MiB;/);
  expect(tooLarge(1024, 1.5 * 2 ** 30).message).toMatch(/^must be at most 1 KiB, got 1.5 GiB;/);
});

describe('readManifests', () => {
  const read = (paths: string[], maxBytes?: number, stdin = '') =>
    readManifests(paths, { cwd, stdin: () => Buffer.from(stdin), maxBytes });

  onUnix('skips what is not a regular file in a folder, and says so', () => {
    write('a.yaml', 'a: 1');
    fs.symlinkSync('a.yaml', at('link.yaml'));
    fs.symlinkSync('/dev/zero', at('zero.yaml'));
    pipe('pipe.yaml');
    const { manifests, faults } = read(['.']);
    expect(manifests.map(({ origin }) => origin.file)).toEqual(['a.yaml', 'link.yaml']);
    expect(faults).toEqual([
      { file: 'pipe.yaml', severity: 'warning', message: 'must be a regular file, got a pipe' },
      { file: 'zero.yaml', severity: 'warning', message: 'must be a regular file, got a device' },
    ]);
  });

  onUnix('reads a pipe that is named, and can say where its objects stand', () => {
    pipe('pipe.yaml');
    spawn('sh', ['-c', `printf 'a: 1' > ${at('pipe.yaml')}`], { stdio: 'ignore' });
    const { manifests, textOf } = read(['pipe.yaml']);
    expect(manifests.map(({ object }) => object)).toEqual([{ a: 1 }]);
    expect(textOf('pipe.yaml')).toBe('a: 1');
  });

  onUnix('fails to read a device that is named', () => {
    expect(read(['/dev/zero']).faults).toEqual([
      { file: '/dev/zero', severity: 'error', message: 'must be a regular file or a pipe, got a device' },
    ]);
  });

  test('reads standard input of as many bytes as the limit', () => {
    expect(read(['-'], 9, 'c: 123456').manifests.map(({ object }) => object)).toEqual([{ c: 123456 }]);
  });

  test('names file, size, limit and option where a file or standard input is too large', () => {
    write('a.yaml', 'a: 123456');
    write('b.yaml', 'b: 1');
    const { manifests, faults } = read(['.', '-'], 8, 'c: 1234567');
    expect(manifests.map(({ object }) => object)).toEqual([{ b: 1 }]);
    expect(faults).toEqual([
      {
        file: 'a.yaml',
        severity: 'error',
        message: 'must be at most 8 bytes, got 9 bytes; split it, or raise --max-size',
      },
      {
        file: 'standard input',
        severity: 'error',
        message: 'must be at most 8 bytes, got more; split it, or raise --max-size',
      },
    ]);
  });
});

test('the limits are 256 MiB, and 500 MiB at most', () => {
  expect([DEFAULT_MAX_BYTES, HIGHEST_MAX_BYTES]).toEqual([268_435_456, 524_288_000]);
  expect(tooLarge(DEFAULT_MAX_BYTES, HIGHEST_MAX_BYTES).message).toBe(
    'must be at most 256 MiB, got 500 MiB; split it, or raise --max-size',
  );
  expect(tooLarge(DEFAULT_MAX_BYTES).message).toBe('must be at most 256 MiB, got more; split it, or raise --max-size');
});
