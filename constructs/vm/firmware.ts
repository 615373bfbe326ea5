import { aBoolean, aName, aText, checkOptions, instanceOf, part, PropCheck, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { KernelBoot } from './kernel-boot';

/** Tables of ACPI that a licence of Windows is bound to, each in a Secret of the VM's namespace. */
export interface AcpiTables {
  /**
   * Name of the Secret with the software licensing table (SLIC).
   *
   * @default - none
   */
  readonly slicSecretName?: string;

  /**
   * Name of the Secret with the table of Microsoft's data management (MSDM).
   *
   * @default - none
   */
  readonly msdmSecretName?: string;
}

/** What every firmware can be given. */
export interface FirmwareOptions {
  /**
   * UUID that the guest sees, such as `5d307ca9-b3ef-428c-8861-06e72d69f223`; two VMs must not share one.
   *
   * @default - KubeVirt makes one when the VM is created
   */
  readonly uuid?: string;

  /**
   * Serial number that the guest sees.
   *
   * @default - KubeVirt makes one when the VM is created
   */
  readonly serial?: string;

  /**
   * A kernel that starts in the place of the boot loader of the disk.
   *
   * @default - the boot loader of the disk
   */
  readonly kernelBoot?: KernelBoot;

  /**
   * Tables of ACPI that a licence is bound to. Each comes to the VM as a disk of the name `slic` or `msdm`, as KubeVirt wants a disk
   * for every volume.
   *
   * @default - none
   */
  readonly acpiTables?: AcpiTables;
}

/** What a BIOS can be given. */
export interface BiosOptions extends FirmwareOptions {
  /**
   * Whether the BIOS writes to the serial console.
   *
   * @default false
   */
  readonly useSerial?: boolean;
}

/** What a UEFI firmware can be given. */
export interface UefiOptions extends FirmwareOptions {
  /**
   * Whether the UEFI variables are kept when the VM stops, in a small claim that KubeVirt makes, of the storage class
   * that `vmStateStorageClass` of the KubeVirt object names, else of the default class.
   *
   * @default false
   * @see https://kubevirt.io/user-guide/compute/persistent_tpm_and_uefi_state/
   */
  readonly persistent?: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const aUuid: PropCheck = (faults, property, value) => {
  if (typeof value === 'string' && UUID.test(value)) return;
  faults.add(property, "be a UUID such as '5d307ca9-b3ef-428c-8861-06e72d69f223'", value);
};
const OPTIONS: PropChecks<FirmwareOptions> = {
  uuid: aUuid,
  serial: aText,
  kernelBoot: instanceOf(KernelBoot, "KernelBoot.fromImage('…', { kernelPath: '/boot/vmlinuz' })"),
  acpiTables: part<AcpiTables>({ slicSecretName: aName, msdmSecretName: aName }),
};
const BIOS: PropChecks<BiosOptions> = { ...OPTIONS, useSerial: aBoolean };
const UEFI: PropChecks<UefiOptions> = { ...OPTIONS, persistent: aBoolean };

/**
 * How the VM starts: by a BIOS, or by UEFI with or without secure boot.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/#biosuefi
 */
export class Firmware {
  /**
   * A BIOS (SeaBIOS).
   *
   * @throws if an option is not one of a BIOS.
   */
  public static bios(options: BiosOptions = {}): Firmware {
    check<BiosOptions>('Firmware.bios', options, BIOS);
    return new Firmware({ bios: { useSerial: options.useSerial } }, options, false);
  }

  /**
   * UEFI (OVMF) without secure boot.
   *
   * @throws if an option is not one of a UEFI firmware.
   */
  public static uefi(options: UefiOptions = {}): Firmware {
    check<UefiOptions>('Firmware.uefi', options, UEFI);
    return new Firmware({ efi: { secureBoot: false, persistent: options.persistent } }, options, false);
  }

  /**
   * UEFI (OVMF) that starts only signed boot loaders. It brings system management mode (SMM), which it needs.
   *
   * @throws if an option is not one of a UEFI firmware.
   */
  public static secureBoot(options: UefiOptions = {}): Firmware {
    check<UefiOptions>('Firmware.secureBoot', options, UEFI);
    return new Firmware({ efi: { secureBoot: true, persistent: options.persistent } }, options, true);
  }

  /**
   * The firmware of the preference, else KubeVirt's own, which is a BIOS: with a UUID or a serial number of the VM.
   *
   * @throws if an option is not what it must be; all faults in one error.
   */
  public static leftOpen(options: FirmwareOptions): Firmware {
    check<FirmwareOptions>('Firmware.leftOpen', options, OPTIONS);
    return new Firmware({}, options, false);
  }

  private readonly options: FirmwareOptions;

  private constructor(
    private readonly bootloader: Record<string, Record<string, unknown>>,
    options: FirmwareOptions,
    /** @internal */
    public readonly _needsSmm: boolean,
  ) {
    this.options = { ...options };
  }

  /**
   * Whether it is UEFI.
   *
   * @internal
   */
  public get _isUefi(): boolean {
    return this.bootloader.efi !== undefined;
  }

  /** @internal */
  public get _isPersistent(): boolean {
    return this.bootloader.efi?.persistent === true;
  }

  /**
   * The Secrets of its ACPI tables, by the names of their disks.
   *
   * @internal
   */
  public get _acpiSecrets(): ReadonlyMap<string, string> {
    const { slicSecretName: slic, msdmSecretName: msdm } = this.options.acpiTables ?? {};
    return new Map(Object.entries({ slic, msdm }).filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  /**
   * The parts of `spec.template.spec.domain` that make the firmware. Secure boot without SMM is
   * refused: KubeVirt, vmi-create-admitter.go, validateDomainSpec (v1.6.2).
   *
   * @internal
   */
  public _render(): Record<string, Record<string, unknown>> {
    const { uuid, serial, kernelBoot } = this.options;
    const tables = [...this._acpiSecrets.keys()].map((name) => [`${name}NameRef`, name]);
    const firmware = {
      bootloader: Object.keys(this.bootloader).length > 0 ? this.bootloader : undefined,
      uuid,
      serial,
      kernelBoot: kernelBoot?._render(),
      acpi: tables.length > 0 ? (Object.fromEntries(tables) as Record<string, string>) : undefined,
    };
    return this._needsSmm ? { firmware, features: { smm: { enabled: true } } } : { firmware };
  }
}

function check<T>(factory: string, options: T, checks: PropChecks<T>): void {
  const faults = new Faults(factory);
  checkOptions<T>(faults, options, checks);
  faults.refuse();
}
