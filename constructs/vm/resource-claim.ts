import { aLabel, aName } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/**
 * A resource claim of the VM's pod (dynamic resource allocation): GPUs, host devices and networks name it as `claimName`.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
 */
export class ResourceClaim {
  /**
   * A ResourceClaim of the VM's namespace, which VMs may share.
   *
   * @param name What the VM calls it.
   * @param resourceClaimName Of the ResourceClaim.
   * @throws if Kubernetes does not accept a name; all faults in one error.
   */
  public static fromClaimName(name: string, resourceClaimName: string): ResourceClaim {
    const faults = new Faults('ResourceClaim.fromClaimName');
    aLabel(faults, 'name', name);
    aName(faults, 'resourceClaimName', resourceClaimName);
    faults.refuse();
    return new ResourceClaim(name, { resourceClaimName });
  }

  /**
   * A ResourceClaim that is made for the VM from a ResourceClaimTemplate of its namespace.
   *
   * @param name What the VM calls it.
   * @param resourceClaimTemplateName Of the ResourceClaimTemplate.
   * @throws if Kubernetes does not accept a name; all faults in one error.
   */
  public static fromTemplateName(name: string, resourceClaimTemplateName: string): ResourceClaim {
    const faults = new Faults('ResourceClaim.fromTemplateName');
    aLabel(faults, 'name', name);
    aName(faults, 'resourceClaimTemplateName', resourceClaimTemplateName);
    faults.refuse();
    return new ResourceClaim(name, { resourceClaimTemplateName });
  }

  private constructor(
    /** What the VM calls it. */
    public readonly name: string,
    private readonly source: Record<string, string>,
  ) {}

  /** @internal */
  public _render(): Record<string, string> {
    return { name: this.name, ...this.source };
  }
}
