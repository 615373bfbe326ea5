import { publicAddress } from '../../constructs/shared/sensitive';
import { childIn, isObject, objectAt, objectsAt, textAt, valueAt } from '../manifests/json';
import type { Json } from '../rule';

/** Where the bytes of a disk come from. */
export interface ClaimSource {
  /** How the disk is made, in words. */
  readonly made: string;
  /** What it is made from: an address, or `namespace/name`. */
  readonly from?: string;
  /** Whether CDI needs scratch space for it. */
  readonly scratch: 'needed' | 'perhaps' | 'none';
  /**
   * Whether it is an import in stages that lacks the last one: CDI leaves the DataVolume Paused (CDI v1.63.1:
   * pkg/controller/datavolume/import-controller.go, updateStatusPhase).
   */
  readonly isPaused?: boolean;
  /** What CDI clones. */
  readonly clones?: ClonedObject;
}

/** The object that a clone is made from. */
export interface ClonedObject {
  readonly kind: 'PersistentVolumeClaim' | 'VolumeSnapshot' | 'DataSource' | 'VolumeCloneSource';
  readonly namespace: string;
  readonly name: string;
}

const UPLOAD_TARGET = 'cdi.kubevirt.io/storage.upload.target';

/** CDI v1.63.1: pkg/controller/common/util.go, AnnEndpoint and AnnSource. */
const ENDPOINT = 'cdi.kubevirt.io/storage.import.endpoint';
const ENDPOINT_KIND = 'cdi.kubevirt.io/storage.import.source';

/** Set where Kubernetes has found the volume itself: pkg/controller/volume/persistentvolume, AnnBoundByController. */
const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';

/**
 * Where a DataVolume's bytes come from.
 *
 * Scratch space (CDI v1.63.1: pkg/controller/import-controller.go, requiresScratchSpace; upload-controller.go): always
 * for archives, uploads of disk images and registry images that CDI pulls itself; of a download the importer finds
 * out (compressed, behind a login or a certificate of one's own: doc/scratch-space.md).
 */
export function dataVolumeSource(spec: Json, namespace: string): ClaimSource {
  const source = objectAt(spec, 'source') ?? {};
  const [kind = '', of] = Object.entries(source).find(([, value]) => value !== null && value !== undefined) ?? [];
  const isArchive = spec.contentType === 'archive';
  if (objectAt(spec, 'sourceRef') !== undefined) {
    return cloned('DataSource', textAt(spec, 'sourceRef', 'namespace') || namespace, textAt(spec, 'sourceRef', 'name'));
  }
  switch (kind) {
    case 'pvc':
      return cloned('PersistentVolumeClaim', textAt(of, 'namespace') || namespace, textAt(of, 'name'));
    case 'snapshot':
      return cloned('VolumeSnapshot', textAt(of, 'namespace') || namespace, textAt(of, 'name'));
    case 'blank':
      return BLANK;
    case 'upload':
      return UPLOAD;
    case 'registry': {
      const from = publicAddress(textAt(of, 'url')) || textAt(of, 'imageStream');
      return { made: 'import (registry)', from, scratch: textAt(of, 'pullMethod') === 'node' ? 'none' : 'needed' };
    }
    case '':
      return dataSourced(objectAt(spec, 'pvc') ?? objectAt(spec, 'storage') ?? {}, namespace, {});
    default: {
      const ofStages = kind === 'vddk' || kind === 'imageio';
      const scratch = isArchive ? 'needed' : ofStages ? 'none' : 'perhaps';
      const source: ClaimSource = { made: `import (${kind})`, from: publicAddress(textAt(of, 'url')), scratch };
      const isStaged = ofStages && objectsAt(spec, 'checkpoints').length > 0;
      return isStaged && spec.finalCheckpoint !== true ? { ...source, isPaused: true } : source;
    }
  }
}

/** Where a plain claim's bytes come from. */
export function claimSource(claim: Json): ClaimSource {
  const annotations = objectAt(claim, 'metadata', 'annotations') ?? {};
  if (annotations[UPLOAD_TARGET] !== undefined) return { made: 'upload into a claim', scratch: 'needed' };
  const from = publicAddress(textAt(annotations, ENDPOINT));
  if (from !== '') {
    const kind = textAt(annotations, ENDPOINT_KIND) || 'http';
    return { made: `import into a claim (${kind})`, from, scratch: kind === 'registry' ? 'needed' : 'perhaps' };
  }
  return dataSourced(objectAt(claim, 'spec') ?? {}, textAt(claim, 'metadata', 'namespace'), annotations);
}

/** Sources without an address are alike in a fleet. */
const BLANK: ClaimSource = { made: 'blank', scratch: 'none' };
const UPLOAD: ClaimSource = { made: 'upload', scratch: 'needed' };
const VOLUME_GIVEN: ClaimSource = { made: 'volume given', scratch: 'none' };
const EMPTY_CLAIM: ClaimSource = { made: 'empty claim', scratch: 'none' };

/** `dataSource` and `dataSourceRef`: the CSI driver itself clones and restores, or a populator fills the claim. */
function dataSourced(spec: Json, namespace: string, annotations: Json): ClaimSource {
  const source = objectAt(spec, 'dataSourceRef') ?? objectAt(spec, 'dataSource');
  if (source === undefined) {
    const isGiven = textAt(spec, 'volumeName') !== '' && annotations[BOUND_BY_CONTROLLER] === undefined;
    return isGiven ? VOLUME_GIVEN : EMPTY_CLAIM;
  }
  const [kind, name] = [textAt(source, 'kind'), textAt(source, 'name')];
  const holder = textAt(source, 'namespace') || namespace;
  const from = `${holder}/${name}`;
  if (kind === 'PersistentVolumeClaim') return { made: 'cloned by the CSI driver', from, scratch: 'none' };
  if (kind === 'VolumeSnapshot') return { made: 'restored by the CSI driver', from, scratch: 'none' };
  if (kind === 'VolumeCloneSource') return cloned(kind, holder, name);
  const scratch = kind === 'VolumeUploadSource' ? 'needed' : kind === 'VolumeImportSource' ? 'perhaps' : 'none';
  return { made: `populated by ${kind}`, from, scratch };
}

function cloned(kind: ClonedObject['kind'], namespace: string, name: string): ClaimSource {
  const from = `${namespace}/${name}`;
  const what = {
    PersistentVolumeClaim: '',
    VolumeSnapshot: 'snapshot ',
    DataSource: 'DataSource ',
    VolumeCloneSource: 'VolumeCloneSource ',
  }[kind];
  return { made: 'clone', from: `${what}${from}`, scratch: 'none', clones: { kind, namespace, name } };
}

/** What a DataSource or a VolumeCloneSource stands for. */
export function pointedAt(object: unknown, namespace: string): ClonedObject | undefined {
  for (const [field, kind] of [
    ['pvc', 'PersistentVolumeClaim'],
    ['snapshot', 'VolumeSnapshot'],
    ['dataSource', 'DataSource'],
  ] as const) {
    const of = valueAt(object, 'spec', 'source', field);
    if (isObject(of)) return { kind, namespace: textAt(of, 'namespace') || namespace, name: textAt(of, 'name') };
  }
  const [kind, name] = [textAt(object, 'spec', 'source', 'kind'), textAt(object, 'spec', 'source', 'name')];
  return kind === 'PersistentVolumeClaim' || kind === 'VolumeSnapshot' ? { kind, namespace, name } : undefined;
}

/** Whether the spec of a claim or of a DataVolume asks for the content of another one. */
export function isClone(spec: Json | undefined): boolean {
  if (spec === undefined) return false;
  if (spec.sourceRef !== undefined || spec.dataSourceRef !== undefined || spec.dataSource !== undefined) return true;
  const source = childIn(spec, 'source');
  if (source !== undefined && (source.pvc !== undefined || source.snapshot !== undefined)) return true;
  return [childIn(spec, 'pvc'), childIn(spec, 'storage')].some(
    (claim) => claim?.dataSourceRef !== undefined || claim?.dataSource !== undefined,
  );
}
