import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseManifests, readManifests, review } from '..';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringdata: {}\n';

describe('parseManifests', () => {
  test('reads documents of YAML for a review, with the name that they are given', () => {
    const [finding] = review(parseManifests(`${SECRET}---\n${SECRET}`, 'helm template'));
    expect(finding).toMatchObject({
      rule: 'schema-unknown-field',
      field: 'stringdata',
      object: { kind: 'Secret', name: 'a', file: 'helm template', document: 0 },
    });
  });

  test('reads JSON', () => {
    const text = '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}}';
    expect(parseManifests(text).map(({ object, origin }) => [object, origin.file])).toEqual([
      [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }, 'text'],
    ]);
  });

  test.each([
    ['is broken', 'a: [', /^\[review\] text:1:\d+ must be YAML: /],
    ['is broken in two documents', 'a: [\n---\nb: [\n', /text:2:\d+ must be YAML: .*; text:4:\d+ must be YAML: /],
    ['holds nothing', '\n---\n', /^\[review\] text holds no manifest$/],
    ['names a key twice', 'a: 1\na: 2\n', /text:2:1 a key must stand once in its object/],
  ])('fails when a text %s', (_title, text, message) => {
    expect(() => parseManifests(text)).toThrow(message);
  });

  test.each([Buffer.from(SECRET), undefined, ['a.yaml']])('fails when it is given what is no text: %p', (text) => {
    expect(() => parseManifests(text as never)).toThrow(/^\[review\] 'text' must be a text, got /);
  });
});

describe('readManifests', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'reader-'));
    fs.writeFileSync(path.join(folder, 'a.yaml'), SECRET);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test('reads files and folders', () => {
    const file = path.join(folder, 'a.yaml');
    expect(readManifests([file, folder]).map(({ origin }) => origin)).toEqual([{ file, document: 0 }]);
    expect(review(readManifests([folder])).map(({ field }) => field)).toEqual(['stringdata']);
  });

  test('fails when a file is missing, or one of a folder is broken', () => {
    fs.writeFileSync(path.join(folder, 'b.yaml'), 'a: [');
    const missing = path.join(folder, 'missing.yaml');
    expect(() => readManifests([missing])).toThrow(
      `[review] ${missing} must be a file or folder that can be read: ENOENT`,
    );
    expect(() => readManifests([folder])).toThrow(/b\.yaml:1:\d+ must be YAML/);
  });

  test('fails when a folder holds no manifest', () => {
    const empty = path.join(folder, 'empty');
    fs.mkdirSync(empty);
    expect(() => readManifests([empty])).toThrow(/empty must hold files that end in \.yaml, \.yml, \.json$/);
  });

  test.each(['dist', [], [5], undefined])('fails when it is given no list of paths: %j', (paths) => {
    expect(() => readManifests(paths as never)).toThrow(
      /^\[review\] 'paths' must be a list of files and folders, got /,
    );
  });

  test('fails when it is to read standard input', () => {
    expect(() => readManifests(['-'])).toThrow(
      /'paths\[0\]' must be a file or a folder, got "-"; parseManifests reads a text$/,
    );
  });
});
