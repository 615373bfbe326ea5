import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readManifests } from './reader';
import { WholeTrees } from './whole-trees';

const ID = '0123456789abcdef';

let cwd: string;
beforeEach(() => (cwd = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'trees-')))));
afterEach(() => fs.rmSync(cwd, { recursive: true }));

function write(file: string, text: string): void {
  fs.mkdirSync(path.join(cwd, file, '..'), { recursive: true });
  fs.writeFileSync(path.join(cwd, file), text);
}

const secret = (name: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n`;

const journal = (file: string, old: readonly string[] = [], produced: readonly string[] = []): void =>
  write(file, `${JSON.stringify({ version: 1, id: ID, old, new: produced })}\n`);

/** What is read at paths: the name of each object by its file, the lines that are said, the faults. */
function read(...paths: string[]) {
  const lines: string[] = [];
  const { manifests, faults } = readManifests(paths, {
    cwd,
    stdin: () => Buffer.alloc(0),
    onCutOff: (line) => lines.push(line),
  });
  const nameOf = (object: unknown): unknown => (object as { metadata?: { name?: unknown } }).metadata?.name;
  const objects = Object.fromEntries(manifests.map(({ object, origin }) => [origin.file, nameOf(object)]));
  return { objects, lines, faults: faults.map(({ file, message }) => [file, message]) };
}

const LINE =
  'dist: a synth was cut off while it replaced this output; read is the old one, which is whole; the next synth puts it back';

describe('an output that was set aside', () => {
  beforeEach(() => {
    journal('.dist.synth-journal');
    write(`.dist.synth-${ID}-old/1/a.yaml`, secret('old'));
    write(`.dist.synth-${ID}-old/b.yaml`, secret('old'));
    write(`.dist.synth-${ID}/1/a.yaml`, secret('new'));
    write('other/c.yaml', secret('other'));
  });

  test.each([
    ['dist', { 'dist/1/a.yaml': 'old', 'dist/b.yaml': 'old' }],
    ['dist/1', { 'dist/1/a.yaml': 'old' }],
    ['dist/b.yaml', { 'dist/b.yaml': 'old' }],
    ['.', { 'dist/1/a.yaml': 'old', 'dist/b.yaml': 'old', 'other/c.yaml': 'other' }],
  ])('is read in its place: %s', (given, objects) => {
    const before = fs.readdirSync(cwd, { recursive: true });
    expect(read(given)).toEqual({ objects, lines: [LINE], faults: [] });
    expect(fs.readdirSync(cwd, { recursive: true })).toEqual(before);
  });

  test('is not read where another stands in its place', () => {
    write('dist/b.yaml', secret('new'));
    expect(read('.')).toEqual({ objects: { 'dist/b.yaml': 'new', 'other/c.yaml': 'other' }, lines: [], faults: [] });
  });

  test('is read behind a link', () => {
    fs.symlinkSync('dist', path.join(cwd, 'link'));
    expect(read('link').objects).toEqual({ 'link/1/a.yaml': 'old', 'link/b.yaml': 'old' });
  });

  test('is read by its Kustomization', () => {
    write(`.dist.synth-${ID}-old/kustomization.yaml`, 'resources: [1/a.yaml, missing.yaml]\n');
    expect(read('dist').faults).toEqual([
      ['dist/kustomization.yaml', `'resources' must name files and folders that exist, got "missing.yaml"`],
      ['dist/b.yaml', `must be listed in 'resources' of dist/kustomization.yaml, or it is not applied with it`],
    ]);
  });
});

describe('an output whose files were kept', () => {
  beforeEach(() => {
    journal(
      'dist/.cdk8s-files.synth-journal',
      ['1/a.yaml', 'gone/b.yaml', 'x.yaml/inner.yaml'],
      ['1/a.yaml', 'c.yaml', 'x.yaml'],
    );
    for (const index of ['0', '1', '2']) write(`dist/.cdk8s-files.synth-${ID}-old/${index}`, secret('old'));
    write('dist/1/a.yaml', secret('new'));
    write('dist/c.yaml', secret('new'));
    write('dist/x.yaml', secret('new'));
    write('dist/own.yaml', secret('theirs'));
  });

  test.each([
    [
      'dist',
      {
        'dist/1/a.yaml': 'old',
        'dist/gone/b.yaml': 'old',
        'dist/own.yaml': 'theirs',
        'dist/x.yaml/inner.yaml': 'old',
      },
    ],
    ['dist/gone', { 'dist/gone/b.yaml': 'old' }],
    ['dist/1/a.yaml', { 'dist/1/a.yaml': 'old' }],
  ])('is read in their place: %s', (given, objects) => {
    expect(read(given)).toEqual({ objects, lines: [LINE], faults: [] });
  });

  test('is found from the folder above', () => {
    expect(read('.')).toEqual(read('dist'));
  });

  test('does not hold a file of the unfinished output', () => {
    expect(read('dist/c.yaml')).toEqual({
      objects: {},
      lines: [LINE],
      faults: [['dist/c.yaml', 'must be a file or folder that can be read: ENOTDIR']],
    });
  });
});

describe('a folder beside which a synth runs', () => {
  test('is read as it stands, without what the synth keeps', () => {
    write('dist/a.yaml', secret('old'));
    write('dist/.cdk8s-files.synth-lock', '{}');
    write(`dist/.cdk8s-files.synth-${ID}/0.yaml`, secret('new'));
    write('.dist.synth-lock', '{}');
    write(`.dist.synth-${ID}/a.yaml`, secret('new'));
    expect(read('.')).toEqual({ objects: { 'dist/a.yaml': 'old' }, lines: [], faults: [] });
  });
});

describe('a journal that is damaged', () => {
  test.each(['.dist.synth-journal', 'dist/.cdk8s-files.synth-journal'])('is a fault: %s', (name) => {
    write(name, 'half a jour');
    if (name.startsWith('dist')) write('dist/a.yaml', secret('old'));
    const fault = [
      'dist',
      expect.stringContaining(`'${path.join(cwd, name)}' must be the journal of a synth, and is damaged`),
    ];
    expect(read('dist').faults).toContainEqual(fault);
  });
});

test('a folder that is gone lists nothing only where an output of it was kept', () => {
  expect(() => new WholeTrees(cwd).entries(path.join(cwd, 'gone'))).toThrow('ENOENT');
});
