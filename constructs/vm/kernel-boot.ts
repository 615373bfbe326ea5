import { ImagePullPolicy } from 'cdk8s-plus-27';
import { aFile, aName, aText, checkEach, oneOf, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** What a kernel from a container image is started with. */
export interface KernelBootOptions {
  /**
   * Path of the kernel in the image.
   *
   * @default - none; then `initrdPath` must be given
   */
  readonly kernelPath?: string;

  /**
   * Path of the initial RAM disk in the image.
   *
   * @default - none; then `kernelPath` must be given
   */
  readonly initrdPath?: string;

  /**
   * Arguments of the kernel, such as `console=ttyS0`.
   *
   * @default - none
   */
  readonly kernelArgs?: string;

  /**
   * When the node pulls the image.
   *
   * @default - Kubernetes' own: always for the tag `latest`, else if the node does not have it
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Name of a Secret of the VM's namespace with the login of the registry.
   *
   * @default - none
   */
  readonly imagePullSecret?: string;
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateKernelBoot. */
const OPTIONS: PropChecks<KernelBootOptions> = {
  kernelPath: aFile,
  initrdPath: aFile,
  kernelArgs: aText,
  imagePullPolicy: oneOf(ImagePullPolicy),
  imagePullSecret: aName,
};

/**
 * A kernel that starts in the place of a boot loader: it comes in a container image, and so may its initial RAM disk.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/boot_from_external_source/
 */
export class KernelBoot {
  /**
   * The kernel of a container image.
   *
   * @param image As a pod names it, such as `quay.io/example/kernel:6.1`.
   * @throws if neither kernel nor RAM disk is named, or a value is not what it must be; all faults in one error.
   */
  public static fromImage(image: string, options: KernelBootOptions): KernelBoot {
    const faults = new Faults('KernelBoot.fromImage');
    aText(faults, 'image', image);
    if (checkEach<KernelBootOptions>(faults, 'options', options, OPTIONS)) {
      const { kernelPath, initrdPath } = options;
      if (kernelPath === undefined && initrdPath === undefined) {
        faults.add('options.kernelPath', "be given, or 'initrdPath'", undefined);
      }
    }
    faults.refuse();
    const { kernelArgs, ...container } = options;
    return new KernelBoot({ kernelArgs, container: { image, ...container } });
  }

  private constructor(private readonly rendered: Record<string, unknown>) {}

  /** @internal */
  public _render(): Record<string, unknown> {
    return { ...this.rendered };
  }
}
