import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { clusterConfig } from '../../review/cluster/config';
import { report, reportWith } from '../../review/engine';
import { parseManifests } from '../../review/manifests/parser';
import { Listing, Reading } from '../../review/manifests/reader';
import { Json } from '../../review/rule';
import { Judgement } from '../../review/verdicts/judge';
import { main, Status } from '../main';
import { JudgementCache } from './judgement-cache';

const machine = (name: string, hostname = 'web'): string => `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: ${name}, namespace: shop }
spec:
  runStrategy: Always
  template: { spec: { hostname: ${hostname}, domain: { devices: {}, memory: { guest: 1Gi } } } }
`;

const FILES: Readonly<Record<string, string>> = {
  'a.yaml': machine('a'),
  'b.yaml': `${machine('b', 'Web')}---\n${machine('b2')}`,
  'c.yaml': machine('c'),
  'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { password: hunter-2-hunter }\n',
  'login.yaml': machine('login').replace('hostname: web', 'hostname: "https://user:hunter-3-hunter@host"'),
};

let cwd: string;
const at = (name: string): string => path.join(cwd, name);
beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'cache-'));
  fs.mkdirSync(at('in'));
  for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(at(`in/${name}`), text);
});
afterEach(() => fs.rmSync(cwd, { recursive: true }));

/** A review by the objects that a cache remembers; answers which it judged anew, too. */
async function reviewed(program = 'p', options = {}) {
  const complaints: string[] = [];
  const cache = new JudgementCache(at('cache'), program, (line) => complaints.push(line));
  const anew: string[] = [];
  const hear = cache.hear.bind(cache);
  cache.hear = (asked, judgement) => {
    anew.push(String((asked.reviewed.object.metadata as { name: string }).name));
    hear(asked, judgement);
  };
  const world = { cwd, stdin: () => Buffer.alloc(0), onRead: cache.meet.bind(cache) };
  const { manifests } = new Reading(new Listing(['in'], world)).placed();
  const found = await reportWith(cache, manifests, options);
  cache.keep();
  expect(found).toEqual(report(manifests, options));
  return { anew, complaints, findings: found.findings.length };
}

const packs = (): string[] => fs.readdirSync(at('cache')).map((name) => at(`cache/${name}`));
const ALWAYS = ['a', 'login', 's'];

describe('JudgementCache', () => {
  test('judges anew the first object of a type, what changed, and what repeats a login', async () => {
    expect((await reviewed()).anew).toEqual(['a', 'b', 'b2', 'c', 'login', 's']);
    expect((await reviewed()).anew).toEqual(ALWAYS);
    fs.writeFileSync(at('in/c.yaml'), machine('c', 'Web'));
    const { anew, findings } = await reviewed();
    expect(anew).toEqual(['a', 'c', 'login', 's']);
    expect(findings).toBe(4);
    expect((await reviewed()).anew).toEqual(ALWAYS);
  });

  test('knows a file by its bytes, whatever it is called and whenever it was written', async () => {
    await reviewed();
    fs.renameSync(at('in/b.yaml'), at('in/z.yaml'));
    fs.utimesSync(at('in/c.yaml'), 1, 1);
    expect((await reviewed()).anew).toEqual(ALWAYS);
  });

  test('takes nothing of another program, release or setting', async () => {
    await reviewed();
    const all = ['a', 'b', 'b2', 'c', 'login', 's'];
    expect((await reviewed('q')).anew).toEqual(all);
    expect((await reviewed('p', { kubevirt: 'v1.6.2' })).anew).toEqual(all);
    expect((await reviewed('p', { allReleases: true })).anew).toEqual(all);
    expect((await reviewed('p', { featureGates: ['HostDevices'] })).anew).toEqual(all);
    expect((await reviewed()).anew).toEqual(ALWAYS);
  });

  test('holds no value that must not be shown, nor anything by which a Secret is known', async () => {
    await reviewed();
    const text = packs()
      .map((file) => fs.readFileSync(file, 'utf8'))
      .join('');
    expect(text).not.toContain('hunter');
    // a.yaml, b.yaml and c.yaml: a line each, between the first and the sum.
    expect(text.trim().split('\n')).toHaveLength(5);
    if (process.platform !== 'win32') for (const file of packs()) expect(fs.statSync(file).mode & 0o77).toBe(0);
  });

  test.each([
    ['is cut off', (text: string) => text.slice(0, -30)],
    ['is empty', () => ''],
    ['says something else', (text: string) => text.replace('"judged":[0]', '"judged":[1]')],
    ['is of another form', (text: string) => text.replace('form 1', 'form 0')],
    ['is no text', () => '\0\ufffd{'],
  ])('is written anew where its file %s, and says so in a line', async (_title, change) => {
    await reviewed();
    const [file = ''] = packs();
    fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
    const { anew, complaints } = await reviewed();
    expect(anew).toHaveLength(6);
    expect(complaints).toEqual([`${file}: is damaged, and is written anew`]);
    expect(await reviewed()).toMatchObject({ anew: ALWAYS, complaints: [] });
  });

  test('leaves nothing beside its file, and loses no finding where it cannot be written', async () => {
    await reviewed();
    expect(packs()).toHaveLength(1);
    fs.writeFileSync(at('in/c.yaml'), machine('c', 'Web'));
    const [file = ''] = packs();
    fs.rmSync(file);
    fs.mkdirSync(file);
    const { complaints, findings } = await reviewed();
    expect(findings).toBe(4);
    expect(complaints).toEqual([
      `${file}: is damaged, and is written anew`,
      expect.stringMatching(/: the findings could not be kept \(E\w+\)$/),
    ]);
    expect(packs()).toEqual([file]);
  });

  test('keeps what earlier runs said of other documents of a file', async () => {
    const config = clusterConfig();
    const said: Judgement = { said: [], unchecked: [], failed: ['said before'], isKnown: true };
    const later: Judgement = { ...said, failed: ['said later'] };
    const bytes = Buffer.from(`${machine('one')}---\n${machine('two')}---\n${machine('three')}`);
    /** A run that judges some of the documents; answers what is remembered of each. */
    const remembered = async (judged: readonly (readonly [document: number, judgement: Judgement])[]) => {
      const cache = new JudgementCache(at('cache'), 'p', () => undefined);
      const parsed = parseManifests('three.yaml', bytes);
      cache.meet(bytes, parsed);
      const asked = parsed.manifests.map(({ object }) => ({
        reviewed: { object: object as Json, origin: {} },
        config,
      }));
      const taken = cache.take(asked, { release: 'v1.6.2', cdi: 'v1.63.1', allReleases: false });
      for (const [document, judgement] of judged) cache.hear(asked[document]!, judgement);
      cache.keep();
      const found = await cache.judgements();
      return asked.map(({ reviewed }) => (taken.has(reviewed) ? (found.get(reviewed)?.failed ?? []) : 'not known'));
    };
    expect(await remembered([[0, said]])).toEqual(['not known', 'not known', 'not known']);
    expect(await remembered([[1, said]])).toEqual([['said before'], 'not known', 'not known']);
    const all = [
      [1, later],
      [2, { ...said, failed: [] }],
    ] as const;
    expect(await remembered(all)).toEqual([['said before'], ['said before'], 'not known']);
    expect(await remembered([])).toEqual([['said before'], ['said later'], []]);
  });

  test('keeps nothing of a file that has a fault, or holds a Secret', async () => {
    fs.writeFileSync(at('in/faulty.yaml'), `${machine('faulty')}---\na: [1\n`);
    fs.writeFileSync(at('in/secrets.yaml'), FILES['secret.yaml']!.replace('name: s', 'name: t'));
    const first = await reviewed();
    expect(first.anew).toHaveLength(8);
    expect((await reviewed()).anew).toEqual(['a', 'faulty', 'login', 's', 't']);
  });

  test('keeps eight packs, those that were written last', async () => {
    for (let index = 0; index < 10; index++) await reviewed(`program ${index}`);
    expect(packs()).toHaveLength(8);
    expect((await reviewed('program 9')).anew).toEqual(ALWAYS);
  });
});

describe('check --cache', () => {
  async function run(...argv: readonly string[]): Promise<{ status: Status; said: string; complained: string }> {
    let [said, complained] = ['', ''];
    const status = await main(argv, {
      cwd,
      stdin: () => Promise.resolve(Buffer.alloc(0)),
      say: (text) => void (said += text),
      complain: (text) => void (complained += text),
    });
    return { status, said, complained };
  }

  test('says the same at first, and the next time', async () => {
    const alone = await run('check', 'in', '--format', 'json');
    expect(alone.status).toBe(Status.FOUND);
    expect(await run('check', 'in', '--format', 'json', '--cache', 'cache')).toEqual(alone);
    expect(packs()).toHaveLength(1);
    expect(await run('check', 'in', '--format', 'json', '--cache', 'cache')).toEqual(alone);
  });

  test('fails where it names a file, or what stands below one', async () => {
    for (const [given, code] of [
      ['in/a.yaml', 'EEXIST'],
      ['in/a.yaml/cache', 'ENOTDIR'],
    ]) {
      const { status, said, complained } = await run('check', 'in', '--cache', given!);
      expect([status, said]).toEqual([Status.FAILED, '']);
      expect(complained).toBe(
        `nothing was reviewed: '--cache' must name a folder that can be written to, got "${given}": ${code}\n`,
      );
    }
  });
});
