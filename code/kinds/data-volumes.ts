import * as k from '../../constructs';
import { isObject } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { claimEntries } from '../disks/claims';
import { dataVolumeEntries, flagOfBinding, sourceOf } from '../disks/data-volumes';
import { memberCode, objectOr } from '../language/scalars';
import { BIND_IMMEDIATELY } from '../meaning/markers';
import { byClass, Kind, Way } from './way';

/** What others may pass a DataVolume as, and the annotation that a prop says. */
const DISK = { knownAs: ['claim'], said: new Set([BIND_IMMEDIATELY]) } as const;

/** A DataVolume: a clone as an object of its source where that stands above, else by name; an empty disk; or an import. */
export const dataVolume: Kind = (scope, object) => {
  const spec = objectOr(object.spec);
  const [kind] = sourceOf(spec);
  if (kind === 'pvc' || kind === 'snapshot') {
    return [true, false].map((isPassed): Way | undefined => {
      const entries = dataVolumeEntries(scope, object, isPassed);
      return entries && byClass('DiskClone', k.DiskClone, entries, DISK);
    });
  }
  const entries = dataVolumeEntries(scope, object);
  const byImport = entries && byClass('DataVolumeImport', k.DataVolumeImport, entries, DISK);
  return kind === 'blank' && isObject(spec.pvc) ? [emptyDisk(object, spec.pvc), byImport] : [byImport];
};

function emptyDisk(object: Json, claim: Json): Way {
  const kind = memberCode('SecondaryDiskKind', k.SecondaryDiskKind, 'DataVolume');
  const bind = flagOfBinding(object);
  return byClass(
    'SecondaryDisk',
    k.SecondaryDisk,
    [['kind', kind], ...claimEntries(claim, true), ['bindImmediately', bind]],
    DISK,
  );
}
