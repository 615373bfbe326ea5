import type { ThreadWork } from './messages';
import { namesOf, nextRun } from './thread';

function work(files: readonly string[]): ThreadWork {
  const next = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  return { files, places: files.map((file) => `at ${file}`), maxBytes: 9, run: 2, next };
}

test.each([
  [
    ['a', 'b', 'c', 'd'],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    ['a', 'b', 'c'],
    [['a', 'b'], ['c']],
  ],
  [[], []],
])('nextRun takes %j two by two, and none where none is left', (files, runs) => {
  const of = work(files);
  for (const [number, names] of runs.entries()) {
    const taken = names.map((file) => ({ file, place: `at ${file}`, maxBytes: 9 }));
    expect(nextRun(of)).toEqual({ number, files: taken });
    expect(namesOf(of, number)).toEqual(names);
  }
  expect([nextRun(of), nextRun(of)]).toEqual([undefined, undefined]);
});
