import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countCalls, Duration, fail, Trial, trialFolder, WAYS } from './testing/fault-trial';

/** Each which call is failed; `npm run faults` fails all of them, with more codes, and kills processes. */
const EACH = 23;

let parent: string;
beforeAll(() => (parent = mkdtempSync(join(tmpdir(), 'faults-'))));
afterAll(() => rmSync(parent, { recursive: true }));

/** The trials of a sample of all calls. */
function sample(way: (typeof WAYS)[number], duration: Duration): Trial[] {
  const folder = trialFolder(parent);
  const calls = countCalls(folder, way);
  expect(calls).toBeGreaterThan(100);
  const first = duration === 'once' ? 1 : 1 + Math.floor(EACH / 2);
  const numbers = Array.from({ length: Math.floor((calls - first) / EACH) + 1 }, (_, index) => first + index * EACH);
  return numbers.map((call) => fail(folder, way, call, 'EIO', duration));
}

describe.each(WAYS)('a folder that is replaced %s', (way) => {
  test('holds the old or the new output when a call fails, and the synth fails', () => {
    for (const { wrong, ended, journaled } of sample(way, 'once')) {
      expect({ wrong, ended, journaled }).toEqual({ wrong: [], ended: false, journaled: false });
    }
  });

  test('has a whole output, in it or by its journal, when all calls fail from one on', () => {
    for (const { wrong, ended } of sample(way, 'for good'))
      expect({ wrong, ended }).toEqual({ wrong: [], ended: false });
  });
});
