import { isObject, objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import type { Json } from '../rule';
import { ConfigOptions } from './config';
import { operatorGates, PATCH_ANNOTATION } from './hyper-converged';
import { kindOf } from './kinds';
import { operatorCdi } from './operator-cdi';
import { operatorConfiguration } from './operator-settings';
import { isAtLeast } from './release-order';

/** CDI: pkg/feature-gates/feature-gates.go, DataVolumeClaimAdoption. */
const CLAIM_ADOPTION = 'DataVolumeClaimAdoption';

/** What is known of the settings of a cluster besides its objects. */
export interface SettingsGiven extends Pick<ConfigOptions, 'featureGates' | 'configuration'> {
  /** Release of KubeVirt. */
  readonly release?: string;
  /** Whether nothing names that release. */
  readonly releaseAssumed?: boolean;
  /** Release of CDI. */
  readonly cdi?: string;
  /** The releases of HyperConverged up to the one of the cluster: an earlier one listed what has graduated since. */
  readonly operators?: readonly string[];
}

const DEFAULT_CPU_ALLOCATION_RATIO = 10;

/**
 * How KubeVirt and CDI are set, as far as the manifests say it: by the KubeVirt object, else by the HyperConverged object,
 * from which an operator writes the KubeVirt object (`operatorConfiguration`). A patch by annotation may change all of it.
 */
export class ClusterSettings {
  private kubevirt: Json | undefined;
  private hyperConverged: Json | undefined;
  private adoption = false;
  private cdiGates: readonly unknown[] | undefined;
  private cdiPods: Json | undefined;

  constructor(private readonly given: SettingsGiven = {}) {}

  /** Release of KubeVirt; undefined if nobody says. */
  public get release(): string | undefined {
    return this.given.release;
  }

  /** Takes in an object, if it is one that holds settings. */
  public note(object: Json): void {
    switch (kindOf(object)?.settings) {
      case 'KubeVirt':
        this.kubevirt = object;
        break;
      case 'HyperConverged': {
        this.hyperConverged = object;
        const cdi = operatorCdi(object);
        if (cdi === undefined) this.adoption = true;
        else this.noteCdi(cdi);
        break;
      }
      case 'CDI':
        this.noteCdi(object);
        break;
    }
  }

  private noteCdi(object: Json): void {
    const gates = valueAt(object, 'spec', 'config', 'featureGates');
    this.cdiPods = objectAt(object, 'spec', 'config', 'podResourceRequirements');
    this.cdiGates = Array.isArray(gates) ? (gates as unknown[]) : [];
    this.adoption ||= Array.isArray(gates) && gates.includes(CLAIM_ADOPTION);
  }

  /** Whether no object says how KubeVirt is set: it is taken to be as its release makes it. */
  public get areDefaults(): boolean {
    const { configuration } = this.given;
    return this.kubevirt === undefined && this.hyperConverged === undefined && configuration === undefined;
  }

  /** Why it is not known how KubeVirt is set; undefined if it is known. */
  public get unknown(): string | undefined {
    if (this.isStated || this.hyperConverged === undefined) return undefined;
    return valueAt(this.hyperConverged, 'metadata', 'annotations', PATCH_ANNOTATION) === undefined
      ? undefined
      : 'how KubeVirt is set is not known (the HyperConverged object patches it)';
  }

  /** How a VM that names no network is connected. */
  public get defaultInterface(): string {
    const byOperator = !this.isStated && this.hyperConverged !== undefined ? 'masquerade' : 'bridge';
    return textAt(this.configuration, 'network', 'defaultNetworkInterface') || byOperator;
  }

  /** Whether a change of a machine waits for its restart: `vmRolloutStrategy` is Stage. */
  public get isStaged(): boolean {
    return textAt(this.configuration, 'vmRolloutStrategy') === 'Stage';
  }

  /** Whether a feature gate is listed; HyperConverged may list any, if what it lists is not known. */
  public lists(gate: string): boolean {
    const { featureGates, operators = [] } = this.given;
    if (featureGates !== undefined) return featureGates.includes(gate);
    const { hyperConverged } = this;
    if (!this.isStated && hyperConverged !== undefined) {
      if (this.unknown !== undefined || operators.length === 0) return true;
      return operators.some((version) => operatorGates(hyperConverged, version).listed.includes(gate));
    }
    const gates = valueAt(this.configuration, 'developerConfiguration', 'featureGates');
    return Array.isArray(gates) && gates.includes(gate);
  }

  /**
   * Whether a disk image grows with its file system: the gate ExpandDisks is listed, or on by itself from KubeVirt v1.9 on
   * (pkg/virt-config/featuregate/active.go).
   */
  public get expandsDisks(): boolean {
    const { release, releaseAssumed } = this.given;
    return (
      this.lists('ExpandDisks') || (release !== undefined && releaseAssumed !== true && isAtLeast(release, 'v1.9.0'))
    );
  }

  /** The eviction strategy of VMs without one of their own; empty if it is not set, or not known. */
  public get evictionStrategy(): string {
    return textAt(this.configuration, 'evictionStrategy');
  }

  /** The class of the state of TPM and EFI: empty for the default class, undefined if it is not known. */
  public get stateStorageClass(): string | undefined {
    return this.unknown === undefined ? textAt(this.configuration, 'vmStateStorageClass') : undefined;
  }

  /** `minimumClusterTSCFrequency`, in Hz. */
  public get minimumTscFrequency(): number | undefined {
    const frequency = valueAt(this.configuration, 'developerConfiguration', 'minimumClusterTSCFrequency');
    return typeof frequency === 'number' ? frequency : undefined;
  }

  /** What is set of a container that KubeVirt adds to the pod of a machine: its resources; undefined if nothing is. */
  public supportContainer(type: string): Json | undefined {
    const all = objectsAt(this.configuration, 'supportContainerResources');
    return objectAt(
      all.find((one) => one.type === type),
      'resources',
    );
  }

  /** Whether the pod of a machine that says nothing logs its serial console; HyperConverged leaves that out. */
  public get logsSerialConsole(): boolean {
    if (!this.isStated && this.hyperConverged !== undefined) return false;
    return objectAt(this.configuration, 'virtualMachineOptions', 'disableSerialConsoleLog') === undefined;
  }

  /** What is set of the pods with which CDI fills claims; undefined if nothing is. */
  public get cdiPodResources(): Json | undefined {
    return this.cdiPods;
  }

  /** The CPU that KubeVirt requests for a machine without a request of its own. */
  public get cpuRequest(): unknown {
    return this.configuration.cpuRequest ?? undefined;
  }

  /** How many processors of guests share one of a node: KubeVirt, pkg/virt-config/virt-config.go, DefaultCPUAllocationRatio. */
  public get cpuAllocationRatio(): number {
    const ratio = valueAt(this.configuration, 'developerConfiguration', 'cpuAllocationRatio');
    return typeof ratio === 'number' && ratio > 0 ? ratio : DEFAULT_CPU_ALLOCATION_RATIO;
  }

  /** How much of its memory a guest gets for what its pod asks for, in percent; undefined if it is not set. */
  public get memoryOvercommit(): number | undefined {
    const percent = valueAt(this.configuration, 'developerConfiguration', 'memoryOvercommit');
    return typeof percent === 'number' ? percent : undefined;
  }

  /** Of the binding plugins whether they migrate; undefined if that is not known of the plugin that is asked for. */
  public bindingPlugins(asked: string | undefined): ReadonlyMap<string, boolean> | undefined {
    const bindings = Object.entries(objectAt(this.configuration, 'network', 'binding') ?? {});
    const plugins = new Map(bindings.map(([name, plugin]) => [name, isObject(valueAt(plugin, 'migration'))]));
    return this.isStated || (asked !== undefined && plugins.has(asked)) ? plugins : undefined;
  }

  /**
   * Whether every DataVolume may take over a claim of its name, as the operator of all switches it on; or may, since the CDI
   * object is patched.
   */
  public get adoptsClaims(): boolean {
    return this.adoption;
  }

  /**
   * Whether CDI leaves a claim of a class that waits for its first consumer alone until then: what its own manifest and the
   * operator of all ask for (CDI v1.63.1: manifests/templates/cdi-cr.yaml.in; pkg/feature-gates, HonorWaitForFirstConsumer).
   */
  public get waitsForConsumers(): boolean {
    return this.cdiGates === undefined || this.cdiGates.includes('HonorWaitForFirstConsumer');
  }

  /** Whether a KubeVirt object, or what is given, says how KubeVirt is set: HyperConverged is not asked then. */
  private get isStated(): boolean {
    return this.kubevirt !== undefined || this.given.configuration !== undefined;
  }

  /**
   * Whether a DataVolume with a volume mode for which the StorageProfile has no access modes gets those of another mode, as before
   * CDI v1.63.1: pkg/controller/datavolume/util.go, getDefaultAccessModes.
   */
  public get takesModesOfAnySet(): boolean {
    const { cdi } = this.given;
    return cdi !== undefined && !isAtLeast(cdi, 'v1.63.1');
  }

  /** `spec.configuration` of the KubeVirt object, as far as it is known. */
  private get configuration(): Json {
    if (this.given.configuration !== undefined) return this.given.configuration;
    if (this.kubevirt !== undefined) return objectAt(this.kubevirt, 'spec', 'configuration') ?? {};
    return this.hyperConverged === undefined || this.unknown !== undefined
      ? {}
      : operatorConfiguration(this.hyperConverged);
  }
}
