import { Construct } from 'constructs';
import { objectNamespace } from '../shared/api-object';
import { checkLabel, checkName, isObject, requireObject } from '../shared/checks';
import { inCluster } from '../shared/external';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';

/** KubeVirt copies the name into label values: pkg/virt-api, migration-create-mutator.go (v1.6.2). */
const LONGEST_NAME = 63;

/**
 * A VM, as what serves it finds it: a `BootableVM`, or `VirtualMachine.fromName('web', { namespace: 'shop' })` for one
 * that is in the cluster already.
 */
export interface IVirtualMachine {
  /** Name of the VirtualMachine. */
  readonly name: string;

  /**
   * Namespace of the VirtualMachine.
   *
   * @default - that of what serves it
   */
  readonly namespace?: string;

  /**
   * Host name of its guest, where the VirtualMachine gives one: KubeVirt labels the pod with it.
   *
   * @default - the name of the VM, up to its first dot
   */
  readonly hostname?: string;
}

/** What is known of a VM that lives outside the app. */
export interface VirtualMachineFacts {
  /**
   * Namespace of the VirtualMachine.
   *
   * @default - that of what serves it
   */
  readonly namespace?: string;

  /**
   * Host name of its guest, where the VirtualMachine gives one: KubeVirt labels the pod with it.
   *
   * @default - the name of the VM, up to its first dot
   */
  readonly hostname?: string;
}

const FACTS: KnownKeys<VirtualMachineFacts> = { namespace: true, hostname: true };

/**
 * VMs that are in the cluster already.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/virtual_machine_instances/
 */
export class VirtualMachine {
  /**
   * A VM by the name of its VirtualMachine.
   *
   * @throws if the name is not a DNS name of at most 63 characters, or the namespace or host name is not a DNS label.
   */
  public static fromName(name: string, facts: VirtualMachineFacts = {}): IVirtualMachine {
    const faults = new Faults('VirtualMachine.fromName');
    checkName(faults, 'name', name, LONGEST_NAME);
    requireObject(faults, 'facts', facts, 'namespace');
    checkKeys(faults, 'facts', facts, FACTS);
    if (facts.namespace !== undefined) checkLabel(faults, 'namespace', facts.namespace);
    if (facts.hostname !== undefined) checkLabel(faults, 'hostname', facts.hostname);
    faults.refuse();
    return inCluster({ ...facts, name }, { kind: 'VirtualMachine', name, namespace: facts.namespace });
  }

  private constructor() {}
}

/**
 * Notes a value that is not a VM, and refuses it at once: all other checks need the VM.
 *
 * @throws with the faults so far.
 */
export function requireVm(faults: Faults, vm: unknown): void {
  if (isObject(vm) && vm._isFleet === true) {
    addKind(faults, 'vm', 'be one VM', vm, "name one that it made: VirtualMachine.fromName('NAME-0')");
    faults.refuse();
  }
  if (isObject(vm) && 'name' in vm) {
    checkName(faults, 'vm.name', vm.name, LONGEST_NAME);
    if (vm.namespace !== undefined) checkLabel(faults, 'vm.namespace', vm.namespace);
    if (vm.hostname !== undefined) checkLabel(faults, 'vm.hostname', vm.hostname);
    return;
  }
  const remedy =
    typeof vm === 'string'
      ? `write VirtualMachine.fromName(${JSON.stringify(vm)})`
      : 'give the BootableVM, or write VirtualMachine.fromName(…)';
  addKind(faults, 'vm', 'be a VM', vm, remedy);
  faults.refuse();
}

/**
 * The namespace of what serves a VM: that of the VM. A VM from outside the app that names no namespace is
 * taken to be where it is asked for.
 */
export function namespaceBeside(
  faults: Faults,
  scope: Construct,
  vm: IVirtualMachine,
  asked: string | undefined,
): string | undefined {
  const here = objectNamespace(faults, scope, { namespace: asked ?? vm.namespace });
  if (vm.namespace === undefined && !Construct.isConstruct(vm)) return here;
  if (here === vm.namespace) return here;
  const must =
    vm.namespace === undefined ? 'be left out, as the VM has no namespace' : `be that of the VM ('${vm.namespace}')`;
  faults.add('namespace', must, here);
  return vm.namespace;
}
