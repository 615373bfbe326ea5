/**
 * Memory that the node cannot read: the guest runs encrypted, on processors that can.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export class LaunchSecurity {
  /** AMD's Secure Encrypted Virtualization; it needs UEFI without secure boot. */
  public static sev(): LaunchSecurity {
    return new LaunchSecurity({ sev: {} });
  }

  /** SEV whose processor registers are encrypted too (SEV-ES). */
  public static sevEs(): LaunchSecurity {
    return new LaunchSecurity({ sev: { policy: { encryptedState: true } } });
  }

  /** AMD's SEV-SNP. */
  public static snp(): LaunchSecurity {
    return new LaunchSecurity({ snp: {} });
  }

  /** Intel's Trust Domain Extensions. */
  public static tdx(): LaunchSecurity {
    return new LaunchSecurity({ tdx: {} });
  }

  /** IBM's Secure Execution on s390x, which the guest's own boot image asks for. */
  public static secureExecution(): LaunchSecurity {
    return new LaunchSecurity({});
  }

  private constructor(private readonly rendered: Record<string, unknown>) {}

  /** @internal */
  public _render(): Record<string, unknown> {
    return { ...this.rendered };
  }
}
