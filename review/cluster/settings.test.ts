import { inventory } from '../inventory';
import { EVICTION_RULE } from '../references/eviction';
import { Cluster } from './cluster';
import { ClusterSettings, SettingsGiven } from './settings';

type Fields = Record<string, unknown>;

const BY_DEFAULT =
  'no network is named, so KubeVirt connects the pod network by bridge: its default, for no KubeVirt object is among the manifests';

const claim: Fields = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'boot', namespace: 'shop' },
  spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
};

const vm = (guest: Fields): Fields => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    template: {
      spec: { domain: {}, volumes: [{ name: 'root', persistentVolumeClaim: { claimName: 'boot' } }], ...guest },
    },
  },
});

const kubevirt = (configuration: Fields): Fields => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'KubeVirt',
  metadata: { name: 'kubevirt', namespace: 'kubevirt' },
  spec: { configuration },
});

const hyperConverged = (spec: Fields, metadata: Fields = {}, version = 'v1beta1'): Fields => ({
  apiVersion: `hco.kubevirt.io/${version}`,
  kind: 'HyperConverged',
  metadata: { name: 'kubevirt-hyperconverged', namespace: 'kubevirt-hyperconverged', ...metadata },
  spec,
});

const PATCH = '[{"op": "replace", "path": "/spec/configuration/network/defaultNetworkInterface", "value": "bridge"}]';
const PATCHED = hyperConverged({}, { annotations: { 'kubevirt.kubevirt.io/jsonpatch': PATCH } });

const judged = (...manifests: Fields[]): unknown[] => {
  const [row] = inventory([claim, ...manifests]).vms;
  return [row?.verdict, ...(row?.obstacles ?? []).map(({ message }) => message)];
};

const warnings = (...manifests: Fields[]): string[] => {
  const found: string[] = [];
  const objects = [claim, ...manifests].map((object) => ({ object, origin: {} }));
  EVICTION_RULE.check(new Cluster(objects), (_, _field, message) => found.push(message));
  return found;
};

const plugged = (plugin: string): Fields =>
  vm({
    domain: { devices: { interfaces: [{ name: 'default', binding: { name: plugin } }] } },
    networks: [{ name: 'default', pod: {} }],
  });

describe('a VM without networks', () => {
  test('cannot be migrated by default, and the verdict says that it is one', () => {
    expect(judged(vm({}))).toEqual(['not migratable', BY_DEFAULT]);
  });

  test('cannot be migrated for certain where the KubeVirt object is at hand and names nothing else', () => {
    const certain = 'no network is named, so KubeVirt connects the pod network by bridge';
    expect(judged(vm({}), kubevirt({}))).toEqual(['not migratable', certain]);
    expect(judged(vm({}), kubevirt({ network: { defaultNetworkInterface: 'masquerade' } }))).toEqual(['migratable']);
  });

  test('is no warning where only the default stands against its eviction strategy', () => {
    const asking = { evictionStrategy: 'LiveMigrate' };
    expect(warnings(vm(asking))).toEqual([]);
    expect(warnings(vm(asking), kubevirt({}))).toHaveLength(1);
    expect(warnings(vm({ ...asking, domain: { devices: { gpus: [{ name: 'a100' }] } } }))).toEqual([
      `'evictionStrategy' must not be "LiveMigrate" of a VM that cannot be live-migrated: a device of the node is passed through: a100`,
    ]);
  });
});

describe('the HyperConverged object', () => {
  test.each(['v1beta1', 'v1'])('of %s connects VMs by masquerade', (version) => {
    expect(judged(vm({}), hyperConverged({}, {}, version))).toEqual(['migratable']);
  });

  test("gives way to the KubeVirt object, wherever that stands, and is no other vendor's", () => {
    expect(judged(kubevirt({}), vm({}), hyperConverged({}))[0]).toBe('not migratable');
    expect(judged(hyperConverged({}), vm({}), kubevirt({}))[0]).toBe('not migratable');
    const masquerade = kubevirt({ network: { defaultNetworkInterface: 'masquerade' } });
    expect(judged(masquerade, vm({}), PATCHED)).toEqual(['migratable']);
    const foreign = { ...hyperConverged({}), apiVersion: 'example.com/v1beta1' };
    expect(judged(foreign, vm({}))).toEqual(['not migratable', BY_DEFAULT]);
  });

  test('that patches KubeVirt leaves unknown what depends on it', () => {
    const why =
      'how KubeVirt is set is not known (the HyperConverged object patches it): it may decide how the VM is connected';
    expect(judged(vm({}), PATCHED)).toEqual(['unknown', why]);
    expect(warnings(vm({ evictionStrategy: 'LiveMigrate' }), PATCHED)).toEqual([]);
    const named = { devices: { interfaces: [{ name: 'default', bridge: {} }] } };
    expect(judged(vm({ domain: named, networks: [{ name: 'default', pod: {} }] }), PATCHED)[0]).toBe('not migratable');
    expect(judged(vm({ domain: { devices: { autoattachPodInterface: false } } }), PATCHED)).toEqual(['migratable']);
  });

  test('says which binding plugins migrate; of others it is not known', () => {
    const hco = hyperConverged({ networkBinding: { moving: { migration: {} }, staying: {} } });
    const verdicts = ['moving', 'staying', 'l2bridge', 'other'].map((plugin) => judged(plugged(plugin), hco)[0]);
    expect(verdicts).toEqual(['migratable', 'not migratable', 'migratable', 'unknown']);
    expect(judged(plugged('moving'), PATCHED)[0]).toBe('unknown');
    const binding = { moving: { migration: {} } };
    expect(judged(plugged('moving'), kubevirt({ network: { binding } }))[0]).toBe('migratable');
    expect(judged(plugged('other'), kubevirt({ network: { binding } }))[0]).toBe('not migratable');
  });

  test.each([
    ['v1beta1', { evictionStrategy: 'LiveMigrate' }],
    ['v1', { virtualization: { evictionStrategy: 'LiveMigrate' } }],
  ])('of %s says the eviction strategy of VMs that name none', (version, spec) => {
    const machine = vm({ domain: { devices: { gpus: [{ name: 'a100' }] } } });
    const hco = hyperConverged(spec, {}, version);
    expect(inventory([machine, hco]).vms[0]).toMatchObject({ evictionStrategy: 'LiveMigrate', contradicts: true });
    expect(warnings(machine, hco)).toEqual([expect.stringContaining(`"LiveMigrate" (KubeVirt's own setting) of a VM`)]);
    expect(inventory([machine, hyperConverged({}, {}, version)]).vms[0]?.evictionStrategy).toBeUndefined();
  });

  test('says the class of the state of TPM and EFI, and is no kind that nothing is known of', () => {
    const hco = hyperConverged({ vmStateStorageClass: 'state' });
    const keeping = vm({ domain: { devices: { tpm: { persistent: true } } } });
    const all = inventory([hco, keeping]);
    expect(all.disks).toContainEqual(
      expect.objectContaining({ claim: 'persistent-state-for-web-*', storageClass: 'state' }),
    );
    expect(all.passedKinds).toEqual([]);
  });
});

describe('claims of the name of a DataVolume', () => {
  const adopts = (...objects: Fields[]): boolean => {
    const settings = new ClusterSettings();
    for (const object of objects) settings.note(object);
    return settings.adoptsClaims;
  };
  const cdi = (featureGates: string[]): Fields => ({
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'CDI',
    metadata: { name: 'cdi' },
    spec: { config: { featureGates } },
  });
  const patch = { 'containerizeddataimporter.kubevirt.io/jsonpatch': '[]' };

  test('are taken over where CDI is set so, or may be', () => {
    expect(adopts()).toBe(false);
    expect(adopts(cdi([]))).toBe(false);
    expect(adopts(cdi(['DataVolumeClaimAdoption']))).toBe(true);
    expect(adopts(cdi(['DataVolumeClaimAdoption']), cdi([]))).toBe(true);
    expect(adopts(hyperConverged({}, { annotations: patch }))).toBe(true);
  });
});

describe('the TSC frequency', () => {
  const machine = vm({
    domain: { features: { hyperv: { reenlightenment: {} } }, devices: { autoattachPodInterface: false } },
  });
  const cluster = (minimumClusterTSCFrequency: unknown): Fields =>
    kubevirt({ developerConfiguration: { minimumClusterTSCFrequency } });

  test.each([
    ['is given', cluster(2_000_000_000), ['migratable']],
    [
      'is none',
      cluster(0),
      ['not migratable', 'reenlightenment needs a TSC frequency, which the KubeVirt object has not'],
    ],
    ['is left to the nodes', kubevirt({}), ['unknown', 'reenlightenment needs a cluster that gives the TSC frequency']],
    ['is no number', cluster('fast'), ['unknown', 'reenlightenment needs a cluster that gives the TSC frequency']],
  ])('that %s decides whether a VM with reenlightenment migrates', (_, object, expected) => {
    expect(judged(machine, object)).toEqual(expected);
  });
});

describe('what the KubeVirt object sets', () => {
  const settings = (developerConfiguration: Fields, given: SettingsGiven = {}): ClusterSettings => {
    const all = new ClusterSettings(given);
    all.note(kubevirt({ developerConfiguration }));
    return all;
  };

  test.each([
    [undefined, 10],
    [0, 10],
    [1, 1],
    ['4', 10],
  ])('is the ratio of processors %j: %d', (cpuAllocationRatio, ratio) => {
    expect(settings({ cpuAllocationRatio }).cpuAllocationRatio).toBe(ratio);
  });

  test.each<[string, boolean, Fields, SettingsGiven]>([
    ['of an unknown release', false, {}, {}],
    ['of v1.8.4', false, {}, { release: 'v1.8.4' }],
    ['of v1.9.0', true, {}, { release: 'v1.9.0' }],
    ['of v1.9.0 that is certain', true, {}, { release: 'v1.9.0', releaseAssumed: false }],
    ['of v1.9.0 that is assumed', false, {}, { release: 'v1.9.0', releaseAssumed: true }],
    ['that lists the gate', true, { featureGates: ['ExpandDisks'] }, { release: 'v1.8.4' }],
  ])('%s grows disk images: %j', (_, expected, configuration, given) => {
    expect(settings(configuration, given).expandsDisks).toBe(expected);
  });
});

describe('a feature gate', () => {
  const listed = (object: Fields | undefined, given: SettingsGiven = {}): boolean => {
    const settings = new ClusterSettings(given);
    if (object !== undefined) settings.note(object);
    return settings.lists('Snapshot');
  };
  const listing = kubevirt({ developerConfiguration: { featureGates: ['Snapshot'] } });

  test.each<[string, boolean, Fields | undefined, SettingsGiven]>([
    ['that nothing lists', false, undefined, {}],
    ['that the KubeVirt object lists', true, listing, {}],
    ['that the KubeVirt object leaves out', false, kubevirt({}), {}],
    ['that the options list', true, kubevirt({}), { featureGates: ['Snapshot'] }],
    ['that the options leave out', false, listing, { featureGates: [] }],
    ['of a HyperConverged of an unknown release', true, hyperConverged({}), {}],
    ['of a HyperConverged whose release lists it', true, hyperConverged({}), { operators: ['v1.18.1'] }],
    [
      'of a HyperConverged, that the options leave out',
      false,
      hyperConverged({}),
      { operators: ['v1.18.1'], featureGates: [] },
    ],
    ['of a HyperConverged of which an earlier release does', true, hyperConverged({}), { operators: ['x', 'v1.18.1'] }],
  ])('%s is listed: %s', (_, expected, object, given) => expect(listed(object, given)).toBe(expected));

  test('that no release of HyperConverged lists may be listed by a patch', () => {
    const lists = (object: Fields, gate: string): boolean => {
      const settings = new ClusterSettings({ operators: ['v1.18.1'] });
      settings.note(object);
      return settings.lists(gate);
    };
    expect(lists(hyperConverged({}), 'Sidecar')).toBe(false);
    expect(lists(PATCHED, 'Sidecar')).toBe(true);
  });
});
