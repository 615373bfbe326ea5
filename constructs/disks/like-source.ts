import { isObject } from '../shared/checks';
import { AccessMode, ClaimApi } from '../storage/claim-modes';
import { DataVolumeOptions } from './data-volume';
import { DataVolumeSource } from './data-volume-source';

/**
 * What a DataVolume is, where it is a clone: what its options leave out is as the source has it, as far as that is
 * known. CDI itself takes nothing over but the size, and that by `spec.storage` alone; a clone into the default class
 * would be a copy, or never finish, without a word.
 */
export function likeSource<T extends DataVolumeOptions>(options: T): T {
  const disk = isObject(options) && options.source instanceof DataVolumeSource ? options.source.disk : undefined;
  if (disk === undefined) return options;
  const claimApi = given(options.claimApi, disk.claimApi);
  const isLeft = claimApi === ClaimApi.STORAGE && disk.claimApi !== ClaimApi.STORAGE;
  const left = isLeft ? undefined : disk;
  const modes = claimApi === ClaimApi.STORAGE ? left?.accessModes : oneOf(left?.accessModes);
  return {
    ...options,
    claimApi,
    accessModes: given(options.accessModes, modes),
    volumeMode: given(options.volumeMode, left?.volumeMode),
    storageClassName: given(options.storageClassName, disk.storageClassName),
  };
}

/** `spec.pvc` takes one mode: of several, the one that live migration needs. */
function oneOf(modes: readonly AccessMode[] | undefined): AccessMode[] | undefined {
  const first = modes?.includes(AccessMode.READ_WRITE_MANY) ? AccessMode.READ_WRITE_MANY : modes?.[0];
  return first && [first];
}

/** A `null` of JavaScript is something that was given, and wrong. */
function given<T>(asked: T | undefined, known: T | undefined): T | undefined {
  return asked === undefined ? known : asked;
}
