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
  // Refused by Kubernetes, which the review leaves to it: pkg/apis/core/validation, ValidateService.
  [/'ports' must (?:have no nodePort|hold a port|have names|differ)/, 'the ports of a Service'],
  [
    /'(?:externalTrafficPolicy|headless|clusterIps|loadBalancerClass)' must be left out/,
    'what a Service says of its type',
  ],
  [
    /'clusterIps\[0\]' must be an IP address|'sessionAffinity(?:Timeout)?' must be/,
    'addresses and sessions of a Service',
  ],
  [/'selector' must hold a label/, 'a fleet or a Service that finds nothing, or everything'],
  // Not in the manifest: the schema has no place for it.
  [/'source' must be of the kind 'pvc', 'snapshot' or 'DataSource'/, 'the schema of a DataSource has these'],
  [/'hyperv' must be HyperV\.recommended\(\) or/, 'the schema of a preference has no passthrough'],
  // Not read: pkg/instancetype/preference/webhooks/admitter.go, validateSpreadOptions.
  [/'cpu\.topology' must be 'spread' with/, 'KubeVirt does not read how they are spread'],
  // An instance type that is accepted, and each of whose VMs is refused or left without what it asks for.
  [/'cpu\.guest' must be a whole number from 1/, '0 is what is left out'],
  [/'cpu\.\w+' must be left out without '/, 'validateNUMA, validateCPUIsolatorThread, validateCPURealtime of its VMs'],
  [
    /emory' must be (?:at least|a multiple of) .*(?:'maxMemory'|plugged at once)/,
    'ValidateLiveUpdateMemory of its VMs',
  ],
  [/'maxMemory' must be (?:at least|a multiple of)/, 'ValidateLiveUpdateMemory of its VMs'],
  [/'hugepages' must divide the 'memory'/, 'validateHugepagesMemoryRequests of its VMs'],
  // Text for the guest, which no rule reads: what would do nothing there.
  [/'users' must be a list of at least one user/, "an empty list is 'defaultUser: false'"],
  [/'(?:users\[\d\]\.)?sshAuthorizedKeys(?:\[0\])?' must/, 'nobody logs in with it'],
  [/'(?:hostname|timezone|packages\[0\]|user|password|passwordExpires)' must/, 'cloud-init logs it and goes on'],
  [/'(?:users|writeFiles|mounts)\[\d\]\.\w+(?:\[\d\])?' must/, 'the same'],
  [/'settings' must (?:have keys that|not have)/, 'the same'],
  // Nobody answers: the review says so in a warning.
  [/'networks' must let port \d+ in for a Service/, 'no network of the guest lets it in'],
  // A preference that is accepted, and no StorageClass has that name.
  [/'storageClassName' must be a DNS name/, 'the name of an object'],
  [/'requirements\.cpu' must be a whole number of at least 1/, '0 is what is left out'],
  [
    /'features\.\w+' must be left out or true with/,
    'ValidateVirtualMachineInstanceHypervFeatureDependencies of its VMs',
  ],
  // A fleet that is accepted, and each of whose machines is refused.
  [/[dD]isk' must (?:have a claim|be a clone of a claim or a golden image)/, 'pkg/instancetype/infer/volume.go'],
  [
    /'devices\.\w+(?:\[\d\]\.(?:deviceName|claimName|requestName))?' must (?:be|all have)/,
    'pkg/dra/admitter/dra_admitter.go, validateCreationDRA',
  ],
  [/'binding' must be 'sriov' on a network of a resource claim/, 'pkg/network/admitter/dra.go'],
  // An instance or a replica set: only the controller of VMs plugs memory.
  [/'maxMemory' must not be given|'memory' must be given with 'maxMemory'/, 'KubeVirt does not read it there'],
  [
    /'binding' must be 'bridge' or 'sriov' on a secondary network/,
    'a plug-in that is named too is written in its place',
  ],
  [/must be the 0 processors of the guest/, 'follows from 0 cores, which is what is left out'],
  // A pool that is accepted, and each of whose VMs is refused: pkg/instancetype/infer/volume.go.
  [/'inferredFrom' must name a disk of the VM/, 'nothing to infer from'],
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
      // The binding of a plug-in is written, and the other one lost.
      .filter(
        (fault) => !faults.some((one) => one.includes("beside 'bindingPlugin'")) || !fault.startsWith("'binding'"),
      )
      // A directory has no name and no place among the disks.
      .filter(
        (fault) => !faults.some((one) => one.endsWith('"filesystem"')) || !/ must differ from that of /.test(fault),
      )
      // Block sizes are refused where they are made, before the disk that leaves them out.
      .filter((fault) => unwritten.length === 0 || !/^'(?:logical|physical)' /.test(fault))
      .map((fault) => `refused, and no rule finds it: ${fault.replace(/, got .*/, '')}`)
  );
}
