import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import {
  besidePrefix,
  insidePrefix,
  isUnfinished,
  journalText,
  readJournal,
  resolveLinks,
  wholeTree,
} from './output-journal';

const ID = '0123456789abcdef';

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'journal-')))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const dist = (): string => join(folder, 'dist');

function journal(prefix: string, old: readonly string[], produced: readonly string[]): void {
  fs.writeFileSync(`${prefix}-journal`, journalText({ id: ID, old, new: produced }));
}

describe('the names of what a synth keeps', () => {
  test.each([
    ['/work/dist', '/work/.dist.synth', '/work/dist/.cdk8s-files.synth'],
    ['/dist', '/.dist.synth', '/dist/.cdk8s-files.synth'],
    ['/', undefined, '/.cdk8s-files.synth'],
  ])('stand beside and in %s', (path, beside, inside) => {
    expect([besidePrefix(path, posix), insidePrefix(path, posix)]).toEqual([beside, inside]);
  });

  test.each([
    ['C:\\work\\dist', 'C:\\work\\.dist.synth', 'C:\\work\\dist\\.cdk8s-files.synth'],
    ['C:/work/dist', 'C:\\work\\.dist.synth', 'C:\\work\\dist\\.cdk8s-files.synth'],
    ['C:\\dist', 'C:\\.dist.synth', 'C:\\dist\\.cdk8s-files.synth'],
    ['C:\\', undefined, 'C:\\.cdk8s-files.synth'],
    ['\\\\server\\share\\dist', '\\\\server\\share\\.dist.synth', '\\\\server\\share\\dist\\.cdk8s-files.synth'],
    ['\\\\server\\share\\', undefined, '\\\\server\\share\\.cdk8s-files.synth'],
  ])('stand beside and in %s of Windows', (path, beside, inside) => {
    expect([besidePrefix(path, win32), insidePrefix(path, win32)]).toEqual([beside, inside]);
  });

  test.each([
    [`.dist.synth-${ID}`, true],
    [`.dist.synth-${ID}-old`, true],
    [`.cdk8s-files.synth-${ID}`, true],
    ['.dist.synth-lock', false],
    [`dist.synth-${ID}`, false],
    [`.dist.synth-${ID}-new`, false],
  ])('are told from others: %s', (name, is) => {
    expect(isUnfinished(name)).toBe(is);
  });
});

describe('readJournal', () => {
  test('reads what was written, and undefined where there is none', () => {
    journal(join(folder, 'x'), ['1/a', '-b'], []);
    expect(readJournal(join(folder, 'x'))).toEqual({ id: ID, old: ['1/a', '-b'], new: [] });
    expect(readJournal(join(folder, 'y'))).toBeUndefined();
  });

  test.each([
    '',
    'null',
    '[]',
    '{"version":2,"id":"0123456789abcdef","old":[],"new":[]}',
    '{"version":1,"id":"../x","old":[],"new":[]}',
    '{"version":1,"id":"0123456789abcdef","old":{},"new":[]}',
    '{"version":1,"id":"0123456789abcdef","old":[],"new":[7]}',
    ...['..', '../a', 'a/../../b', '/a', 'a//b', '', 'a/.', 'a\\\\..\\\\b', 'C:x', 'a\\u0000b'].map(
      (path) => `{"version":1,"id":"0123456789abcdef","old":["${path}"],"new":[]}`,
    ),
  ])('fails when it is %j', (text) => {
    fs.writeFileSync(join(folder, 'x-journal'), text);
    expect(() => readJournal(join(folder, 'x'))).toThrow(
      `'${join(folder, 'x-journal')}' must be the journal of a synth, and is damaged`,
    );
  });
});

describe('wholeTree', () => {
  test('is undefined where nothing was cut off', () => {
    expect(wholeTree(dist())).toBeUndefined();
    fs.mkdirSync(dist());
    expect(wholeTree(dist())).toBeUndefined();
  });

  test('is the folder that was set aside, until another takes its place', () => {
    const prefix = join(folder, '.dist.synth');
    const aside = `${prefix}-${ID}-old`;
    journal(prefix, ['a'], ['b']);
    expect(wholeTree(dist())).toBeUndefined();
    fs.mkdirSync(aside);
    expect(wholeTree(dist())).toEqual({ root: aside, kept: new Map(), unfinished: new Set() });
    fs.symlinkSync('dist', join(folder, 'link'));
    expect(wholeTree(join(folder, 'link'))?.root).toBe(aside);
    fs.mkdirSync(dist());
    expect(wholeTree(dist())).toBeUndefined();
  });

  test('is what was kept in the folder, and what the new output does not touch', () => {
    fs.mkdirSync(dist());
    const prefix = join(dist(), '.cdk8s-files.synth');
    journal(prefix, ['a', '1/b'], ['a', 'c']);
    expect(wholeTree(dist())).toEqual({
      root: dist(),
      kept: new Map([
        ['a', join(`${prefix}-${ID}-old`, '0')],
        ['1/b', join(`${prefix}-${ID}-old`, '1')],
      ]),
      unfinished: new Set(['c']),
    });
  });
});

describe('resolveLinks', () => {
  test('follows links, also to what is not there yet', () => {
    fs.symlinkSync('real', dist());
    fs.symlinkSync(join(dist(), 'inner'), join(folder, 'other'));
    expect(resolveLinks(dist())).toBe(join(folder, 'real'));
    expect(resolveLinks(join(folder, 'other', 'x'))).toBe(join(folder, 'real', 'inner', 'x'));
  });

  test('follows as many links as Linux, one behind the other', () => {
    for (let index = 1; index <= 41; index += 1) fs.symlinkSync(`${index - 1}`, join(folder, `${index}`));
    expect(resolveLinks(join(folder, '40'))).toBe(join(folder, '0'));
    expect(() => resolveLinks(join(folder, '41'))).toThrow('is a link that leads back to itself');
  });

  test('fails when a link leads back to itself', () => {
    fs.symlinkSync('dist', dist());
    expect(() => resolveLinks(dist())).toThrow(
      `'${dist()}' must lead somewhere, and is a link that leads back to itself`,
    );
  });
});
