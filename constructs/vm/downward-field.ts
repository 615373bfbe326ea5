import { aText, checkOptions, oneOf, PropChecks, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** How a field of the VM becomes a file. */
export interface DownwardFieldOptions {
  /**
   * Permissions of the file, such as `0o644`.
   *
   * @default - Kubernetes' own: 0o644
   */
  readonly mode?: number;
}

/** What an amount of the VM's pod is divided by, and whose it is. */
export interface DownwardResourceOptions extends DownwardFieldOptions {
  /**
   * Name of the container.
   *
   * @default - KubeVirt's own: `compute`, in which QEMU runs
   */
  readonly containerName?: string;

  /**
   * What the amount is divided by, such as `1Mi`.
   *
   * @default - Kubernetes' own: 1
   */
  readonly divisor?: string;
}

/** An amount that the VM's pod asks for, or may not pass. */
export enum DownwardResource {
  /** CPU time at the most. */
  CPU_LIMIT = 'limits.cpu',
  /** Memory at the most. */
  MEMORY_LIMIT = 'limits.memory',
  /** CPU time that is asked for. */
  CPU_REQUEST = 'requests.cpu',
  /** Memory that is asked for. */
  MEMORY_REQUEST = 'requests.memory',
}

/** Fields of a pod that a file can hold: Kubernetes, pkg/apis/core/validation, validVolumeDownwardAPIFieldPathExpressions. */
const FIELD = /^metadata\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\['[^']+'\])$/;
const OPTIONS: PropChecks<DownwardFieldOptions> = { mode: wholeNumber(0, 0o777) };
const RESOURCE_OPTIONS: PropChecks<DownwardResourceOptions> = { ...OPTIONS, containerName: aText, divisor: aText };

/**
 * A file of a `Volume.downwardApi`: what Kubernetes knows of the VM's pod, for the guest to read.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export class DownwardField {
  /**
   * A field of the pod's metadata.
   *
   * @param path Of the file.
   * @param fieldPath Such as `metadata.name`, `metadata.labels`, or `metadata.annotations['example.com/key']`.
   * @throws if it is not such a field, or the path leads elsewhere; all faults in one error.
   */
  public static field(path: string, fieldPath: string, options: DownwardFieldOptions = {}): DownwardField {
    const faults = new Faults('DownwardField.field');
    checkPath(faults, path);
    if (typeof fieldPath !== 'string' || !FIELD.test(fieldPath)) {
      faults.add('fieldPath', "be a field such as 'metadata.name' or 'metadata.labels'", fieldPath);
    }
    checkOptions<DownwardFieldOptions>(faults, options, OPTIONS);
    faults.refuse();
    return new DownwardField({ path, mode: options.mode, fieldRef: { fieldPath } });
  }

  /**
   * An amount that the pod asks for, or may not pass.
   *
   * @param path Of the file.
   * @throws if it is not such an amount, or the path leads elsewhere; all faults in one error.
   */
  public static resource(
    path: string,
    resource: DownwardResource,
    options: DownwardResourceOptions = {},
  ): DownwardField {
    const faults = new Faults('DownwardField.resource');
    checkPath(faults, path);
    oneOf(DownwardResource)(faults, 'resource', resource ?? null);
    checkOptions<DownwardResourceOptions>(faults, options, RESOURCE_OPTIONS);
    faults.refuse();
    const { mode, divisor, containerName = 'compute' } = options;
    const reference = { resource, containerName, divisor: divisor && { value: divisor } };
    return new DownwardField({ path, mode, resourceFieldRef: reference });
  }

  private constructor(private readonly rendered: Record<string, unknown>) {}

  /** @internal */
  public _render(): Record<string, unknown> {
    return { ...this.rendered };
  }
}

function checkPath(faults: Faults, path: unknown): void {
  const isLine = typeof path === 'string' && /^[^/\n\r\u2028\u2029][^\n\r\u2028\u2029]*$/.test(path);
  if (!isLine || path.split('/').includes('..'))
    faults.add('path', "be a path that starts without '/' and has no '..'", path);
}
