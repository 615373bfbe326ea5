import { SettledClaim } from './claim-defaults';
import { StorageFacts } from './facts';
import { Outcome, OutcomeKind } from './outcome';

/** A claim that a CSI driver itself clones or restores, by `dataSource` or `dataSourceRef`. */
export interface CsiCopy {
  readonly fromSnapshot: boolean;
  /** The claim that is cloned, or that the snapshot is of. */
  readonly source: SettledClaim;
  readonly sourceBytes?: number;
  readonly target: SettledClaim;
  readonly targetBytes?: number;
}

const SOURCE = 'external-provisioner v6.3.0, pkg/controller/controller.go, getPVCSource, getSnapshotSource';

/**
 * Why the external provisioner refuses to clone or restore a claim; undefined if it does not, as far as is known. CDI, which copies
 * between classes and modes, is not asked.
 *
 * | what | refused |
 * | --- | --- |
 * | the claim asks for less than its source | claims, snapshots |
 * | the classes are of different drivers | claims, snapshots |
 * | the volume modes differ | claims |
 */
export function csiRefusal(facts: StorageFacts, copy: CsiCopy): Outcome | undefined {
  const { source, sourceBytes, target, targetBytes, fromSnapshot } = copy;
  const never = (reason: string, remedy: string): Outcome => ({
    kind: OutcomeKind.NEVER,
    rule: 'claim-source-fits',
    reason: `${reason}: the CSI driver refuses it, and the claim is never bound`,
    remedy,
    source: SOURCE,
  });
  if ((targetBytes ?? Infinity) < (sourceBytes ?? 0)) {
    return never('it asks for less than its source', 'ask for at least the size of the source');
  }
  const [from, to] = [source, target].map(
    ({ storageClassName }) => facts.storageClasses.find(({ name }) => name === storageClassName)?.provisioner,
  );
  if (from !== undefined && to !== undefined && from !== to) {
    return never(
      `its class is of the driver ${to}, and that of its source of ${from}`,
      'clone it by a DataVolume, which CDI copies',
    );
  }
  const [was, is] = [source.volumeMode, target.volumeMode];
  if (fromSnapshot || was === undefined || is === undefined || was === is) return undefined;
  return never(
    `it is of volume mode ${is}, and its source of ${was}`,
    `ask for volume mode ${was}, or clone it by a DataVolume`,
  );
}
