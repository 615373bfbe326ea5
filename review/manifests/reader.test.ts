import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readManifests, slashed } from './reader';

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'read-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

function write(name: string, text: string | Buffer): void {
  fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  fs.writeFileSync(path.join(cwd, name), text);
}

const read = (...paths: string[]) => readManifests(paths, { cwd, stdin: () => Buffer.from('z: 1') });

describe('readManifests', () => {
  test('reads a folder in the order of names, and passes by what holds no manifests', () => {
    for (const name of ['b.yml', 'a/2.yaml', 'a/10.JSON', 'a.yaml', 'c.md', 'node_modules/x/y.yaml', '.git/z.yaml']) {
      write(`dist/${name}`, '{"a": 1}');
    }
    write('dist/construct-metadata.json', '{}');
    const { manifests, faults } = read('dist');
    expect(manifests.map(({ origin }) => origin.file)).toEqual([
      'dist/a/10.JSON',
      'dist/a/2.yaml',
      'dist/a.yaml',
      'dist/b.yml',
    ]);
    expect(faults).toEqual([]);
  });

  test('reads files of any name, standard input, and each once', () => {
    write('x.txt', 'a: 1');
    const { manifests } = read('x.txt', '-', 'x.txt', '.');
    expect(manifests.map(({ object, origin }) => [object, origin.file])).toEqual([
      [{ a: 1 }, 'x.txt'],
      [{ z: 1 }, 'standard input'],
    ]);
  });

  test('can say what standard input held, which can be read once', () => {
    const left = [Buffer.from('z: 1')];
    const { textOf } = readManifests(['-'], { cwd, stdin: () => left.pop()! });
    expect(textOf('standard input')).toBe('z: 1');
  });

  test('passes by the templates of a Helm chart, and says so', () => {
    write('charts/vm/Chart.yaml', 'apiVersion: v2\nname: vm\n');
    write('charts/vm/templates/vm.yaml', '{{ if }}');
    write('charts/other/templates/vm.yaml', 'a: 1');
    const { manifests, faults } = read('charts');
    expect(manifests.map(({ origin }) => origin.file)).toEqual([
      'charts/other/templates/vm.yaml',
      'charts/vm/Chart.yaml',
    ]);
    expect(faults).toEqual([
      {
        file: 'charts/vm/templates',
        severity: 'warning',
        message:
          'holds the templates of a Helm chart, which are not reviewed: helm template charts/vm | cdk8s-kubevirt check -',
      },
    ]);
  });

  test('says what cannot be read, and reads the rest', () => {
    write('a.yaml', 'a: 1');
    fs.mkdirSync(path.join(cwd, 'empty'));
    fs.symlinkSync('nowhere', path.join(cwd, 'link.yaml'));
    const { manifests, faults } = read('missing.yaml', 'empty', '.');
    expect(manifests).toHaveLength(1);
    expect(faults).toEqual([
      { file: 'missing.yaml', severity: 'error', message: 'must be a file or folder that can be read: ENOENT' },
      { file: 'empty', severity: 'warning', message: 'must hold files that end in .yaml, .yml, .json' },
      { file: 'link.yaml', severity: 'error', message: 'must be a file or folder that can be read: ENOENT' },
    ]);
  });
});

describe('who is told of what is read', () => {
  const told = (size: number): { readonly isLarge: boolean; readonly isShown: boolean } => {
    write('a.yaml', '');
    fs.truncateSync(path.join(cwd, 'a.yaml'), size);
    const [onLarge, onRead] = [jest.fn(), jest.fn()];
    readManifests(['.'], { cwd, stdin: () => Buffer.alloc(0), onLarge, onRead });
    return { isLarge: onLarge.mock.calls.length === 1, isShown: onRead.mock.calls.length === 1 };
  };

  test.each([
    [2 ** 16, { isLarge: false, isShown: true }],
    [2 ** 16 + 1, { isLarge: false, isShown: false }],
    [32 * 2 ** 20, { isLarge: false, isShown: false }],
    [32 * 2 ** 20 + 1, { isLarge: true, isShown: false }],
  ])('of a file of %d bytes', (size, expected) => expect(told(size)).toEqual(expected));
});

test('a path of Windows is named with slashes, and a backslash elsewhere is part of a name', () => {
  expect(slashed('vms\\a\\b.yaml', path.win32)).toBe('vms/a/b.yaml');
  expect(slashed('C:\\vms\\b.yaml', path.win32)).toBe('C:/vms/b.yaml');
  expect(slashed('vms/a\\b.yaml', path.posix)).toBe('vms/a\\b.yaml');
});
