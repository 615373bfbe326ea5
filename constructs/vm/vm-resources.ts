import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import type {
  VirtualMachineSpecTemplateSpecDomainResources,
  VirtualMachineSpecTemplateSpecDomainResourcesLimits,
  VirtualMachineSpecTemplateSpecDomainResourcesRequests,
} from '../../imports/kubevirt.io';
import { generated } from '../generated';
import { checkBoolean, isObject } from '../shared/checks';
import { checkSize, fromBytes, isSize, quantity, toBytes } from '../shared/quantity';
import { addKind, Faults, show } from '../shared/refusal';
import { checkPart } from './part-checks';

/**
 * What the VM's pod asks of its node, and may take at the most. It is not what the guest sees: see `cpu` and `memory`.
 *
 * @see https://kubevirt.io/user-guide/compute/resources_requests_and_limits/
 */
export interface VmResources {
  /**
   * Memory that the pod asks for; KubeVirt adds what QEMU itself needs. Less than the guest's memory is overcommitment.
   *
   * @default - that of the guest
   */
  readonly memoryRequest?: Size;

  /**
   * Memory that the pod may not pass, or it is killed with the VM in it: well above that of the guest, since QEMU itself
   * needs some.
   *
   * @default - none
   */
  readonly memoryLimit?: Size;

  /**
   * CPU time that the pod asks for: `Cpu.units(1)` or `Cpu.millis(500)`.
   *
   * @default - the `cpuLimit`, else KubeVirt's own: a tenth of the guest's processors
   */
  readonly cpuRequest?: Cpu;

  /**
   * CPU time that the pod may not pass.
   *
   * @default - none
   */
  readonly cpuLimit?: Cpu;

  /**
   * Whether the pod does not ask for the memory that QEMU itself needs: more VMs fit on a node, and die when it is full.
   *
   * @default false
   */
  readonly overcommitGuestOverhead?: boolean;
}

const RESOURCES: { readonly [key in keyof Required<VmResources>]: true } = {
  memoryRequest: true,
  memoryLimit: true,
  cpuRequest: true,
  cpuLimit: true,
  overcommitGuestOverhead: true,
};

/** KubeVirt refuses less: vmi-create-admitter.go, validateMemoryRequestsNegativeOrNull (v1.6.2). */
export const LEAST_MEMORY = fromBytes(1_000_000);

/** What cdk8s-plus makes of `Cpu.units(…)` and `Cpu.millis(…)`. */
const CPU_TIME = /^(\d+(?:\.\d+)?)(m?)$/;

/**
 * Notes what is wrong with the resources of a VM's pod.
 *
 * KubeVirt: vmi-create-admitter.go, validateMemoryLimitsNegativeOrNull, validateCpuRequestDoesNotExceedLimit and
 * validateGuestMemoryLimit (v1.6.2). The last is silent where the rollout strategy is LiveUpdate; the guest that fills
 * its memory is killed there.
 */
export function checkResources(faults: Faults, resources: VmResources | undefined, memory: Size | undefined): void {
  const remedy = 'write for example { memoryRequest: Size.gibibytes(2) }';
  if (resources === undefined || !checkPart<VmResources>(faults, 'resources', resources, RESOURCES, remedy)) return;
  const { memoryRequest, memoryLimit, cpuRequest, cpuLimit } = resources;
  checkBoolean(faults, 'resources.overcommitGuestOverhead', resources.overcommitGuestOverhead);
  checkSize(faults, 'resources.memoryRequest', memoryRequest, LEAST_MEMORY);
  checkSize(faults, 'resources.memoryLimit', memoryLimit, LEAST_MEMORY);
  if (isSize(memoryRequest) && isSize(memoryLimit) && toBytes(memoryRequest) > toBytes(memoryLimit)) {
    faults.add('resources.memoryRequest', `be at most the limit ${show(memoryLimit)}`, memoryRequest);
  }
  if (isSize(memory) && isSize(memoryLimit) && toBytes(memoryLimit) < toBytes(memory)) {
    faults.add('resources.memoryLimit', `be at least the 'memory' of the guest ${show(memory)}`, memoryLimit);
  }
  const request = checkCpuTime(faults, 'resources.cpuRequest', cpuRequest);
  const limit = checkCpuTime(faults, 'resources.cpuLimit', cpuLimit);
  if (request !== undefined && limit !== undefined && request > limit) {
    faults.add('resources.cpuRequest', `be at most the limit ${show(cpuLimit?.amount)}`, cpuRequest?.amount);
  }
}

/** Thousandths of a processor; undefined if it is not CPU time. */
export function thousandths(cpu: Cpu | undefined): number | undefined {
  const given: unknown = isObject(cpu) ? (cpu as Partial<Cpu>).amount : undefined;
  const [, amount, milli] = (typeof given === 'string' && CPU_TIME.exec(given)) || [];
  return amount === undefined ? undefined : Number(amount) * (milli === '' ? 1000 : 1);
}

/** The `resources` of a domain. */
export function renderResources(resources: VmResources): VirtualMachineSpecTemplateSpecDomainResources {
  const { memoryRequest, memoryLimit, cpuRequest, cpuLimit, overcommitGuestOverhead } = resources;
  const {
    VirtualMachineSpecTemplateSpecDomainResourcesRequests: Request,
    VirtualMachineSpecTemplateSpecDomainResourcesLimits: Limit,
  } = generated.kubevirt;
  const requests: Record<string, VirtualMachineSpecTemplateSpecDomainResourcesRequests> = {};
  const limits: Record<string, VirtualMachineSpecTemplateSpecDomainResourcesLimits> = {};
  if (memoryRequest) requests.memory = quantity(Request, memoryRequest);
  if (memoryLimit) limits.memory = quantity(Limit, memoryLimit);
  if (cpuRequest) requests.cpu = Request.fromString(cpuRequest.amount);
  if (cpuLimit) limits.cpu = Limit.fromString(cpuLimit.amount);
  return {
    requests: Object.keys(requests).length > 0 ? requests : undefined,
    limits: Object.keys(limits).length > 0 ? limits : undefined,
    overcommitGuestOverhead,
  };
}

/** Notes a value that is not CPU time; returns the time in thousandths of a processor. */
function checkCpuTime(faults: Faults, property: string, cpu: Cpu | undefined): number | undefined {
  if (cpu === undefined) return undefined;
  const time = thousandths(cpu);
  if (time !== undefined) return time;
  const must = 'be a Cpu of cdk8s-plus-27, not negative';
  addKind(faults, property, must, isObject(cpu) && 'amount' in cpu ? cpu.amount : cpu, cpuRemedy(cpu));
  return undefined;
}

function cpuRemedy(value: unknown): string {
  const [, amount, milli] = CPU_TIME.exec(typeof value === 'object' ? '' : String(value)) ?? [];
  return `write ${milli === 'm' ? `Cpu.millis(${amount})` : `Cpu.units(${amount ?? 2})`}`;
}
