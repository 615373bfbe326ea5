import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ManifestApp } from './manifest-app';
import { ManifestAppProps } from './manifest-app-props';

const ROOT = join(__dirname, '..', '..');
/** A synth that is over. */
const ID = '0123456789abcdef';

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'folder-')))));
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const dist = (...names: string[]): string => join(folder, 'dist', ...names);

function write(path: string, text = ''): void {
  fs.mkdirSync(join(path, '..'), { recursive: true });
  fs.writeFileSync(path, text);
}

/** Synthesizes a chart for each path, whose one object has the name `name`. */
function synth(paths: readonly string[], name = 'web', outdir = dist(), props: ManifestAppProps = {}): void {
  const app = new ManifestApp({ outdir, ...props });
  for (const path of paths) {
    const ids = path.split('/');
    const scope = ids.slice(0, -1).reduce<Construct>((parent, id) => {
      return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
    }, app);
    const chart = new Chart(scope, ids.at(-1) ?? '');
    new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'Secret', metadata: { name } });
  }
  app.synth();
}

/** What stands below a folder; no link is followed, as newer releases of Node.js do by themselves. */
function entriesOf(below: string): fs.Dirent[] {
  const entries = fs.readdirSync(below, { withFileTypes: true });
  return entries.flatMap((entry) => [entry, ...(entry.isDirectory() ? entriesOf(join(below, entry.name)) : [])]);
}

/** Every file, link and empty folder below a folder, with its text; those of `names` only by name. */
function tree(below: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of entriesOf(below)) {
    const path = join(entry.parentPath, entry.name);
    const key = path.slice(below.length + 1);
    if (entry.isSymbolicLink()) found[key] = `-> ${fs.readlinkSync(path)}`;
    else if (entry.isFile()) found[key] = fs.readFileSync(path, 'utf8');
    else if (fs.readdirSync(path).length === 0) found[`${key}/`] = '';
  }
  return found;
}

const secret = (name = 'web'): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n`;

/** How the folder is replaced: as a whole, and where the system refuses that. */
const WAYS: [string, () => void][] = [
  ['as a whole', () => undefined],
  [
    'file by file',
    () => {
      const rename = fs.renameSync;
      jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
        if (from === dist()) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
        rename(from, to);
      });
    },
  ],
];

describe.each(WAYS)('an output folder that is replaced %s', (way, refuse) => {
  test('holds what is produced, keeps what others put there, and loses what is no longer produced', () => {
    synth(['1/a', '1/b', '2/only', 'top'], 'old');
    write(dist('notes.txt'), 'mine');
    write(dist('1', 'own.yaml'), 'mine');
    write(dist('own', 'deep', 'file'), 'mine');
    fs.mkdirSync(dist('own', 'empty'));
    fs.symlinkSync('nowhere', dist('link'));
    refuse();
    synth(['1/a', '3/c'], 'new');
    expect(tree(folder)).toEqual({
      'dist/.cdk8s-files': '1/a.k8s.yaml\n3/c.k8s.yaml\n',
      'dist/1/a.k8s.yaml': secret('new'),
      'dist/3/c.k8s.yaml': secret('new'),
      'dist/1/own.yaml': 'mine',
      'dist/notes.txt': 'mine',
      'dist/own/deep/file': 'mine',
      'dist/own/empty/': '',
      'dist/link': '-> nowhere',
    });
  });

  test('takes over what stock cdk8s wrote, and says so in one line', () => {
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    write(dist('old.k8s.yaml'), 'by stock cdk8s');
    write(dist('a.k8s.yaml'), 'by stock cdk8s');
    write(dist('construct-metadata.json'), 'by stock cdk8s');
    refuse();
    synth(['a']);
    synth(['a']);
    expect(tree(dist())).toEqual({
      '.cdk8s-files': 'a.k8s.yaml\n',
      'a.k8s.yaml': secret(),
      'old.k8s.yaml': 'by stock cdk8s',
    });
    expect(said.mock.calls).toEqual([
      [
        `${dist()}: 1 file of stock cdk8s, which keeps no record, taken over; ` +
          'this app does not write construct-metadata.json, old.k8s.yaml: delete what is stale\n',
      ],
    ]);
  });

  test('fails, by name, when it would overwrite what others made', () => {
    write(dist('1', 'a.k8s.yaml'), 'mine');
    write(dist('b.k8s.yaml'), secret());
    write(dist('README.md'), 'mine');
    fs.symlinkSync('README.md', dist('c.k8s.yaml'));
    write(dist('D.k8s.yaml'), 'mine');
    const before = tree(folder);
    refuse();
    const faults = ['1/a.k8s.yaml', 'D.k8s.yaml', 'c.k8s.yaml'].map(
      (path) =>
        `\n  [${path}] must not be overwritten, got '${path}' in '${dist()}', which this app did not write; ` +
        'move it away, or write new ManifestApp({ overwrite: true })',
    );
    expect(() => synth(['1/a', 'b', 'c', 'd'])).toThrow(
      new Error(`synthesis failed, the output stays as it was:${faults.join('')}`),
    );
    expect(tree(folder)).toEqual(before);
  });

  test('overwrites what others made where the app says so, and nothing else of theirs', () => {
    write(dist('a.k8s.yaml'), 'theirs');
    write(join(folder, 'elsewhere'), 'theirs');
    fs.symlinkSync('../elsewhere', dist('c.k8s.yaml'));
    write(dist('README.md'), 'theirs');
    refuse();
    synth(['a', 'c'], 'web', dist(), { overwrite: true });
    expect(tree(folder)).toEqual({
      elsewhere: 'theirs',
      'dist/.cdk8s-files': 'a.k8s.yaml\nc.k8s.yaml\n',
      'dist/README.md': 'theirs',
      'dist/a.k8s.yaml': secret(),
      'dist/c.k8s.yaml': secret(),
    });
  });

  test('takes a file of others that holds what it would write for its own', () => {
    write(dist('a.k8s.yaml'), secret());
    write(dist('README.md'), 'theirs');
    refuse();
    synth(['a']);
    synth([]);
    expect(tree(dist())).toEqual({ '.cdk8s-files': '\n', 'README.md': 'theirs' });
    synth([]);
    expect(tree(dist())).toEqual({ '.cdk8s-files': '\n', 'README.md': 'theirs' });
  });

  test('is written over what a clone of it holds, also with line ends of Windows', () => {
    synth(['a', 'gone'], 'old');
    write(dist('notes.txt'), 'theirs');
    write(dist('.cdk8s-files'), 'a.k8s.yaml\r\ngone.k8s.yaml\r\n');
    write(dist('a.k8s.yaml'), secret('old').replaceAll('\n', '\r\n'));
    refuse();
    synth(['a'], 'new');
    expect(tree(dist())).toEqual({
      '.cdk8s-files': 'a.k8s.yaml\n',
      'a.k8s.yaml': secret('new'),
      'notes.txt': 'theirs',
    });
  });

  test('fails when the record cannot be read, and keeps everything', () => {
    synth(['a', 'b'], 'old');
    fs.rmSync(dist('.cdk8s-files'));
    fs.mkdirSync(dist('.cdk8s-files'));
    refuse();
    expect(() => synth(['a'], 'new')).toThrow(`'${dist('.cdk8s-files')}' must be a regular file, got a folder`);
    expect(tree(folder)).toEqual({
      'dist/.cdk8s-files/': '',
      'dist/a.k8s.yaml': secret('old'),
      'dist/b.k8s.yaml': secret('old'),
    });
  });

  test.each<[string, () => unknown, string]>([
    ['a pipe', () => spawnSync('mkfifo', [dist('.cdk8s-files')]), 'must be a regular file, got a pipe'],
    ['a device', () => fs.symlinkSync('/dev/zero', dist('.cdk8s-files')), 'must be a regular file, got a device'],
    [
      'damaged',
      () => fs.writeFileSync(dist('.cdk8s-files'), Buffer.from([0xff, 0x61])),
      'must be the record of a synth, and is damaged',
    ],
    ...['', '{}', '{}\n', '{"paths":[]}\n', '- a.k8s.yaml\n- b.k8s.yaml\n', 'a.k8s.yaml\nb.k8', 'null', '../a\n'].map(
      (text): [string, () => unknown, string] => [
        JSON.stringify(text),
        () => fs.writeFileSync(dist('.cdk8s-files'), text),
        'must be the record of a synth, and is damaged; ' +
          'restore it from version control, or delete the output folder, and synthesize again',
      ],
    ),
  ])('fails when the record is %s, and keeps everything', (_what, make, message) => {
    synth(['a', 'b'], 'old');
    fs.rmSync(dist('.cdk8s-files'));
    make();
    expect(() => synth(['a'], 'new')).toThrow(`'${dist('.cdk8s-files')}' ${message}`);
    expect(fs.readdirSync(dist())).toEqual(['.cdk8s-files', 'a.k8s.yaml', 'b.k8s.yaml']);
    expect(fs.readdirSync(folder)).toEqual(['dist']);
  });

  test('renames a file whose name changes in case alone, and turns a folder into a file and back', () => {
    synth(['vm', 'x.k8s.yaml/inner'], 'old');
    refuse();
    synth(['VM', 'x'], 'new');
    expect(tree(dist())).toEqual({
      '.cdk8s-files': 'VM.k8s.yaml\nx.k8s.yaml\n',
      'VM.k8s.yaml': secret('new'),
      'x.k8s.yaml': secret('new'),
    });
    synth(['vm', 'x.k8s.yaml/inner'], 'old');
    expect(tree(dist())).toEqual({
      '.cdk8s-files': 'vm.k8s.yaml\nx.k8s.yaml/inner.k8s.yaml\n',
      'vm.k8s.yaml': secret('old'),
      'x.k8s.yaml/inner.k8s.yaml': secret('old'),
    });
  });

  test('loses nothing outside of it to a record that was tampered with', () => {
    write(join(folder, 'outside'), 'mine');
    write(join(folder, 'elsewhere', 'file'), 'mine');
    synth(['a', 'gone']);
    fs.symlinkSync('../elsewhere', dist('link'));
    const hostile = [
      '../outside',
      join(folder, 'outside'),
      'link/file',
      'link',
      '.',
      '..',
      '',
      'a\0b',
      '1/../../outside',
    ];
    fs.appendFileSync(dist('.cdk8s-files'), `${hostile.join('\n')}\n`);
    refuse();
    synth(['a']);
    expect(tree(folder)).toEqual({
      outside: 'mine',
      'elsewhere/file': 'mine',
      'dist/.cdk8s-files': 'a.k8s.yaml\n',
      'dist/a.k8s.yaml': secret(),
      'dist/link': '-> ../elsewhere',
    });
  });

  test('fails when others put something where a file or a folder is needed', () => {
    write(dist('1'), 'a file');
    write(dist('a.k8s.yaml', 'inner'), 'in a folder');
    write(join(folder, 'elsewhere', 'x'), 'mine');
    fs.symlinkSync('../elsewhere', dist('2'));
    refuse();
    const faults = ['1', '2', 'a.k8s.yaml/inner'].map(
      (path) =>
        `\n  [${path}] must be free for what is written there, got '${path}' in '${dist()}', ` +
        'which this app did not write; move it away',
    );
    expect(() => synth(['1/x', '2/x', 'a'])).toThrow(
      new Error(`synthesis failed, the output stays as it was:${faults.join('')}`),
    );
    expect(Object.keys(tree(folder)).sort()).toEqual(['dist/1', 'dist/2', 'dist/a.k8s.yaml/inner', 'elsewhere/x']);
  });

  test('keeps its mode, and that of the folders of others', () => {
    write(dist('own', 'file'));
    fs.chmodSync(dist(), 0o750);
    fs.chmodSync(dist('own'), 0o500);
    const inode = fs.statSync(dist()).ino;
    refuse();
    synth(['a']);
    expect(fs.statSync(dist()).ino === inode).toBe(way === 'file by file');
    expect(fs.statSync(dist()).mode & 0o777).toBe(0o750);
    expect(fs.statSync(dist('own')).mode & 0o777).toBe(0o500);
    fs.chmodSync(dist('own'), 0o700);
  });
});

describe('an output folder', () => {
  test('has the mode of any new folder', () => {
    synth(['a']);
    expect(fs.statSync(dist()).mode & 0o777).toBe(0o777 & ~process.umask());
  });

  test('is the one that a link leads to', () => {
    fs.symlinkSync('real', dist());
    synth(['a'], 'first');
    synth(['a'], 'second');
    expect(tree(folder)).toEqual({
      dist: '-> real',
      'real/.cdk8s-files': 'a.k8s.yaml\n',
      'real/a.k8s.yaml': secret('second'),
    });
  });

  test('is not moved when it is the working folder, or above it', () => {
    fs.mkdirSync(dist('inner'), { recursive: true });
    const before = process.cwd();
    const inode = fs.statSync(dist()).ino;
    try {
      process.chdir(dist('inner'));
      synth(['a'], 'web', '..');
    } finally {
      process.chdir(before);
    }
    expect(fs.statSync(dist()).ino).toBe(inode);
    expect(tree(dist())).toEqual({ '.cdk8s-files': 'a.k8s.yaml\n', 'a.k8s.yaml': secret(), 'inner/': '' });
  });

  test('is written where nothing can be made beside it', () => {
    synth(['a', 'gone'], 'old');
    const mkdir = fs.mkdirSync;
    jest.spyOn(fs, 'mkdirSync').mockImplementation((path, options) => {
      if (String(path).includes('.dist.synth-')) throw Object.assign(new Error('no'), { code: 'EACCES' });
      return mkdir(path, options);
    });
    WAYS[1]?.[1]();
    synth(['a'], 'new');
    expect(tree(folder)).toEqual({ 'dist/.cdk8s-files': 'a.k8s.yaml\n', 'dist/a.k8s.yaml': secret('new') });
  });

  describe('where a lock cannot be made', () => {
    /** Nothing can be made in the folders of these locks. */
    const close = (...locks: string[]): void => {
      const write = fs.writeFileSync;
      jest.spyOn(fs, 'writeFileSync').mockImplementation((path, ...args) => {
        const isClosed = locks.some((lock) => String(path).startsWith(join(folder, lock)));
        if (isClosed) throw Object.assign(new Error('closed'), { code: 'EACCES' });
        write(path, ...args);
      });
    };
    const [beside, inside] = ['.dist.synth-lock', 'dist/.cdk8s-files.synth-lock'];
    const NEW = { 'dist/.cdk8s-files': 'a.k8s.yaml\n', 'dist/a.k8s.yaml': secret('new') };

    test.each([beside, inside])('is written all the same, if the other one can: %s', (lock) => {
      synth(['a'], 'old');
      close(lock);
      synth(['a'], 'new');
      jest.restoreAllMocks();
      expect(tree(folder)).toEqual(NEW);
    });

    test('fails when neither can', () => {
      synth(['a'], 'old');
      close(beside, inside);
      expect(() => synth(['a'], 'new')).toThrow('closed');
      jest.restoreAllMocks();
      expect(tree(folder)).toEqual({ ...NEW, 'dist/a.k8s.yaml': secret('old') });
    });

    test('fails when the folder is not there yet', () => {
      close(beside);
      expect(() => synth(['a'])).toThrow('closed');
      expect(fs.readdirSync(folder)).toEqual([]);
    });

    test.each([
      ['fails when the one beside is removed meanwhile', [beside], inside, true],
      ['fails when the only one, in the folder, is removed meanwhile', [inside], beside, true],
      ['is written when the one in the folder is removed meanwhile', [inside], undefined, false],
    ] as const)('%s', (_title, removed, closed, isLost) => {
      synth(['a'], 'old');
      if (closed !== undefined) close(closed);
      const app = new ManifestApp({ outdir: dist() });
      const produce = (): string => {
        for (const lock of removed) fs.rmSync(join(folder, lock));
        return 'new';
      };
      const metadata = { name: Lazy.any({ produce }) as string };
      new ApiObject(new Chart(app, 'a'), 'a', { apiVersion: 'v1', kind: 'Secret', metadata });
      if (isLost) expect(() => app.synth()).toThrow(`the lock of '${dist()}' must stand until its output is written`);
      else app.synth();
      jest.restoreAllMocks();
      expect(tree(folder)).toEqual({ ...NEW, 'dist/a.k8s.yaml': secret(isLost ? 'old' : 'new') });
    });
  });

  test('says how many files of stock cdk8s it takes over', () => {
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    for (const name of ['a', 'b']) write(dist(`${name}.k8s.yaml`), 'by stock cdk8s');
    synth(['a', 'b']);
    expect(said.mock.calls).toEqual([[`${dist()}: 2 files of stock cdk8s, which keeps no record, taken over\n`]]);
  });

  test('copies what cannot be linked', () => {
    write(dist('own'), 'mine');
    jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('no'), { code: 'EPERM' });
    });
    synth(['a']);
    expect(tree(dist())).toMatchObject({ own: 'mine', 'a.k8s.yaml': secret() });
  });

  test.each([
    ['is written when the old one is removed meanwhile', 'ENOENT'],
    ['stays when the disk fails', 'EIO'],
  ])('%s', (_title, code) => {
    synth(['a'], 'old');
    const rename = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (from !== dist()) return rename(from, to);
      if (code === 'ENOENT') fs.rmSync(dist(), { recursive: true });
      throw Object.assign(new Error(code), { code });
    });
    if (code === 'ENOENT') synth(['a'], 'new');
    else expect(() => synth(['a'], 'new')).toThrow(code);
    expect(tree(folder)).toEqual({
      'dist/.cdk8s-files': 'a.k8s.yaml\n',
      'dist/a.k8s.yaml': secret(code === 'ENOENT' ? 'new' : 'old'),
    });
  });

  test('comes back when the new one cannot take its place', () => {
    synth(['a'], 'old');
    const rename = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (to === dist() && !String(from).endsWith('-old')) throw Object.assign(new Error('disk'), { code: 'EIO' });
      rename(from, to);
    });
    expect(() => synth(['b'])).toThrow('disk');
    expect(tree(folder)).toEqual({ 'dist/.cdk8s-files': 'a.k8s.yaml\n', 'dist/a.k8s.yaml': secret('old') });
  });

  test('fails when a file stands in its place', () => {
    write(dist(), 'a file');
    expect(() => synth(['a'])).toThrow(`[ManifestApp] 'outdir' must be a folder, got "${dist()}"; a file stands there`);
    expect(tree(folder)).toEqual({ dist: 'a file' });
  });
});

describe('what a killed synth left', () => {
  const left = (suffix = ''): string => join(folder, `.dist.synth-${ID}${suffix}`);
  const journal = (old: readonly string[]): void =>
    write(join(folder, '.dist.synth-journal'), JSON.stringify({ version: 1, id: ID, old, new: [] }));

  test('is put back when the output was set aside, and then replaced', () => {
    journal(['.cdk8s-files', 'a.k8s.yaml', 'b.k8s.yaml']);
    synth(['a', 'b'], 'old');
    write(dist('own'), 'mine');
    fs.renameSync(dist(), left('-old'));
    write(join(left(), 'half.k8s.yaml'), 'half');
    synth(['a'], 'new');
    expect(tree(folder)).toEqual({
      'dist/.cdk8s-files': 'a.k8s.yaml\n',
      'dist/a.k8s.yaml': secret('new'),
      'dist/own': 'mine',
    });
  });

  test.each(['with a journal', 'by an earlier version'])('is put back even when the next synth fails, %s', (how) => {
    synth(['a'], 'old');
    if (how === 'with a journal') journal(['.cdk8s-files', 'a.k8s.yaml']);
    fs.renameSync(dist(), how === 'with a journal' ? left('-old') : join(folder, '.dist.synth-4711-old'));
    expect(() => synth(['not a name'])).toThrow("'id' must consist");
    expect(tree(folder)).toEqual({ 'dist/.cdk8s-files': 'a.k8s.yaml\n', 'dist/a.k8s.yaml': secret('old') });
  });

  test('is removed when the new output was in place already, after what others had put there', () => {
    synth(['a']);
    write(join(left('-old'), 'old.k8s.yaml'), 'old');
    write(join(left('-old'), 'own'), 'theirs');
    journal(['old.k8s.yaml']);
    synth(['a']);
    expect(Object.keys(tree(folder)).sort()).toEqual(['dist/.cdk8s-files', 'dist/a.k8s.yaml', 'dist/own']);
  });

  test('is removed without a journal, and with it the folders of earlier versions', () => {
    synth(['a']);
    for (const name of [`${ID}-old`, ID, '4711', '4711-old', 'journal-new', `lock-${ID}`]) {
      write(join(folder, `.dist.synth-${name}`, 'old.k8s.yaml'), 'old');
    }
    synth(['a']);
    expect(Object.keys(tree(folder))).toEqual(['dist/.cdk8s-files', 'dist/a.k8s.yaml']);
  });

  test('is brought over when somebody made the folder anew before it was put back', () => {
    synth(['a'], 'old');
    write(dist('own'), 'mine');
    journal(['.cdk8s-files', 'a.k8s.yaml']);
    fs.renameSync(dist(), left('-old'));
    write(join(left(), 'half.k8s.yaml'), 'half');
    write(dist('fresh'), 'theirs');
    synth(['b'], 'new');
    expect(tree(folder)).toEqual({
      'dist/.cdk8s-files': 'b.k8s.yaml\n',
      'dist/b.k8s.yaml': secret('new'),
      'dist/fresh': 'theirs',
      'dist/own': 'mine',
    });
  });

  test('stays when it belongs to another folder', () => {
    const others = [`.dist2.synth-${ID}`, '.dist.synth-x', `.dist.synth-${ID}-new`];
    for (const name of others) write(join(folder, name, 'file'));
    synth(['a']);
    expect(fs.readdirSync(folder).sort()).toEqual([...others, 'dist'].sort());
  });

  const damaged: [string, string, string][] = [
    ['is damaged', '{"version":1', 'must be the journal of a synth, and is damaged'],
    ['leads out of the folder', `{"version":1,"id":"${ID}","old":["../outside"],"new":[]}`, 'is damaged'],
    ['has another form', '{"version":2}', 'is damaged'],
    [
      'names what is not there',
      `{"version":1,"id":"${ID}","old":["a"],"new":["b.k8s.yaml"]}`,
      `says that 'a' was kept`,
    ],
  ];
  test.each(damaged)('fails, and changes nothing, when the journal in the folder %s', (_why, text, message) => {
    write(join(folder, 'outside'), 'mine');
    write(dist('b.k8s.yaml'), 'theirs');
    write(dist('.cdk8s-files.synth-journal'), text);
    const before = tree(folder);
    expect(() => synth(['a'])).toThrow(message);
    expect(tree(folder)).toEqual(before);
  });

  test('removes nothing behind a link, whatever a journal names', () => {
    write(join(folder, 'elsewhere', 'file'), 'mine');
    fs.mkdirSync(dist());
    fs.symlinkSync('../elsewhere', dist('link'));
    write(dist('.cdk8s-files.synth-journal'), `{"version":1,"id":"${ID}","old":[],"new":["link/file"]}`);
    synth(['a']);
    expect(tree(folder)).toEqual({
      'elsewhere/file': 'mine',
      'dist/.cdk8s-files': 'a.k8s.yaml\n',
      'dist/a.k8s.yaml': secret(),
      'dist/link': '-> ../elsewhere',
    });
  });

  test.each([
    ['first', {}],
    ['later', { 'dist/.cdk8s-files': 'a.k8s.yaml\n', 'dist/a.k8s.yaml': secret('old') }],
  ])('is the old output as it was, at a %s synth that dies while it renders', (when, expected) => {
    if (when === 'later') synth(['a'], 'old');
    const script = join(__dirname, 'testing', 'killed-app.ts');
    const argv = ['--require', './scripts/source-loader.cjs', script, dist()];
    const { signal, stderr } = spawnSync(process.execPath, argv, { cwd: ROOT });
    expect([signal, stderr.toString()]).toEqual(['SIGKILL', '']);
    const found = Object.entries(tree(folder)).filter(([path]) => !path.endsWith('.synth-lock'));
    const isStaged = ([path]: [string, string]): boolean => /^\.dist\.synth-/.test(path);
    expect(found.filter(isStaged).map(([path]) => path.replace(/^.*?\//, ''))).toContain('first.k8s.yaml');
    expect(Object.fromEntries(found.filter((entry) => !isStaged(entry)))).toEqual(expected);
    synth(['a'], 'new');
    expect(tree(folder)).toEqual({ 'dist/.cdk8s-files': 'a.k8s.yaml\n', 'dist/a.k8s.yaml': secret('new') });
  });
});
