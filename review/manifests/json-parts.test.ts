import { JsonParts } from './json-parts';

const listOf = (parts: JsonParts): string => Buffer.from(parts.list()).toString();

describe('JsonParts', () => {
  test('are one list, of bytes and texts', () => {
    const parts = new JsonParts();
    expect(listOf(parts)).toBe('[]');
    parts.add(Buffer.from('{"a":1}'));
    parts.add('{"ü":"€"}');
    expect(listOf(parts)).toBe('[{"a":1},{"ü":"€"}]');
    expect(parts.length).toBe(2);
  });

  test('keep a copy of bytes whose buffer is used again', () => {
    const parts = new JsonParts();
    const buffer = Buffer.from('{"a":1}');
    parts.add(buffer);
    buffer.fill(0x20);
    expect(listOf(parts)).toBe('[{"a":1}]');
  });

  test('go back to where there were so many', () => {
    const parts = new JsonParts();
    parts.add('1');
    parts.add('2');
    parts.cut(1);
    expect(listOf(parts)).toBe('[1]');
  });
});
