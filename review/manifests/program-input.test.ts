import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { parseManifests, readManifests, report, review, ReviewedManifest } from '..';

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

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
const wrong = (given: unknown) => () => review(given as Iterable<unknown>);

describe('the manifests of a review', () => {
  test.each([
    ['a text', 'kind: Secret', /^\[review\] 'manifests' must be a list of objects, got a text; parse it first: /],
    ['the bytes of a text', Buffer.from('kind: Secret'), /^\[review\] 'manifests' must be a list.*got bytes; parse/],
    ['one object', secret, /^\[review\] 'manifests' must be a list of objects, got an object; write \[…\] around it$/],
    ['nothing', undefined, /^\[review\] 'manifests' must be a list of objects, got nothing/],
    ['a promise', Promise.resolve([]), /got a promise; await it$/],
  ])('fail when they are %s', (_title, given, message) => {
    expect(wrong(given)).toThrow(message);
  });

  test.each([
    ['a text', ['kind: Secret'], /'manifests\[0\]' must be a Kubernetes object, got a text; parse it first: /],
    ['a list', [secret, [secret]], /'manifests\[1\]' must be a Kubernetes object, got a list; spread it$/],
    ['a number', [5], /'manifests\[0\]' must be a Kubernetes object, got a number$/],
    [
      'an object of another sort',
      [{ a: secret }],
      /'manifests\[0\]' must be a Kubernetes object, got an object with no 'apiVersion' and no 'kind'/,
    ],
    [
      'a chart',
      [new Chart(new App(), 'c')],
      /'manifests\[0\]' .*got a construct; write Testing\.synth\(chart\) or chart\.toJson\(\)$/,
    ],
  ])('fail when one of them is %s', (_title, given, message) => {
    expect(wrong(given)).toThrow(message);
  });

  test('may be any iterable, with documents of YAML that hold nothing', () => {
    expect(report(new Set([secret, null, undefined]))).toMatchObject({
      findings: [],
      objects: 1,
      unchecked: [
        { reason: 'a manifest must be an object, got nothing' },
        { reason: 'a manifest must be an object, got nothing' },
      ],
    });
  });

  test('may be anything, and are listed as unchecked, where a reader says where they come from', () => {
    const { unchecked } = report([ReviewedManifest.of('text', { file: 'a.yaml', document: 0 })]);
    expect(unchecked).toEqual([{ file: 'a.yaml', document: 0, reason: 'a manifest must be an object, got string' }]);
  });
});
