import { posix, win32 } from 'node:path';
import { isWithin } from './folder-swap';

describe('isWithin', () => {
  test.each([
    ['/work/dist', '/work/dist', true],
    ['/work/dist', '/work/dist/inner', true],
    ['/work/dist', '/work/dist/..inner', true],
    ['/work/dist', '/work', false],
    ['/work/dist', '/work/dist2', false],
    ['/', '/work', true],
  ])('%s, %s', (folder, other, is) => {
    expect(isWithin(folder, other, posix)).toBe(is);
  });

  test.each([
    ['C:\\work\\dist', 'C:\\work\\dist', true],
    ['C:\\work\\dist', 'c:\\Work\\DIST\\inner', true],
    ['C:\\work\\dist', 'C:\\work\\dist2', false],
    ['C:\\work\\dist', 'D:\\work\\dist', false],
    ['C:\\', 'C:\\work', true],
    ['\\\\server\\share\\dist', '\\\\server\\share\\dist\\inner', true],
    ['\\\\server\\share\\dist', 'C:\\dist', false],
  ])('%s, %s, of Windows', (folder, other, is) => {
    expect(isWithin(folder, other, win32)).toBe(is);
  });
});
