import { Faults } from '../shared/refusal';
import { Architecture } from './architecture';
import { BootableVMProps } from './bootable-vm-props';
import { Firmware } from './firmware';
import { LaunchSecurity } from './launch-security';
import { networksOf } from './network-checks';
import { StartStrategy } from './run-strategy';

/**
 * Notes what encrypted memory does not stand beside. KubeVirt v1.9.0: vmi-create-admitter.go, validateLaunchSecurity, and
 * pkg/virt-api/webhooks/amd64.go, ValidateLaunchSecurityAmd64.
 */
export function checkLaunchSecurity(faults: Faults, launchSecurity: LaunchSecurity, props: BootableVMProps): void {
  const { architecture } = props;
  const type = launchSecurity._type;
  const needed = type === undefined ? Architecture.S390X : Architecture.AMD64;
  if (architecture !== needed && (architecture !== undefined || type === undefined)) {
    faults.add('architecture', `be '${needed}' with ${type ?? 'Secure Execution'}`, architecture);
  }
  if (type !== undefined && architecture !== Architecture.S390X) checkSealed(faults, type, launchSecurity, props);
}

function checkSealed(faults: Faults, type: string, launchSecurity: LaunchSecurity, props: BootableVMProps): void {
  const { startStrategy, features } = props;
  checkFirmware(faults, type, props);
  if (type === 'tdx' && features?.smm === true)
    faults.add('features.smm', 'be left out or false with tdx', features.smm);
  if (launchSecurity._needsPause && startStrategy !== StartStrategy.PAUSED) {
    faults.add('startStrategy', `be '${StartStrategy.PAUSED}' with the attestation of SEV`, startStrategy);
  }
  const booted = networksOf(props).filter((network) => network._bootOrder !== undefined);
  for (const { name } of booted) faults.add('networks', `have no 'bootOrder' with ${type}`, name);
}

function checkFirmware(faults: Faults, type: string, { firmware, preference }: BootableVMProps): void {
  // A preference may bring UEFI.
  if (!(firmware instanceof Firmware) && preference !== undefined) return;
  const isUefi = firmware instanceof Firmware && firmware._isUefi && !firmware._needsSmm;
  if (!isUefi) {
    const must = `be UEFI without secure boot with ${type}`;
    faults.note(`'firmware' must ${must}, got ${kindOfFirmware(firmware)}; write Firmware.uefi()`);
  } else if (type !== 'sev' && firmware._isPersistent) {
    faults.note(`'firmware' must keep no UEFI variables with ${type}; leave 'persistent' out`);
  }
}

function kindOfFirmware(firmware: Firmware | undefined): string {
  if (firmware === undefined) return 'nothing';
  return firmware._isUefi ? 'secure boot' : 'a BIOS';
}
