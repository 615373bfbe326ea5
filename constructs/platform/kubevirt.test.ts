import { Duration, Size } from 'cdk8s';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Toleration } from '../shared/toleration';
import { EvictionStrategy } from '../vm/run-strategy';
import { ClusterSmbios, LiveUpdateLimits, VmRolloutStrategy } from './cluster-machines';
import { ClusterMigrations } from './cluster-migrations';
import { KubeVirt, KubeVirtProps } from './kubevirt';
import { LogVerbosity } from './log-verbosity';
import { PermittedHostDevices } from './permitted-devices';
import { WorkloadUpdateMethod } from './workload-updates';

const MIGRATIONS: Required<ClusterMigrations> = {
  allowAutoConverge: true,
  allowPostCopy: false,
  allowWorkloadDisruption: true,
  bandwidthPerMigration: Size.mebibytes(64),
  completionTimeoutPerGiB: Duration.minutes(5),
  maxDowntime: Duration.millis(500),
  parallelMigrationsPerCluster: 10,
  parallelOutboundMigrationsPerNode: 4,
  progressTimeout: Duration.minutes(2),
  utilityVolumesTimeout: Duration.minutes(1),
  network: 'kubevirt/migrations',
  nodeDrainTaintKey: 'example.com/drain',
  unsafeMigrationOverride: false,
  disableTls: false,
  matchSELinuxLevelOnMigration: false,
};

const LIVE_UPDATE: Required<LiveUpdateLimits> = { maxCpuSockets: 8, maxGuest: Size.gibibytes(8), maxHotplugRatio: 2 };

const SMBIOS: Required<ClusterSmbios> = { manufacturer: 'm', product: 'p', version: 'v', sku: 's', family: 'f' };

const VERBOSITY: Required<LogVerbosity> = {
  virtApi: 1,
  virtController: 2,
  virtHandler: 3,
  virtLauncher: 4,
  virtOperator: 5,
  nodes: { 'node-1': 9 },
};

const DEVICES: Required<PermittedHostDevices> = {
  pciHostDevices: [{ pciVendorSelector: '10DE:1EB8', resourceName: 'nvidia.com/T4', externalResourceProvider: true }],
  mediatedDevices: [
    { mdevNameSelector: 'GRID T4-1Q', resourceName: 'nvidia.com/T4-1Q', externalResourceProvider: false },
  ],
  usb: [
    {
      resourceName: 'example.com/stick',
      selectors: [{ vendor: '046d', product: 'c52b' }],
      externalResourceProvider: false,
    },
  ],
};

describe('KubeVirt', () => {
  test('changes nothing of what KubeVirt does by itself', () => {
    expect(manifest(new KubeVirt(testChart('kubevirt'), 'kubevirt'))).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt', namespace: 'kubevirt' },
      spec: { configuration: { developerConfiguration: {} } },
    });
  });

  test.each<[KubeVirtProps, object]>([
    [{ infrastructureReplicas: 3 }, { replicas: 3 }],
    [{ infrastructure: { nodeSelector: { zone: 'a' } } }, { nodePlacement: { nodeSelector: { zone: 'a' } } }],
  ])('writes of its own pods what is said: %j', (props, infra) => {
    expect(manifest(new KubeVirt(testChart(), 'kubevirt', props))).toMatchObject({ spec: { infra } });
  });

  test('writes of updates and logs what is said', () => {
    const props = { workloadUpdates: { batchEvictionSize: 5 }, logVerbosity: { virtApi: 4 } };
    expect(manifest(new KubeVirt(testChart(), 'kubevirt', props)).spec).toEqual({
      workloadUpdateStrategy: { batchEvictionSize: 5 },
      configuration: { developerConfiguration: { logVerbosity: { virtAPI: 4 } } },
    });
  });

  test('writes every prop', () => {
    const props: Required<KubeVirtProps> = {
      name: 'other',
      namespace: 'virt',
      labels: { app: 'kubevirt' },
      annotations: { note: 'yes' },
      useEmulation: true,
      featureGates: ['DeclarativeHotplugVolumes', 'ExpandDisks'],
      migrations: MIGRATIONS,
      disabledFeatureGates: ['VideoConfig'],
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      workloadUpdates: {
        methods: [WorkloadUpdateMethod.LIVE_MIGRATE, WorkloadUpdateMethod.EVICT],
        batchEvictionSize: 5,
        batchEvictionInterval: Duration.minutes(2),
      },
      infrastructure: { nodeSelector: { zone: 'a' }, tolerations: [Toleration.exists('infra')] },
      infrastructureReplicas: 3,
      workloads: { nodeSelector: { vms: 'yes' } },
      evictionStrategy: EvictionStrategy.LIVE_MIGRATE,
      vmRolloutStrategy: VmRolloutStrategy.STAGE,
      liveUpdate: LIVE_UPDATE,
      cpuModel: 'host-model',
      smbios: SMBIOS,
      vmStateStorageClassName: 'state',
      permittedHostDevices: DEVICES,
      logVerbosity: VERBOSITY,
      overrides: { spec: { uninstallStrategy: 'BlockUninstallIfWorkloadsExist' } },
    };
    expect(manifest(new KubeVirt(testChart('kubevirt'), 'kubevirt', props))).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'other', namespace: 'virt', labels: { app: 'kubevirt' }, annotations: { note: 'yes' } },
      spec: {
        configuration: {
          developerConfiguration: {
            useEmulation: true,
            featureGates: ['DeclarativeHotplugVolumes', 'ExpandDisks'],
            disabledFeatureGates: ['VideoConfig'],
            logVerbosity: {
              virtAPI: 1,
              virtController: 2,
              virtHandler: 3,
              virtLauncher: 4,
              virtOperator: 5,
              nodeVerbosity: { 'node-1': 9 },
            },
          },
          evictionStrategy: 'LiveMigrate',
          vmRolloutStrategy: 'Stage',
          liveUpdateConfiguration: { maxCpuSockets: 8, maxGuest: '8Gi', maxHotplugRatio: 2 },
          cpuModel: 'host-model',
          smbios: { manufacturer: 'm', product: 'p', version: 'v', sku: 's', family: 'f' },
          vmStateStorageClass: 'state',
          permittedHostDevices: {
            pciHostDevices: [
              { pciVendorSelector: '10DE:1EB8', resourceName: 'nvidia.com/T4', externalResourceProvider: true },
            ],
            mediatedDevices: [
              { mdevNameSelector: 'GRID T4-1Q', resourceName: 'nvidia.com/T4-1Q', externalResourceProvider: false },
            ],
            usb: [
              {
                resourceName: 'example.com/stick',
                selectors: [{ vendor: '046d', product: 'c52b' }],
                externalResourceProvider: false,
              },
            ],
          },
          migrations: {
            allowAutoConverge: true,
            allowPostCopy: false,
            allowWorkloadDisruption: true,
            bandwidthPerMigration: '64Mi',
            completionTimeoutPerGiB: 300,
            maxDowntimeMs: 500,
            parallelMigrationsPerCluster: 10,
            parallelOutboundMigrationsPerNode: 4,
            progressTimeout: 120,
            utilityVolumesTimeout: 60,
            network: 'kubevirt/migrations',
            nodeDrainTaintKey: 'example.com/drain',
            unsafeMigrationOverride: false,
            disableTLS: false,
            matchSELinuxLevelOnMigration: false,
          },
        },
        imagePullPolicy: 'Always',
        infra: {
          nodePlacement: { nodeSelector: { zone: 'a' }, tolerations: [{ key: 'infra', operator: 'Exists' }] },
          replicas: 3,
        },
        workloads: { nodePlacement: { nodeSelector: { vms: 'yes' } } },
        workloadUpdateStrategy: {
          workloadUpdateMethods: ['LiveMigrate', 'Evict'],
          batchEvictionSize: 5,
          batchEvictionInterval: '120s',
        },
        uninstallStrategy: 'BlockUninstallIfWorkloadsExist',
      },
    });
  });

  test('takes either hotplug gate alone', () => {
    expect(() => new KubeVirt(testChart(), 'a', { featureGates: ['HotplugVolumes'] })).not.toThrow();
    expect(() => new KubeVirt(testChart(), 'b', { featureGates: ['DeclarativeHotplugVolumes'] })).not.toThrow();
  });

  test.each([
    [null, `'props' must be an object, got null`],
    [{ useEmulation: 'true' }, `'useEmulation' must be true or false, got "true"; write true`],
    [
      { featureGates: 'ExpandDisks' },
      `'featureGates' must be a list of text, got "ExpandDisks"; write ["ExpandDisks"]`,
    ],
    [{ featureGates: null }, `'featureGates' must be a list of text, got null`],
    [{ featureGates: ['A', ''] }, `'featureGates[1]' must be text, got ""`],
    [{ featureGates: ['A', 'A'] }, `'featureGates' must name each value once, got ["A","A"]`],
    [{ migrations: 5 }, `'migrations' must be an object, got 5`],
    [
      { migrations: { parallelMigrations: 5 } },
      `'migrations' must have known keys only, got "parallelMigrations"; write 'parallelMigrationsPerCluster'`,
    ],
    [
      { migrations: { network: 'a/b/c' } },
      `'migrations.network' must be 'NAME' or 'NAMESPACE/NAME', in lower case, got "a/b/c"`,
    ],
    [
      { migrations: { parallelMigrationsPerCluster: 0 } },
      `'migrations.parallelMigrationsPerCluster' must be a whole number from 1 to 4294967295, got 0`,
    ],
    [
      { workloadUpdates: { methods: ['Migrate'] } },
      `'workloadUpdates.methods[0]' must be 'LiveMigrate' or 'Evict', got "Migrate"`,
    ],
    [
      { permittedHostDevices: { pciHostDevices: [{ resourceName: 'a/b' }] } },
      `'permittedHostDevices.pciHostDevices[0].pciVendorSelector' must be given, got nothing`,
    ],
    [{ logVerbosity: { nodes: { a: -1 } } }, `'logVerbosity.nodes.a' must be a whole number of at least 0, got -1`],
    [{ logVerbosity: { nodes: 3 } }, `'logVerbosity.nodes' must be an object of numbers by the name of a node, got 3`],
    [{ infrastructureReplicas: 0 }, `'infrastructureReplicas' must be a whole number of at least 1, got 0`],
    [
      { workloads: { nodeSelectors: {} } },
      `'workloads' must have known keys only, got "nodeSelectors"; write 'nodeSelector'`,
    ],
    [
      { featureGates: ['HotplugVolumes', 'DeclarativeHotplugVolumes'] },
      `'featureGates' must not hold 'HotplugVolumes', which switches 'DeclarativeHotplugVolumes' off, got ["HotplugVolumes","DeclarativeHotplugVolumes"]; 'DeclarativeHotplugVolumes' alone serves virtctl addvolume too`,
    ],
  ])('fails when the props are %j', (props, message) => {
    const make = () => new KubeVirt(testChart(), 'kubevirt', untyped<KubeVirtProps>(props));
    expect(failureOf(make)).toBe(`[test/kubevirt] ${message}`);
  });

  test('fails when a list is not one', () => {
    // @ts-expect-error the gates are a list
    expect(() => new KubeVirt(testChart(), 'kubevirt', { featureGates: 'ExpandDisks' })).toThrow("'featureGates'");
  });

  testEscapeHatch((overrides) => new KubeVirt(testChart('kubevirt'), 'kubevirt', { overrides }));
});
