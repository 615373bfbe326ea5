import { Chart, Cron, Duration, Size } from 'cdk8s';
import * as kv from '../../constructs';
import { randomDataVolume, randomSource } from './disk-combination';
import { randomHyperV, randomSecurity } from './machine-combination';
import { Random } from './random';

const SIZES = [Size.kibibytes(500), Size.mebibytes(512), Size.gibibytes(1), Size.gibibytes(4)];

/** An instance type, a preference, a golden image or a name for one, of any props. */
export function makeType(random: Random, chart: Chart): void {
  random.pick<() => unknown>([
    () => new kv.VirtualMachineInstancetype(chart, 'type', randomInstancetypeSpec(random)),
    () => new kv.VirtualMachineClusterInstancetype(chart, 'type', randomInstancetypeSpec(random)),
    () => new kv.VirtualMachinePreference(chart, 'preference', randomPreferenceSpec(random)),
    () => new kv.VirtualMachineClusterPreference(chart, 'preference', randomPreferenceSpec(random)),
    () => new kv.GoldenImage(chart, 'golden', randomGoldenImage(random)),
    () => new kv.DataSource(chart, 'source', { source: randomSource(random) }),
    () => new kv.MigrationPolicy(chart, 'policy', randomPolicy(random)),
  ])();
}

function randomInstancetypeSpec(random: Random): kv.InstancetypeSpec {
  return {
    cpu: {
      guest: random.pick([0, 1, 4]),
      maxSockets: random.pickMaybe([1, 8]),
      dedicated: random.flag(0.5),
      isolateEmulatorThread: random.flag(),
      numaPassthrough: random.flag(),
      realtime: random.flag(),
    },
    memory: random.pick(SIZES),
    maxMemory: random.pickMaybe(SIZES),
    hugepages: random.pickMaybe([Size.mebibytes(2), Size.gibibytes(3)]),
    overcommitPercent: random.pickMaybe([0, 20, 101]),
    ioThreads: random.pickMaybe([kv.IoThreads.auto(), kv.IoThreads.supplementalPool(2)]),
    launchSecurity: random.maybe(() => randomSecurity(random)),
    gpus: random.maybe(() => random.some(2, (index) => ({ name: `gpu-${index}`, deviceName: 'example.com/gpu' }))),
    nodeSelector: random.pickMaybe([{ zone: 'a' }]),
  };
}

function randomPreferenceSpec(random: Random): kv.PreferenceSpec {
  return {
    cpu: random.maybe(() => ({
      topology: random.pickMaybe(Object.values(kv.PreferredCpuTopology)),
      spread: random.maybe(() => ({
        across: random.pickMaybe(Object.values(kv.SpreadAcross)),
        ratio: random.pickMaybe([2, 3]),
      })),
    })),
    devices: random.maybe(() => ({
      diskBus: random.pickMaybe(Object.values(kv.DiskBus)),
      rng: random.flag(),
      tpm: random.pickMaybe([kv.Tpm.persistent(), kv.Tpm.disabled()]),
      tablet: random.flag(),
      gpuDisplay: random.flag(),
      gpuRamFb: random.flag(),
      podInterface: random.flag(),
    })),
    hyperv: random.maybe(() => randomHyperV(random)),
    clock: random.maybe(() => kv.Clock.utc({ offsetSeconds: random.pickMaybe([0, -60]) })),
    firmware: random.pickMaybe([kv.Firmware.secureBoot(), kv.Firmware.bios({ useSerial: true }), kv.Firmware.uefi()]),
    launchSecurity: random.maybe(() => randomSecurity(random)),
    terminationGracePeriod: random.pickMaybe([Duration.seconds(0), Duration.minutes(1)]),
    storageClassName: random.pickMaybe(['fast', 'Fast']),
    subdomain: random.pickMaybe(['a', 'a.b']),
    requirements: random.maybe(() => ({ cpu: random.pickMaybe([0, 2]), memory: random.pickMaybe(SIZES) })),
  };
}

function randomGoldenImage(random: Random): kv.GoldenImageProps {
  const { source, size, accessModes, volumeMode, storageClassName, claimApi, sizeLimit } = randomDataVolume(random);
  return {
    ...{ source, size, accessModes, volumeMode, storageClassName, claimApi, sizeLimit },
    schedule: random.pickMaybe([Cron.daily()]),
    dataSourceName: random.pickMaybe(['fedora', 'a'.repeat(64)]),
    retentionPolicy: random.pickMaybe(Object.values(kv.ImportRetentionPolicy)),
    garbageCollect: random.pickMaybe(Object.values(kv.ImportGarbageCollect)),
    importsToKeep: random.pickMaybe([0, -1]),
    preallocation: random.flag(),
    serviceAccountName: random.pickMaybe(['robot'], 0.05),
    cronServiceAccountName: random.pickMaybe(['robot'], 0.05),
  };
}

function randomPolicy(random: Random): kv.MigrationPolicyProps {
  return {
    allowPostCopy: random.flag(),
    bandwidthPerMigration: random.pickMaybe(SIZES),
    completionTimeoutPerGiB: random.pickMaybe([Duration.seconds(0), Duration.minutes(1)]),
    maxDowntime: random.pickMaybe([Duration.millis(0), Duration.millis(300)]),
    compression: random.pickMaybe(Object.values(kv.MigrationCompression)),
    stallDetector: random.maybe(() => ({
      stallMargin: random.pickMaybe([0, 101]),
      ewmaAlpha: random.pickMaybe([0, 0.5, 0.12345]),
      precopyPossibleFactor: random.pickMaybe([0.5, 2]),
    })),
  };
}
