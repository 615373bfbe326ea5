import { Json } from '../../rule';
import { machineWith } from '../../testing/example-machine';
import { findings, refusals, testRules } from '../../testing/rule-tester';
import { HYPERV_RULES, START_RULES } from './start';

const T = 'spec.template.spec';
const D = `${T}.domain.devices`;
const METRICS = { featureGates: ['DownwardMetrics'] };
const VIDEO = { featureGates: ['VideoConfig'] };
const ANY = { featureGates: ['MultiArchitecture'] };
const later = 'refused when it starts';

function disk(entry: object): Json {
  return { 'D.disks.0': { name: 'root', ...entry } };
}

function on(architecture: string, changes: Json = {}): Json {
  return { 'T.architecture': architecture, ...changes };
}

describe('START_RULES', () => {
  testRules(START_RULES, [
    {
      rule: 'start-memory',
      accepts: { 'T.domain.memory': undefined, 'spec.instancetype': { name: 'u' } },
      refuses: { 'T.domain.memory': undefined },
      field: `${T}.domain.memory.guest`,
      says: later,
    },
    {
      rule: 'start-disk-readonly-bus',
      accepts: disk({ disk: { readonly: true, bus: 'virtio' } }),
      refuses: disk({ disk: { readonly: true } }),
      field: `${D}.disks[0].disk.bus`,
      says: "becomes 'sata'",
    },
    {
      rule: 'start-disk-io-thread-bus',
      accepts: { ...disk({ disk: {}, dedicatedIOThread: true }), 'spec.preference': { name: 'p' } },
      refuses: disk({ dedicatedIOThread: true }),
      field: 'spec.template.spec.domain.devices.disks[0].dedicatedIOThread',
      serverField: `${D}.disks.domain.devices.disks[0]`,
      says: "becomes 'sata'",
    },
    {
      rule: 'start-disk-downward-metrics-bus',
      accepts: {
        'T.volumes.1': { name: 'm', downwardMetrics: {} },
        'D.disks.1': { name: 'm', disk: { bus: 'virtio' } },
      },
      refuses: { 'T.volumes.1': { name: 'm', downwardMetrics: {} }, 'D.disks.1': { name: 'm', disk: {} } },
      cluster: METRICS,
      field: `${D}.disks[1].disk.bus`,
      says: later,
    },
    {
      rule: 'start-cdrom-bus',
      accepts: on('arm64', disk({ cdrom: { bus: 'scsi' } })),
      refuses: on('arm64', disk({ cdrom: {} })),
      cluster: ANY,
      field: `${D}.disks[0].cdrom.bus`,
      says: "becomes 'virtio'",
    },
    {
      rule: 'start-watchdog-amd64',
      accepts: { 'D.watchdog': { name: 'w' } },
      refuses: { 'D.watchdog': { name: 'w', diag288: { action: 'reset' } } },
      field: `${D}.watchdog`,
      says: "got 'diag288'",
    },
    {
      rule: 'start-watchdog-s390x',
      accepts: on('s390x', { 'D.watchdog': { name: 'w', diag288: {} } }),
      refuses: on('s390x', { 'D.watchdog': { name: 'w', i6300esb: {} } }),
      cluster: ANY,
      field: `${D}.watchdog`,
      says: "got 'i6300esb'",
    },
    {
      rule: 'start-watchdog-arm64',
      accepts: on('arm64'),
      refuses: on('arm64', { 'D.watchdog': { name: 'w', i6300esb: {} } }),
      cluster: ANY,
      field: `${D}.watchdog`,
      says: 'left out on arm64',
    },
    {
      rule: 'start-video-type',
      accepts: { 'D.video': { type: 'ramfb' } },
      refuses: { 'D.video': { type: 'qxl' } },
      cluster: VIDEO,
      field: `${D}.video.type`,
      says: 'got "qxl" on amd64',
    },
    {
      rule: 'start-disk-bus-arm64',
      accepts: on('arm64', disk({ disk: { bus: 'scsi' } })),
      refuses: on('arm64', disk({ disk: { bus: 'sata' } })),
      cluster: ANY,
      field: `${D}.disks[0].disk.bus`,
      says: 'on arm64',
    },
    {
      rule: 'start-cpu-model-arm64',
      accepts: on('arm64', { 'T.domain.cpu': { model: 'host-passthrough' } }),
      refuses: on('arm64', { 'T.domain.cpu': { model: 'host-model' } }),
      cluster: ANY,
      field: `${T}.domain.cpu.model`,
      says: 'got "host-model"',
    },
    {
      rule: 'start-bios-arm64',
      accepts: on('arm64', { 'T.domain.firmware': { bootloader: { efi: { secureBoot: false } } } }),
      refuses: on('arm64', { 'T.domain.firmware': { bootloader: { bios: {} } } }),
      cluster: ANY,
      field: `${T}.domain.firmware.bootloader.bios`,
      says: "got 'bios'",
    },
    {
      rule: 'start-secure-boot-arm64',
      accepts: on('arm64', { 'T.domain.firmware': { bootloader: { efi: { secureBoot: false } } } }),
      refuses: on('arm64', { 'T.domain.firmware': { bootloader: { efi: {} } }, 'T.domain.features': { smm: {} } }),
      cluster: ANY,
      field: 'spec.template.spec.domain.firmware.bootloader.efi.secureBoot',
      serverField: `${T}.domain.firmware.bootloader.efi.secureboot`,
      says: 'false on arm64',
    },
    {
      rule: 'start-sound-arm64',
      accepts: on('arm64'),
      refuses: on('arm64', { 'D.sound': { name: 's' } }),
      cluster: ANY,
      field: `${D}.sound`,
      says: 'left out on arm64',
    },
    {
      rule: 'start-architecture-known',
      accepts: on('s390x'),
      refuses: on('riscv64'),
      cluster: ANY,
      field: `${T}.architecture`,
      says: 'got "riscv64"',
    },
  ]);

  test.each([
    ['v1.5.3', 'host-model', 1],
    ['v1.5.3', 'Cortex', 0],
    ['v1.6.2', 'Cortex', 1],
    ['v1.6.2', 'host-passthrough', 0],
  ])('judges in %s the CPU model %s of arm64', (release, model, count) => {
    const machine = machineWith(on('arm64', { 'T.domain.cpu': { model } }));
    const found = findings(machine, { ...ANY, release }).filter(({ id }) => id === 'start-cpu-model-arm64');
    expect(found).toHaveLength(count);
  });

  test('warns, and refuses nothing', () => {
    expect(refusals(disk({ disk: { readonly: true } }))).toEqual([]);
  });
});

describe('HYPERV_RULES', () => {
  const hyperv = (features: object): Json => ({ 'T.domain.features': { hyperv: features } });

  testRules(HYPERV_RULES, [
    {
      rule: 'start-hyperv-exclusive',
      accepts: { 'T.domain.features': { hypervPassthrough: { enabled: true } } },
      refuses: { 'T.domain.features': { hyperv: { relaxed: {} }, hypervPassthrough: { enabled: false } } },
      field: `${T}.domain.features.hyperv`,
      says: 'got both',
    },
    {
      rule: 'start-hyperv-requirement',
      accepts: hyperv({ synic: {} }),
      refuses: hyperv({ synic: {}, vpindex: { enabled: false } }),
      field: `${T}.domain.features.hyperv.synic`,
      says: "'vpindex' must be on with 'synic'",
    },
    {
      rule: 'start-hyperv-requirement',
      accepts: hyperv({ synictimer: { enabled: false }, synic: { enabled: false } }),
      refuses: hyperv({ synictimer: {}, vpindex: { enabled: false } }),
      field: `${T}.domain.features.hyperv.synic`,
      says: "'vpindex' must be on with 'synic'",
    },
  ]);
});
