import { Cluster } from '../cluster/cluster';
import { Machine } from '../cluster/machine';
import { Reviewed } from '../manifests/manifest';

/** The VirtualMachines with their instance types or preferences, as far as both are among the manifests. */
export function* matches(
  cluster: Cluster,
  part: 'instancetype' | 'preference',
): Generator<readonly [machine: Machine, matched: Reviewed]> {
  for (const machine of cluster.virtualMachines) {
    const matched = cluster.matched(machine, part);
    if (matched !== undefined) yield [machine, matched];
  }
}
