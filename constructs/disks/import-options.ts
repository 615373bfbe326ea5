import { aBoolean, aName, checkGiven, listOf, part, PropCheck, PropChecks, required } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { DataVolumeSource } from './data-volume-source';
import { DataVolumeSourceKind } from './data-volume-source-kind';

/** A step of a warm import: what has changed from one snapshot of the source to the next. */
export interface ImportCheckpoint {
  /** The snapshot that is copied to. */
  readonly current: string;

  /** The snapshot that was copied before; empty text at the first. */
  readonly previous: string;
}

/** How CDI fills a disk, whatever it is filled of. */
export interface ImportPodOptions {
  /**
   * Whether all space is written before, so that none is lacking later.
   *
   * @default - `preallocation` of the CDI object, else false
   */
  readonly preallocation?: boolean;

  /**
   * Name of the PriorityClass of the pod that fills the disk.
   *
   * @default - the cluster's default class
   */
  readonly priorityClassName?: string;

  /**
   * Name of the ServiceAccount of the pod that fills the disk; since CDI v1.66, and not of a `DataVolumeTemplate`.
   *
   * @default - that of the namespace
   */
  readonly serviceAccountName?: string;
}

/** How CDI fills a disk. */
export interface ImportOptions extends ImportPodOptions {
  /**
   * Steps of a warm import of VMware or oVirt: the disk is copied while its VM runs, then what has changed since.
   *
   * @default - the disk is copied once
   * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/datavolumes.md#multi-stage-import
   */
  readonly checkpoints?: ImportCheckpoint[];

  /**
   * Whether the last of the `checkpoints` is the last of all: the disk is then ready.
   *
   * @default false
   */
  readonly finalCheckpoint?: boolean;
}

const aSnapshot: PropCheck = (faults, property, value) => {
  if (typeof value !== 'string') faults.add(property, 'be text', value);
};

/** What `ImportPodOptions` must be. */
export const IMPORT_POD_OPTIONS: PropChecks<ImportPodOptions> = {
  preallocation: aBoolean,
  priorityClassName: aName,
  serviceAccountName: aName,
};

/** What `ImportOptions` must be. */
export const IMPORT_OPTIONS: PropChecks<ImportOptions> = {
  ...IMPORT_POD_OPTIONS,
  checkpoints: listOf(part<ImportCheckpoint>({ current: required(aSnapshot), previous: required(aSnapshot) })),
  finalCheckpoint: aBoolean,
};

/** The sources that CDI copies in steps: v1.66.0, pkg/controller/datavolume/import-controller.go, isMultiStage. */
const STAGED: readonly DataVolumeSourceKind[] = [DataVolumeSourceKind.VDDK, DataVolumeSourceKind.IMAGEIO];

/** Notes what is wrong with how a disk is filled. */
export function checkImport(faults: Faults, options: ImportOptions, source: DataVolumeSource | undefined): void {
  checkGiven(faults, '', options, IMPORT_OPTIONS);
  const { checkpoints, finalCheckpoint } = options;
  if (source === undefined || STAGED.includes(source.kind)) return;
  for (const [property, value] of Object.entries({ checkpoints, finalCheckpoint })) {
    if (value === undefined) continue;
    faults.add(property, `be left out for a source of kind '${source.kind}'`, value, 'CDI does not read it there');
  }
}

/** The part of a DataVolume's `spec` that they make. */
export function renderImport(options: ImportOptions): Record<string, unknown> {
  const { checkpoints, finalCheckpoint, preallocation, priorityClassName, serviceAccountName } = options;
  return {
    checkpoints: checkpoints?.map((checkpoint) => ({ ...checkpoint })),
    finalCheckpoint,
    preallocation,
    priorityClassName,
    serviceAccountName,
  };
}
