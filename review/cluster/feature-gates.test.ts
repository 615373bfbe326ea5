import { gateFault, gatesSwitchedOn, isGateKnown, isGateOn, releasesWithout } from './feature-gates';

const NONE = { listed: new Set<string>(), disabled: [] };
const setting = (listed: readonly string[], disabled: readonly string[] = []) => ({
  listed: new Set(listed),
  disabled,
});

describe('isGateOn', () => {
  test.each<[string, string, readonly string[], readonly string[], boolean]>([
    // Up to v1.8 Beta is off until it is listed.
    ['Snapshot', 'v1.6.2', [], [], false],
    ['Snapshot', 'v1.8.4', [], [], false],
    ['Snapshot', 'v1.8.4', ['Snapshot'], ['Snapshot'], true],
    ['Snapshot', 'v1.9.0', [], [], true],
    ['Snapshot', 'v1.9.0', [], ['Snapshot'], false],
    // What is listed is on, whatever is disabled beside it.
    ['Snapshot', 'v1.9.0', ['Snapshot'], ['Snapshot'], true],
    ['VMExport', 'v1.8.4', [], [], false],
    // GA is on for good.
    ['VMExport', 'v1.9.0', [], ['VMExport'], true],
    ['HostDisk', 'v1.9.0', [], [], false],
    ['HostDisk', 'v1.9.0', ['HostDisk'], [], true],
    // What a release does not register counts up to v1.8, where it is listed.
    ['ObjectGraph', 'v1.6.2', ['ObjectGraph'], [], true],
    ['Nonsense', 'v1.9.0', ['Nonsense'], [], false],
    // No webhook asks for it from v1.8 on.
    ['MultiArchitecture', 'v1.7.4', [], [], false],
    ['MultiArchitecture', 'v1.8.4', [], [], true],
    // Releases beyond those that are known are taken for the nearest.
    ['Snapshot', 'v1.10.0', [], [], true],
    ['VMPersistentState', 'v1.4.0', [], [], false],
  ])('%s in KubeVirt %s, listed %j, disabled %j: %p', (gate, release, listed, disabled, on) => {
    expect(isGateOn(gate, setting(listed, disabled), release)).toBe(on);
  });
});

describe('releasesWithout', () => {
  test.each([
    ['Snapshot', 'v1.5 to v1.8'],
    ['VMPersistentState', 'v1.5'],
    ['HostDisk', 'v1.5 to v1.9'],
    ['LiveMigration', undefined],
  ])('%s: %p', (gate, releases) => expect(releasesWithout(gate, NONE)).toBe(releases));

  test('has none for what is listed', () => {
    expect(releasesWithout('HostDisk', setting(['HostDisk']))).toBeUndefined();
  });
});

describe('gatesSwitchedOn', () => {
  test('names what an upgrade switches on, besides what is listed or disabled', () => {
    expect(gatesSwitchedOn('v1.5.3', 'v1.6.2', NONE)).toEqual([
      'ClusterProfiler',
      'InstancetypeReferencePolicy',
      'VMPersistentState',
    ]);
    const later = gatesSwitchedOn('v1.8.4', 'v1.9.0', setting(['VMExport'], ['Snapshot']));
    expect(later).toEqual(expect.arrayContaining(['DeclarativeHotplugVolumes', 'ExpandDisks', 'VideoConfig']));
    expect(later).not.toContain('VMExport');
    expect(later).not.toContain('Snapshot');
  });
});

describe('gateFault', () => {
  test('says since when a gate is known that the release does not know', () => {
    expect(isGateKnown('Template', 'v1.7.4')).toBe(false);
    expect(gateFault('Template', 'v1.7.4').message).toBe(
      "feature gate 'Template' is unknown to KubeVirt v1.7.4; KubeVirt v1.8 is the first that knows it",
    );
  });
});
