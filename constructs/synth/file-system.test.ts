import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkOrCopy, moveFile } from './file-system';

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'files-')));
  fs.writeFileSync(at('source'), 'text');
});
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);

/** The call fails as the system lets it fail. */
function refuse(call: 'linkSync' | 'renameSync', code: string): void {
  jest.spyOn(fs, call).mockImplementation(() => {
    throw Object.assign(new Error(code), { code });
  });
}

describe('linkOrCopy', () => {
  test('links a file', () => {
    expect(linkOrCopy(at('source'), at('target'))).toBe(true);
    expect(fs.statSync(at('target')).ino).toBe(fs.statSync(at('source')).ino);
  });

  test.each(['EACCES', 'EMLINK', 'EPERM', 'EXDEV', 'EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'])(
    'copies a file where the system answers %s',
    (code) => {
      refuse('linkSync', code);
      expect(linkOrCopy(at('source'), at('target'))).toBe(true);
      expect(fs.readFileSync(at('target'), 'utf8')).toBe('text');
      expect(fs.statSync(at('target')).ino).not.toBe(fs.statSync(at('source')).ino);
    },
  );

  test('copies a link as a link', () => {
    fs.symlinkSync('nowhere', at('link'));
    refuse('linkSync', 'EXDEV');
    expect(linkOrCopy(at('link'), at('target'))).toBe(true);
    expect(fs.readlinkSync(at('target'))).toBe('nowhere');
  });

  test('copies nothing else', () => {
    fs.mkdirSync(at('inner'));
    expect(linkOrCopy(at('inner'), at('target'))).toBe(false);
    expect(fs.readdirSync(folder).sort()).toEqual(['inner', 'source']);
  });

  test('fails when the disk does', () => {
    refuse('linkSync', 'EIO');
    expect(() => linkOrCopy(at('source'), at('target'))).toThrow('EIO');
  });
});

describe('moveFile', () => {
  test('copies to another file system, and not to where a link leads', () => {
    fs.writeFileSync(at('elsewhere'), 'theirs');
    fs.symlinkSync('elsewhere', at('target'));
    refuse('renameSync', 'EXDEV');
    moveFile(at('source'), at('target'));
    expect(fs.lstatSync(at('target')).isFile()).toBe(true);
    expect([fs.readFileSync(at('target'), 'utf8'), fs.readFileSync(at('elsewhere'), 'utf8')]).toEqual([
      'text',
      'theirs',
    ]);
  });

  test('fails when the disk does', () => {
    refuse('renameSync', 'EIO');
    expect(() => moveFile(at('source'), at('target'))).toThrow('EIO');
  });
});
