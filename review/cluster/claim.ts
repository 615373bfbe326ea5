import { ClaimWriter, settleClaim, SettledClaim } from '../../constructs/storage/claim-defaults';
import type { AccessMode, ContentType, VolumeMode } from '../../constructs/storage/claim-modes';
import {
  inflatedBytes,
  overheadOf,
  requiredBytes,
  scratchBytes,
  scratchClassName,
  usableBytes,
} from '../../constructs/storage/claim-size';
import { inflatesRestore } from '../../constructs/storage/clone/sizes';
import type { StorageFacts } from '../../constructs/storage/facts';
import { objectAt, textAt, valueAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import type { Json } from '../rule';
import { ClaimSource, claimSource, dataVolumeSource } from './claim-source';
import { controllerOf, KindAndName } from './identity';

/** A claim as the manifests and the storage make it. */
export interface Claim extends Unmeasured, Sizes {
  readonly settled: SettledClaim;
}

/** What is said of a claim before the storage is asked. */
interface Unmeasured {
  readonly namespace: string;
  readonly name: string;
  readonly source: ClaimSource;
  /** What wrote it. */
  readonly writer: ClaimWriter;
  /** What was written of the claim itself. */
  readonly written: Json;
  readonly contentType: ContentType;
  /** What makes it: the VM by a template of its own, a StatefulSet. */
  readonly owner?: KindAndName;
  /** The DataVolume that it was made for, if it was read from a cluster. */
  readonly madeFor?: string;
  /** Annotations of the object that makes it. */
  readonly annotations: Json;
}

interface Sizes {
  /** Bytes that were asked for. */
  readonly asked?: number;
  /** Bytes that the claim requests. */
  readonly requested?: number;
  /** Bytes of it that a disk can have. */
  readonly usable?: number;
  readonly scratch?: { readonly bytes: number; readonly storageClass: string };
}

/** The claim that a DataVolume, or the template of one, makes. */
export function dataVolumeClaim(facts: StorageFacts, object: Json, namespace: string, owner?: KindAndName): Claim {
  const spec = objectAt(object, 'spec') ?? {};
  const contentType = (textAt(spec, 'contentType') || 'kubevirt') as ContentType;
  const source = dataVolumeSource(spec, namespace);
  const [name, annotations] = [nameOf(object), annotationsOf(object)];
  return measured(facts, { namespace, name, source, ...claimIn(spec), contentType, owner, annotations });
}

/** What the spec of a DataVolume says of its claim: `pvc`, or `storage` if that stands alone. */
export function claimIn(spec: Json): { readonly writer: ClaimWriter; readonly written: Json } {
  const isStorage = objectAt(spec, 'pvc') === undefined && objectAt(spec, 'storage') !== undefined;
  const written = objectAt(spec, isStorage ? 'storage' : 'pvc') ?? {};
  return { writer: isStorage ? ClaimWriter.STORAGE : ClaimWriter.PVC, written };
}

/** The claim that a PersistentVolumeClaim is. */
export function plainClaim(facts: StorageFacts, object: Json, owner?: KindAndName): Claim {
  const written = objectAt(object, 'spec') ?? {};
  const controller = controllerOf(object);
  return measured(facts, {
    namespace: textAt(object, 'metadata', 'namespace'),
    name: nameOf(object),
    source: claimSource(object),
    writer: ClaimWriter.CLAIM,
    written,
    contentType: 'kubevirt' as ContentType,
    owner,
    madeFor: controller?.kind === 'DataVolume' ? controller.name : undefined,
    annotations: annotationsOf(object),
  });
}

/** A claim as its own manifest says that it is now, grown for example; how it came to be stays. */
export function asStatedNow(facts: StorageFacts, known: Claim, object: Json): Claim {
  const { source, contentType, owner, annotations } = known;
  return { ...measured(facts, { ...plainClaim(facts, object), source, contentType, owner }), annotations };
}

/** A claim that was read from a cluster, with how it came to be, which its DataVolume says. */
export function asMadeBy(dataVolume: Claim, claim: Claim): Claim {
  const { source, contentType, owner, annotations } = dataVolume;
  return { ...claim, source, contentType, owner, annotations };
}

/** A claim that requests just what is asked for, as no disk image has to fit into it. */
export function withoutOverhead(claim: Claim): Claim {
  const bytes = wholeBytes(valueAt(claim.written, 'resources', 'requests', 'storage'));
  return { ...claim, asked: bytes, requested: bytes, usable: bytes, scratch: undefined };
}

function nameOf(object: Json): string {
  return textAt(object, 'metadata', 'name');
}

function annotationsOf(object: Json): Json {
  return objectAt(object, 'metadata', 'annotations') ?? NO_ANNOTATIONS;
}

const NO_ANNOTATIONS: Json = {};

/** One literal for the claim of a fleet's every disk: copies of copies take V8 several times as long. */
function measured(facts: StorageFacts, claim: Unmeasured): Claim {
  const { namespace, name, source, writer, written, contentType, owner, madeFor, annotations } = claim;
  const { settled, asked, requested, usable, scratch } = measuresOf(facts, claim);
  return {
    namespace,
    name,
    source,
    writer,
    written,
    contentType,
    owner,
    madeFor,
    annotations,
    settled,
    asked,
    requested,
    usable,
    scratch,
  };
}

/** What the storage makes of a claim. */
interface Measures extends Sizes {
  readonly settled: SettledClaim;
}

/** By the storage, and by what is asked: the claims of a fleet are alike, and share one answer. */
const answers = new WeakMap<StorageFacts, Map<string, Measures>>();

/** Claims that differ more are no fleet. */
const MOST_ANSWERS = 1000;

function measuresOf(facts: StorageFacts, claim: Unmeasured): Measures {
  const { source, writer, written, contentType } = claim;
  const storageClassName = typeof written.storageClassName === 'string' ? written.storageClassName : undefined;
  const accessModes = textsOf(written.accessModes) as AccessMode[] | undefined;
  const volumeMode = (textAt(written, 'volumeMode') || undefined) as VolumeMode | undefined;
  const size = valueAt(written, 'resources', 'requests', 'storage');
  const own = [writer, storageClassName, volumeMode, contentType, size, source.scratch];
  const asked = [...own, accessModes === undefined, ...(accessModes ?? [])];
  const before = lately.find((one) => one.facts === facts && isSame(one.asked, asked));
  if (before !== undefined) return before.answer;
  const key = JSON.stringify(asked);
  let known = answers.get(facts);
  if (known === undefined || known.size >= MOST_ANSWERS) {
    known = new Map();
    answers.set(facts, known);
  }
  let answer = known.get(key);
  if (answer === undefined) {
    const settled = settleClaim(facts, { writer, storageClassName, accessModes, volumeMode, contentType });
    answer = { settled, ...sizesOf(facts, claim, settled, wholeBytes(size)) };
    known.set(key, answer);
  }
  lately.unshift({ facts, asked, answer });
  lately.length = Math.min(lately.length, LATELY);
  return answer;
}

/** The last of these answers: the claims of a machine are like those of the machine before it, and a text of each takes time. */
const lately: { facts: StorageFacts; asked: readonly unknown[]; answer: Measures }[] = [];
const LATELY = 4;

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

/** A list of texts; undefined if it is not one. */
function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

/** Bytes of a quantity, as Kubernetes rounds them up; undefined if it is not a size. */
function wholeBytes(quantity: unknown): number | undefined {
  const bytes = Math.ceil(parseQuantity(quantity) ?? NaN);
  return bytes > 0 && bytes < 2 ** 63 ? bytes : undefined;
}

/** The sizes of a claim that names its size; a clone without one gets that of its source once that is known. */
function sizesOf(facts: StorageFacts, claim: Unmeasured, settled: SettledClaim, asked: number | undefined): Sizes {
  const isStorage = claim.writer === ClaimWriter.STORAGE;
  const { storageClassName, volumeMode } = settled;
  if (asked === undefined || (isStorage && volumeMode === undefined)) return { asked };
  const requested = isStorage ? inflatedBytes(facts, volumeMode, asked, storageClassName) : asked;
  return sized(facts, claim.source, settled, asked, requested);
}

/**
 * A clone that names no size, with what CDI takes from its source, by `spec.storage` alone: of a snapshot the size as it
 * is, of a disk in a file system that of its image, else that of the claim; no smallest size of a class raises it (CDI
 * v1.63.1: pkg/controller/datavolume/snapshot-clone-controller.go and pvc-clone-controller.go, detectCloneSize; from v1.66.0 on
 * the snapshot of a device gets the overhead of its file system).
 */
export function sizedAs(facts: StorageFacts, clone: Claim, from: Claim, fromSnapshot: boolean): Claim {
  const { asked, writer, settled, source } = clone;
  if (asked !== undefined || writer !== ClaimWriter.STORAGE) return clone;
  const isFile = from.settled.volumeMode === 'Filesystem';
  const holdsImage = !fromSnapshot && isFile && from.contentType !== 'archive' && !isPlain(from);
  const size = holdsImage ? from.usable : from.requested;
  if (size === undefined) return clone;
  const { volumeMode, storageClassName } = settled;
  if (fromSnapshot && !inflatesRestore(facts, from.settled.volumeMode)) {
    return { ...clone, ...sized(facts, source, settled, size, size) };
  }
  if (volumeMode === undefined) return { ...clone, asked: size };
  const requested = requiredBytes(facts, volumeMode, size, storageClassName);
  return { ...clone, ...sized(facts, source, settled, size, requested) };
}

/** Set on each claim that CDI makes or fills: pkg/controller/common/util.go, AnnContentType. */
const CONTENT_TYPE = 'cdi.kubevirt.io/storage.contentType';

/**
 * Whether a claim was made without CDI, so that CDI does not look at the image in it (CDI v1.63.1:
 * pkg/controller/datavolume/pvc-clone-controller.go, detectCloneSize).
 */
export function isPlain({ writer, madeFor, source, annotations }: Claim): boolean {
  if (writer !== ClaimWriter.CLAIM || madeFor !== undefined || annotations[CONTENT_TYPE] === 'kubevirt') return false;
  return !/^(import \(|upload$|blank$|clone$)/.test(source.made) || source.clones?.kind === 'VolumeCloneSource';
}

function sized(
  facts: StorageFacts,
  source: ClaimSource,
  { storageClassName: name, volumeMode }: SettledClaim,
  asked: number,
  requested: number,
): Sizes {
  const usable = volumeMode && usableBytes(volumeMode, requested, overheadOf(facts, name));
  if (source.scratch === 'none') return { asked, requested, usable };
  const bytes = scratchBytes(facts, volumeMode, requested, name);
  return { asked, requested, usable, scratch: { bytes, storageClass: scratchClassName(facts, name) ?? '' } };
}

/** What of a claim is not known. */
export function notKnownOf({ settled, requested }: Claim): string[] {
  return [...settled.missing, ...(requested === undefined ? ['the size'] : [])];
}
