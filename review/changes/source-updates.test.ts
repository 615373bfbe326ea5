import * as fs from 'node:fs';
import * as path from 'node:path';
import { Json } from '../rule';
import { machine, Update, wrongVerdicts } from '../testing/update-tester';

/** One update; see 'about' in the file. */
interface Row {
  readonly old: Json;
  readonly new: Json;
  readonly verdicts: string;
  readonly gates?: readonly string[];
  readonly config?: Json;
  readonly beside?: readonly Json[];
  readonly running?: boolean;
}

const { instancetypes, machines, objects } = JSON.parse(
  fs.readFileSync(path.join(__dirname, '..', 'testing', 'source-updates.json'), 'utf8'),
) as { readonly instancetypes: readonly Json[]; readonly machines: readonly Row[]; readonly objects: readonly Row[] };

function update(row: Row, object: (written: Json) => Json, beside: readonly Json[]): Update {
  const { gates = [], config, running } = row;
  const configuration = { ...config, developerConfiguration: { featureGates: gates } };
  const title = `${JSON.stringify(row.old)} → ${JSON.stringify(row.new)} ${gates.join(', ')}`;
  return [title, object(row.old), object(row.new), row.verdicts, { configuration, running, beside }];
}

describe('an update that the sources decide', () => {
  test('of a machine does what they say, in both releases and with both rollout strategies', () => {
    const updates = machines.map((row) => {
      const isMatched = /spec\.(instancetype|preference)/.test(JSON.stringify([row.old, row.new]));
      return update(row, machine, isMatched ? instancetypes : []);
    });
    expect(wrongVerdicts(updates)).toEqual([]);
  });

  test('of another object does what they say', () => {
    const updates = objects.map((row) => update(row, (written) => written, row.beside ?? []));
    expect(wrongVerdicts(updates)).toEqual([]);
  });
});
