import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { generated } from '../generated';
import { addObject, checkProps, objectName, ObjectProps } from '../shared/api-object';
import { checkName, isObject } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { AccessMode } from '../storage/claim-modes';
import { IVolume } from '../storage/disk';
import { judgeLiveMigration } from '../storage/live-migration-rules';
import { BootableVM } from './bootable-vm';
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
  /**
   * The VM: a `BootableVM`, or `VirtualMachine.fromName(…)`. It runs, and its disks are `ReadWriteMany`; of a `BootableVM` that
   * is checked at the synth, as far as its disks are known and it has no `overrides`.
   */
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
   * @throws if the VM is in another namespace, or KubeVirt does not accept a prop.
   */
  public constructor(scope: Construct, id: string, props: LiveMigrationProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    requireVm(faults, props.vm);
    this.name = objectName(id, props);
    this.namespace = namespaceBeside(faults, scope, props.vm, props.namespace);
    if (props.generateName !== undefined) checkGenerateName(faults, props.generateName);
    faults.refuse();
    const named = { ...props, namespace: this.namespace };
    const metadata = { generateName: props.generateName };
    const spec = { vmiName: props.vm.name };
    addObject(this, generated.kubevirt.VirtualMachineInstanceMigration, named, { spec }, { metadata });
    const { vm, overrides } = props;
    if (vm instanceof BootableVM && overrides === undefined) {
      // A disk may still be attached until the synth.
      this.node.addValidation({ validate: () => obstacles(vm) });
    }
  }
}

function obstacles(vm: BootableVM): string[] {
  if (vm._isOverridden) return [];
  const volumes = vm.disks.flatMap(({ name = 'disk', disk }) => {
    const { claimName } = disk;
    return claimName === undefined ? [] : [{ name, claim: { name: claimName, accessModes: writtenModes(disk) } }];
  });
  const certain = judgeLiveMigration({ volumes }).obstacles.filter((obstacle) => obstacle.certain);
  return certain.map(({ message, remedy }) => {
    return `'vm' must have disks that migrate, got ${JSON.stringify(vm.name)}: ${message}; ${remedy}`;
  });
}

/** The access modes of a disk's claim as its manifest has them: `overrides` may say otherwise than the props. */
function writtenModes(disk: IVolume): AccessMode[] | undefined {
  const resource = Construct.isConstruct(disk) ? disk.node.tryFindChild('Resource') : undefined;
  if (!ApiObject.isApiObject(resource)) return disk.accessModes;
  const { spec } = resource.toJson() as { readonly spec?: unknown };
  const claim = isObject(spec) ? (spec.pvc ?? spec.storage ?? spec) : undefined;
  return isObject(claim) && Array.isArray(claim.accessModes) ? (claim.accessModes as AccessMode[]) : undefined;
}

/** Kubernetes puts five characters behind it, so that it may end with '-'. */
function checkGenerateName(faults: Faults, generateName: unknown): void {
  const name = typeof generateName === 'string' ? generateName.replace(/-$/, '') : generateName;
  checkName(faults, 'generateName', name);
}
