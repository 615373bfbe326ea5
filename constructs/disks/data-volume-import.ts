import { Construct } from 'constructs';
import type { DataVolumeSpec } from '../../imports/cdi.kubevirt.io';
import { generated } from '../generated';
import { addObject } from '../shared/api-object';
import { checkKeys } from '../shared/known-keys';
import { IDisk } from '../storage/disk';
import { ClaimedDisk, GrowOptions, settled } from './claimed-disk';
import {
  DATA_VOLUME_PROPS,
  dataVolumeAnnotations,
  DataVolumeImportProps,
  dataVolumeShape,
  likeSource,
  renderDataVolumeSpec,
} from './data-volume';

/**
 * A disk as a DataVolume: CDI makes the claim and fills it from a registry, a web server, an
 * upload, another disk or a snapshot, or leaves it blank. It lives on when the VM is deleted.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/datavolumes.md
 */
export class DataVolumeImport extends ClaimedDisk {
  /**
   * A disk that CDI fills.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the DataVolume and of its claim, unless `name` says otherwise.
   * @param props Where the data comes from, and what the disk is.
   * @throws if CDI does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: DataVolumeImportProps) {
    const asked = likeSource(props);
    const claim = settled(scope, id, (faults) => {
      const shape = dataVolumeShape(faults, scope, id, asked);
      checkKeys(faults, 'props', asked, DATA_VOLUME_PROPS);
      return shape;
    });
    super(scope, id, claim, kept(asked), asked.overrides !== undefined);
    addDataVolume(this, asked);
  }
}

/** What CDI passes on from a DataVolume to its claim, and the claim keeps when it grows. */
export function kept({ labels, annotations }: DataVolumeImportProps): GrowOptions {
  return { labels, annotations };
}

/** Makes the DataVolume of a disk, as its child `Resource`. */
export function addDataVolume(disk: Construct & IDisk, props: DataVolumeImportProps): void {
  const spec = renderDataVolumeSpec(props, disk.namespace) as DataVolumeSpec;
  addObject(disk, generated.cdi.DataVolume, props, { spec }, { annotations: dataVolumeAnnotations(props) });
}
