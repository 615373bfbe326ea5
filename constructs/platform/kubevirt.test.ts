import { Duration, Size } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { ClusterMigrations } from './cluster-migrations';
import { KubeVirt, KubeVirtProps } from './kubevirt';

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

describe('KubeVirt', () => {
  test('changes nothing of what KubeVirt does by itself', () => {
    expect(manifest(new KubeVirt(testChart('kubevirt'), 'kubevirt'))).toEqual({
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt', namespace: 'kubevirt' },
      spec: { configuration: { developerConfiguration: {} } },
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
      overrides: { spec: { imagePullPolicy: 'IfNotPresent' } },
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
        imagePullPolicy: 'IfNotPresent',
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
