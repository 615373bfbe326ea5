import { aText, listOf, oneOf, part, PropChecks, required, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { CpuFeature, CpuFeaturePolicy } from './guest-cpu';

/** As what the guest sees the processors of an instance type. */
export enum PreferredCpuTopology {
  /** Sockets: what can be plugged into a running VM. */
  SOCKETS = 'sockets',
  /** Cores of one socket. */
  CORES = 'cores',
  /** Threads of one core. */
  THREADS = 'threads',
  /** Spread over sockets, cores and threads; `spread` says how. */
  SPREAD = 'spread',
  /** Any; KubeVirt takes sockets. */
  ANY = 'any',
}

/** Over what processors are spread. */
export enum SpreadAcross {
  /** Sockets and cores. */
  SOCKETS_CORES = 'SocketsCores',
  /** Sockets, cores and threads. */
  SOCKETS_CORES_THREADS = 'SocketsCoresThreads',
  /** Cores and threads; the ratio is 2. */
  CORES_THREADS = 'CoresThreads',
}

/** How processors are spread. */
export interface CpuSpread {
  /**
   * Over what.
   *
   * @default - KubeVirt's own: SpreadAcross.SOCKETS_CORES
   */
  readonly across?: SpreadAcross;

  /**
   * How many of the smaller part each of the larger has.
   *
   * @default - KubeVirt's own: 2
   */
  readonly ratio?: number;
}

/** Processors as a preference wants them. */
export interface PreferredCpu {
  /**
   * As what the guest sees them.
   *
   * @default - KubeVirt's own: PreferredCpuTopology.SOCKETS
   */
  readonly topology?: PreferredCpuTopology;

  /**
   * How they are spread; it needs `PreferredCpuTopology.SPREAD`.
   *
   * @default - KubeVirt's own
   */
  readonly spread?: CpuSpread;

  /**
   * Features beside those of the model.
   *
   * @default - none
   */
  readonly features?: CpuFeature[];
}

/** What `PreferredCpu` must be. */
export const PREFERRED_CPU: PropChecks<PreferredCpu> = {
  topology: oneOf(PreferredCpuTopology),
  spread: part<CpuSpread>({ across: oneOf(SpreadAcross), ratio: wholeNumber(1) }),
  features: listOf(part<CpuFeature>({ name: required(aText), policy: oneOf(CpuFeaturePolicy) })),
};

/** KubeVirt: pkg/instancetype/preference/webhooks/admitter.go, validateSpreadOptions (v1.9.0). */
export function checkSpread(faults: Faults, { topology, spread }: PreferredCpu): void {
  if (spread !== undefined && topology !== PreferredCpuTopology.SPREAD) {
    faults.add('cpu.topology', `be '${PreferredCpuTopology.SPREAD}' with 'cpu.spread'`, topology);
  }
  if (spread?.across === SpreadAcross.CORES_THREADS && (spread.ratio ?? 2) !== 2) {
    faults.add('cpu.spread.ratio', `be 2 across '${SpreadAcross.CORES_THREADS}'`, spread.ratio);
  }
}

/** The `cpu` of a preference. */
export function renderPreferredCpu({ topology, spread, features }: PreferredCpu): Record<string, unknown> {
  return {
    preferredCpuTopology: topology,
    spreadOptions: spread && { ...spread },
    preferredCpuFeatures: features?.map((feature) => ({ ...feature })),
  };
}
