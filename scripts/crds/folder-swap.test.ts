import * as fs from 'node:fs';
import * as path from 'node:path';
import { folder } from './fixture';
import { folderChanges, readFolder, replaceFolders } from './folder-swap';

describe('replaceFolders', () => {
  let place: ReturnType<typeof folder>;
  beforeEach(() => (place = folder({ 'a/old.txt': '1', 'a/same.txt': '2', 'b/kept.txt': '3' })));
  afterEach(() => place.remove());
  const at = (name: string) => path.join(place.at, name);

  test('leaves the new files and nothing else', () => {
    const content = {
      path: at('a'),
      files: new Map([
        ['same.txt', '2'],
        ['new.txt', '4'],
      ]),
    };
    expect(folderChanges(content)).toEqual({ added: ['new.txt'], changed: [], removed: ['old.txt'] });
    replaceFolders([content, { path: at('deep/c'), files: new Map([['x', 'y']]) }]);
    expect([...readFolder(place.at)]).toEqual([
      ['a/new.txt', '4'],
      ['a/same.txt', '2'],
      ['b/kept.txt', '3'],
      ['deep/c/x', 'y'],
    ]);
  });

  test('does not touch a folder that would not change', () => {
    const before = fs.statSync(at('b')).ino;
    replaceFolders([{ path: at('b'), files: new Map([['kept.txt', '3']]) }]);
    expect(fs.statSync(at('b')).ino).toBe(before);
  });

  test('leaves every folder as it was when one cannot be replaced', () => {
    const before = readFolder(place.at);
    const blocker = at(`.b.old-${process.pid}`);
    fs.mkdirSync(path.join(blocker, 'full'), { recursive: true });
    const files = new Map([['new.txt', '4']]);
    expect(() =>
      replaceFolders([
        { path: at('a'), files },
        { path: at('b'), files },
      ]),
    ).toThrow();
    fs.rmSync(blocker, { recursive: true });
    expect(readFolder(place.at)).toEqual(before);
    expect(fs.readdirSync(place.at).sort()).toEqual(['a', 'b']);
  });
});
