import { ApiObject } from 'cdk8s';
import { isObject } from '../shared/checks';
import { isQuantity, Quantity } from '../shared/quantity';
import { AccessMode, VolumeMode } from '../storage/claim-modes';
import { IDisk } from '../storage/disk';

/** What is known of a disk but for its name. */
export type KnownDisk = Pick<IDisk, 'size' | 'accessModes' | 'volumeMode' | 'storageClassName'>;

/** The claim that a finished manifest asks for: of a PersistentVolumeClaim itself, or of a DataVolume. */
export function writtenClaim(resource: ApiObject): KnownDisk {
  const { spec } = resource.toJson() as { readonly spec?: unknown };
  const claim: unknown = isObject(spec) ? (spec.pvc ?? spec.storage ?? spec) : undefined;
  if (!isObject(claim)) return {};
  const { resources, accessModes, volumeMode, storageClassName } = claim;
  const requests = isObject(resources) && isObject(resources.requests) ? resources.requests : {};
  return {
    size: isQuantity(requests.storage) ? Quantity.parse(requests.storage) : undefined,
    accessModes: Array.isArray(accessModes) ? (accessModes as AccessMode[]) : undefined,
    volumeMode: typeof volumeMode === 'string' ? (volumeMode as VolumeMode) : undefined,
    storageClassName: typeof storageClassName === 'string' ? storageClassName : undefined,
  };
}
