import { checkLabel, checkName } from '../shared/checks';
import { aBoolean, aName, checkOptions, oneOf, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** The reference as it is in the manifest. */
export interface RenderedMatcher {
  readonly kind?: string;
  readonly name?: string;
  readonly inferFromVolume?: string;
  readonly inferFromVolumeFailurePolicy?: string;
  readonly revisionName?: string;
}

/** What happens where the labels of a disk name no instance type or preference. */
export enum InferenceFailurePolicy {
  /** The VM is refused. */
  REJECT = 'Reject',
  /** The VM is made without one. */
  IGNORE = 'Ignore',
}

/** How an instance type or a preference is inferred. */
export interface InferenceOptions {
  /**
   * What happens where the labels of the disk name none.
   *
   * @default - KubeVirt's own: InferenceFailurePolicy.REJECT
   */
  readonly failurePolicy?: InferenceFailurePolicy;
}

/** Which state of an instance type or a preference is meant. */
export interface RevisionOptions {
  /**
   * Name of the ControllerRevision that holds an earlier state, as KubeVirt writes it into the VM.
   *
   * @default - the state at the first start of the VM
   */
  readonly revisionName?: string;
}

/** Which state of an instance type is meant, and what may stand beside it. */
export interface InstancetypeOptions extends RevisionOptions {
  /**
   * Whether the machine may say itself what its instance type brings: processors and memory. KubeVirt accepts such a VM only
   * where there is no instance type of that name yet, and does not start it.
   *
   * @default false
   */
  readonly conflictsAllowed?: boolean;
}

/** The disk that an instance type or a preference is inferred from. */
export interface Inference {
  readonly disk: string;
  readonly ignoresFailure: boolean;
}

const INFERENCE: PropChecks<InferenceOptions> = { failurePolicy: oneOf(InferenceFailurePolicy) };
const REVISION: PropChecks<RevisionOptions> = { revisionName: aName };
const TYPE: PropChecks<InstancetypeOptions> = { ...REVISION, conflictsAllowed: aBoolean };

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
  public static cluster(name: string, options: InstancetypeOptions = {}): Instancetype {
    const rendered = matcher('Instancetype.cluster', 'VirtualMachineClusterInstancetype', name, options, TYPE);
    return new Instancetype(rendered, options.conflictsAllowed);
  }

  /**
   * A VirtualMachineInstancetype of the VM's namespace.
   *
   * @throws if Kubernetes does not accept the name.
   */
  public static namespaced(name: string, options: InstancetypeOptions = {}): Instancetype {
    const rendered = matcher('Instancetype.namespaced', 'VirtualMachineInstancetype', name, options, TYPE);
    return new Instancetype(rendered, options.conflictsAllowed);
  }

  /**
   * The one that labels of a disk of the VM name: of its claim, or of the DataSource that fills it.
   *
   * @param disk Name of the disk in the VM: 'rootdisk', unless its options say otherwise.
   * @throws if it is not the name of a disk.
   */
  public static inferredFrom(disk: string, options: InferenceOptions = {}): Instancetype {
    return new Instancetype(inferred('Instancetype.inferredFrom', disk, options));
  }

  private constructor(
    private readonly matcher: RenderedMatcher,
    /**
     * Whether the machine may say itself what its instance type brings.
     *
     * @internal
     */
    public readonly _conflictsAllowed = false,
  ) {}

  /** @internal */
  public get _inference(): Inference | undefined {
    return inferenceOf(this.matcher);
  }

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
  public static cluster(name: string, options: RevisionOptions = {}): Preference {
    return new Preference(matcher('Preference.cluster', 'VirtualMachineClusterPreference', name, options));
  }

  /**
   * A VirtualMachinePreference of the VM's namespace.
   *
   * @throws if Kubernetes does not accept the name.
   */
  public static namespaced(name: string, options: RevisionOptions = {}): Preference {
    return new Preference(matcher('Preference.namespaced', 'VirtualMachinePreference', name, options));
  }

  /**
   * The one that labels of a disk of the VM name: of its claim, or of the DataSource that fills it.
   *
   * @param disk Name of the disk in the VM: 'rootdisk', unless its options say otherwise.
   * @throws if it is not the name of a disk.
   */
  public static inferredFrom(disk: string, options: InferenceOptions = {}): Preference {
    return new Preference(inferred('Preference.inferredFrom', disk, options));
  }

  private constructor(private readonly matcher: RenderedMatcher) {}

  /** @internal */
  public get _inference(): Inference | undefined {
    return inferenceOf(this.matcher);
  }

  /** @internal */
  public _render(): RenderedMatcher {
    return this.matcher;
  }
}

function inferred(factory: string, disk: string, options: InferenceOptions): RenderedMatcher {
  const faults = new Faults(factory);
  checkLabel(faults, 'disk', disk);
  checkOptions<InferenceOptions>(faults, options, INFERENCE);
  faults.refuse();
  return { inferFromVolume: disk, inferFromVolumeFailurePolicy: options.failurePolicy };
}

function inferenceOf(matcher: RenderedMatcher): Inference | undefined {
  const { inferFromVolume: disk, inferFromVolumeFailurePolicy: policy } = matcher;
  return disk === undefined ? undefined : { disk, ignoresFailure: policy === InferenceFailurePolicy.IGNORE };
}

function matcher(
  factory: string,
  kind: string,
  name: string,
  options: RevisionOptions,
  checks: PropChecks<RevisionOptions> = REVISION,
): RenderedMatcher {
  const faults = new Faults(factory);
  checkName(faults, 'name', name);
  checkOptions<RevisionOptions>(faults, options, checks);
  faults.refuse();
  return { kind, name, revisionName: options.revisionName };
}
