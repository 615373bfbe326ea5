import { objectAt, textAt, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json } from '../../rule';
import { alternatives, must } from '../shared/wording';
import { DATA_VOLUME, SpecCheck, SpecPlace } from './spec-check';

/** Kubernetes, pkg/apis/core/types.go, PersistentVolumeAccessMode. */
const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** The least size, in bytes. */
const LEAST_BYTES = 2 ** 20;

/** The longest name of an object: a DNS subdomain. */
const LONGEST_NAME = 253;

/** The claim that a DataVolume makes, where it says one and no other. */
interface Target {
  readonly api: 'PVC' | 'Storage';
  readonly key: 'pvc' | 'storage';
  readonly claim: Json;
}

/** Rules for the claim that a DataVolume makes. */
export const TARGET_CHECKS: readonly SpecCheck[] = [
  {
    id: 'target-present',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: ({ spec, field }, note) => {
      if (objectAt(spec, 'pvc') !== undefined || objectAt(spec, 'storage') !== undefined) return;
      note(`${field}.PVC`, must('spec', `have 'storage' or 'pvc'`, undefined), `write 'storage' with the size`);
    },
  },
  {
    id: 'target-single',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: ({ spec, field }, note) => {
      if (objectAt(spec, 'pvc') === undefined || objectAt(spec, 'storage') === undefined) return;
      note(`${field}.PVC.Storage`, `'spec' must have 'storage' or 'pvc', got both`, `leave out 'pvc'`);
    },
  },
  {
    id: 'size-positive',
    source: `${DATA_VOLUME}:validateStorageSize`,
    check: (place, note) => {
      const size = sizeOf(place);
      if (size === undefined || size.bytes > 0) return;
      note(size.field, must('storage', 'be more than zero', size.text));
    },
  },
  {
    id: 'size-least',
    source: `${DATA_VOLUME}:validateStorageSize`,
    check: (place, note) => {
      const size = sizeOf(place);
      if (size === undefined || size.bytes <= 0 || Math.ceil(size.bytes) >= LEAST_BYTES) return;
      note(size.field, must('storage', `be at least '1Mi'`, size.text));
    },
  },
  {
    id: 'size-present',
    source: `${DATA_VOLUME}:validateStorageSize`,
    check: (place, note) => {
      const target = targetOf(place);
      if (target === undefined || valueAt(target.claim, 'resources', 'requests', 'storage') !== undefined) return;
      if (target.api === 'Storage' && isClone(place)) return;
      const remedy =
        target.api === 'PVC' && isClone(place)
          ? `give it, or write 'storage' in place of 'pvc': its size is taken from the source`
          : 'give the size';
      note(sizeField(place, target), must('storage', `be given below 'resources.requests'`, undefined), remedy);
    },
  },
  {
    id: 'storage-class-name-short',
    source: `${DATA_VOLUME}:validateStorageClassName`,
    check: (place, note) => {
      const target = targetOf(place);
      const name = textAt(target?.claim, 'storageClassName');
      if (name.length <= LONGEST_NAME) return;
      const field = `${place.field}.${target?.key}.storageClassName`;
      note(field, must('storageClassName', `have at most ${LONGEST_NAME} characters`, name));
    },
  },
  {
    id: 'access-modes-one',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: (place, note) => {
      const target = targetOf(place);
      if (target?.api !== 'PVC' || modesOf(target).length === 1) return;
      const remedy =
        modesOf(target).length === 0 ? undefined : `write 'storage' in place of 'pvc', which takes several`;
      const field = `${place.field}.PVC.accessModes`;
      note(field, must('accessModes', `name one mode with 'pvc'`, target.claim.accessModes), remedy);
    },
  },
  {
    id: 'access-modes-known',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: (place, note) => {
      const target = targetOf(place);
      const unknown = target && modesOf(target).find((mode) => !ACCESS_MODES.includes(mode as string));
      if (unknown === undefined) return;
      // 'PVC' with the storage API too: the webhook's own path.
      note(`${place.field}.PVC.accessModes`, must('accessModes', `be ${alternatives(ACCESS_MODES)}`, unknown));
    },
  },
];

/** A claim that is accepted, and never made. */
export const TARGET_WARNINGS: readonly SpecCheck[] = [
  {
    id: 'archive-on-filesystem',
    source:
      'CDI v1.63.1, pkg/controller/datavolume/util.go:renderPvcSpecVolumeModeAndAccessModesAndStorageClass (ErrClaimNotValid)',
    check: ({ spec, field }, note) => {
      if (spec.contentType !== 'archive' || valueAt(spec, 'storage', 'volumeMode') !== 'Block') return;
      const message = must('volumeMode', `be 'Filesystem' for contentType 'archive'`, 'Block');
      note(`${field}.storage.volumeMode`, message, 'leave it out: CDI then takes a file system');
    },
  },
];

/** Whether the size may be taken from the source. */
function isClone({ spec }: SpecPlace): boolean {
  const source = objectAt(spec, 'source');
  return [spec.sourceRef, source?.pvc, source?.snapshot].some((from) => from !== undefined);
}

function targetOf({ spec }: SpecPlace): Target | undefined {
  const [pvc, storage] = [objectAt(spec, 'pvc'), objectAt(spec, 'storage')];
  if (pvc !== undefined && storage !== undefined) return undefined;
  if (pvc !== undefined) return { api: 'PVC', key: 'pvc', claim: pvc };
  return storage === undefined ? undefined : { api: 'Storage', key: 'storage', claim: storage };
}

function modesOf({ claim }: Target): readonly unknown[] {
  return Array.isArray(claim.accessModes) ? claim.accessModes : [];
}

function sizeOf(place: SpecPlace): { field: string; text: unknown; bytes: number } | undefined {
  const target = targetOf(place);
  const text = valueAt(target?.claim, 'resources', 'requests', 'storage');
  const bytes = parseQuantity(text);
  return target === undefined || bytes === undefined ? undefined : { field: sizeField(place, target), text, bytes };
}

/** `size`, though the manifest says `storage`: the webhook's own path. */
function sizeField({ field }: SpecPlace, { api }: Target): string {
  return `${field}.${api}.resources.requests.size`;
}
