import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Json } from '../review/rule';
import { everyStringField, isSecret, plant, StringField } from '../review/testing/marked-objects';
import { importPaths } from './import';
import { main } from './main';

/** The objects of every kind, each with a marker in every secret field. */
function markedObjects(isMarked: (field: StringField) => boolean): Json[] {
  const kinds = new Map<string, StringField[]>();
  for (const field of everyStringField()) {
    const type = `${field.apiVersion}/${field.kind}`;
    kinds.set(type, [...(kinds.get(type) ?? []), field]);
  }
  return [...kinds.values()].flatMap((fields) => {
    const secret = fields.filter(isMarked);
    const { apiVersion, kind } = fields[0]!;
    const object: Json = { apiVersion, kind, metadata: { name: 'a', namespace: 'n' } };
    for (const { path: place } of secret) plant(object, place, 'MARKsecret');
    for (const { path: place } of fields)
      if (/image|url/i.test(String(place.at(-1)))) plant(object, place, 'https://MARKuser:MARKword@h/x?sig=MARKsig');
    return [object];
  });
}

describe('what the command prints and keeps', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'markers-'));
    const put = (name: string, objects: readonly Json[]): void => {
      fs.mkdirSync(path.join(folder, name));
      objects.forEach((object, index) => {
        fs.writeFileSync(path.join(folder, name, `${index}.json`), JSON.stringify(object));
      });
    };
    put('in', markedObjects(isSecret));
    // What may be a secret stands in code, as in the manifest that it was: only what is one beyond doubt does not.
    put(
      'code',
      markedObjects((field) => field.kind === 'Secret' && isSecret(field)),
    );
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  async function run(...options: string[]): Promise<string> {
    const printed: string[] = [];
    const add = (text: string): void => void printed.push(text);
    await main(options, { cwd: folder, stdin: () => Promise.resolve(Buffer.of()), say: add, complain: add });
    return printed.join('');
  }

  test.each([
    ['a cache', ['check', '--cache', 'CACHE']],
    ['the same cache again', ['check', '--cache', 'CACHE', '--format', 'json']],
    ['several threads', ['check', '--threads', '2']],
    ['all releases, in words', ['check', '--all-releases', '--verbose']],
    ['an inventory', ['inventory', '--format', 'json']],
  ])(
    'holds no secret: %s',
    async (_title, words) => {
      const options = words.map((word) => (word === 'CACHE' ? path.join(folder, 'cache') : word));
      const text = await run(...options, path.join(folder, 'in'));
      expect(text.length).toBeGreaterThan(1000);
      expect(/.{0,80}MARK.*/.exec(text)?.[0]).toBeUndefined();
    },
    120_000,
  );

  test('holds no secret in code', async () => {
    const text = await run('import', path.join(folder, 'code'));
    expect(text.length).toBeGreaterThan(1000);
    expect(/.{0,80}MARK.*/.exec(text)?.[0]).toBeUndefined();
  });

  test('holds no secret in the files of a project', async () => {
    const [root, out] = [path.join(folder, 'node_modules', 'cdk8s-kubevirt'), 'project'];
    const own = {
      version: '1.0.0',
      peerDependencies: {},
      devDependencies: {},
      repository: { url: 'https://h/a/b.git' },
    };
    const request = { paths: [path.join(folder, 'code')], out, esm: false, maxBytes: 2 ** 28, options: {} };
    const { text } = await importPaths(
      request,
      { cwd: folder, stdin: () => Promise.resolve(Buffer.of()) },
      { root, own },
    );
    expect(text).toMatch(/^\d+ files → project\/\n$/);
    const names = fs.readdirSync(path.join(folder, out), { recursive: true, encoding: 'utf8' });
    const files = names.map((name) => path.join(folder, out, name)).filter((at) => fs.statSync(at).isFile());
    const texts = files.map((file) => fs.readFileSync(file, 'utf8'));
    expect(texts.join('').length).toBeGreaterThan(10_000);
    expect(texts.flatMap((one) => /.{0,80}MARK.*/.exec(one) ?? [])).toEqual([]);
  });

  test('holds no secret in the files of the cache', () => {
    const files = fs.readdirSync(path.join(folder, 'cache'));
    const texts = files.map((file) => fs.readFileSync(path.join(folder, 'cache', file), 'utf8'));
    expect(texts.join('').length).toBeGreaterThan(1000);
    expect(texts.filter((text) => text.includes('MARK'))).toEqual([]);
  });
});
