import * as fc from 'fast-check';
import { editsBetween, sameWord, wordsMeant } from './likeness';

describe('editsBetween', () => {
  test.each([
    ['', '', 0],
    ['size', 'size', 0],
    ['size', 'sise', 1],
    ['size', 'sizes', 1],
    ['size', 'siz', 1],
    ['size', 'siez', 2],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
  ])('is, from %j to %j, %i', (from, to, edits) => {
    expect(editsBetween(from, to, 3)).toBe(edits);
    expect(editsBetween(to, from, 3)).toBe(edits);
  });

  test('is some number above the most that is asked for', () => {
    expect(editsBetween('kitten', 'sitting', 2)).toBeGreaterThan(2);
    expect(editsBetween('a', 'a'.repeat(1000), 2)).toBe(3);
  });

  test('counts the letters that were changed, one at the most for each', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (text, at, letter) => {
          const index = at % text.length;
          const changed = text.slice(0, index) + letter + text.slice(index + 1);
          expect(editsBetween(text, changed, 5)).toBe(changed === text ? 0 : 1);
        },
      ),
    );
  });
});

describe('sameWord', () => {
  test('looks past case and dashes', () => {
    expect(sameWord('SSH_authorized-keys', ['users', 'sshAuthorizedKeys'])).toBe('sshAuthorizedKeys');
    expect(sameWord('sshKeys', ['sshAuthorizedKeys'])).toBeUndefined();
  });
});

describe('wordsMeant', () => {
  test('is the same word, else those that it begins, else the nearest', () => {
    const words = ['volumeMode', 'volumeName', 'size'];
    expect(wordsMeant('volume_mode', words)).toEqual(['volumeMode']);
    expect(wordsMeant('volume', words)).toEqual(['volumeMode', 'volumeName']);
    expect(wordsMeant('sizze', words)).toEqual(['size']);
    expect(wordsMeant('memory', words)).toEqual([]);
  });
});
