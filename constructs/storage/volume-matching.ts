import { AccessMode, VolumeMode } from './claim-modes';
import { PersistentVolumeFacts } from './facts';

/** What a claim asks of a volume that somebody made. */
export interface VolumeRequest {
  /** The claim, as `namespace/name`. */
  readonly key?: string;
  readonly accessModes?: readonly AccessMode[];
  readonly volumeMode?: VolumeMode;
  readonly bytes?: number;
  /** Empty for a claim without a class. */
  readonly className: string;
}

/** Whether a claim may take a volume (Kubernetes v1.34.4: component-helpers/storage/volume/pv_helpers.go, FindMatchingVolume). */
export function fits(volume: PersistentVolumeFacts, request: VolumeRequest): boolean {
  const { storageClassName = '', accessModes = [], volumeMode = VolumeMode.FILESYSTEM, bytes: has, claim } = volume;
  const { key, bytes } = request;
  return (
    storageClassName === request.className &&
    (claim === undefined || claim === key) &&
    volumeMode === (request.volumeMode ?? VolumeMode.FILESYSTEM) &&
    (request.accessModes ?? []).every((mode) => accessModes.includes(mode)) &&
    (bytes === undefined || has === undefined || has >= bytes)
  );
}

/**
 * The requests for which no volume is left, however the volumes are given out: as many as there are too many, the last ones
 * of them. A request that no volume fits is one.
 */
export function withoutVolume<T extends VolumeRequest>(
  volumes: readonly PersistentVolumeFacts[],
  requests: readonly T[],
): T[] {
  const takers = new Map<PersistentVolumeFacts, T>();
  const give = (request: T, seen: Set<PersistentVolumeFacts>): boolean =>
    volumes.some((volume) => {
      if (seen.has(volume) || !fits(volume, request)) return false;
      seen.add(volume);
      const taker = takers.get(volume);
      if (taker !== undefined && !give(taker, seen)) return false;
      takers.set(volume, request);
      return true;
    });
  return requests.filter((request) => !give(request, new Set()));
}
