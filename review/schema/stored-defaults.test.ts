import { report, ReviewedManifest } from '..';
import { textAt, valueAt } from '../manifests/json';
import { Json } from '../rule';
import { ReleasePair, SchemaCheck } from '.';

const EARLY = { kubevirt: 'v1.6.2', cdi: 'v1.63.1' };
const LATE = { kubevirt: 'v1.9.0', cdi: 'v1.66.0' };

const restore = (more: Json): Json => ({
  apiVersion: 'snapshot.kubevirt.io/v1beta1',
  kind: 'VirtualMachineRestore',
  metadata: { name: 'r', namespace: 'lab' },
  spec: {
    target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' },
    virtualMachineSnapshotName: 's',
    ...more,
  },
});
const hyperConverged = (spec: Json): Json => ({
  apiVersion: 'hco.kubevirt.io/v1beta1',
  kind: 'HyperConverged',
  metadata: { name: 'kubevirt-hyperconverged', namespace: 'lab' },
  spec,
});

const stored = (object: Json, pair: ReleasePair): Json => new SchemaCheck([pair]).check(object).object;

describe('an object as the API server stores it', () => {
  test.each<[ReleasePair, string]>([
    [EARLY, ''],
    [{ kubevirt: 'v1.7.4', cdi: 'v1.64.0' }, ''],
    [{ kubevirt: 'v1.8.4', cdi: 'v1.65.0' }, ''],
    [LATE, 'WaitGracePeriod'],
  ])('under %j gives a restore the policy %j', (pair, policy) => {
    expect(textAt(stored(restore({}), pair), 'spec', 'targetReadinessPolicy')).toBe(policy);
    const given = restore({ targetReadinessPolicy: 'StopTarget' });
    expect(textAt(stored(given, pair), 'spec', 'targetReadinessPolicy')).toBe('StopTarget');
  });

  test.each<[ReleasePair, number, boolean, unknown]>([
    [EARLY, 150, false, false],
    [LATE, 20, true, undefined],
  ])('under %j gives HyperConverged what its release does', (pair, timeout, isDeclarative, isReserving) => {
    const object = stored(hyperConverged({}), pair);
    expect(valueAt(object, 'spec', 'liveMigrationConfig', 'completionTimeoutPerGiB')).toBe(timeout);
    expect(valueAt(object, 'spec', 'featureGates', 'declarativeHotplugVolumes')).toBe(isDeclarative);
    expect(valueAt(object, 'spec', 'featureGates', 'persistentReservation')).toBe(isReserving);
  });
});

describe('an update that only says what the API server fills in', () => {
  const update = (object: Json, old: Json, pair: ReleasePair): string[] =>
    report([ReviewedManifest.update(object, old, {})], { ...pair, featureGates: ['Snapshot'] })
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ rule }) => rule);
  const waiting = restore({ targetReadinessPolicy: 'WaitGracePeriod' });

  test('fails in v1.6.2, where nothing is filled in', () => {
    expect(update(waiting, restore({}), EARLY)).toEqual(['restore-spec-immutable']);
    expect(update(restore({}), waiting, EARLY)).toEqual(['restore-spec-immutable']);
  });

  test('changes nothing in v1.9.0', () => {
    expect(update(waiting, restore({}), LATE)).toEqual([]);
    expect(update(restore({}), waiting, LATE)).toEqual([]);
    expect(update(restore({ targetReadinessPolicy: 'StopTarget' }), restore({}), LATE)).toEqual([
      'restore-spec-immutable',
    ]);
  });
});
