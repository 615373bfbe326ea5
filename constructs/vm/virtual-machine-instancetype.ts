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
import { Instancetype } from './instancetype';
import {
  checkInstancetypeSpec,
  INSTANCETYPE_SPEC,
  InstancetypeSpec,
  renderInstancetypeSpec,
} from './instancetype-spec';

/** An instance type of a namespace. */
export interface VirtualMachineInstancetypeProps extends ObjectProps, InstancetypeSpec {}

/** An instance type of the cluster. */
export interface VirtualMachineClusterInstancetypeProps extends ClusterObjectProps, InstancetypeSpec {}

/**
 * An instance type for the VMs of its namespace. What it brings is settled for a VM when the VM is made.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/
 */
export class VirtualMachineInstancetype extends Construct {
  /** Name of the VirtualMachineInstancetype. */
  public readonly name: string;

  /** Namespace of the VirtualMachineInstancetype, as far as the manifest says. */
  public readonly namespace?: string;

  /**
   * An instance type for the VMs of its namespace.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineInstancetype, unless `name` says otherwise.
   * @param props What it brings.
   * @throws if KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachineInstancetypeProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, { ...OBJECT_PROPS, ...keysOf(INSTANCETYPE_SPEC) });
    checkInstancetypeSpec(faults, props);
    this.name = objectName(id, props);
    this.namespace = objectNamespace(faults, scope, props);
    faults.refuse();
    addObject(this, generated.instancetype.VirtualMachineInstancetype, props, { spec: renderInstancetypeSpec(props) });
  }

  /** It, as VMs of its namespace take it. */
  public get instancetype(): Instancetype {
    return Instancetype.namespaced(this.name);
  }
}

/**
 * An instance type for all VMs of the cluster. What it brings is settled for a VM when the VM is made.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/
 */
export class VirtualMachineClusterInstancetype extends Construct {
  /** Name of the VirtualMachineClusterInstancetype. */
  public readonly name: string;

  /**
   * An instance type for all VMs of the cluster.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineClusterInstancetype, unless `name` says otherwise.
   * @param props What it brings.
   * @throws if KubeVirt does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: VirtualMachineClusterInstancetypeProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, { ...CLUSTER_OBJECT_PROPS, ...keysOf(INSTANCETYPE_SPEC) });
    checkInstancetypeSpec(faults, props);
    faults.refuse();
    this.name = objectName(id, props);
    const { VirtualMachineClusterInstancetype: Resource } = generated.instancetype;
    addClusterObject(this, Resource, props, { spec: renderInstancetypeSpec(props) });
  }

  /** It, as VMs take it. */
  public get instancetype(): Instancetype {
    return Instancetype.cluster(this.name);
  }
}
