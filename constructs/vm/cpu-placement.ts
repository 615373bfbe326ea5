import { aBoolean, aText, PropChecks } from '../shared/prop-checks';

/**
 * Where on the node the processors of a guest are.
 *
 * @see https://kubevirt.io/user-guide/compute/dedicated_cpu_resources/
 */
export interface CpuPlacement {
  /**
   * Whether each processor has one of the node for itself; the node runs the CPU manager with the policy `static`.
   *
   * @default false
   */
  readonly dedicated?: boolean;

  /**
   * Whether QEMU's own work is done on one more dedicated processor. It needs `dedicated`.
   *
   * @default false
   */
  readonly isolateEmulatorThread?: boolean;

  /**
   * Whether the guest sees the memory nodes (NUMA) of the node. It needs `dedicated` and `hugepages`.
   *
   * @default false
   */
  readonly numaPassthrough?: boolean;

  /**
   * Whether the processors run with a real time scheduler. It needs `dedicated` and `numaPassthrough`.
   *
   * @default false
   */
  readonly realtime?: boolean;

  /**
   * Which processors run in real time, such as `0-3,^1`. It needs `realtime`.
   *
   * @default - all
   */
  readonly realtimeMask?: string;
}

/** What `CpuPlacement` must be. */
export const CPU_PLACEMENT: PropChecks<CpuPlacement> = {
  dedicated: aBoolean,
  isolateEmulatorThread: aBoolean,
  numaPassthrough: aBoolean,
  realtime: aBoolean,
  realtimeMask: aText,
};

/** The part of a `cpu` that it makes, of a domain and of an instance type alike. */
export function renderCpuPlacement(cpu: CpuPlacement): {
  readonly dedicatedCpuPlacement?: boolean;
  readonly isolateEmulatorThread?: boolean;
  readonly numa?: object;
  readonly realtime?: { readonly mask?: string };
} {
  return {
    dedicatedCpuPlacement: cpu.dedicated,
    isolateEmulatorThread: cpu.isolateEmulatorThread,
    numa: cpu.numaPassthrough === true ? { guestMappingPassthrough: {} } : undefined,
    realtime: cpu.realtime === true ? { mask: cpu.realtimeMask } : undefined,
  };
}
