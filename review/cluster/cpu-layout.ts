import { numberIn, objectAt, textIn } from '../manifests/json';
import type { Json } from '../rule';

/** How the processors of an instance type become sockets, cores and threads. */
export interface CpuLayout {
  /** In lower case, without the word 'prefer' of the deprecated names. */
  readonly topology: string;
  /** What 'spread' spreads over. */
  readonly across: string;
  readonly ratio: number;
}

/**
 * How a preference lays out processors, with the defaults of GetPreferredTopology and GetSpreadOptions.
 *
 * @param preference The spec of a preference; empty if a machine has none.
 */
export function layoutOf(preference: Json): CpuLayout {
  const cpu = objectAt(preference, 'cpu');
  const spread = objectAt(cpu, 'spreadOptions');
  const topology = (textIn(cpu, 'preferredCPUTopology') || 'sockets').replace(/^prefer/, '').toLowerCase();
  return {
    topology,
    across: textIn(spread, 'across') || 'SocketsCores',
    ratio:
      spread?.ratio === undefined
        ? numberIn(preference, 'preferSpreadSocketToCoreRatio') || 2
        : numberIn(spread, 'ratio'),
  };
}
