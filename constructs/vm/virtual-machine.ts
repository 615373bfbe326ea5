import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkLabel, checkName, isObject } from '../shared/checks';
import { addKind, Faults } from '../shared/refusal';

/** KubeVirt copies the name into label values: pkg/virt-api, migration-create-mutator.go (v1.6.2). */
const LONGEST_NAME = 63;

/**
 * A VM, as what serves it finds it: a `BootableVM`, or `{ name: 'web', namespace: 'shop' }` for one that is in the
 * cluster already.
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
}

/**
 * Notes what is no VM, and refuses it at once: all else follows from the VM.
 *
 * @throws with the faults so far.
 */
export function requireVm(faults: Faults, vm: unknown): void {
  if (isObject(vm) && 'name' in vm) {
    checkName(faults, 'vm.name', vm.name, LONGEST_NAME);
    if (vm.namespace !== undefined) checkLabel(faults, 'vm.namespace', vm.namespace);
    return;
  }
  const remedy =
    typeof vm === 'string' ? `write { name: ${JSON.stringify(vm)} }` : 'give the BootableVM, or { name: … }';
  addKind(faults, 'vm', 'be a VM', vm, remedy);
  faults.refuse();
}

/**
 * The namespace of what serves a VM: that of the VM. A VM from outside the app that names none is
 * taken to be where it is asked for.
 */
export function namespaceBeside(
  faults: Faults,
  scope: Construct,
  vm: IVirtualMachine,
  asked: string | undefined,
): string | undefined {
  const here = asked ?? vm.namespace ?? Chart.of(scope).namespace;
  if (vm.namespace === undefined && !Construct.isConstruct(vm)) return here;
  if (here === vm.namespace) return here;
  const must = vm.namespace === undefined ? 'be left out, as the VM has none' : `be that of the VM ('${vm.namespace}')`;
  faults.add('namespace', must, here);
  return vm.namespace;
}
