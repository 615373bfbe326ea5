import { Faults } from '../shared/refusal';
import { Architecture } from './architecture';
import { BootableVMProps } from './bootable-vm-props';
import { Firmware } from './firmware';

/** What each architecture shows: KubeVirt v1.9.0, pkg/virt-api/webhooks, validateVideoTypeAmd64, …Arm64 and …S390x. */
const VIDEO_TYPES: { readonly [architecture in Architecture]: readonly string[] } = {
  [Architecture.AMD64]: ['bochs', 'cirrus', 'ramfb', 'vga', 'virtio'],
  [Architecture.ARM64]: ['ramfb', 'virtio'],
  [Architecture.S390X]: ['virtio'],
};

/** The types of machine that KubeVirt permits by itself: v1.9.0, pkg/virt-config/virt-config.go. */
const MACHINE_TYPES: { readonly [architecture in Architecture]: RegExp } = {
  [Architecture.AMD64]: /^(?:q35|pc-q35|pc)/,
  [Architecture.ARM64]: /^virt/,
  [Architecture.S390X]: /^s390-ccw-virtio/,
};

/** Notes what the architecture of the guest does not have, or none has. That of amd64 shows all that the others show. */
export function checkArchitecture(faults: Faults, props: BootableVMProps): void {
  const { architecture, devices, machineType } = props;
  const isKnown = architecture !== undefined && Object.values(Architecture).includes(architecture);
  const types = isKnown ? VIDEO_TYPES[architecture] : VIDEO_TYPES[Architecture.AMD64];
  const { videoType } = devices ?? {};
  if (typeof videoType === 'string' && !types.includes(videoType)) {
    const where = isKnown ? ` on ${architecture}` : '';
    faults.add('devices.videoType', `be ${types.join(', ')}${where}`, videoType);
  }
  if (!isKnown) return;
  if (typeof machineType === 'string' && !MACHINE_TYPES[architecture].test(machineType)) {
    const others = Object.values(Architecture).filter((other) => MACHINE_TYPES[other].test(machineType));
    if (others.length > 0) faults.add('machineType', `be one of ${architecture}`, machineType);
  }
  if (architecture === Architecture.ARM64) checkArm64(faults, props);
  if (architecture === Architecture.S390X && (devices?.panicDevices?.length ?? 0) > 0) {
    faults.add('devices.panicDevices', 'be left out on s390x', devices?.panicDevices);
  }
}

/** KubeVirt v1.9.0: pkg/virt-api/webhooks/arm64.go; vmi-create-admitter.go, validateThreadCountOnArchitecture. */
function checkArm64(faults: Faults, { cpu, devices, firmware }: BootableVMProps): void {
  if (cpu?.model !== undefined && cpu.model !== 'host-passthrough') {
    faults.add('cpu.model', "be 'host-passthrough' on arm64", cpu.model);
  }
  if (cpu?.dedicated === true && (cpu.threads ?? 1) > 1) {
    faults.add('cpu.threads', 'be 1 on arm64 with dedicated processors', cpu.threads);
  }
  for (const [device, value] of Object.entries({ sound: devices?.sound, watchdog: devices?.watchdog })) {
    if (value !== undefined) faults.add(`devices.${device}`, 'be left out on arm64', value);
  }
  if (firmware instanceof Firmware && !firmware._isUefi) {
    faults.note("'firmware' must be Firmware.uefi() on arm64, got a BIOS");
  }
}
