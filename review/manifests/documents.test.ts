import * as fc from 'fast-check';
import { decode, splitDocuments, splitJson } from './documents';

describe('splitJson', () => {
  test('finds objects that follow one another, with the place of each', () => {
    expect(splitJson('{"a": "}\\""}\n\n {"b": [{}]} {}')).toEqual([
      { text: '{"a": "}\\""}', line: 0, column: 0 },
      { text: '{"b": [{}]}', line: 2, column: 1 },
      { text: '{}', line: 2, column: 13 },
    ]);
  });

  test.each([
    ['text between objects', '{} x {}'],
    ['a list', '[{}]'],
    ['a text', '"a"'],
    ['a quote that is not closed', '{"a'],
    ['a quote that is not closed, behind a backslash', '{"a\\'],
    ['a bracket that is not closed', '{"a": {}'],
    ['a bracket that was not opened', '{}}'],
    ['no object', ' \n'],
  ])('does not split %s', (_title, text) => expect(splitJson(text)).toBeUndefined());

  test('splits a stream with a string of eight million characters', () => {
    const long = JSON.stringify({ a: 'x\\"'.repeat(2 ** 21) });
    expect(splitJson(`${long}\n${long}`)?.map(({ line }) => line)).toEqual([0, 1]);
  });

  test('finds every object that was joined', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 }), (objects) => {
        const found = splitJson(objects.map((object) => JSON.stringify(object)).join('\n'));
        expect(found?.map(({ text }) => JSON.stringify(JSON.parse(text)))).toEqual(
          objects.map((object) => JSON.stringify(object)),
        );
      }),
    );
  });
});

test.each<[number[], string | undefined]>([
  [[0x61], 'a'],
  [[0xef, 0xbb, 0xbf, 0x61], 'a'],
  [[0xff, 0xfe, 0x61, 0x00], 'a'],
  [[0xfe, 0xff, 0x00, 0x61], 'a'],
  [[0xff, 0x61], undefined],
  [[0xfe, 0x61], undefined],
  [[0x61, 0xfe, 0x61, 0x61], undefined],
  [[0x61, 0xff, 0x61, 0x61], undefined],
  [[0x61, 0x00], undefined],
])('decode makes of the bytes %j %j', (bytes, text) => expect(decode(Uint8Array.from(bytes))).toBe(text));

test('splitDocuments counts a line end at the very beginning', () => {
  expect([...splitDocuments('\n---\na: 1\n')].map(({ line }) => line)).toEqual([0, 1]);
});

test('splitDocuments says how many lines stand before each document', () => {
  expect([...splitDocuments('a: 1\n---\nb: 1\n--- # c\n')]).toEqual([
    { text: 'a: 1\n', line: 0 },
    { text: '---\nb: 1\n', line: 1 },
    { text: '--- # c\n', line: 3 },
  ]);
});
