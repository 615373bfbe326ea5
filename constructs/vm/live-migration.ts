import { Construct } from 'constructs';
import { generated } from '../generated';
import { applyOverrides, checkObject, objectMeta, objectName, ObjectProps } from '../shared/api-object';
import { checkName } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { IVirtualMachine, namespaceBeside, requireVm } from './virtual-machine';

const PROPS: { readonly [key in keyof Required<LiveMigrationProps>]: true } = {
  vm: true,
  generateName: true,
  name: true,
  namespace: true,
  labels: true,
  annotations: true,
  overrides: true,
};

/** Props of `LiveMigration`: the VM that moves to another node. */
export interface LiveMigrationProps extends ObjectProps {
  /** The VM, or the name and namespace of one in the cluster; it runs, and its disks are `ReadWriteMany`. */
  readonly vm: IVirtualMachine;

  /**
   * Beginning of a name that the API server makes. A `name` wins, and `kubectl apply` needs one; for
   * `kubectl create` take it out: `overrides: { metadata: { name: null } }`.
   *
   * @default - none
   */
  readonly generateName?: string;
}

/**
 * A live migration of a VM, as an object: what `virtctl migrate` makes.
 *
 * @see https://kubevirt.io/user-guide/compute/live_migration/
 */
export class LiveMigration extends Construct {
  /** Name of the VirtualMachineInstanceMigration. */
  public readonly name: string;

  /** Namespace of the VirtualMachineInstanceMigration: that of the VM. */
  public readonly namespace?: string;

  /**
   * Moves a VM to another node, once it is applied.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the VirtualMachineInstanceMigration, unless `name` says otherwise.
   * @param props The VM that moves.
   * @throws if the VM stands in another namespace, or a prop is none that KubeVirt takes.
   */
  public constructor(scope: Construct, id: string, props: LiveMigrationProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkObject(faults, id, props);
    checkKeys(faults, 'props', props, PROPS);
    requireVm(faults, props.vm);
    this.name = objectName(id, props);
    this.namespace = namespaceBeside(faults, scope, props.vm, props.namespace);
    if (props.generateName !== undefined) checkGenerateName(faults, props.generateName);
    faults.refuse();
    const resource = new generated.kubevirt.VirtualMachineInstanceMigration(this, 'Resource', {
      metadata: { ...objectMeta(id, props), namespace: this.namespace, generateName: props.generateName },
      spec: { vmiName: props.vm.name },
    });
    applyOverrides(resource, props.overrides);
  }
}

/** Kubernetes puts five characters behind it: a name that ends with '-' is one in the end. */
function checkGenerateName(faults: Faults, generateName: unknown): void {
  const name = typeof generateName === 'string' ? generateName.replace(/-$/, '') : generateName;
  checkName(faults, 'generateName', name);
}
