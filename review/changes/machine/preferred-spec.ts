import { isObject, objectAt, objectsAt, textAt, textIn, valueAt } from '../../manifests/json';
import { Json } from '../../rule';

/**
 * Works a preference into the spec of a machine's template: what the template says itself stays (KubeVirt v1.6.2 and v1.9.0:
 * pkg/instancetype/preference/apply, a function for each part of the spec).
 *
 * @param preference The spec of the preference.
 */
export function preferredSpec(template: Json, preference: Json): Json {
  const domain = objectAt(template, 'domain') ?? {};
  const launchSecurity = domain.launchSecurity ?? preference.preferredLaunchSecurity;
  return {
    ...template,
    ...absentOnly(template, 'terminationGracePeriodSeconds', preference.preferredTerminationGracePeriodSeconds),
    ...absentOnly(template, 'subdomain', preference.preferredSubdomain),
    domain: {
      ...domain,
      ...part(withFeatures, 'cpu', domain, objectAt(preference, 'cpu')),
      ...part(preferredDevices, 'devices', domain, objectAt(preference, 'devices'), objectsAt(template, 'networks')),
      ...part(preferredFeatures, 'features', domain, objectAt(preference, 'features')),
      ...part(preferredFirmware, 'firmware', domain, objectAt(preference, 'firmware')),
      ...part(preferredClock, 'clock', domain, objectAt(preference, 'clock')),
      ...(launchSecurity === undefined ? {} : { launchSecurity }),
    },
  };
}

type Preferred = (own: Json, preferred: Json, networks: readonly Json[]) => Json;

/** A part of the domain, which is there from then on, if the preference says anything of it. */
function part(apply: Preferred, key: string, domain: Json, preferred?: Json, networks: readonly Json[] = []): Json {
  if (preferred === undefined) return {};
  return { [key]: apply(objectAt(domain, key) ?? {}, preferred, networks) };
}

/** cpu.go, applyCPUPreferences: features of other names than those that stand there. */
function withFeatures(cpu: Json, preferred: Json): Json {
  const own = objectsAt(cpu, 'features');
  const names = new Set(own.map((feature) => textAt(feature, 'name')));
  const added = objectsAt(preferred, 'preferredCPUFeatures').filter((feature) => !names.has(textAt(feature, 'name')));
  return added.length === 0 ? cpu : { ...cpu, features: [...own, ...added] };
}

/** device.go, ApplyDevicePreferences: what is taken over where it is absent, by the field of the devices. */
const DEVICES: Readonly<Record<string, string>> = {
  autoattachGraphicsDevice: 'preferredAutoattachGraphicsDevice',
  autoattachMemBalloon: 'preferredAutoattachMemBalloon',
  autoattachPodInterface: 'preferredAutoattachPodInterface',
  autoattachSerialConsole: 'preferredAutoattachSerialConsole',
  autoattachInputDevice: 'preferredAutoattachInputDevice',
  useVirtioTransitional: 'preferredUseVirtioTransitional',
  networkInterfaceMultiqueue: 'preferredNetworkInterfaceMultiQueue',
  blockMultiQueue: 'preferredBlockMultiQueue',
  rng: 'preferredRng',
  tpm: 'preferredTPM',
};

function preferredDevices(devices: Json, preferred: Json, networks: readonly Json[]): Json {
  const pods = new Set(networks.filter((one) => isObject(one.pod)).map((one) => textAt(one, 'name')));
  const lists: Readonly<Record<string, (item: Json) => Json>> = {
    disks: (disk) => preferredDisk(disk, preferred),
    interfaces: (face) => preferredInterface(face, preferred, pods),
    inputs: (input) => ({
      ...input,
      ...absentOnly(input, 'bus', preferred.preferredInputBus),
      ...absentOnly(input, 'type', preferred.preferredInputType),
    }),
    panicDevices: (device) => ({ ...device, ...absentOnly(device, 'model', preferred.preferredPanicDeviceModel) }),
  };
  const changed = Object.entries(lists).flatMap(([key, change]) => {
    const items = objectsAt(devices, key);
    return items.length === 0 ? [] : [[key, items.map(change)] as const];
  });
  const flags = Object.entries(DEVICES).map(([own, word]) => absentOnly(devices, own, preferred[word]));
  const sound = objectAt(devices, 'sound');
  return Object.assign({}, devices, ...flags, Object.fromEntries(changed), {
    ...(preferred.preferredDisableHotplug === undefined ? {} : { disableHotplug: preferred.preferredDisableHotplug }),
    ...(sound === undefined
      ? {}
      : { sound: { ...sound, ...absentOnly(sound, 'model', preferred.preferredSoundModel) } }),
  }) as Json;
}

/** disk.go, applyDiskPreferences. */
function preferredDisk(disk: Json, preferred: Json): Json {
  const kind = (['disk', 'cdrom', 'lun'] as const).find((word) => isObject(disk[word])) ?? 'disk';
  const word = { disk: 'preferredDiskBus', cdrom: 'preferredCdromBus', lun: 'preferredLunBus' }[kind];
  const target = objectAt(disk, kind) ?? {};
  const bus = textAt(target, 'bus') || textAt(preferred, word);
  const changed = { ...disk, [kind]: bus === '' ? target : { ...target, bus } };
  if (kind !== 'disk') return changed;
  return {
    ...changed,
    ...absentOnly(disk, 'cache', preferred.preferredDiskCache),
    ...absentOnly(disk, 'io', preferred.preferredDiskIO),
    ...absentOnly(disk, 'blockSize', preferred.preferredDiskBlockSize),
    ...(bus === 'virtio' ? absentOnly(disk, 'dedicatedIOThread', preferred.preferredDiskDedicatedIoThread) : {}),
  };
}

/** How an interface can be bound; one that is bound already stays so. */
const BINDINGS = ['bridge', 'slirp', 'masquerade', 'sriov', 'macvtap', 'passt', 'passtBinding', 'binding'];

/** interface.go, applyInterfacePreferences. */
function preferredInterface(face: Json, preferred: Json, pods: ReadonlySet<string>): Json {
  const isUnbound = pods.has(textAt(face, 'name')) && BINDINGS.every((binding) => face[binding] === undefined);
  return {
    ...face,
    ...absentOnly(face, 'model', preferred.preferredInterfaceModel),
    ...(isUnbound ? absentOnly(face, 'masquerade', preferred.preferredInterfaceMasquerade) : {}),
  };
}

/** features.go, applyFeaturePreferences: ACPI is overwritten, Hyper-V is taken over feature by feature. */
function preferredFeatures(features: Json, preferred: Json): Json {
  const { preferredAcpi, preferredHyperv } = preferred;
  const hyperv = objectAt(features, 'hyperv') ?? {};
  return {
    ...features,
    ...(preferredAcpi === undefined ? {} : { acpi: preferredAcpi }),
    ...absentOnly(features, 'apic', preferred.preferredApic),
    ...(isObject(preferredHyperv) ? { hyperv: { ...preferredHyperv, ...hyperv } } : {}),
    ...absentOnly(features, 'kvm', preferred.preferredKvm),
    ...absentOnly(features, 'pvspinlock', preferred.preferredPvspinlock),
    ...absentOnly(features, 'smm', preferred.preferredSmm),
  };
}

/** firmware.go, applyFirmwarePreferences. */
function preferredFirmware(firmware: Json, preferred: Json): Json {
  const bootloader = objectAt(firmware, 'bootloader') ?? {};
  let [bios, efi] = [objectAt(bootloader, 'bios'), objectAt(bootloader, 'efi')];
  if (preferred.preferredUseBios === true && bios === undefined && efi === undefined) bios = {};
  if (bios !== undefined) bios = { ...bios, ...absentOnly(bios, 'useSerial', preferred.preferredUseBiosSerial) };
  if (efi === undefined && bios === undefined && isObject(preferred.preferredEfi)) {
    efi = preferred.preferredEfi;
  } else {
    if (preferred.preferredUseEfi === true && efi === undefined && bios === undefined) efi = {};
    if (efi !== undefined) efi = { ...efi, ...absentOnly(efi, 'secureBoot', preferred.preferredUseSecureBoot) };
  }
  const stated = { ...(bios === undefined ? {} : { bios }), ...(efi === undefined ? {} : { efi }) };
  return { ...firmware, bootloader: { ...bootloader, ...stated } };
}

/** clock.go, applyClockPreferences: UTC or a time zone as a whole. */
function preferredClock(clock: Json, preferred: Json): Json {
  const isSet = valueAt(clock, 'utc') !== undefined || textIn(clock, 'timezone') !== '';
  return {
    ...clock,
    ...(isSet ? {} : objectAt(preferred, 'preferredClockOffset')),
    ...absentOnly(clock, 'timer', preferred.preferredTimer),
  };
}

function absentOnly(value: Json, key: string, preferred: unknown): Json {
  return preferred === undefined || (value[key] !== undefined && value[key] !== '') ? {} : { [key]: preferred };
}
