/**
 * A trusted platform module (TPM 2.0) of the guest, which Windows 11 asks for.
 *
 * @see https://kubevirt.io/user-guide/compute/persistent_tpm_and_uefi_state/
 */
export class Tpm {
  /** A TPM that forgets its keys when the VM stops. */
  public static volatile(): Tpm {
    return new Tpm({});
  }

  /**
   * A TPM that keeps its keys, in a small claim that KubeVirt makes, of the storage class that `vmStateStorageClass` of the
   * KubeVirt object names, else of the default class.
   */
  public static persistent(): Tpm {
    return new Tpm({ persistent: true });
  }

  /** No TPM, whatever the preference says. */
  public static disabled(): Tpm {
    return new Tpm({ enabled: false });
  }

  private constructor(private readonly rendered: Record<string, boolean>) {}

  /** @internal */
  public _render(): Record<string, boolean> {
    return { ...this.rendered };
  }
}
