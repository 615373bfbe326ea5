import * as fs from 'node:fs';
import * as path from 'node:path';
import { Json } from '../rule';
import { Consequence, diff } from '.';

/** One recorded update; see 'about' in the file. */
interface Update {
  readonly id: string;
  readonly kind: string;
  readonly verdict: string;
  readonly effect?: string;
  readonly old: number;
  readonly new: number;
  readonly extra?: readonly number[];
  readonly config?: Json;
  readonly running?: boolean;
  readonly migratable?: boolean;
  readonly 'v1.9.0'?: { readonly verdict: string; readonly effect?: string };
}

const { objects, pairs } = JSON.parse(
  fs.readFileSync(path.join(__dirname, '..', 'testing', 'updates.json'), 'utf8'),
) as { readonly objects: readonly Json[]; readonly pairs: readonly Update[] };

/** Where the pair does not hold what decided, or is no change of one object. */
const UNDECIDED: Readonly<Record<string, string>> = {
  'vm-volmig-rwo-other': 'the access modes of the claims are not in the pair',
  'vmi-sockets-controller': 'the user is KubeVirt itself; a manifest is applied by somebody else',
  'vmi-nodesel-controller': 'the user is KubeVirt itself; a manifest is applied by somebody else',
  'vmi-addvol-controller': 'the user is KubeVirt itself; a manifest is applied by somebody else',
  'pvc-resize-noexpansion-class': 'the class is not in the pair: assumed to expand',
  'meta-name': 'two names are two objects',
};

/** Where something is missing that the pair names: the cluster holds what is in the pair, and no more. */
const CLOSED: ReadonlySet<string> = new Set(['vm-volmig-dst-missing', 'pvc-resize-missing-class']);

function consequences(update: Update, kubevirt: string, cdi: string): readonly Consequence[] {
  const [old, next] = [objects[update.old]!, objects[update.new]!];
  const extra = (update.extra ?? []).map((index) => objects[index]!);
  const { configuration = {}, running, migratable } = { configuration: update.config, ...update };
  const options = { kubevirt, cdi, configuration, running, migratable, closed: CLOSED.has(update.id) };
  const { changes } = diff([old, ...extra], [next, ...extra], options);
  return changes.filter(({ object }) => object.kind === update.kind).map(({ consequence }) => consequence);
}

/** Whether what is predicted is what was recorded. */
function agrees(found: readonly Consequence[], kind: string, verdict: string, effect = ''): boolean {
  const has = (...wanted: readonly Consequence[]): boolean => found.some((one) => wanted.includes(one));
  const { IN_PLACE, LIVE, MIGRATED, REFUSED, RESTART, STARTED, STOPPED, UNKNOWN } = Consequence;
  switch (verdict) {
    case 'refused':
      return has(REFUSED);
    case 'restart':
      return has(RESTART);
    case 'live':
      return kind === 'VirtualMachine' ? has(LIVE, MIGRATED) && !has(RESTART) : has(IN_PLACE);
    case 'no-effect':
      return found.length === 0;
    default:
      if (effect === 'VM is stopped' && !has(STOPPED)) return false;
      if (effect === 'VM is started' && !has(STARTED)) return false;
      return !has(REFUSED, RESTART, LIVE, UNKNOWN);
  }
}

describe.each([
  ['v1.6.2', 'v1.63.1'],
  ['v1.9.0', 'v1.66.0'],
])('the recorded updates of KubeVirt %s and CDI %s', (kubevirt, cdi) => {
  test('are predicted, but for those whose pair does not hold what decided', () => {
    const wrong = pairs.flatMap((update) => {
      const { verdict, effect } = (kubevirt === 'v1.9.0' ? update['v1.9.0'] : undefined) ?? update;
      const found = consequences(update, kubevirt, cdi);
      if (agrees(found, update.kind, verdict, effect) || Object.hasOwn(UNDECIDED, update.id)) return [];
      return [`${update.id}: ${verdict}, predicted ${found.join(', ') || 'no change'}`];
    });
    expect(wrong).toEqual([]);
  });
});
