import { Construct } from 'constructs';
import { VirtualMachineInstanceMigration } from '../../imports/kubevirt.io';
import {
  applyOverrides,
  checkObject,
  objectMeta,
  objectName,
  objectNamespace,
  ObjectProps,
} from '../shared/api-object';
import { checkName } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { IVirtualMachine } from './ssh-service';

/** KubeVirt copies the name into a label value: pkg/virt-api, migration-create-mutator.go (v1.6.2). */
const LONGEST_NAME = 63;

/** A VM that moves to another node. */
export interface LiveMigrationProps extends ObjectProps {
  /** The VM; it runs, and its disks are `ReadWriteMany`. */
  readonly vm: IVirtualMachine;

  /**
   * What the API server makes a name from, for `kubectl create`. `kubectl apply` needs a `name`.
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

  /** @throws if the VM stands in another namespace, or a prop is none that KubeVirt takes. */
  public constructor(scope: Construct, id: string, props: LiveMigrationProps) {
    super(scope, id);
    this.name = objectName(id, props);
    this.namespace = objectNamespace(scope, props) ?? props.vm?.namespace;
    const faults = new Faults(this.node.path);
    checkObject(faults, id, props);
    checkName(faults, 'vm', props.vm?.name, LONGEST_NAME);
    if (props.generateName !== undefined) checkName(faults, 'generateName', props.generateName.replace(/-$/, ''));
    if (this.namespace !== props.vm?.namespace) {
      faults.add('vm', `stand in the migration's namespace '${this.namespace ?? ''}'`, props.vm?.namespace);
    }
    faults.refuse();
    const resource = new VirtualMachineInstanceMigration(this, 'Resource', {
      metadata: { ...objectMeta(id, props), namespace: this.namespace, generateName: props.generateName },
      spec: { vmiName: props.vm.name },
    });
    applyOverrides(resource, props.overrides);
  }
}
