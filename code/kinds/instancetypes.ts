import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { Code, literal, options, record } from '../language/expression';
import {
  Entries,
  flagCode,
  memberCode,
  numberCode,
  objectOr,
  secondsCode,
  sizeCode,
  textCode,
  textsCode,
  tried,
} from '../language/scalars';
import { ioThreads, launchSecurity, nodeDevices, tpm } from '../machine/devices';
import { blockSize } from '../machine/disks';
import { features, firmware } from '../machine/firmware';
import { cpuFeatures } from '../machine/hardware';
import { clock, hyperv } from '../machine/windows';
import { byClass, Kind } from './way';

export const instancetype: Kind = (_scope, { spec }) => [
  byClass('VirtualMachineInstancetype', k.VirtualMachineInstancetype, instancetypeEntries(objectOr(spec))),
];

export const clusterInstancetype: Kind = (_scope, { spec }) => [
  byClass(
    'VirtualMachineClusterInstancetype',
    k.VirtualMachineClusterInstancetype,
    instancetypeEntries(objectOr(spec)),
  ),
];

function instancetypeEntries(spec: Json): Entries {
  const { cpu, memory } = spec;
  return [
    [
      'cpu',
      record([
        ['guest', numberCode(valueAt(cpu, 'guest'))],
        ['maxSockets', numberCode(valueAt(cpu, 'maxSockets'))],
        ['model', textCode(valueAt(cpu, 'model'))],
        ['dedicated', flagCode(valueAt(cpu, 'dedicatedCPUPlacement'))],
        ['isolateEmulatorThread', flagCode(valueAt(cpu, 'isolateEmulatorThread'))],
        ['numaPassthrough', there(valueAt(cpu, 'numa', 'guestMappingPassthrough'))],
        ['realtime', there(valueAt(cpu, 'realtime'))],
        ['realtimeMask', textCode(valueAt(cpu, 'realtime', 'mask'))],
      ]),
    ],
    ['memory', sizeCode(valueAt(memory, 'guest'))],
    ['maxMemory', sizeCode(valueAt(memory, 'maxGuest'))],
    ['hugepages', sizeCode(valueAt(memory, 'hugepages', 'pageSize'))],
    ['overcommitPercent', numberCode(valueAt(memory, 'overcommitPercent'))],
    ...nodeDevices(spec),
    ['ioThreads', ioThreads(spec)],
    ['launchSecurity', launchSecurity(spec.launchSecurity)],
    ['nodeSelector', textsCode(spec.nodeSelector)],
    ['schedulerName', textCode(spec.schedulerName)],
    ['templateAnnotations', textsCode(spec.annotations)],
  ];
}

export const preference: Kind = (_scope, { spec }) => [
  byClass('VirtualMachinePreference', k.VirtualMachinePreference, preferenceEntries(objectOr(spec))),
];

export const clusterPreference: Kind = (_scope, { spec }) => [
  byClass('VirtualMachineClusterPreference', k.VirtualMachineClusterPreference, preferenceEntries(objectOr(spec))),
];

function preferenceEntries(spec: Json): Entries {
  const all = objectOr(spec.features);
  const own = {
    acpi: all.preferredAcpi,
    apic: all.preferredApic,
    kvm: all.preferredKvm,
    pvspinlock: all.preferredPvspinlock,
    smm: all.preferredSmm,
  };
  const bootloader = bootloaderOf(spec.firmware);
  return [
    ['cpu', preferredCpu(spec.cpu)],
    ['devices', preferredDevices(objectOr(spec.devices))],
    ['features', features(own, bootloader)],
    ['hyperv', hyperv({ hyperv: all.preferredHyperv })],
    ['clock', clock(clockOf(objectOr(spec.clock)))],
    ['firmware', firmware(bootloader)],
    ['machineType', textCode(valueAt(spec.machine, 'preferredMachineType'))],
    ['architecture', memberCode('Architecture', k.Architecture, spec.preferredArchitecture)],
    ['launchSecurity', launchSecurity(spec.preferredLaunchSecurity)],
    ['subdomain', textCode(spec.preferredSubdomain)],
    ['terminationGracePeriod', secondsCode(spec.preferredTerminationGracePeriodSeconds)],
    ['storageClassName', textCode(valueAt(spec.volumes, 'preferredStorageClassName'))],
    ['requirements', requirements(objectOr(spec.requirements))],
    ['templateAnnotations', textsCode(spec.annotations)],
  ];
}

function clockOf({ preferredClockOffset, preferredTimer }: Json): Json {
  return { ...objectOr(preferredClockOffset), timer: preferredTimer };
}

/** The bootloader of a preference as that of a VM. */
function bootloaderOf(given: unknown): Json | undefined {
  if (!isObject(given)) return undefined;
  const { preferredEfi, preferredUseEfi, preferredUseSecureBoot, preferredUseBios, preferredUseBiosSerial } = given;
  if (isObject(preferredEfi)) return { bootloader: { efi: preferredEfi } };
  if (preferredUseEfi === true) return { bootloader: { efi: { secureBoot: preferredUseSecureBoot } } };
  return preferredUseBios === true ? { bootloader: { bios: { useSerial: preferredUseBiosSerial } } } : undefined;
}

function preferredCpu(value: unknown): Code | undefined {
  const topology = memberCode('PreferredCpuTopology', k.PreferredCpuTopology, valueAt(value, 'preferredCPUTopology'));
  return options([
    ['topology', topology],
    [
      'spread',
      options([
        ['across', memberCode('SpreadAcross', k.SpreadAcross, valueAt(value, 'spreadOptions', 'across'))],
        ['ratio', numberCode(valueAt(value, 'spreadOptions', 'ratio'))],
      ]),
    ],
    ['features', cpuFeatures(valueAt(value, 'preferredCPUFeatures'))],
  ]);
}

function preferredDevices(from: Json): Code | undefined {
  const isTablet = from.preferredInputType === 'tablet';
  return options([
    ['diskBus', memberCode('DiskBus', k.DiskBus, from.preferredDiskBus)],
    ['cdromBus', memberCode('DiskBus', k.DiskBus, from.preferredCdromBus)],
    ['lunBus', memberCode('DiskBus', k.DiskBus, from.preferredLunBus)],
    ['diskCache', memberCode('DiskCache', k.DiskCache, from.preferredDiskCache)],
    ['diskIo', memberCode('DiskIo', k.DiskIo, from.preferredDiskIO)],
    ['diskBlockSize', tried(() => blockSize(from.preferredDiskBlockSize))],
    ['diskDedicatedIoThread', flagCode(from.preferredDiskDedicatedIoThread)],
    ['interfaceModel', memberCode('InterfaceModel', k.InterfaceModel, from.preferredInterfaceModel)],
    ['interfaceMasquerade', there(from.preferredInterfaceMasquerade)],
    ['networkMultiqueue', flagCode(from.preferredNetworkInterfaceMultiQueue)],
    ['blockMultiqueue', flagCode(from.preferredBlockMultiQueue)],
    ['rng', there(from.preferredRng)],
    ['tpm', tpm(from.preferredTPM)],
    ['videoType', textCode(from.preferredVideoType)],
    ['gpuDisplay', flagCode(valueAt(from.preferredVirtualGPUOptions, 'display', 'enabled'))],
    ['gpuRamFb', flagCode(valueAt(from.preferredVirtualGPUOptions, 'display', 'ramFB', 'enabled'))],
    ['podInterface', flagCode(from.preferredAutoattachPodInterface)],
    ['soundModel', memberCode('SoundModel', k.SoundModel, from.preferredSoundModel)],
    ['panicDeviceModel', memberCode('PanicDeviceModel', k.PanicDeviceModel, from.preferredPanicDeviceModel)],
    ['inputBus', memberCode('InputBus', k.InputBus, from.preferredInputBus)],
    ['tablet', isTablet ? literal(true) : flagCode(from.preferredAutoattachInputDevice)],
    ['graphics', flagCode(from.preferredAutoattachGraphicsDevice)],
    ['serialConsole', flagCode(from.preferredAutoattachSerialConsole)],
    ['memoryBalloon', flagCode(from.preferredAutoattachMemBalloon)],
    ['disableHotplug', flagCode(from.preferredDisableHotplug)],
    ['useVirtioTransitional', flagCode(from.preferredUseVirtioTransitional)],
  ]);
}

function requirements({ cpu, memory, architecture }: Json): Code | undefined {
  return options([
    ['cpu', numberCode(valueAt(cpu, 'guest'))],
    ['memory', sizeCode(valueAt(memory, 'guest'))],
    ['architecture', memberCode('Architecture', k.Architecture, architecture)],
  ]);
}

function there(value: unknown): Code | undefined {
  return isObject(value) ? literal(true) : undefined;
}
