import { Construct } from 'constructs';
import { generated } from '../generated';
import {
  addClusterObject,
  addObject,
  checkProps,
  CLUSTER_OBJECT_PROPS,
  ClusterObjectProps,
  OBJECT_PROPS,
  objectName,
  objectNamespace,
  ObjectProps,
} from '../shared/api-object';
import { keysOf } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { Preference } from './instancetype';
import { checkPreferenceSpec, PREFERENCE_SPEC, PreferenceSpec, renderPreferenceSpec } from './preference-spec';

/** A preference of a namespace. */
export interface VirtualMachinePreferenceProps extends ObjectProps, PreferenceSpec {}

/** A preference of the cluster. */
export interface VirtualMachineClusterPreferenceProps extends ClusterObjectProps, PreferenceSpec {}

/**
 * A preference for the VMs of its namespace: what suits a guest operating system, where the VM does not say otherwise.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/#virtualmachinepreference
 */
export class VirtualMachinePreference extends Construct {
  /** Name of the VirtualMachinePreference. */
  public readonly name: string;

  /** Namespace of the VirtualMachinePreference, as far as the manifest says. */
  public readonly namespace?: string;

  /**
   * A preference for the VMs of its namespace.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachinePreference, unless `name` says otherwise.
   * @param props What it brings.
   * @throws if KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachinePreferenceProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, { ...OBJECT_PROPS, ...keysOf(PREFERENCE_SPEC) });
    checkPreferenceSpec(faults, props);
    this.name = objectName(id, props);
    this.namespace = objectNamespace(faults, scope, props);
    faults.refuse();
    addObject(this, generated.instancetype.VirtualMachinePreference, props, { spec: renderPreferenceSpec(props) });
  }

  /** It, as VMs of its namespace take it. */
  public get preference(): Preference {
    return Preference.namespaced(this.name);
  }
}

/**
 * A preference for all VMs of the cluster: what suits a guest operating system, where the VM does not say otherwise.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/#virtualmachinepreference
 */
export class VirtualMachineClusterPreference extends Construct {
  /** Name of the VirtualMachineClusterPreference. */
  public readonly name: string;

  /**
   * A preference for all VMs of the cluster.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineClusterPreference, unless `name` says otherwise.
   * @param props What it brings.
   * @throws if KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachineClusterPreferenceProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, { ...CLUSTER_OBJECT_PROPS, ...keysOf(PREFERENCE_SPEC) });
    checkPreferenceSpec(faults, props);
    faults.refuse();
    this.name = objectName(id, props);
    const { VirtualMachineClusterPreference: Resource } = generated.instancetype;
    addClusterObject(this, Resource, props, { spec: renderPreferenceSpec(props) });
  }

  /** It, as VMs take it. */
  public get preference(): Preference {
    return Preference.cluster(this.name);
  }
}
