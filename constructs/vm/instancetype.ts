import { checkLabel, checkName } from '../shared/checks';
import { Faults } from '../shared/refusal';

/** The reference as it is in the manifest. */
export interface RenderedMatcher {
  readonly kind?: string;
  readonly name?: string;
  readonly inferFromVolume?: string;
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

  /**
   * The one that labels of a disk of the VM name: of its claim, or of the DataSource that fills it.
   *
   * @param disk Name of the disk in the VM: 'rootdisk', unless its options say otherwise.
   * @throws if it is not the name of a disk.
   */
  public static inferredFrom(disk: string): Instancetype {
    return new Instancetype(inferred('Instancetype.inferredFrom', disk));
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

  /**
   * The one that labels of a disk of the VM name: of its claim, or of the DataSource that fills it.
   *
   * @param disk Name of the disk in the VM: 'rootdisk', unless its options say otherwise.
   * @throws if it is not the name of a disk.
   */
  public static inferredFrom(disk: string): Preference {
    return new Preference(inferred('Preference.inferredFrom', disk));
  }

  private constructor(private readonly matcher: RenderedMatcher) {}

  /** @internal */
  public _render(): RenderedMatcher {
    return this.matcher;
  }
}

function inferred(factory: string, disk: string): RenderedMatcher {
  const faults = new Faults(factory);
  checkLabel(faults, 'disk', disk);
  faults.refuse();
  return { inferFromVolume: disk };
}

function matcher(factory: string, kind: string, name: string): RenderedMatcher {
  const faults = new Faults(factory);
  checkName(faults, 'name', name);
  faults.refuse();
  return { kind, name };
}
