import { childIn, textIn } from '../../manifests/json';
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
    sentence: 'A DataVolume has storage or pvc.',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: ({ spec, field, serverField }, note) => {
      if (childIn(spec, 'pvc') !== undefined || childIn(spec, 'storage') !== undefined) return;
      const message = must('spec', `have 'storage' or 'pvc'`, undefined);
      note(`${field}.storage`, message, `write 'storage' with the size`, `${serverField}.PVC`);
    },
  },
  {
    id: 'target-single',
    sentence: 'A DataVolume has storage or pvc, not both.',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: ({ spec, field, serverField }, note) => {
      if (childIn(spec, 'pvc') === undefined || childIn(spec, 'storage') === undefined) return;
      const message = `'spec' must have 'storage' or 'pvc', got both`;
      note(`${field}.pvc`, message, `leave out 'pvc'`, `${serverField}.PVC.Storage`);
    },
  },
  {
    id: 'size-positive',
    sentence: 'The size of a DataVolume is greater than 0.',
    source: `${DATA_VOLUME}:validateStorageSize`,
    check: (place, note) => {
      const size = sizeOf(place);
      if (size === undefined || size.bytes > 0) return;
      note(size.field, must('storage', 'be more than zero', size.text), undefined, size.serverField);
    },
  },
  {
    id: 'size-least',
    sentence: 'The size of a DataVolume is at least 1Mi.',
    source: `${DATA_VOLUME}:validateStorageSize`,
    check: (place, note) => {
      const size = sizeOf(place);
      if (size === undefined || size.bytes <= 0 || Math.ceil(size.bytes) >= LEAST_BYTES) return;
      note(size.field, must('storage', `be at least '1Mi'`, size.text), undefined, size.serverField);
    },
  },
  {
    id: 'size-present',
    sentence: 'A DataVolume has a size, unless CDI takes it from the source.',
    source: `${DATA_VOLUME}:validateStorageSize`,
    check: (place, note) => {
      const target = targetOf(place);
      if (target === undefined || sizeIn(target.claim) !== undefined) return;
      if (target.api === 'Storage' && isClone(place)) return;
      const remedy =
        target.api === 'PVC' && isClone(place)
          ? `give it, or write 'storage' in place of 'pvc': its size is taken from the source`
          : 'give the size';
      const message = must('storage', `be given below 'resources.requests'`, undefined);
      note(sizeField(place, target), message, remedy, serverSizeField(place, target));
    },
  },
  {
    id: 'storage-class-name-short',
    sentence: 'The name of a storage class has at most 253 characters.',
    source: `${DATA_VOLUME}:validateStorageClassName`,
    check: (place, note) => {
      const target = targetOf(place);
      const name = textIn(target?.claim, 'storageClassName');
      if (name.length <= LONGEST_NAME) return;
      const key = `${target?.key}.storageClassName`;
      const message = must('storageClassName', `have at most ${LONGEST_NAME} characters`, name);
      note(`${place.field}.${key}`, message, undefined, `${place.serverField}.${key}`);
    },
  },
  {
    id: 'access-modes-one',
    sentence: 'A DataVolume with pvc has one access mode.',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: (place, note) => {
      const target = targetOf(place);
      if (target?.api !== 'PVC' || modesOf(target).length === 1) return;
      const remedy =
        modesOf(target).length === 0 ? undefined : `write 'storage' in place of 'pvc', which takes several`;
      const message = must('accessModes', `name one mode with 'pvc'`, target.claim.accessModes);
      note(`${place.field}.pvc.accessModes`, message, remedy, `${place.serverField}.PVC.accessModes`);
    },
  },
  {
    id: 'access-modes-known',
    sentence: 'The access modes of a DataVolume are those of Kubernetes.',
    source: `${DATA_VOLUME}:validateDataVolumeSpec`,
    check: (place, note) => {
      const target = targetOf(place);
      const unknown = target && modesOf(target).find((mode) => !ACCESS_MODES.includes(mode as string));
      if (unknown === undefined) return;
      const message = must('accessModes', `be ${alternatives(ACCESS_MODES)}`, unknown);
      // 'PVC' with the storage API too: the webhook's own path.
      note(`${place.field}.${target?.key}.accessModes`, message, undefined, `${place.serverField}.PVC.accessModes`);
    },
  },
];

/** A claim that is accepted, and never made. */
export const TARGET_WARNINGS: readonly SpecCheck[] = [
  {
    id: 'archive-on-filesystem',
    about: ['contentType'],
    sentence: 'A DataVolume of contentType archive is on a file system.',
    source:
      'CDI, pkg/controller/datavolume/util.go:renderPvcSpecVolumeModeAndAccessModesAndStorageClass (ErrClaimNotValid)',
    check: ({ spec, field }, note) => {
      if (spec.contentType !== 'archive' || childIn(spec, 'storage')?.volumeMode !== 'Block') return;
      const message = must('volumeMode', `be 'Filesystem' for contentType 'archive'`, 'Block');
      note(`${field}.storage.volumeMode`, message, 'leave it out: CDI then takes a file system');
    },
  },
];

function sizeIn(claim: Json | undefined): unknown {
  return childIn(childIn(claim, 'resources'), 'requests')?.storage;
}

/** Whether the size may be taken from the source. */
function isClone({ spec }: SpecPlace): boolean {
  const source = childIn(spec, 'source');
  return [spec.sourceRef, source?.pvc, source?.snapshot].some((from) => from !== undefined);
}

function targetOf({ spec }: SpecPlace): Target | undefined {
  const [pvc, storage] = [childIn(spec, 'pvc'), childIn(spec, 'storage')];
  if (pvc !== undefined && storage !== undefined) return undefined;
  if (pvc !== undefined) return { api: 'PVC', key: 'pvc', claim: pvc };
  return storage === undefined ? undefined : { api: 'Storage', key: 'storage', claim: storage };
}

function modesOf({ claim }: Target): readonly unknown[] {
  return Array.isArray(claim.accessModes) ? claim.accessModes : [];
}

interface StatedSize {
  readonly field: string;
  readonly serverField: string;
  readonly text: unknown;
  readonly bytes: number;
}

function sizeOf(place: SpecPlace): StatedSize | undefined {
  const target = targetOf(place);
  const text = sizeIn(target?.claim);
  const bytes = parseQuantity(text);
  if (target === undefined || bytes === undefined) return undefined;
  return { field: sizeField(place, target), serverField: serverSizeField(place, target), text, bytes };
}

function sizeField({ field }: SpecPlace, { key }: Target): string {
  return `${field}.${key}.resources.requests.storage`;
}

/** `size`, though the manifest says `storage`: the webhook's own path. */
function serverSizeField({ serverField }: SpecPlace, { api }: Target): string {
  return `${serverField}.${api}.resources.requests.size`;
}
