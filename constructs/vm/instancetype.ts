import { checkName } from '../shared/checks';
import { Faults } from '../shared/refusal';

/** The reference as it is in the manifest. */
export interface RenderedMatcher {
  readonly kind: string;
  readonly name: string;
}

/**
 * An instance type by name: CPU and memory that an administrator has named.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/
 */
export class Instancetype {
  /**
   * A VirtualMachineClusterInstancetype, such as `u1.medium`, which KubeVirt brings along.
   *
   * @throws if Kubernetes does not accept the name.
   */
  public static cluster(name: string): Instancetype {
    return new Instancetype(matcher('Instancetype.cluster', 'VirtualMachineClusterInstancetype', name));
  }

  /**
   * A VirtualMachineInstancetype of the VM's namespace.
   *
   * @throws if Kubernetes does not accept the name.
   */
  public static namespaced(name: string): Instancetype {
    return new Instancetype(matcher('Instancetype.namespaced', 'VirtualMachineInstancetype', name));
  }

  private constructor(private readonly matcher: RenderedMatcher) {}

  /** @internal */
  public _render(): RenderedMatcher {
    return this.matcher;
  }
}

/**
 * A preference by name: the settings that suit a guest operating system, where the VM does not say otherwise.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/#virtualmachinepreference
 */
export class Preference {
  /**
   * A VirtualMachineClusterPreference, such as `ubuntu`, which KubeVirt brings along.
   *
   * @throws if Kubernetes does not accept the name.
   */
  public static cluster(name: string): Preference {
    return new Preference(matcher('Preference.cluster', 'VirtualMachineClusterPreference', name));
  }

  /**
   * A VirtualMachinePreference of the VM's namespace.
   *
   * @throws if Kubernetes does not accept the name.
   */
  public static namespaced(name: string): Preference {
    return new Preference(matcher('Preference.namespaced', 'VirtualMachinePreference', name));
  }

  private constructor(private readonly matcher: RenderedMatcher) {}

  /** @internal */
  public _render(): RenderedMatcher {
    return this.matcher;
  }
}

function matcher(factory: string, kind: string, name: string): RenderedMatcher {
  const faults = new Faults(factory);
  checkName(faults, 'name', name);
  faults.refuse();
  return { kind, name };
}
