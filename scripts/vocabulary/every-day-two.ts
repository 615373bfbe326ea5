import { Duration, JsonPatch, Size } from 'cdk8s';
import * as kv from '../../constructs';
import { made, METADATA } from './manifests';

const SIZE = Size.gibibytes(1);
const VM = kv.VirtualMachine.fromName('web');
const SNAPSHOT = kv.VirtualMachineSnapshot.fromName('monday', { vm: VM });
const LABELS = { a: 'b' };

/** VirtualMachineSnapshots. */
export function everySnapshot(): unknown[] {
  const props: Required<Pick<kv.VirtualMachineSnapshotProps, 'deletionPolicy' | 'failureDeadline'>> = {
    deletionPolicy: kv.MachineSnapshotDeletionPolicy.RETAIN,
    failureDeadline: Duration.minutes(1),
  };
  return made((chart) => new kv.VirtualMachineSnapshot(chart, 'a', { ...METADATA, vm: VM, ...props }));
}

/** VirtualMachineRestores. */
export function everyRestore(): unknown[] {
  return made(
    (chart) =>
      new kv.VirtualMachineRestore(chart, 'a', {
        ...METADATA,
        snapshot: SNAPSHOT,
        vm: VM,
        targetReadinessPolicy: kv.TargetReadinessPolicy.STOP_TARGET,
        volumeRestorePolicy: kv.VolumeRestorePolicy.IN_PLACE,
        volumeOwnershipPolicy: kv.VolumeOwnershipPolicy.NONE,
        volumeRestoreOverrides: [{ volumeName: 'a', restoreName: 'b', labels: LABELS, annotations: LABELS }],
        patches: [JsonPatch.replace('/spec/runStrategy', 'Halted')],
      }),
  );
}

/** VirtualMachineClones. */
export function everyClone(): unknown[] {
  return made(
    (chart) =>
      new kv.VirtualMachineClone(chart, 'a', {
        ...METADATA,
        source: kv.VmCloneSource.vm(VM),
        targetName: 'web-2',
        labelFilters: ['a*'],
        annotationFilters: ['a*'],
        templateLabelFilters: ['a*'],
        templateAnnotationFilters: ['a*'],
        newMacAddresses: { a: '02:00:00:00:00:01' },
        newSmbiosSerial: 'a',
        patches: [JsonPatch.replace('/spec/runStrategy', 'Halted')],
        volumeNamePolicy: kv.CloneVolumeNamePolicy.RANDOMIZE_NAMES,
      }),
  );
}

/** VirtualMachineExports. */
export function everyExport(): unknown[] {
  const source = kv.VmExportSource.vm(VM);
  const rest = { tokenSecretName: 'token', ttl: Duration.hours(1) };
  return made((chart) => new kv.VirtualMachineExport(chart, 'a', { ...METADATA, source, ...rest }));
}

/** VirtualMachineInstanceMigrations. */
export function everyMigration(): unknown[] {
  return made((chart) => {
    const migrationId = 'a';
    new kv.LiveMigration(chart, 'a', {
      ...METADATA,
      vm: VM,
      addedNodeSelector: LABELS,
      priority: kv.MigrationPriority.USER_TRIGGERED,
    });
    new kv.LiveMigration(chart, 'b', { vm: VM, sendTo: { migrationId, connectUrl: 'a:9' } });
    new kv.LiveMigration(chart, 'c', { vm: VM, receive: { migrationId } });
  });
}

/** MigrationPolicies. */
export function everyMigrationPolicy(): unknown[] {
  const props: Required<Omit<kv.MigrationPolicyProps, keyof kv.ClusterObjectProps>> = {
    namespaceSelector: LABELS,
    virtualMachineInstanceSelector: LABELS,
    ...MIGRATION_SETTINGS,
    compression: kv.MigrationCompression.ZSTD,
    stallDetector: {
      stallMargin: 5,
      ewmaAlpha: 0.25,
      stallProgressTimeout: Duration.minutes(1),
      switchoverTimeout: Duration.minutes(1),
      precopyPossibleFactor: 2,
      patienceWindowDecayFactor: 0.5,
      searchLocalMinima: false,
      completionTimeoutFactor: 2,
    },
  };
  return made((chart) => new kv.MigrationPolicy(chart, 'a', props));
}

const MIGRATION_SETTINGS: Required<kv.MigrationSettings> = {
  allowAutoConverge: true,
  allowPostCopy: true,
  allowWorkloadDisruption: true,
  bandwidthPerMigration: SIZE,
  completionTimeoutPerGiB: Duration.minutes(1),
  maxDowntime: Duration.millis(500),
};

/** KubeVirt objects with the settings of migrations. */
export function everyKubeVirt(): unknown[] {
  const migrations: Required<kv.ClusterMigrations> = {
    ...MIGRATION_SETTINGS,
    parallelMigrationsPerCluster: 10,
    parallelOutboundMigrationsPerNode: 4,
    progressTimeout: Duration.minutes(2),
    utilityVolumesTimeout: Duration.minutes(1),
    network: 'migrations',
    nodeDrainTaintKey: 'drain',
    unsafeMigrationOverride: false,
    disableTls: false,
    matchSELinuxLevelOnMigration: false,
  };
  return made((chart) => new kv.KubeVirt(chart, 'a', { ...METADATA, migrations }));
}
