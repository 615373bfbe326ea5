import { isObject, objectAt, textAt, valueAt } from '../manifests/json';
import type { Json } from '../rule';
import { isKubeVirt } from './config';
import { groupOf } from './kinds';

/** Changes the KubeVirt object that the operator makes: controllers/common/consts.go, JSONPatchKVAnnotationName. */
const PATCH = 'kubevirt.kubevirt.io/jsonpatch';

/**
 * How KubeVirt is set, as far as the manifests say it: by the KubeVirt object, else by the HyperConverged object, of which
 * an operator makes that one.
 *
 * | HyperConverged v1beta1 | v1 | `spec.configuration` of KubeVirt |
 * | --- | --- | --- |
 * | any | any | `network.defaultNetworkInterface` is masquerade, `network.binding` has l2bridge, which migrates |
 * | `networkBinding` | not read | `network.binding` |
 * | `evictionStrategy` | `virtualization.evictionStrategy` | `evictionStrategy` |
 * | `vmStateStorageClass` | not read | `vmStateStorageClass` |
 *
 * kubevirt/hyperconverged-cluster-operator: controllers/handlers/kubevirt.go, getKVConfig and getNetworkBindings. A patch
 * by annotation may change all of it.
 */
export class KubeVirtSettings {
  private kubevirt: Json | undefined;
  private hyperConverged: Json | undefined;

  /** Takes in an object, where it is one that sets KubeVirt. */
  public note(object: Json): void {
    if (isKubeVirt(object)) this.kubevirt = object;
    if (object.kind === 'HyperConverged' && groupOf(object) === 'hco.kubevirt.io') this.hyperConverged = object;
  }

  /** Whether nothing is at hand: KubeVirt is taken to be as its release makes it. */
  public get areDefaults(): boolean {
    return this.kubevirt === undefined && this.hyperConverged === undefined;
  }

  /** Why it is not known how KubeVirt is set. */
  public get unknown(): string | undefined {
    if (this.kubevirt !== undefined || this.hyperConverged === undefined) return undefined;
    return valueAt(this.hyperConverged, 'metadata', 'annotations', PATCH) === undefined
      ? undefined
      : 'how KubeVirt is set is not known (the HyperConverged object patches it)';
  }

  /** How a VM that names no network is connected. */
  public get defaultInterface(): string {
    const made = this.kubevirt === undefined && this.hyperConverged !== undefined ? 'masquerade' : 'bridge';
    return textAt(this.configuration, 'network', 'defaultNetworkInterface') || made;
  }

  /** The eviction strategy of VMs that name none; empty where none is known. */
  public get evictionStrategy(): string {
    return textAt(this.configuration, 'evictionStrategy');
  }

  /** The class of the state of TPM and EFI; empty: the default class. Nothing where it is not known. */
  public get stateStorageClass(): string | undefined {
    const isRead = this.kubevirt !== undefined || this.hyperConverged === undefined || isBeta(this.hyperConverged);
    return isRead && this.unknown === undefined ? textAt(this.configuration, 'vmStateStorageClass') : undefined;
  }

  /** `minimumClusterTSCFrequency`, in Hz. */
  public get minimumTscFrequency(): number | undefined {
    const frequency = valueAt(this.configuration, 'developerConfiguration', 'minimumClusterTSCFrequency');
    return typeof frequency === 'number' ? frequency : undefined;
  }

  /** Of the binding plugins whether they migrate; nothing where it is not known of the one that is asked for. */
  public bindingPlugins(asked: string | undefined): ReadonlyMap<string, boolean> | undefined {
    const bindings = Object.entries(objectAt(this.configuration, 'network', 'binding') ?? {});
    const plugins = new Map(bindings.map(([name, plugin]) => [name, isObject(valueAt(plugin, 'migration'))]));
    return this.kubevirt !== undefined || (asked !== undefined && plugins.has(asked)) ? plugins : undefined;
  }

  /** `spec.configuration` of the KubeVirt object, as far as it is known. */
  private get configuration(): Json {
    if (this.kubevirt !== undefined) return objectAt(this.kubevirt, 'spec', 'configuration') ?? {};
    return this.hyperConverged === undefined || this.unknown !== undefined ? {} : madeOf(this.hyperConverged);
  }
}

function isBeta(hyperConverged: Json): boolean {
  return hyperConverged.apiVersion === 'hco.kubevirt.io/v1beta1';
}

function madeOf(hyperConverged: Json): Json {
  const spec = objectAt(hyperConverged, 'spec') ?? {};
  const isRead = isBeta(hyperConverged);
  return {
    network: { binding: { ...(isRead ? objectAt(spec, 'networkBinding') : {}), l2bridge: { migration: {} } } },
    evictionStrategy: isRead ? spec.evictionStrategy : valueAt(spec, 'virtualization', 'evictionStrategy'),
    vmStateStorageClass: isRead ? spec.vmStateStorageClass : undefined,
  };
}
