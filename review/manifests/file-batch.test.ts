import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readBatch, unpacked } from './file-batch';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'batch-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const MAX = 1000;

/** Writes files, and answers how they are listed. */
function listed(files: Readonly<Record<string, string | Buffer>>) {
  return Object.entries(files).map(([file, text]) => {
    const place = path.join(folder, file);
    fs.writeFileSync(place, text);
    return { file, place, maxBytes: MAX };
  });
}

const CLAIM = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n';

describe('a batch of files', () => {
  test('is the same for who read it and for who gets it', () => {
    const files = listed({
      'plain.yaml': `${CLAIM}---\n${CLAIM}---\n# nothing\n---\nkind: Ünï\ntext: "a\\tb"\n`,
      'flow.yaml': '{apiVersion: v1, kind: Pod, n: 1.50, yes: on}\n---\nkind: &k Pod\nother: *k\n',
      'objects.json': '{"kind":"A","n":1e3}\n{"kind":"B","big":12345678901234567890}\n',
      'list.json': '[{"kind":"A"}]',
      'utf16.yaml': Buffer.from('\ufeffkind: A\n', 'utf16le'),
    });
    const { batch, contents } = readBatch(files);
    const names = files.map(({ file }) => file);
    expect([...contents.keys()]).toEqual(names);
    expect(unpacked(names, batch)).toEqual(contents);
    expect(contents.get('plain.yaml')?.manifests.map(({ object, origin }) => [object, origin])).toEqual([
      [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
        { file: 'plain.yaml', document: 0 },
      ],
      [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
        { file: 'plain.yaml', document: 1 },
      ],
      [
        { kind: 'Ünï', text: 'a\tb' },
        { file: 'plain.yaml', document: 2 },
      ],
    ]);
    expect(contents.get('plain.yaml')?.lines).toEqual(new Map([['plain.yaml', [0, 4, 11]]]));
  });

  test.each<[string, string | Buffer]>([
    ['that is broken', 'a: [1\n'],
    ['that holds nothing', '# nothing\n'],
    ['of which a part is broken', `${CLAIM}---\na: [1\n`],
    ['that repeats a key', 'kind: A\nkind: B\n'],
    ['of JSON that repeats a key', '{"kind":"A","kind":"B"}'],
    ['that is no text', Buffer.from([0, 255, 254, 3, 200, 17])],
    ['above the limit of size', `# ${'x'.repeat(MAX)}\n${CLAIM}`],
    ['that names a collection twice', 'kind: A\na: &a {b: 1}\nc: *a\n'],
    ['with a number that JSON cannot say', 'kind: A\na: .inf\n'],
  ])('leaves a file %s to whoever asked, and takes those beside it', (_title, text) => {
    const files = listed({ 'before.yaml': CLAIM, 'x.yaml': text, 'y.yaml': CLAIM });
    const { batch, contents } = readBatch(files);
    expect([...contents.keys()]).toEqual(['before.yaml', 'y.yaml']);
    expect(unpacked(['before.yaml', 'x.yaml', 'y.yaml'], batch)).toEqual(contents);
  });

  test('leaves a file that is gone, and a folder in its place', () => {
    const files = listed({ 'a.yaml': CLAIM, 'b.yaml': CLAIM, 'c.yaml': CLAIM });
    fs.rmSync(path.join(folder, 'a.yaml'));
    fs.rmSync(path.join(folder, 'b.yaml'));
    fs.mkdirSync(path.join(folder, 'b.yaml'));
    expect([...readBatch(files).contents.keys()]).toEqual(['c.yaml']);
  });
});
