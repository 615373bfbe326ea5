import { Json } from '../../rule';
import { busyRefusals } from './busy-machine';

function machine(spec: Json, status: Json = {}): Json {
  return { kind: 'VirtualMachine', spec, status };
}

function said(old: Json, next: Json): string[] {
  return busyRefusals(old, next).map(({ field, message, reason }) => `${field}: ${message}: ${reason}`);
}

const [always, halted] = [{ runStrategy: 'Always' }, { runStrategy: 'Halted' }];
const UNTIL = 'the webhook refuses it until that is over';

test.each<[string, Json, Json, Json, string[]]>([
  ['a restore', { restoreInProgress: 'r' }, always, halted, [`a restore (r) goes on: ${UNTIL}`]],
  ['a snapshot', { snapshotInProgress: 's' }, always, halted, [`a snapshot (s) is being taken: ${UNTIL}`]],
  ['nothing', {}, always, halted, []],
  ['a restore and the same strategy', { restoreInProgress: 'r' }, always, always, []],
  ['a restore and the same strategy in the older word', { restoreInProgress: 'r' }, always, { running: true }, []],
])('with %s a change of the run strategy is refused, or not', (_what, status, from, to, reasons) => {
  const change = 'spec: run strategy Always → Halted';
  expect(said(machine(from, status), machine(to))).toEqual(reasons.map((reason) => `${change}: ${reason}`));
});

test.each<[string, Json, string[]]>([
  ['a snapshot', { snapshotInProgress: 's' }, [`a snapshot (s) is being taken: ${UNTIL}`]],
  ['a restore', { restoreInProgress: 'r' }, []],
])('with %s a change of the volumes is refused, or not', (_what, status, reasons) => {
  const [old, next] = ['a', 'b'].map((name) => ({ ...always, template: { spec: { volumes: [{ name }] } } }));
  expect(said(machine(old!, status), machine(next!))).toEqual(
    reasons.map((reason) => `spec.template.spec.volumes: the volumes change: ${reason}`),
  );
});
