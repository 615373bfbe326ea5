import { withoutEnd } from '../../../constructs/shared/wording';
import { isAtLeast } from '../../cluster/release-order';
import { Severity } from '../../finding';
import { objectAt, objectsAt, textAt, valueAt } from '../../manifests/json';
import { Json, Note, Rule, Subject } from '../../rule';
import { whileGateIsOn } from '../shared/gate-rule';
import { specStays } from '../shared/immutable-spec';
import { topic } from '../shared/topic';
import { alternatives, must } from '../shared/wording';
import { checkApiGroup, checkKind } from './snapshot';

const FILE = 'KubeVirt, pkg/storage/admitters/vmrestore.go';
const POLICIES = ['InPlace', 'RandomizeNames'];
/** A policy of later releases, and the first of them. */
const PREFIX = { policy: 'PrefixTargetName', since: 'v1.8.4' };
const OWNERSHIP_POLICIES = ['None', 'Vm'];
const READINESS_POLICIES = ['StopTarget', 'WaitGracePeriod', 'FailImmediate', 'WaitEventually'];
const PATHS = ['/spec/', '/metadata/labels/', '/metadata/annotations/'];
const TARGET = 'spec.target';

/** Rules for VirtualMachineRestores; those for patches need the snapshot, and stand in references/. */
export const RESTORE_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineRestore'] }, [
  {
    id: 'restore-gate',
    sentence: 'A restore is made while its feature gate is on.',
    source: `${FILE}:Admit`,
    check: whileGateIsOn('VirtualMachineRestore', 'Snapshot'),
  },
  {
    id: 'restore-target-api-group',
    sentence: "The API group of a restore's target is kubevirt.io.",
    source: `${FILE}:Admit`,
    check: onCreate((spec, note) => {
      const target = objectAt(spec, 'target');
      if (target !== undefined) checkApiGroup(target, TARGET, note);
    }),
  },
  {
    id: 'restore-target-kind',
    sentence: 'The target of a restore is a VirtualMachine.',
    source: `${FILE}:Admit`,
    check: onCreate((spec, note) => {
      checkKind(objectAt(spec, 'target') ?? {}, TARGET, note);
    }),
  },
  {
    id: 'restore-override-volume',
    since: 'v1.6.2',
    sentence: 'An override of a restore names its volume.',
    source: `${FILE}:validateVolumeOverrides`,
    check: onCreate((spec, note) => {
      for (const [index, override] of objectsAt(spec, 'volumeRestoreOverrides').entries()) {
        if (!isForMachine(spec) || textAt(override, 'volumeName') !== '') continue;
        const field = `spec.volumeRestoreOverrides[${index}].volumeName`;
        note(field, must('volumeName', 'not be empty', override.volumeName));
      }
    }),
  },
  {
    id: 'restore-override-given',
    since: 'v1.6.2',
    sentence: 'An override of a restore changes a name, labels or annotations.',
    source: `${FILE}:validateVolumeOverrides`,
    check: onCreate((spec, note) => {
      for (const [index, override] of objectsAt(spec, 'volumeRestoreOverrides').entries()) {
        if (!isForMachine(spec) || textAt(override, 'restoreName') !== '') continue;
        if (override.labels !== undefined || override.annotations !== undefined) continue;
        const message = must('volumeRestoreOverrides', `have 'restoreName', 'labels' or 'annotations'`, override);
        note(`spec.volumeRestoreOverrides[${index}]`, message);
      }
    }),
  },
  {
    id: 'restore-volume-policy',
    since: 'v1.6.2',
    sentence: 'The policy for restored volumes is one that the release knows.',
    source: `${FILE}:validateVolumeRestorePolicy`,
    check: onCreate((spec, note, { config }) => {
      const policy = valueAt(spec, 'volumeRestorePolicy');
      const known = isAtLeast(config.release ?? '', PREFIX.since) ? [...POLICIES, PREFIX.policy] : POLICIES;
      if (!isForMachine(spec) || policy === undefined || known.includes(policy as string)) return;
      note('spec.volumeRestorePolicy', must('volumeRestorePolicy', `be ${alternatives(known)}`, policy));
    }),
  },
  {
    id: 'restore-ownership-policy',
    since: 'v1.7.4',
    sentence: 'The policy for the ownership of restored volumes is None or Vm.',
    source: `${FILE}:validateVolumeOwnershipPolicy`,
    check: onCreate((spec, note) => {
      const policy = valueAt(spec, 'volumeOwnershipPolicy');
      if (!isForMachine(spec) || policy === undefined || OWNERSHIP_POLICIES.includes(policy as string)) return;
      note(
        'spec.volumeOwnershipPolicy',
        must('volumeOwnershipPolicy', `be ${alternatives(OWNERSHIP_POLICIES)}`, policy),
      );
    }),
  },
  {
    // From v1.9.0 on the schema refuses it.
    id: 'restore-readiness-policy',
    until: 'v1.8.4',
    severity: Severity.WARNING,
    sentence:
      'The policy for a target that still runs is one that the controller knows: with another the restore never goes on.',
    source: 'KubeVirt, pkg/storage/snapshot/restore.go:handleVMRestoreTargetNotReady',
    check: onCreate((spec, note) => {
      const policy = valueAt(spec, 'targetReadinessPolicy');
      if (typeof policy !== 'string' || READINESS_POLICIES.includes(policy)) return;
      const message = must('targetReadinessPolicy', `be ${alternatives(READINESS_POLICIES)}`, policy);
      note('spec.targetReadinessPolicy', message, "leave it out for 'WaitGracePeriod'");
    }),
  },
  {
    id: 'restore-spec-immutable',
    sentence: 'The spec of a restore stays what it was.',
    source: `${FILE}:Admit`,
    check: specStays({ kind: 'VirtualMachineRestore', serverField: 'spec' }),
  },
]);

/**
 * The first that the webhook finds wrong with a JSON patch, which it reads as text: cut at commas, each piece at its
 * colon.
 */
export function patchFault(patch: string): string | undefined {
  for (const piece of withoutBraces(patch).split(',')) {
    const [key = '', value = '', ...more] = piece.split(':');
    if (!piece.includes(':') || more.length > 0) return must('patches', 'have one colon between commas', piece);
    if (key.trim() !== '"path"' || PATHS.some((path) => value.trim().startsWith(`"${path}`))) continue;
    return must('path', `begin with ${alternatives(PATHS)}`, value.trim());
  }
  return undefined;
}

/** Go's strings.Trim with `{}`. */
function withoutBraces(text: string): string {
  return withoutEnd(text.replace(/^[{}]+/, ''), '{}');
}

/** Whether the target is of the group and kind behind which the other rules stand. */
function isForMachine(spec: Json): boolean {
  const target = objectAt(spec, 'target');
  return target?.apiGroup === 'kubevirt.io' && target.kind === 'VirtualMachine';
}

function onCreate(check: (spec: Json, note: Note, subject: Subject) => void): Rule['check'] {
  return (subject, note) => {
    if (subject.old === undefined) check(objectAt(subject.object, 'spec') ?? {}, note, subject);
  };
}
