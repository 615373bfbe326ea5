import { Change, Diff } from '../../changes';
import { Consequence } from '../../changes/consequence';

/** How each consequence is counted: `1 refused`, `2 restarts`; and its sign. */
const WORDS: Readonly<Record<Consequence, readonly [sign: string, one: string, many: string]>> = {
  [Consequence.DATA_LOST]: ['!!', 'data lost', 'data lost'],
  [Consequence.REFUSED]: ['x', 'refused', 'refused'],
  [Consequence.NEW_DISK]: ['+!', 'new disk without the old data', 'new disks without the old data'],
  [Consequence.UNKNOWN]: ['?', 'unknown', 'unknown'],
  [Consequence.REPLACED]: ['-/+', 'replaced', 'replaced'],
  [Consequence.RESTARTED]: ['~!', 'restarted at once', 'restarted at once'],
  [Consequence.RESTART]: ['~>', 'restart', 'restarts'],
  [Consequence.LATER]: ['..', 'later', 'later'],
  [Consequence.IGNORED]: ['0', 'ignored', 'ignored'],
  [Consequence.ADOPTED]: ['<', 'adopted', 'adopted'],
  [Consequence.MIGRATED]: ['>>', 'migrated', 'migrated'],
  [Consequence.STOPPED]: ['-o', 'stopped', 'stopped'],
  [Consequence.STARTED]: ['+o', 'started', 'started'],
  [Consequence.LIVE]: ['~', 'live', 'live'],
  [Consequence.IN_PLACE]: ['=', 'in place', 'in place'],
  [Consequence.REMOVED]: ['-', 'removed', 'removed'],
  [Consequence.CREATED]: ['+', 'created', 'created'],
};

/** The sign of a consequence. */
export function signOf(consequence: Consequence): string {
  return WORDS[consequence][0];
}

/** The plan in one line: `1 refused, 1 data lost, 2 restarts, 14 unchanged`; each object counts once, by its worst. */
export function planOf({ objects, unchanged }: Diff): string {
  const counts = new Map<Consequence, number>();
  for (const { worst } of objects) counts.set(worst, (counts.get(worst) ?? 0) + 1);
  const parts = Object.values(Consequence).flatMap((consequence) => {
    const number = counts.get(consequence) ?? 0;
    if (number === 0) return [];
    const [, one, many] = WORDS[consequence];
    return [`${number} ${number === 1 ? one : many}`];
  });
  return [...parts, `${unchanged} unchanged`].join(', ');
}

/** What the signs of a comparison stand for, the worst first: `!! data lost   ~> restart`; empty without a change. */
export function legendOf({ objects }: Diff): string {
  const worst = new Set(objects.map((object) => object.worst));
  const used = Object.values(Consequence).filter((consequence) => worst.has(consequence));
  return used.map((consequence) => `${signOf(consequence)} ${WORDS[consequence][1]}`).join('   ');
}

/** Whether whoever uses the machines notices it: what is serious, a restart that waits, a stop. */
export function isNoticed(change: Pick<Change, 'consequence'>): boolean {
  const { consequence } = change;
  return isSerious(change) || consequence === Consequence.RESTART || consequence === Consequence.STOPPED;
}

/** Whether a comment may fold it away: nothing that runs notices it. */
export function isHarmless({ consequence }: Pick<Change, 'consequence'>): boolean {
  return HARMLESS.has(consequence);
}

const HARMLESS: ReadonlySet<Consequence> = new Set([
  Consequence.LIVE,
  Consequence.IN_PLACE,
  Consequence.REMOVED,
  Consequence.CREATED,
]);

/** Whether a reader must look at it: everything that is worse than what a live machine takes. */
export function isSerious({ consequence }: Pick<Change, 'consequence'>): boolean {
  return SERIOUS.has(consequence);
}

const SERIOUS: ReadonlySet<Consequence> = new Set([
  Consequence.DATA_LOST,
  Consequence.REFUSED,
  Consequence.NEW_DISK,
  Consequence.UNKNOWN,
  Consequence.REPLACED,
  Consequence.RESTARTED,
]);
