import { isObject } from '../shared/checks';
import { aText, checkEach, listOf, oneOf, part, PropChecks, required, wholeNumber } from '../shared/prop-checks';
import { addKind, Faults } from '../shared/refusal';
import { CPU_PLACEMENT, CpuPlacement, renderCpuPlacement } from './cpu-placement';

/** What a feature of the processor must be. */
export enum CpuFeaturePolicy {
  /** The guest sees it whatever the node has. */
  FORCE = 'force',
  /** The VM runs where the node has it. */
  REQUIRE = 'require',
  /** The guest sees it where the node has it. */
  OPTIONAL = 'optional',
  /** The guest does not see it. */
  DISABLE = 'disable',
  /** The VM runs where the node does not have it. */
  FORBID = 'forbid',
}

/** A feature of the processor. */
export interface CpuFeature {
  /** Its name in libvirt, such as `vmx` or `apic`. */
  readonly name: string;

  /**
   * What it must be.
   *
   * @default - KubeVirt's own: CpuFeaturePolicy.REQUIRE
   */
  readonly policy?: CpuFeaturePolicy;
}

/**
 * The processors that the guest sees: sockets × cores × threads.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/#cpu
 */
export interface GuestCpu extends CpuPlacement {
  /**
   * Cores of each socket.
   *
   * @default - KubeVirt's own: 1
   */
  readonly cores?: number;

  /**
   * Number of sockets: what KubeVirt changes where processors are plugged into a running VM.
   *
   * @default - KubeVirt's own: 1
   */
  readonly sockets?: number;

  /**
   * Threads of each core.
   *
   * @default - KubeVirt's own: 1
   */
  readonly threads?: number;

  /**
   * The most sockets that may be plugged into the running VM.
   *
   * @default - KubeVirt's own: four times `sockets` where the cluster's rollout strategy is LiveUpdate
   */
  readonly maxSockets?: number;

  /**
   * Model by libvirt's name, such as `Cascadelake-Server`; the VM then runs on nodes that have it. `host-model` is the
   * nearest to that of the node, `host-passthrough` the node's own: a live migration then takes a node of the same.
   *
   * @default - that of the KubeVirt object, else host-model
   */
  readonly model?: string;

  /**
   * Features beside those of the model.
   *
   * @default - those of the model
   */
  readonly features?: CpuFeature[];
}

const CPU: PropChecks<GuestCpu> = {
  ...CPU_PLACEMENT,
  cores: wholeNumber(1),
  sockets: wholeNumber(1),
  threads: wholeNumber(1),
  maxSockets: wholeNumber(1),
  model: aText,
  features: listOf(part<CpuFeature>({ name: required(aText), policy: oneOf(CpuFeaturePolicy) })),
};

/** What the VM has beside its processors. */
interface BesideCpu {
  readonly hugepages: boolean;
  /** An instance type may bring what a choice needs. */
  readonly instancetype: boolean;
}

/** Notes what is wrong with the processors of a guest. */
export function checkCpu(faults: Faults, cpu: GuestCpu | undefined, beside: BesideCpu): void {
  if (cpu === undefined) return;
  if (!isObject(cpu as unknown)) {
    const remedy = ['number', 'string'].includes(typeof cpu) ? `write { cores: ${String(cpu)} }` : undefined;
    addKind(faults, 'cpu', 'be an object', cpu, remedy);
    return;
  }
  if (checkEach<GuestCpu>(faults, 'cpu', cpu, CPU)) checkTogether(faults, cpu, beside);
}

/**
 * KubeVirt v1.9.0, vmi-create-admitter.go: validateEmulatorThread, validateNUMA and validateRealtime; vms-admitter.go,
 * validateMaxSockets.
 */
function checkTogether(faults: Faults, cpu: GuestCpu, { hugepages, instancetype }: BesideCpu): void {
  const needs = (prop: string, value: unknown, condition: string, holds: boolean): void => {
    if (value === true && !holds && !instancetype) faults.add(`cpu.${prop}`, `be left out without ${condition}`, value);
  };
  needs('isolateEmulatorThread', cpu.isolateEmulatorThread, "'cpu.dedicated'", cpu.dedicated === true);
  needs('numaPassthrough', cpu.numaPassthrough, "'cpu.dedicated'", cpu.dedicated === true);
  needs('numaPassthrough', cpu.numaPassthrough, "'hugepages'", hugepages);
  needs('realtime', cpu.realtime, "'cpu.dedicated'", cpu.dedicated === true);
  needs('realtime', cpu.realtime, "'cpu.numaPassthrough'", cpu.numaPassthrough === true);
  if (cpu.realtimeMask !== undefined && cpu.realtime !== true) {
    faults.add('cpu.realtimeMask', "be left out without 'cpu.realtime'", cpu.realtimeMask);
  }
  const { sockets = 1, maxSockets } = cpu;
  if (typeof maxSockets === 'number' && maxSockets < sockets) {
    faults.add('cpu.maxSockets', `be at least 'cpu.sockets' (${sockets})`, maxSockets);
  }
}

/** The `cpu` of a domain. */
export function renderCpu(cpu: GuestCpu): Record<string, unknown> {
  const { cores, sockets, threads, maxSockets, model, features } = cpu;
  return {
    cores,
    sockets,
    threads,
    maxSockets,
    model,
    features: features?.map((feature) => ({ ...feature })),
    ...renderCpuPlacement(cpu),
  };
}
