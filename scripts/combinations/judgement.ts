import { Trial } from './trial';

/**
 * Faults that no rule finds, since the manifest does not show them or the API takes them: each with the reason to refuse them.
 * KubeVirt is of v1.9.0, CDI of v1.66.0.
 */
const BEYOND_RULES: readonly (readonly [pattern: RegExp, reason: string])[] = [
  // Not in the manifest: the schema has no place for it, so that it would be lost without a word.
  [/(?:tray|reservation|pciAddress)' must be left out but for device/, 'the schema has it of that device alone'],
  [/must be left out for device 'filesystem'/, 'a directory has no options of a disk'],
  [/must be left out for a volume that the guest does not see/, 'it has no disk'],
  [/hotpluggable' must be false for/, 'only claims have the field'],
  [/readOnlyClaim' must be left out/, 'only claims have the field'],
  [/'volumeAttributesClassName' must be left out with ClaimApi.STORAGE/, 'not in the schema of storage'],
  [/'serviceAccountName' must be left out of a template/, 'not in the schema of a template'],
  [/'source' must be without '\w+' in a template/, 'not in the schema of a template'],
  // Read by nobody.
  [/'bindImmediately' must be false for kind 'PersistentVolumeClaim'/, 'CDI does not look at a plain claim'],
  [/'(?:checkpoints|finalCheckpoint)' must be left out for a source/, 'CDI does not read it there'],
  [/'cpu\.\w+' must be a whole number of at least 1, got 0/, '0 is what is left out'],
  [/'livenessProbe' must have a successThreshold of 1/, 'Kubernetes refuses the pod: validateLivenessProbe'],
  // Refused by Kubernetes: pkg/apis/core/validation, ValidatePersistentVolumeClaimSpec.
  [/accessModes' must (?:hold 'ReadWriteOncePod' alone|be a list of|name each value once)/, 'the modes of a claim'],
  // Refused by KubeVirt, and not in the review: pkg/network/admitter/netiface.go, validatePortRangesConfiguration.
  [/'portRanges' must/, 'the ranges of a card'],
  // Accepted, and the machine never starts, or the disk is never filled.
  [/must not be given beside an instancetype/, 'pkg/instancetype/apply, once the type is found'],
  [
    /must be 'disk' or 'cdrom' for a volume (?:that is an image|without a claim)/,
    'virtio-fs serves files, a LUN is a claim',
  ],
  [/must be left out or '\w+' for such a volume, got "filesystem"/, 'virtio-fs serves no such volume'],
  [/for a claim of volume mode '(?:Block|Filesystem)'/, 'a LUN is a raw device, a directory a file system'],
  [/must be 'none' for (?:io 'native'|a shareable disk)/, 'libvirt: qemuValidateDomainDeviceDefDiskFrontend'],
  [/bus' must be 'scsi' or 'virtio' for a LUN|bus' must be 'scsi' for a hotpluggable LUN/, 'libvirt: the same'],
  [/must be 'scsi' or 'virtio' on such an architecture/, 'a machine of s390x has no SATA and no USB'],
  [/'binding' must be '\w+', '\w+' or '\w+' on the pod network, got "sriov"/, 'a virtual function has no pod network'],
  [/'bootDisk' must be a disk that the guest sees/, 'it has nothing to boot from'],
  [/emory(?:Limit)?' must be at least '1M'/, 'refused before v1.7.4, where the webhook requests as much for the pod'],
  [/'resources.memoryLimit' must be at least the 'memory' of the guest/, 'the pod is killed'],
  [/'architecture' must be 'amd64' with/, 'no processor of another architecture has it'],
  [
    /'size' must be at least .* \(the source disk\)/,
    'pkg/controller/datavolume/pvc-clone-controller.go, validateClone',
  ],
  [/'volumeMode' must be 'Filesystem' for an archive/, 'an archive is unpacked into a file system'],
];

/** What is not in the manifest: the options of a disk that is none, and an option that the device does not have. */
const UNWRITTEN = [
  /^'((?:\w+(?:\[\d+\])?\.)?)\w+' must be left out for (?:device 'filesystem'|a volume that the guest)/,
  /^'(\S+)' must be left out but for device/,
];

/** Findings of what the constructs made. */
export function missesOf({ faults, findings }: Trial): string[] {
  return faults.length > 0 ? [] : findings.map(({ rule, message }) => `made, and found by ${rule}: ${message}`);
}

/** Faults of what no rule finds fault with, unless the reason is known. */
export function alarmsOf({ faults, findings }: Trial): string[] {
  if (findings.length > 0) return [];
  const unwritten = faults.flatMap((fault) => UNWRITTEN.flatMap((pattern) => pattern.exec(fault)?.[1] ?? []));
  return (
    faults
      .filter((fault) => !BEYOND_RULES.some(([pattern]) => pattern.test(fault)))
      .filter((fault) => !unwritten.some((property) => fault.startsWith(`'${property}`)))
      // Block sizes are refused where they are made, before the disk that leaves them out.
      .filter((fault) => unwritten.length === 0 || !/^'(?:logical|physical)' /.test(fault))
      .map((fault) => `refused, and no rule finds it: ${fault.replace(/, got .*/, '')}`)
  );
}
