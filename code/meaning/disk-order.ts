import { childIn, isObject, listIn, withAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';

/** Where the `spec` of the instance stands in a kind of machine; undefined for other kinds. */
export function instancePath({ apiVersion, kind }: Json): readonly string[] | undefined {
  const group = String(apiVersion).split('/', 1)[0];
  if (group === 'pool.kubevirt.io' && kind === 'VirtualMachinePool') {
    return ['spec', 'virtualMachineTemplate', 'spec', 'template', 'spec'];
  }
  if (group !== 'kubevirt.io') return undefined;
  if (kind === 'VirtualMachineInstance') return ['spec'];
  return kind === 'VirtualMachine' || kind === 'VirtualMachineInstanceReplicaSet'
    ? ['spec', 'template', 'spec']
    : undefined;
}

const DEVICES = ['disk', 'cdrom', 'lun'];

/** Volumes that the guest does not see as a disk. */
export const WITHOUT_DISK = ['memoryDump'];

/**
 * A machine with a disk for each volume that has none, as KubeVirt adds it (v1.9.0, pkg/virt-api/webhooks/mutating-webhook,
 * setDefaultVolumeDisk), and with its disks as the constructs order them: those that are plugged last, the one of cloud-init before them. The
 * order of disks says from which the guest boots, and it boots from none of these.
 */
export function inOrderOfDisks(object: Json, path: readonly string[]): Json {
  const spec = path.reduce<Json | undefined>((value, key) => childIn(value, key), object);
  const devices = childIn(childIn(spec, 'domain'), 'devices');
  const disks = listIn(devices, 'disks');
  const volumes = new Map(listIn(spec, 'volumes').map((volume) => [volume.name, volume]));
  const filesystems = new Set(listIn(devices, 'filesystems').map(({ name }) => name));
  const all = disks.map((disk): Json => (DEVICES.some((key) => isObject(disk[key])) ? disk : { ...disk, disk: {} }));
  const named = new Set(disks.map(({ name }) => name));
  for (const [name, volume] of volumes) {
    if (named.has(name) || filesystems.has(name) || WITHOUT_DISK.some((key) => isObject(volume[key]))) continue;
    all.push({ name, disk: {} });
  }
  if (all.length === 0) return object;
  const rank = ({ name }: Json): number => {
    const volume = volumes.get(name) ?? {};
    const claim = [volume.persistentVolumeClaim, volume.dataVolume].find(isObject);
    if (claim?.hotpluggable === true) return 2;
    return isObject(volume.cloudInitNoCloud) || isObject(volume.cloudInitConfigDrive) ? 1 : 0;
  };
  const ordered = [0, 1, 2].flatMap((own) => all.filter((disk) => rank(disk) === own));
  return withAt(object, [...path, 'domain', 'devices', 'disks'], ordered);
}
