import { aBoolean, aText, checkOptions, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** What a guest with encrypted memory is started with. */
export interface SevOptions {
  /**
   * Whether the owner of the guest looks at the measurement of its memory before it runs. It needs
   * `startStrategy: StartStrategy.PAUSED`.
   *
   * @default false
   */
  readonly attestation?: boolean;

  /**
   * Base64 of the session that the owner of the guest has prepared; it goes with `dhCert`.
   *
   * @default - none
   */
  readonly session?: string;

  /**
   * Base64 of the owner's Diffie-Hellman key; it goes with `session`.
   *
   * @default - none
   */
  readonly dhCert?: string;
}

const OPTIONS: PropChecks<SevOptions> = { attestation: aBoolean, session: aText, dhCert: aText };

/**
 * Memory that the node cannot read: the guest runs encrypted, on processors that can.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export class LaunchSecurity {
  /**
   * AMD's Secure Encrypted Virtualization; it needs UEFI without secure boot.
   *
   * @throws if an option is not what it must be.
   */
  public static sev(options: SevOptions = {}): LaunchSecurity {
    return new LaunchSecurity({ sev: sev('LaunchSecurity.sev', options) });
  }

  /**
   * SEV whose processor registers are encrypted too (SEV-ES); it needs UEFI without secure boot.
   *
   * @throws if an option is not what it must be.
   */
  public static sevEs(options: SevOptions = {}): LaunchSecurity {
    const policy = { encryptedState: true };
    return new LaunchSecurity({ sev: { ...sev('LaunchSecurity.sevEs', options), policy } });
  }

  /** AMD's SEV-SNP; it needs UEFI without secure boot, and keeps no UEFI variables. */
  public static snp(): LaunchSecurity {
    return new LaunchSecurity({ snp: {} });
  }

  /** Intel's Trust Domain Extensions; it needs UEFI, which keeps no variables, and no system management mode. */
  public static tdx(): LaunchSecurity {
    return new LaunchSecurity({ tdx: {} });
  }

  /** IBM's Secure Execution, which the guest's own boot image asks for; it needs `architecture: Architecture.S390X`. */
  public static secureExecution(): LaunchSecurity {
    return new LaunchSecurity({});
  }

  private constructor(private readonly rendered: LaunchSecurityParts) {}

  /**
   * Which it is, by KubeVirt's word; undefined for Secure Execution.
   *
   * @internal
   */
  public get _type(): string | undefined {
    return Object.keys(this.rendered)[0];
  }

  /**
   * Whether the guest must start paused.
   *
   * @internal
   */
  public get _needsPause(): boolean {
    return this.rendered.sev?.attestation !== undefined;
  }

  /** @internal */
  public _render(): Record<string, unknown> {
    return { ...this.rendered };
  }
}

interface SevParts {
  readonly attestation?: object;
  readonly session?: string;
  readonly dhCert?: string;
  readonly policy?: object;
}

interface LaunchSecurityParts {
  readonly sev?: SevParts;
  readonly [part: string]: object | undefined;
}

function sev(factory: string, options: SevOptions): SevParts {
  const faults = new Faults(factory);
  checkOptions<SevOptions>(faults, options, OPTIONS);
  faults.refuse();
  const { attestation, session, dhCert } = options;
  return { attestation: attestation === true ? {} : undefined, session, dhCert };
}
