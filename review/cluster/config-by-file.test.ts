import { report } from '..';
import { ReviewedManifest } from '../manifests/manifest';
import { Json } from '../rule';
import { ClusterConfigs } from './config-by-file';

const kubevirt = (gates: readonly string[], more: Json = {}): Json => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'KubeVirt',
  metadata: { name: 'kubevirt', namespace: 'kubevirt' },
  spec: { configuration: { developerConfiguration: { featureGates: gates }, ...more } },
});
const hco = { apiVersion: 'hco.kubevirt.io/v1beta1', kind: 'HyperConverged', metadata: { name: 'hco' } };
const patched = { ...hco, metadata: { name: 'hco', annotations: { 'kubevirt.kubevirt.io/jsonpatch': '[]' } } };
const snapshot = {
  apiVersion: 'snapshot.kubevirt.io/v1beta1',
  kind: 'VirtualMachineSnapshot',
  metadata: { name: 's', namespace: 'default' },
  spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm' } },
};
const hostDisk = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachineInstance',
  metadata: { name: 'vm', namespace: 'default' },
  spec: {
    domain: { devices: { disks: [{ name: 'd', disk: {} }] }, memory: { guest: '1Gi' } },
    volumes: [{ name: 'd', hostDisk: { path: '/d', type: 'Disk' } }],
  },
};
const external = [{ kind: 'VirtualMachine', name: 'vm' }];
type Files = readonly (readonly [file: string, object: Json])[];

function refused(files: Files): (string | undefined)[] {
  const { findings } = report(files.map(([file, object]) => ReviewedManifest.of(object, { file })));
  return findings.filter(({ rule }) => rule.endsWith('-gate')).map(({ object }) => object.file);
}

describe('the feature gates of a cluster', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'its only KubeVirt object lists',
      [
        ['a/kv.yaml', kubevirt(['Snapshot'])],
        ['b/s.yaml', snapshot],
      ],
      [],
    ],
    [
      'its only KubeVirt object does not list',
      [
        ['kv.yaml', kubevirt([])],
        ['b/s.yaml', snapshot],
      ],
      ['b/s.yaml'],
    ],
    [
      'two KubeVirt objects that stand as near do not list',
      [
        ['a/kv.yaml', kubevirt([])],
        ['a/other.yaml', kubevirt([])],
        ['a/s.yaml', snapshot],
      ],
      ['a/s.yaml'],
    ],
    [
      'one of two KubeVirt objects that stand as near lists',
      [
        ['a/kv.yaml', kubevirt([])],
        ['a/other.yaml', kubevirt(['Snapshot'])],
        ['a/s.yaml', snapshot],
      ],
      [],
    ],
    [
      'nobody says: a KubeVirt object does not speak for a folder beside its own',
      [
        ['a/kv.yaml', kubevirt([])],
        ['b/s.yaml', snapshot],
      ],
      [],
    ],
    [
      'the KubeVirt object of the same file lists, and no other',
      [
        ['a.yaml', kubevirt([])],
        ['b.yaml', kubevirt(['Snapshot'])],
        ['b.yaml', snapshot],
        ['a.yaml', snapshot],
      ],
      ['a.yaml'],
    ],
    [
      'the nearest KubeVirt object lists',
      [
        ['clusters/one/kv.yaml', kubevirt(['Snapshot'])],
        ['clusters/two/kv.yaml', kubevirt([])],
        ['clusters/one/apps/s.yaml', snapshot],
        ['clusters/two/apps/s.yaml', snapshot],
      ],
      ['clusters/two/apps/s.yaml'],
    ],
    [
      'any of several lists that stand as near',
      [
        ['one/kv.yaml', kubevirt(['HostDisk'])],
        ['two/kv.yaml', kubevirt(['Snapshot'])],
        ['apps/s.yaml', snapshot],
        ['apps/vm.yaml', hostDisk],
      ],
      [],
    ],
    [
      'HyperConverged lists in each of its releases',
      [
        ['hco.yaml', hco],
        ['s.yaml', snapshot],
        ['vm.yaml', hostDisk],
      ],
      ['vm.yaml'],
    ],
    [
      'a patch of HyperConverged may list',
      [
        ['hco.yaml', patched],
        ['vm.yaml', hostDisk],
      ],
      [],
    ],
    [
      'a patch of HyperConverged may list beside a KubeVirt object that stands as near',
      [
        ['kv.yaml', kubevirt([])],
        ['hco.yaml', patched],
        ['vm.yaml', hostDisk],
      ],
      [],
    ],
  ])('are those that %s', (_title, files, expected) => expect(refused(files)).toEqual(expected));

  test('are those of the release of HyperConverged and of what its object asks for', () => {
    const downward = {
      ...hostDisk,
      spec: { ...hostDisk.spec, volumes: [{ name: 'd', downwardMetrics: {} }] },
    };
    const gates = (spec: Json, version: string) =>
      report([{ ...hco, spec, status: { versions: [{ name: 'operator', version }] } }, downward]).findings.filter(
        ({ rule }) => rule.endsWith('-gate'),
      );
    expect(gates({ featureGates: { downwardMetrics: true } }, '1.16.0')).toEqual([]);
    expect(gates({}, '1.16.0')).toMatchObject([
      {
        message: expect.stringMatching(
          / must have the feature gate 'DownwardMetrics', which HyperConverged does not list \(KubeVirt v1\.6\.2\)$/,
        ),
        remedy: expect.stringContaining("let the HyperConverged object set 'DownwardMetrics'"),
      },
    ]);
  });

  test('are not those of KubeVirt that HyperConverged disables, from v1.19 on', () => {
    const encrypted = { ...hostDisk, spec: { domain: { ...hostDisk.spec.domain, launchSecurity: { sev: {} } } } };
    const gates = (objects: readonly Json[]) =>
      report([...objects, encrypted], { kubevirt: 'v1.9.0' }).findings.filter(({ rule }) => rule.endsWith('-gate'));
    const operated = { ...hco, status: { versions: [{ name: 'operator', version: '1.19.0' }] } };
    expect(gates([kubevirt([])])).toEqual([]);
    expect(gates([operated])).toMatchObject([
      { message: expect.stringContaining("the feature gate 'WorkloadEncryptionSEV'") },
    ]);
  });

  test('go with the settings that HyperConverged makes of KubeVirt', () => {
    const object = {
      ...hco,
      spec: { evictionStrategy: 'LiveMigrate', higherWorkloadDensity: { memoryOvercommitPercentage: 120 } },
    };
    const reviewed = [{ object, origin: {} }];
    const configs = new ClusterConfigs({}, reviewed, { release: 'v1.9.0' }, ['v1.18.1', 'v1.19.0']);
    const { configuration, byOperator } = configs.of({});
    expect(byOperator).toBe(true);
    expect(configuration).toMatchObject({
      evictionStrategy: 'LiveMigrate',
      network: { defaultNetworkInterface: 'masquerade' },
      vmRolloutStrategy: 'LiveUpdate',
      developerConfiguration: { memoryOvercommit: 120 },
    });
    expect(Object.keys(configuration.developerConfiguration as Json)).toContain('disabledFeatureGates');
  });

  test('are the options, whatever an operator may list', () => {
    const found = report([hco, snapshot], { external, featureGates: [] }).findings;
    expect(found.map(({ rule }) => rule)).toEqual(['snapshot-gate']);
  });

  test('have settings that all of several KubeVirt objects have', () => {
    const strict = { network: { permitBridgeInterfaceOnPodNetwork: false } };
    const vm = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'vm', namespace: 'default' },
      spec: { runStrategy: 'Always', template: { spec: { domain: { devices: {}, memory: { guest: '1Gi' } } } } },
    };
    const rules = (other: Json) =>
      report([kubevirt([], strict), kubevirt([], other), vm]).findings.map(({ rule }) => rule);
    expect(rules(strict)).toContain('interface-default-binding-permitted');
    expect(rules({})).not.toContain('interface-default-binding-permitted');
  });
});

describe('a gate that nobody lists', () => {
  test('is said to be off by default, with the way out', () => {
    expect(report([snapshot], { external, kubevirt: 'v1.6.2' }).findings).toMatchObject([
      {
        rule: 'snapshot-gate',
        severity: 'warning',
        message:
          "'VirtualMachineSnapshot' must have the feature gate 'Snapshot', which KubeVirt v1.6.2 leaves off by default " +
          '(no KubeVirt object stands among the manifests)',
        remedy:
          'say that the cluster lists it (--feature-gate Snapshot), put the KubeVirt object beside the manifests, or accept this',
      },
    ]);
  });

  test('is said not to be listed, where the KubeVirt object is known', () => {
    const files = [ReviewedManifest.of(kubevirt([]), { file: 'kv.yaml' }), snapshot];
    const [finding] = report(files, { kubevirt: 'v1.6.2' }).findings;
    expect(finding?.severity).toBe('error');
    expect(finding?.message).toMatch(/, which is not listed in kv\.yaml: KubeVirt v1\.6\.2 leaves it off$/);
    expect(finding?.remedy).toMatch(/^list 'Snapshot' in spec\.configuration/);
  });
});

describe('the gate of persistent reservation', () => {
  const lun = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name: 'vm', namespace: 'default' },
    spec: {
      domain: { devices: { disks: [{ name: 'd', lun: { reservation: true } }] }, memory: { guest: '1Gi' } },
      volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'c' } }],
    },
  };
  const found = (manifests: readonly unknown[], options: object) =>
    report(manifests, options)
      .findings.filter(({ rule }) => rule === 'disk-lun-reservation-gate')
      .map(({ severity, message }) => `${severity}: ${message}`);

  test.each([
    ['v1.6.2', { kubevirt: 'v1.6.2' }],
    ['v1.9.0', { kubevirt: 'v1.9.0' }],
    ['v1.9.0', {}],
  ])('is said to be off by default by %s in a cluster that is not known: %j', (release, options) => {
    expect(found([lun], options)).toEqual([
      `warning: 'reservation' must have the feature gate 'PersistentReservation', which KubeVirt ${release} leaves off by default (no KubeVirt object stands among the manifests)`,
    ]);
  });

  test.each<[string, Json, readonly string[]]>([
    ['lists it', kubevirt(['PersistentReservation']), []],
    ['sets it', kubevirt([], { persistentReservationConfiguration: { enabled: true } }), []],
    [
      'says nothing of it',
      kubevirt([]),
      [
        "error: 'reservation' must have the setting 'persistentReservationConfiguration', which is not on (KubeVirt v1.9.0)",
      ],
    ],
  ])('follows a KubeVirt object of v1.9.0 that %s', (_title, object, said) => {
    expect(found([object, lun], { kubevirt: 'v1.9.0' })).toEqual(said);
  });
});

describe('a gate that has another stage in another release', () => {
  const gates = (manifests: readonly unknown[], options = {}) =>
    report(manifests, options).findings.filter(({ rule }) => rule.endsWith('-gate'));

  test('is not missed in the release where it is on by default, or on for good', () => {
    const taken = {
      apiVersion: 'export.kubevirt.io/v1beta1',
      kind: 'VirtualMachineExport',
      metadata: snapshot.metadata,
    };
    const exported = { ...taken, spec: snapshot.spec };
    expect(gates([kubevirt([]), snapshot, exported], { kubevirt: 'v1.9.0' })).toEqual([]);
    const rules = gates([kubevirt([]), snapshot, exported], { kubevirt: 'v1.8.4' }).map(({ rule }) => rule);
    expect(rules.sort()).toEqual(['export-gate', 'snapshot-gate']);
  });

  test('is an error where the KubeVirt object disables it', () => {
    const disabling = kubevirt([], { developerConfiguration: { disabledFeatureGates: ['Snapshot'] } });
    const files = [ReviewedManifest.of(disabling, { file: 'kv.yaml' }), snapshot];
    expect(gates(files, { kubevirt: 'v1.9.0' })).toMatchObject([
      {
        severity: 'error',
        message: expect.stringMatching(/, which is disabled in kv\.yaml \(KubeVirt v1\.9\.0\)$/),
        remedy: "take 'Snapshot' out of disabledFeatureGates of the KubeVirt object",
      },
    ]);
  });

  test('is a warning where nothing names the release, and says which releases need it', () => {
    expect(gates([kubevirt([]), snapshot])).toMatchObject([
      {
        severity: 'warning',
        message:
          "'VirtualMachineSnapshot' must have the feature gate 'Snapshot', which must be listed in KubeVirt v1.5 to v1.8",
        remedy: expect.stringMatching(/^name the release of the cluster \(--kubevirt\), or list 'Snapshot'/),
      },
    ]);
    expect(gates([kubevirt(['Snapshot']), snapshot])).toEqual([]);
  });

  test('is an error in every release where it is off in all', () => {
    expect(gates([kubevirt([]), hostDisk])).toMatchObject([{ rule: 'volume-host-disk-gate', severity: 'error' }]);
  });
});

describe('an architecture that nobody names', () => {
  const vm = (architecture: Json) => ({
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'vm' },
    spec: {
      runStrategy: 'Always',
      template: {
        spec: { ...architecture, domain: { devices: {}, machine: { type: 'virt' }, memory: { guest: '1Gi' } } },
      },
    },
  });

  test('is said to be the default', () => {
    expect(report([vm({})]).findings).toMatchObject([
      {
        rule: 'machine-type-supported',
        message:
          "'type' must be 'q35*' or 'pc-q35*', got \"virt\" on amd64, the architecture by default (KubeVirt v1.9.0)",
        remedy: "leave it out for the cluster's default, or say which it has: --architecture NAME",
      },
    ]);
    expect(report([vm({})], { architecture: 'amd64' }).findings[0]?.message).toMatch(
      /got "virt" \(KubeVirt v1\.9\.0\)$/,
    );
    expect(report([vm({ architecture: 'amd64' })]).findings[0]?.message).toMatch(/got "virt" \(KubeVirt v1\.9\.0\)$/);
  });
});

describe('a gate of the options', () => {
  test('fails when it is spelt wrong', () => {
    expect(() => report([], { featureGates: ['snapshot'] })).toThrow(/must be spelt as KubeVirt does.*'Snapshot'/);
  });

  test('that the release does not know is said', () => {
    expect(report([], { featureGates: ['Snapshott'] }).unchecked).toEqual([
      { reason: "feature gate 'Snapshott' is unknown to KubeVirt v1.9.0; is 'Snapshot' meant?" },
    ]);
  });
});
