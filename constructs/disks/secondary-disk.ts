import { Construct } from 'constructs';
import { checkBoolean, checkName, checkOneOf, isObject, requireObject } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';
import { ClaimApi } from '../storage/claim-modes';
import { IDisk } from '../storage/disk';
import { addClaim, CLAIM_PROPS, ClaimExtras, ClaimProps, claimShape } from './claim';
import { ClaimedDisk, GrowOptions, settled } from './claimed-disk';
import { DataVolumeImportProps, dataVolumeShape } from './data-volume';
import { addDataVolume, kept } from './data-volume-import';
import { DataVolumeSource } from './data-volume-source';
import { checkPopulator, PopulatorReference } from './source-options';

/** What object makes a secondary disk. */
export enum SecondaryDiskKind {
  /** A plain PersistentVolumeClaim. KubeVirt makes the image in it when the VM first starts. */
  CLAIM = 'PersistentVolumeClaim',
  /** A blank DataVolume. CDI makes the image in it at once. */
  DATA_VOLUME = 'DataVolume',
}

/** A data disk. */
export interface SecondaryDiskProps extends ClaimProps {
  /**
   * What object makes the disk.
   *
   * @default SecondaryDiskKind.CLAIM
   */
  readonly kind?: SecondaryDiskKind;

  /**
   * Provision the volume before a pod asks for it: for storage classes of binding mode
   * `WaitForFirstConsumer`. CDI reads it, so it is for `SecondaryDiskKind.DATA_VOLUME`.
   *
   * @default false
   */
  readonly bindImmediately?: boolean;

  /**
   * Name of a PersistentVolume that is there already.
   *
   * @default - any that fits
   */
  readonly volumeName?: string;

  /**
   * The object that fills the disk, for `SecondaryDiskKind.CLAIM`: a VolumeSnapshot, another claim, or what a populator knows, such
   * as a ReplicationDestination.
   *
   * @default - nothing: the disk is empty
   */
  readonly populator?: PopulatorReference;
}

const PROPS: KnownKeys<SecondaryDiskProps> = {
  ...CLAIM_PROPS,
  kind: true,
  bindImmediately: true,
  volumeName: true,
  populator: true,
};

/**
 * An empty disk for a VM's data. It stands by itself: it outlives the VM, and can be attached to
 * a running one and detached from it. It can only grow (`grow`).
 *
 * @see https://kubevirt.io/user-guide/storage/disks_and_volumes/
 */
export class SecondaryDisk extends ClaimedDisk {
  /**
   * An empty disk for the data of a VM.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the claim, unless `name` says otherwise.
   * @param props Its size at the least.
   * @throws if Kubernetes or CDI does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: SecondaryDiskProps) {
    super(
      scope,
      id,
      settled(scope, id, (faults) => secondaryShape(faults, scope, id, props)),
      soFar(props),
      props.overrides !== undefined,
      claimed(props),
    );
    if (props.kind === SecondaryDiskKind.DATA_VOLUME) addDataVolume(this, blank(props));
    else addClaim(this, props, undefined, claimed(props));
  }
}

function secondaryShape(faults: Faults, scope: Construct, id: string, props: SecondaryDiskProps): IDisk {
  requireObject(faults, 'props', props);
  checkKeys(faults, 'props', props, PROPS);
  checkOneOf(faults, 'kind', props.kind, SecondaryDiskKind);
  if (props.volumeName !== undefined) checkName(faults, 'volumeName', props.volumeName);
  if (props.populator !== undefined) checkFilling(faults, props);
  if (props.kind === SecondaryDiskKind.DATA_VOLUME) return dataVolumeShape(faults, scope, id, blank(props));
  checkBoolean(faults, 'bindImmediately', props.bindImmediately);
  if (props.bindImmediately) {
    const remedy = 'a plain claim is bound when the VM starts, or at once, as its class says';
    faults.add('bindImmediately', `be false for kind '${SecondaryDiskKind.CLAIM}'`, true, remedy);
  }
  return { isPlain: !isForCdi(props) && props.populator === undefined, ...claimShape(faults, scope, id, props) };
}

/** Whether annotations ask CDI to fill the claim. */
function isForCdi({ annotations }: SecondaryDiskProps): boolean {
  return Object.keys(isObject(annotations) ? annotations : {}).some((key) => key.startsWith('cdi.kubevirt.io/'));
}

function soFar(props: SecondaryDiskProps): GrowOptions {
  if (props.kind === SecondaryDiskKind.DATA_VOLUME) return kept(blank(props));
  const { labels, annotations, overrides } = props;
  return { labels, annotations, overrides };
}

/** What a claim has besides, and keeps when it grows. */
function claimed({ kind, volumeName, populator }: SecondaryDiskProps): ClaimExtras | undefined {
  if (kind === SecondaryDiskKind.DATA_VOLUME || (volumeName === undefined && populator === undefined)) return undefined;
  return { volumeName, dataSourceRef: populator && { ...populator } };
}

function checkFilling(faults: Faults, { kind, populator }: SecondaryDiskProps): void {
  if (kind === SecondaryDiskKind.DATA_VOLUME) {
    const remedy = 'write new DataVolumeImport with DataVolumeSource.populator(…)';
    faults.add('populator', `be left out for kind '${SecondaryDiskKind.DATA_VOLUME}'`, populator, remedy);
  } else if (isObject(populator as unknown)) checkPopulator(faults, populator!);
  else addKind(faults, 'populator', 'be an object', populator);
}

function blank(props: SecondaryDiskProps): DataVolumeImportProps {
  return { ...props, source: DataVolumeSource.blank(), claimApi: ClaimApi.PVC };
}
