import { checkBoolean, checkText } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { checkPart } from './part-checks';

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

const UEFI_OPTIONS = { uuid: true, serial: true, persistent: true } as const;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
  public static bios(options: FirmwareOptions = {}): Firmware {
    checkOptions('Firmware.bios', options, { uuid: true, serial: true });
    return new Firmware({ bios: {} }, options, false);
  }

  /**
   * UEFI (OVMF) without secure boot.
   *
   * @throws if an option is not one of a UEFI firmware.
   */
  public static uefi(options: UefiOptions = {}): Firmware {
    checkOptions('Firmware.uefi', options, UEFI_OPTIONS);
    return new Firmware({ efi: { secureBoot: false, persistent: options.persistent } }, options, false);
  }

  /**
   * UEFI (OVMF) that starts only signed boot loaders. It brings system management mode (SMM), which it needs.
   *
   * @throws if an option is not one of a UEFI firmware.
   */
  public static secureBoot(options: UefiOptions = {}): Firmware {
    checkOptions('Firmware.secureBoot', options, UEFI_OPTIONS);
    return new Firmware({ efi: { secureBoot: true, persistent: options.persistent } }, options, true);
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
   * The parts of `spec.template.spec.domain` that make the firmware. Secure boot without SMM is
   * refused: KubeVirt, vmi-create-admitter.go, validateDomainSpec (v1.6.2).
   *
   * @internal
   */
  public _render(): Record<string, Record<string, unknown>> {
    const { uuid, serial } = this.options;
    const firmware = { bootloader: this.bootloader, uuid, serial };
    return this._needsSmm ? { firmware, features: { smm: { enabled: true } } } : { firmware };
  }
}

function checkOptions<T extends UefiOptions>(
  factory: string,
  options: T,
  known: { readonly [key in keyof Required<T>]: true },
): void {
  const faults = new Faults(factory);
  if (checkPart(faults, 'options', options, known)) {
    if (options.uuid !== undefined && (typeof options.uuid !== 'string' || !UUID.test(options.uuid))) {
      faults.add('uuid', "be a UUID such as '5d307ca9-b3ef-428c-8861-06e72d69f223'", options.uuid);
    }
    if (options.serial !== undefined) checkText(faults, 'serial', options.serial);
    checkBoolean(faults, 'persistent', options.persistent);
  }
  faults.refuse();
}
