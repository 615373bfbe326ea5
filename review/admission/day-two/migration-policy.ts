import { gateIsOn } from '../../cluster/config';
import { valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Note, Rule, Subject } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';
import { listGate, must, needsGate } from '../shared/wording';

const FILE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/migrationpolicy-admitter.go';
const SOURCE = `${FILE}:Admit`;
const STALL_GATE = 'MigrationStallDetection';
const STALL_SINCE = 'v1.9.0';

/** Rules for MigrationPolicies. */
export const MIGRATION_POLICY_RULES: readonly Rule[] = topic({ kinds: ['MigrationPolicy'] }, [
  {
    id: 'migration-policy-completion-timeout-per-gib',
    sentence: 'The timeout per GiB is not negative.',
    source: SOURCE,
    check: (subject, note) => noteNegative(subject, 'completionTimeoutPerGiB', note),
  },
  {
    id: 'migration-policy-bandwidth-per-migration',
    sentence: 'The bandwidth of a migration is not negative.',
    source: SOURCE,
    check: (subject, note) => noteNegative(subject, 'bandwidthPerMigration', note),
  },
  {
    id: 'migration-policy-downtime-gate',
    since: STALL_SINCE,
    sentence: 'The longest downtime is changed while its feature gate is on.',
    source: SOURCE,
    check: whileStallGate(['maxDowntimeMs']),
  },
  {
    id: 'migration-policy-stall-detector-gate',
    since: STALL_SINCE,
    sentence: 'The stall detector is changed while its feature gate is on.',
    source: SOURCE,
    check: whileStallGate(['experimental', 'stallDetector']),
  },
  {
    id: 'migration-policy-stall-detector-factor',
    since: STALL_SINCE,
    sentence: 'The factors of the stall detector are numbers in their bounds, with three decimal places at most.',
    source: `${FILE}:validateStallDetectorFactor`,
    check: ({ object }, note) => {
      for (const [key, least, most, words] of FACTORS) {
        const value = valueAt(object, 'spec', 'experimental', 'stallDetector', key);
        if (typeof value !== 'string' || isFactor(value, least, most)) continue;
        note(`spec.experimental.stallDetector.${key}`, must(key, words, value));
      }
    },
  },
]);

/** Each factor, with its bounds; the first is more than its least. */
const FACTORS: readonly (readonly [key: string, least: number, most: number, words: string])[] = [
  ['ewmaAlpha', Number.MIN_VALUE, 1, 'be a number above 0 and at most 1'],
  ['precopyPossibleFactor', 1, Infinity, 'be a number of at least 1'],
  ['patienceWindowDecayFactor', 0, 1, 'be a number from 0 to 1'],
  ['completionTimeoutFactor', 1, Infinity, 'be a number of at least 1'],
];

/** KubeVirt, pkg/virt-config/virt-config.go: ParseFactor. */
function isFactor(text: string, least: number, most: number): boolean {
  const value = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN;
  return Math.abs(value - Number(value.toFixed(3))) <= 1e-9 && value >= least && value <= most;
}

/** What is changed below the spec only while the gate is on. */
function whileStallGate(path: readonly string[]): Rule['check'] {
  return ({ object, old, config }, note) => {
    const [now, before] = [valueAt(object, 'spec', ...path), valueAt(old, 'spec', ...path)];
    if (now === undefined || semanticEqual(now, before) || gateIsOn(config, STALL_GATE)) return;
    note(['spec', ...path].join('.'), needsGate(path.at(-1)!, STALL_GATE), listGate(STALL_GATE));
  };
}

function noteNegative({ object }: Subject, key: string, note: Note): void {
  const value = valueAt(object, 'spec', key);
  if ((parseQuantity(value) ?? 0) < 0) note(`spec.${key}`, must(key, 'not be negative', value));
}
