import { ClaimWriter, settleClaim, SettledClaim } from '../../constructs/storage/claim-defaults';
import type { AccessMode, VolumeMode } from '../../constructs/storage/claim-modes';
import { inflatedBytes, overheadOf, scratchBytes, usableBytes } from '../../constructs/storage/claim-size';
import type { ContentType } from '../../constructs/storage/data-volume';
import type { StorageFacts } from '../../constructs/storage/storage-facts';
import { objectAt, textAt, valueAt } from '../json';
import { parseQuantity } from '../quantity';
import type { Json } from '../rule';
import { ClaimSource, claimSource, dataVolumeSource } from './claim-source';
import { controllerOf } from './machines';

/** A claim as the manifests and the storage make it. */
export interface Claim {
  readonly namespace: string;
  readonly name: string;
  readonly source: ClaimSource;
  readonly settled: SettledClaim;
  /** What wrote it. */
  readonly writer: ClaimWriter;
  /** What was written of the claim itself. */
  readonly written: Json;
  readonly contentType: ContentType;
  /** Bytes that were asked for. */
  readonly asked?: number;
  /** Bytes that the claim requests. */
  readonly requested?: number;
  /** Bytes of it that a disk can have. */
  readonly usable?: number;
  readonly scratch?: { readonly bytes: number; readonly storageClass: string };
  /** What makes it: the VM by a template of its own, a StatefulSet. */
  readonly owner?: ClaimOwner;
  /** The DataVolume that it was made for, where it was read from a cluster. */
  readonly madeFor?: string;
  /** Annotations of the object that makes it. */
  readonly annotations: Json;
}

/** The object that makes a claim. */
export interface ClaimOwner {
  readonly kind: string;
  readonly name: string;
}

/** The claim that a DataVolume, or the template of one, makes. */
export function dataVolumeClaim(facts: StorageFacts, object: Json, namespace: string, owner?: ClaimOwner): Claim {
  const spec = objectAt(object, 'spec') ?? {};
  const isStorage = objectAt(spec, 'pvc') === undefined && objectAt(spec, 'storage') !== undefined;
  const written = objectAt(spec, isStorage ? 'storage' : 'pvc') ?? {};
  const writer = isStorage ? ClaimWriter.STORAGE : ClaimWriter.PVC;
  const contentType = (textAt(spec, 'contentType') || 'kubevirt') as ContentType;
  const source = dataVolumeSource(spec, namespace);
  return measured(facts, { ...identity(object, namespace), source, writer, written, contentType, owner });
}

/** The claim that a PersistentVolumeClaim is. */
export function plainClaim(facts: StorageFacts, object: Json, owner?: ClaimOwner): Claim {
  const written = objectAt(object, 'spec') ?? {};
  const contentType = 'kubevirt' as ContentType;
  const controller = controllerOf(object);
  const madeFor = controller?.kind === 'DataVolume' ? controller.name : undefined;
  const found = { source: claimSource(object), writer: ClaimWriter.CLAIM, written, contentType, owner, madeFor };
  return measured(facts, { ...identity(object, textAt(object, 'metadata', 'namespace')), ...found });
}

/** A claim whose own manifest says how it is now: grown, for example. How it was made stays. */
export function restated(facts: StorageFacts, known: Claim, object: Json): Claim {
  const { source, contentType, owner, annotations } = known;
  return { ...measured(facts, { ...plainClaim(facts, object), source, contentType, owner }), annotations };
}

/** A claim that was read from a cluster, with what its DataVolume says of its making. */
export function explained(claim: Claim, dataVolume: Claim): Claim {
  const { source, contentType, owner, annotations } = dataVolume;
  return { ...claim, source, contentType, owner, annotations };
}

/** The claim of KubeVirt for the state of a machine: it adds no overhead to the size. */
export function machineState(facts: StorageFacts, object: Json, namespace: string, owner: ClaimOwner): Claim {
  const claim = dataVolumeClaim(facts, object, namespace, owner);
  const { storageClassName } = claim.settled;
  const missing = ['the modes, which the StorageProfile decides'];
  const settled = { storageClassName, missing: storageClassName === undefined ? ['the class', ...missing] : missing };
  const bytes = wholeBytes(valueAt(claim.written, 'resources', 'requests', 'storage'));
  const source = { made: 'state of TPM and EFI', scratch: 'none' } as const;
  return { ...claim, source, settled, asked: bytes, requested: bytes, usable: bytes, scratch: undefined };
}

function identity(object: Json, namespace: string): Pick<Claim, 'namespace' | 'name' | 'annotations'> {
  return {
    namespace,
    name: textAt(object, 'metadata', 'name'),
    annotations: objectAt(object, 'metadata', 'annotations') ?? {},
  };
}

type Unmeasured = Omit<Claim, 'settled' | 'asked' | 'requested' | 'usable' | 'scratch'>;

function measured(facts: StorageFacts, claim: Unmeasured): Claim {
  const { written, writer, contentType } = claim;
  const settled = settleClaim(facts, {
    writer,
    storageClassName: typeof written.storageClassName === 'string' ? written.storageClassName : undefined,
    accessModes: Array.isArray(written.accessModes) ? (written.accessModes as AccessMode[]) : undefined,
    volumeMode: (textAt(written, 'volumeMode') || undefined) as VolumeMode | undefined,
    contentType,
  });
  return withSize(facts, { ...claim, settled }, wholeBytes(valueAt(written, 'resources', 'requests', 'storage')));
}

/** Bytes of a quantity, as Kubernetes rounds them up; nothing where it is no size. */
function wholeBytes(quantity: unknown): number | undefined {
  const bytes = Math.ceil(parseQuantity(quantity) ?? NaN);
  return bytes > 0 && bytes < 2 ** 63 ? bytes : undefined;
}

/** The claim with its sizes; a clone that names none gets that of its source once that is known. */
export function withSize(facts: StorageFacts, claim: Claim, asked: number | undefined): Claim {
  const { settled, writer, source } = claim;
  const { storageClassName: name, volumeMode } = settled;
  if (asked === undefined || (writer === ClaimWriter.STORAGE && volumeMode === undefined)) return { ...claim, asked };
  const requested = writer === ClaimWriter.STORAGE ? inflatedBytes(facts, volumeMode, asked, name) : asked;
  const usable = usableBytes(volumeMode, requested, overheadOf(facts, name));
  const scratch =
    source.scratch === 'none'
      ? undefined
      : {
          bytes: scratchBytes(facts, volumeMode, requested, name),
          storageClass: facts.cdi?.scratchSpaceStorageClassName ?? name ?? '',
        };
  return { ...claim, asked, requested, usable, scratch };
}

/** What of a claim is not known. */
export function notKnownOf({ settled, requested }: Claim): string[] {
  return [...settled.missing, ...(requested === undefined ? ['the size'] : [])];
}
