import * as fs from 'node:fs';
import * as path from 'node:path';
import { ADMISSION_PAIR, Finding, ReleasePair, review, ReviewedManifest, Severity } from '..';
import { Json } from '../rule';

/** One object with the verdict that the webhooks of KubeVirt v1.6.2 and CDI v1.63.1 gave. */
export interface Case {
  /** Its rule, where the case was written for one. */
  readonly rule: string | null;
  readonly label?: string;
  readonly kind: string;
  readonly obj: Json;
  readonly op?: 'update';
  readonly old?: Json;
  /** Feature gates that are listed. */
  readonly gates?: readonly string[];
  /** `spec.configuration` of the KubeVirt object. */
  readonly config?: Json;
  readonly user?: string;
  readonly res?: string;
  /** Objects that exist in the cluster. */
  readonly extra?: readonly Json[];
  /** The user may not clone from the source. */
  readonly deny?: boolean;
  readonly verdict: 'accepted' | 'rejected' | 'accepted-but-start-rejected';
  readonly stage: 'MUT' | 'CRD' | 'VAL' | 'VMI' | 'PANIC' | 'OK';
  /** Paths that the answer names. */
  readonly fields: readonly string[];
}

/** What the review makes of a case. */
export interface Outcome {
  readonly test: Case;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Whether the manifest, the gates and the configuration decide it. */
  readonly decidable: boolean;
}

/** How often the review agrees with the webhooks. */
export interface Totals {
  readonly cases: number;
  readonly refusals: number;
  readonly found: number;
  readonly accepted: number;
  /** Accepted by the webhooks, refused by the review. */
  readonly falseAlarms: readonly string[];
  /** Refused by the webhooks, with no error of the review. */
  readonly missed: readonly string[];
  /** Found, of those whose answer names fields. */
  readonly withFields: number;
  readonly sameField: number;
  readonly otherField: readonly string[];
  /** Refused when the VM starts, with no warning of the review. */
  readonly startMissed: readonly string[];
  /** Needs the state of the cluster, by rule. */
  readonly undecidable: readonly string[];
}

/** The cases beside this file, or those of another file of the same form. */
export function readCases(file = path.join(__dirname, 'verdicts.json')): Case[] {
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { cases: Case[] }).cases;
}

/** A case that a later release answers otherwise. */
interface Drift extends Pick<Case, 'verdict' | 'stage' | 'fields'> {
  /** Its index. */
  readonly case: number;
  readonly title: string;
}

/** The cases with the verdicts of KubeVirt v1.9.0 and CDI v1.66.0. */
export function readLaterCases(cases = readCases()): Case[] {
  const file = path.join(__dirname, 'verdicts-v1.9.0.json');
  const drift = (JSON.parse(fs.readFileSync(file, 'utf8')) as { cases: Drift[] }).cases;
  const changed = new Map(drift.map((one) => [one.case, one] as const));
  return cases.map((test, index) => {
    const other = changed.get(index);
    if (other === undefined) return test;
    if (other.title !== title(test)) throw new Error(`case ${index} is '${title(test)}', not '${other.title}'`);
    const { verdict, stage, fields } = other;
    return { ...test, verdict, stage, fields };
  });
}

/** Runs one case through the review of a pair of releases, among what exists in the cluster. */
export function runCase(test: Case, releases: ReleasePair = ADMISSION_PAIR): Outcome {
  const origin = { file: 'case' };
  const { obj, old, extra = [] } = test;
  const manifest = old === undefined ? ReviewedManifest.of(obj, origin) : ReviewedManifest.update(obj, old, origin);
  const options = { featureGates: test.gates ?? [], configuration: test.config ?? {} };
  const findings = review([manifest, ...extra], { kubevirt: releases.kubevirt, cdi: releases.cdi, ...options }).filter(
    ({ object }) => object.file === origin.file,
  );
  return {
    test,
    errors: findings.filter(({ severity }) => severity === Severity.ERROR),
    warnings: findings.filter(({ severity }) => severity === Severity.WARNING),
    decidable: !needsState(test),
  };
}

/** Counts how the outcomes agree with the verdicts. */
export function totals(outcomes: readonly Outcome[]): Totals {
  const refused = outcomes.filter(({ test }) => test.verdict === 'rejected');
  const accepted = outcomes.filter(({ test }) => test.verdict !== 'rejected');
  const decidable = refused.filter((outcome) => outcome.decidable);
  const found = decidable.filter(({ errors }) => errors.length > 0);
  const withFields = found.filter(({ test }) => test.fields.length > 0);
  const starts = accepted.filter(({ test }) => test.verdict === 'accepted-but-start-rejected');
  return {
    cases: outcomes.length,
    refusals: decidable.length,
    found: found.length,
    accepted: accepted.length,
    falseAlarms: accepted.filter(({ errors }) => errors.length > 0).map(show),
    missed: decidable.filter(({ errors }) => errors.length === 0).map(show),
    withFields: withFields.length,
    sameField: withFields.filter(hasFields).length,
    otherField: withFields.filter((outcome) => !hasFields(outcome)).map(show),
    startMissed: starts.filter(({ warnings }) => warnings.length === 0).map(show),
    undecidable: refused.filter((outcome) => !outcome.decidable).map(({ test }) => title(test)),
  };
}

/** What a case is about, in a few words. */
export function title({ rule, label, kind }: Case): string {
  return [rule, kind, label].filter((word) => word != null).join(' ');
}

/**
 * The rules that need the state of the cluster: other objects, a status, who asks. They are not guessed, so that a
 * case of theirs counts neither as found nor as missed.
 */
const STATE_RULES: ReadonlySet<string> = new Set(
  `VM-ITREF-07 VM-ITREF-08 VM-ITREF-14 VM-ITREF-18 VM-ITREF-19 VM-STATUS-02 VM-STATUS-08 VM-STATUS-11
  VMIM-02 VMIM-03 VMIM-04 VMIM-05 RESTORE-07 RESTORE-08 RESTORE-12 VMI-04 KV-01 KV-18 KV-20 DV-36 DVM-01 DVM-02
  DVM-03 OT-03 CDI-07 PVC-01 HP-03 HP-04 HP-06 HP-10 HP-12 HP-14 HP-15 HP-17 HP-18 HP-20 HP-25`.split(/\s+/),
);

function needsState({ rule, label, extra, user, deny }: Case): boolean {
  if (rule !== null) return STATE_RULES.has(rule);
  const other = extra !== undefined || user !== undefined || deny === true;
  return STATE_LABELS.has(label ?? '') || (other && !DECIDED_LABELS.has(label ?? ''));
}

/** Cases without a rule that need the state of the cluster. */
const STATE_LABELS: ReadonlySet<string> = new Set(['infer pvc missing', 'infer no label']);

/** Cases without a rule that the manifests decide, whatever else exists in the cluster. */
const DECIDED_LABELS: ReadonlySet<string> = new Set([
  'VMIM ids differ',
  'RESTORE patch mac',
  'RESTORE patch nested',
  'RESTORE patch comma value',
  'RESTORE policy',
  'RESTORE override empty',
  'RESTORE override novol',
  'it + memory',
  'it + memory {}?',
  'it + req mem',
  'it + lim cpu',
  'it + cores',
  'pref req cpu',
  'pref req cores w/ 1',
  'pref req mem',
  'it pref req mem',
  'VMIUPD add nobus',
  'VMIUPD add nodisk',
  'VMIUPD add lun sata',
  'VMIUPD change perm',
  'VMIUPD eject permanent',
]);

function hasFields({ test, errors }: Outcome): boolean {
  return test.fields.every((field) => errors.some((finding) => (finding.serverField ?? finding.field) === field));
}

function show({ test, errors }: Outcome): string {
  const named = test.fields.length === 0 ? '' : ` [${test.fields.join(', ')}]`;
  const found = errors.map(({ rule, field, message }) => `${rule} ${field}: ${message}`).join(' | ');
  return `${title(test)} (${test.stage})${named}${found === '' ? '' : ` -> ${found}`}`;
}
