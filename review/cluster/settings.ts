import { isObject, objectAt, textAt, valueAt } from '../manifests/json';
import type { Json } from '../rule';
import { PATCH_ANNOTATION } from './hyper-converged';
import { kindOf } from './kinds';
import { operatorConfiguration } from './operator-settings';

/** CDI: pkg/feature-gates/feature-gates.go, DataVolumeClaimAdoption. */
const CLAIM_ADOPTION = 'DataVolumeClaimAdoption';

/**
 * How KubeVirt and CDI are set, as far as the manifests say it: by the KubeVirt object, else by the HyperConverged object,
 * from which an operator writes the KubeVirt object (`operatorConfiguration`). A patch by annotation may change all of it.
 */
export class ClusterSettings {
  private kubevirt: Json | undefined;
  private hyperConverged: Json | undefined;
  private adoption = false;
  private cdiGates: readonly unknown[] | undefined;

  /** Takes in an object, if it is one that holds settings. */
  public note(object: Json): void {
    switch (kindOf(object)?.settings) {
      case 'KubeVirt':
        this.kubevirt = object;
        break;
      case 'HyperConverged':
        this.hyperConverged = object;
        break;
      case 'CDI': {
        const gates = valueAt(object, 'spec', 'config', 'featureGates');
        this.cdiGates = Array.isArray(gates) ? (gates as unknown[]) : [];
        this.adoption ||= Array.isArray(gates) && gates.includes(CLAIM_ADOPTION);
        break;
      }
    }
  }

  /** Whether no object says how KubeVirt is set: it is taken to be as its release makes it. */
  public get areDefaults(): boolean {
    return this.kubevirt === undefined && this.hyperConverged === undefined;
  }

  /** Why it is not known how KubeVirt is set; undefined if it is known. */
  public get unknown(): string | undefined {
    if (this.kubevirt !== undefined || this.hyperConverged === undefined) return undefined;
    return valueAt(this.hyperConverged, 'metadata', 'annotations', PATCH_ANNOTATION) === undefined
      ? undefined
      : 'how KubeVirt is set is not known (the HyperConverged object patches it)';
  }

  /** How a VM that names no network is connected. */
  public get defaultInterface(): string {
    const byOperator = this.kubevirt === undefined && this.hyperConverged !== undefined ? 'masquerade' : 'bridge';
    return textAt(this.configuration, 'network', 'defaultNetworkInterface') || byOperator;
  }

  /** Whether a change of a machine waits for its restart: `vmRolloutStrategy` is Stage. */
  public get isStaged(): boolean {
    return textAt(this.configuration, 'vmRolloutStrategy') === 'Stage';
  }

  /** Whether a feature gate is listed. */
  public lists(gate: string): boolean {
    const gates = valueAt(this.configuration, 'developerConfiguration', 'featureGates');
    return Array.isArray(gates) && gates.includes(gate);
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

  /** The CPU that KubeVirt requests for a machine without a request of its own. */
  public get cpuRequest(): unknown {
    return this.configuration.cpuRequest ?? undefined;
  }

  /** Of the binding plugins whether they migrate; undefined if that is not known of the plugin that is asked for. */
  public bindingPlugins(asked: string | undefined): ReadonlyMap<string, boolean> | undefined {
    const bindings = Object.entries(objectAt(this.configuration, 'network', 'binding') ?? {});
    const plugins = new Map(bindings.map(([name, plugin]) => [name, isObject(valueAt(plugin, 'migration'))]));
    return this.kubevirt !== undefined || (asked !== undefined && plugins.has(asked)) ? plugins : undefined;
  }

  /**
   * Whether every DataVolume may take over a claim of its name. The operator of all switches that on in the CDI object that
   * it writes: hyperconverged-cluster-operator, controllers/handlers/cdi.go, NewCDI.
   */
  public get adoptsClaims(): boolean {
    return this.adoption || this.hyperConverged !== undefined;
  }

  /**
   * Whether CDI leaves a claim of a class that waits for its first consumer alone until then: what its own manifest and the
   * operator of all ask for (CDI v1.63.1: manifests/templates/cdi-cr.yaml.in; pkg/feature-gates, HonorWaitForFirstConsumer).
   */
  public get waitsForConsumers(): boolean {
    return this.cdiGates === undefined || this.cdiGates.includes('HonorWaitForFirstConsumer');
  }

  /** `spec.configuration` of the KubeVirt object, as far as it is known. */
  private get configuration(): Json {
    if (this.kubevirt !== undefined) return objectAt(this.kubevirt, 'spec', 'configuration') ?? {};
    return this.hyperConverged === undefined || this.unknown !== undefined
      ? {}
      : operatorConfiguration(this.hyperConverged);
  }
}
