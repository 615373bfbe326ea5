import { Size } from 'cdk8s';
import { StorageCatalog } from '../../catalog';
import { AccessMode, VolumeMode } from '../../claim-modes';
import { IDisk } from '../../disk';
import { StorageClassFacts, StorageFacts } from '../../facts';
import { decideClone } from '../decision';
import { CloneOutcome, CloneRequest } from '../outcome';

const { BLOCK, FILESYSTEM } = VolumeMode;

/** How a clone differs from the one that `predict` describes. */
export interface CloneCase {
  readonly classes?: Partial<StorageClassFacts>[];
  readonly facts?: Partial<StorageFacts>;
  readonly source?: Partial<IDisk>;
  readonly target?: Partial<IDisk>;
  readonly request?: Partial<CloneRequest>;
  /** Whether the catalog holds all classes of the cluster: true if it is left out. */
  readonly isWhole?: boolean;
}

/** Property sets of both volume modes. */
export const SETS = [
  { accessModes: [AccessMode.READ_WRITE_ONCE], volumeMode: FILESYSTEM },
  { accessModes: [AccessMode.READ_WRITE_ONCE], volumeMode: BLOCK },
];

/**
 * 1Gi of a file system in `sc`, into the same in the first of the classes (another `sc`, if no classes are given), all of
 * driver `csi.a` and expandable, with a VolumeSnapshotClass, overhead 6%. Of 1024Mi, 966Mi are usable.
 */
export function predict(said: CloneCase): CloneOutcome {
  const classes = said.classes ?? [{}];
  const catalog = StorageCatalog.of({
    storageClasses: classes.map((facts) => ({
      name: 'sc',
      provisioner: 'csi.a',
      allowVolumeExpansion: true,
      claimPropertySets: SETS,
      ...facts,
    })),
    snapshotClasses: [{ name: 'vsc', driver: 'csi.a' }],
    ...said.facts,
  });
  const disk = { claimName: 'a', size: Size.mebibytes(1024), volumeMode: FILESYSTEM, storageClassName: 'sc' };
  const target = { ...disk, storageClassName: classes[0]?.name ?? 'sc', ...said.target };
  const request = { source: { ...disk, ...said.source }, target, ...said.request };
  return said.isWhole === false ? decideClone(catalog._facts, request, false) : catalog.predictClone(request);
}

/** A clone: a title, the rule that decides it, its outcome, and how it differs. */
export type CloneCaseRow = [title: string, rule: string, kind: string, said: CloneCase];

/** One test a row. */
export function testClones(rows: CloneCaseRow[]): void {
  test.each<CloneCaseRow>(rows)('%s: %s, %s', (_, rule, kind, said) => {
    const outcome = predict(said);
    expect([outcome.rule, outcome.kind]).toEqual([rule, kind]);
  });
}
