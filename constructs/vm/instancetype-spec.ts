import { Size } from 'cdk8s';
import type { VirtualMachineInstancetypeSpec } from '../../imports/instancetype.kubevirt.io';
import { generated } from '../generated';
import { checkAnnotations, isObject } from '../shared/checks';
import {
  aSize,
  aText,
  checkGiven,
  instanceOf,
  labels,
  part,
  PropChecks,
  required,
  wholeNumber,
} from '../shared/prop-checks';
import { fromBytes, isSize, Quantity, quantity, toBytes } from '../shared/quantity';
import { Faults, show } from '../shared/refusal';
import { CPU_PLACEMENT, CpuPlacement, renderCpuPlacement } from './cpu-placement';
import { IoThreads } from './io-threads';
import { LaunchSecurity } from './launch-security';
import { NODE_DEVICES, NodeDevices, renderNodeDevices } from './node-devices';

/** The processors of an instance type. */
export interface InstancetypeCpu extends CpuPlacement {
  /** How many the guest sees; the preference says whether as sockets, cores or threads. */
  readonly guest: number;

  /**
   * The most sockets that may be plugged into the running VM.
   *
   * @default - that of the KubeVirt object
   */
  readonly maxSockets?: number;

  /**
   * Model by libvirt's name.
   *
   * @default - that of the KubeVirt object, else host-model
   */
  readonly model?: string;
}

/**
 * What an instance type brings to its VMs, which then cannot say it themselves.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/instancetypes/
 */
export interface InstancetypeSpec extends NodeDevices {
  /** Processors of the guest. */
  readonly cpu: InstancetypeCpu;

  /** Memory of the guest. */
  readonly memory: Size;

  /**
   * The most memory that may be plugged into the running VM.
   *
   * @default - that of the KubeVirt object
   */
  readonly maxMemory?: Size;

  /**
   * Size of the node's huge pages that the guest's memory is made of.
   *
   * @default - ordinary pages
   */
  readonly hugepages?: Size;

  /**
   * By how many percent of the guest's memory the pod asks for less; not with `hugepages`.
   *
   * @default 0
   */
  readonly overcommitPercent?: number;

  /**
   * Threads that do the input and output of disks.
   *
   * @default - QEMU's main loop does it
   */
  readonly ioThreads?: IoThreads;

  /**
   * Memory that the node cannot read.
   *
   * @default - the node can
   */
  readonly launchSecurity?: LaunchSecurity;

  /**
   * Labels that the node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { readonly [key: string]: string };

  /**
   * Name of the scheduler that finds the node.
   *
   * @default - Kubernetes' own
   */
  readonly schedulerName?: string;

  /**
   * Annotations of the running instance and its pod.
   *
   * @default - none
   */
  readonly templateAnnotations?: { readonly [key: string]: string };
}

/** Go's uint32, as the types of KubeVirt's API have it. */
const MOST = 2 ** 32 - 1;

const CPU: PropChecks<InstancetypeCpu> = {
  ...CPU_PLACEMENT,
  guest: required(wholeNumber(1, MOST)),
  maxSockets: wholeNumber(1, MOST),
  model: aText,
};

/** What `InstancetypeSpec` must be. */
export const INSTANCETYPE_SPEC: PropChecks<InstancetypeSpec> = {
  cpu: required(part(CPU)),
  memory: required(aSize(fromBytes(1_000_000))),
  maxMemory: aSize(),
  hugepages: aSize(Size.kibibytes(64)),
  overcommitPercent: wholeNumber(0, 100),
  ...NODE_DEVICES,
  ioThreads: instanceOf(IoThreads, 'IoThreads.auto()'),
  launchSecurity: instanceOf(LaunchSecurity, 'LaunchSecurity.sev()'),
  nodeSelector: labels,
  schedulerName: aText,
  templateAnnotations: checkAnnotations,
};

/** Notes what is wrong with what an instance type brings: what its VMs would be refused for. */
export function checkInstancetypeSpec(faults: Faults, spec: InstancetypeSpec): void {
  const before = faults.count;
  checkGiven(faults, '', spec, INSTANCETYPE_SPEC);
  if (faults.count > before) return;
  const { cpu, memory, maxMemory, hugepages, overcommitPercent = 0 } = spec;
  const needs = (prop: keyof InstancetypeCpu, condition: string, holds: boolean): void => {
    const value = isObject(cpu) ? cpu[prop] : undefined;
    if (value !== undefined && value !== false && !holds)
      faults.add(`cpu.${prop}`, `be left out without ${condition}`, value);
  };
  needs('isolateEmulatorThread', "'cpu.dedicated'", cpu.dedicated === true);
  needs('numaPassthrough', "'cpu.dedicated'", cpu.dedicated === true);
  needs('numaPassthrough', "'hugepages'", hugepages !== undefined);
  needs('realtime', "'cpu.numaPassthrough'", cpu.numaPassthrough === true);
  needs('realtimeMask', "'cpu.realtime'", cpu.realtime === true);
  if (isSize(maxMemory) && toBytes(maxMemory) < toBytes(memory)) {
    faults.add('maxMemory', `be at least the 'memory' of the guest ${show(memory)}`, maxMemory);
  }
  if (isSize(hugepages) && toBytes(memory) % toBytes(hugepages) !== 0) {
    faults.add('hugepages', `divide the 'memory' of the guest ${show(memory)}`, hugepages);
  }
  // KubeVirt: pkg/instancetype/webhooks/admitter.go, validateMemoryOvercommitPercentNoHugepages (v1.9.0).
  if (hugepages !== undefined && overcommitPercent > 0) {
    faults.add('overcommitPercent', "be left out with 'hugepages'", overcommitPercent);
  }
}

/** The `spec` of a VirtualMachineInstancetype and of a VirtualMachineClusterInstancetype. */
export function renderInstancetypeSpec(spec: InstancetypeSpec): VirtualMachineInstancetypeSpec {
  const { cpu, memory, maxMemory, hugepages, overcommitPercent } = spec;
  const { VirtualMachineInstancetypeSpecMemoryGuest: Guest, VirtualMachineInstancetypeSpecMemoryMaxGuest: MaxGuest } =
    generated.instancetype;
  return {
    cpu: {
      guest: cpu.guest,
      maxSockets: cpu.maxSockets,
      model: cpu.model,
      ...renderCpuPlacement(cpu),
    },
    memory: {
      guest: quantity(Guest, memory),
      maxGuest: maxMemory && quantity(MaxGuest, maxMemory),
      hugepages: hugepages && { pageSize: Quantity.format(hugepages) },
      overcommitPercent,
    },
    ...renderNodeDevices(spec),
    ...spec.ioThreads?._render(),
    launchSecurity: spec.launchSecurity?._render(),
    nodeSelector: spec.nodeSelector && { ...spec.nodeSelector },
    schedulerName: spec.schedulerName,
    annotations: spec.templateAnnotations && { ...spec.templateAnnotations },
  };
}
