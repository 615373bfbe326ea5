import { ClaimWriter, SettledClaim } from './claim-defaults';
import { AccessMode, VolumeBindingMode, VolumeMode } from './claim-modes';
import { StorageClassFacts, StorageFacts } from './facts';
import { Certainty, Outcome, OutcomeKind } from './outcome';
import { isLocal, provisionsNothing, refusalOf } from './provisioners';
import { fits, VolumeRequest } from './volume-matching';

const { BOUND, NEVER, UNKNOWN, WAITS } = OutcomeKind;

/** What is known of the storage of a cluster, and how much of it. */
export interface StorageKnowledge {
  readonly facts: StorageFacts;
  /** Whether these are all the classes that the cluster has; else those among the manifests. */
  readonly isWhole: boolean;
}

/** What fills a claim. */
export enum Filling {
  /** Nothing: it is empty, or takes a volume that is there. */
  NONE = 'none',
  /** CDI writes into it, by pods of its own or from a snapshot. */
  CDI = 'cdi',
  /** CDI waits for whoever sends the bytes. */
  UPLOAD = 'upload',
}

/** A claim, with what decides whether it is bound. */
export interface ClaimFate {
  /** The claim, as `namespace/name`: a volume may be kept for it. */
  readonly key?: string;
  readonly writer: ClaimWriter;
  /** The claim as the storage settles it. */
  readonly settled: SettledClaim;
  /** Whether the class '' is asked for, which takes a PersistentVolume without a class. */
  readonly asksForNoClass?: boolean;
  /** The PersistentVolume that it names. */
  readonly volumeName?: string;
  /** Bytes that it requests. */
  readonly bytes?: number;
  readonly filling: Filling;
  /** The scratch space that CDI needs while it fills the claim. */
  readonly scratch?: { readonly bytes: number; readonly storageClass: string };
  /** Whether CDI binds it before anything uses it. */
  readonly bindsAtOnce?: boolean;
  /** Whether a machine that runs, or a pod, uses it. */
  readonly isUsed?: boolean;
  /** The machine that uses it once somebody starts it. */
  readonly laterUser?: string;
  /** Whether other claims take the volumes that fit it. */
  readonly isLeftOut?: boolean;
}

/**
 * What becomes of a claim by itself. The first row that applies decides.
 *
 * | rule | situation | outcome |
 * | --- | --- | --- |
 * | claim-access-modes | the DataVolume leaves out the access modes, and the StorageProfile has none | never |
 * | claim-archive | the DataVolume asks for an archive on a device | never |
 * | claim-class | no class is named, and no class is the default | never |
 * | claim-class-known | the class that is named is not there | waits for it, or for a PersistentVolume of that class |
 * | claim-volume | the class provisions nothing, and no PersistentVolume fits, or others take those that do | never |
 * | claim-modes-offered | the provisioner refuses the access and volume mode | never |
 * | claim-modes-offered | the StorageProfile does not list them | unknown |
 * | claim-scratch | CDI needs scratch space of a class that provisions nothing, and no further PersistentVolume fits | never |
 * | claim-machine-start | the class waits for a consumer, and the machine that uses the claim does not run | waits |
 * | claim-first-consumer | the class waits for a consumer, and nothing uses the claim | waits |
 * | claim-upload | CDI waits for the bytes | waits |
 */
export function decideClaim(knowledge: StorageKnowledge, claim: ClaimFate): Outcome {
  const own = decideItself(knowledge, claim);
  if (own.kind === NEVER || own.kind === UNKNOWN || claim.scratch === undefined) return own;
  return withoutScratch(knowledge.facts, claim, claim.scratch) ?? own;
}

function decideItself(knowledge: StorageKnowledge, claim: ClaimFate): Outcome {
  const { facts, isWhole } = knowledge;
  const { settled, volumeName } = claim;
  if (settled.refusal !== undefined) {
    const rule = settled.refusal.rule === 'D1' ? 'claim-archive' : 'claim-access-modes';
    return { kind: NEVER, rule, source: RENDER, ...said(settled.refusal) };
  }
  if (volumeName !== undefined && volumeName !== '') return byVolume(facts, volumeName);
  if (claim.asksForNoClass === true)
    return byHand(facts, claim, "the class '' takes a PersistentVolume without a class");
  const name = settled.storageClassName;
  if (name === undefined) return withoutClass(knowledge, claim);
  const storageClass = facts.storageClasses.find((known) => known.name === name);
  if (storageClass === undefined) return ofUnknownClass(isWhole, name, claim);
  if (provisionsNothing(storageClass)) {
    return byHand(facts, claim, `the class ${name} provisions nothing`, storageClass);
  }
  if (facts.persistentVolumes?.some((volume) => fits(volume, asked(claim, name))) === true) {
    return bound(storageClass, claim);
  }
  return offered(storageClass, claim) ?? bound(storageClass, claim);
}

/** What a claim asks of a volume that somebody made. */
export function asked({ key, settled, bytes }: ClaimFate, className: string): VolumeRequest {
  const { accessModes, volumeMode } = settled;
  return { key, accessModes, volumeMode, bytes, className };
}

const RENDER = 'CDI v1.63.1, pkg/controller/datavolume/util.go, renderPvcSpecVolumeModeAndAccessModesAndStorageClass';

function said({
  reason,
  remedy,
}: {
  readonly reason: string;
  readonly remedy: string;
}): Pick<Outcome, 'reason' | 'remedy'> {
  return { reason: `${reason}: CDI makes no claim`, remedy };
}

function unknown(reason: string, remedy: string): Outcome {
  return { kind: UNKNOWN, rule: 'claim-bound', reason, remedy };
}

function byVolume({ persistentVolumes }: StorageFacts, name: string): Outcome {
  const volume = persistentVolumes?.find((known) => known.name === name);
  if (volume !== undefined) return { kind: BOUND, rule: 'claim-bound' };
  return unknown(`whether the PersistentVolume ${name} is free`, `kubectl get persistentvolume ${name}`);
}

/** Kubernetes gives a claim without a class the default class even if that is set later. */
function withoutClass({ facts, isWhole }: StorageKnowledge, claim: ClaimFate): Outcome {
  const { writer, settled } = claim;
  const isKnown = isWhole && settled.hasNoDefault === true;
  if (!isKnown) return unknown('the default storage class', 'kubectl get storageclass');
  if (facts.persistentVolumes?.some((volume) => fits(volume, asked(claim, ''))) === true) {
    return { kind: BOUND, rule: 'claim-bound' };
  }
  const names = facts.storageClasses.map(({ name }) => name).sort();
  const asksForModes = (settled.accessModes ?? []).length > 0;
  const what = writer === ClaimWriter.STORAGE && !asksForModes ? 'CDI makes no claim' : 'the claim is never bound';
  return {
    kind: NEVER,
    rule: 'claim-class',
    reason: `no storage class is named, and none of the cluster is the default: ${what}`,
    remedy:
      names.length === 0 ? 'make a storage class' : `name one of ${names.join(', ')}, or make one of them the default`,
    source:
      writer === ClaimWriter.STORAGE && !asksForModes
        ? RENDER
        : 'Kubernetes, pkg/controller/volume/persistentvolume, syncUnboundClaim',
  };
}

/** Volumes that were made by hand may be of a class that has no object. */
function ofUnknownClass(isWhole: boolean, name: string, { writer, settled }: ClaimFate): Outcome {
  if (!isWhole) return unknown(`the storage class ${name}`, `kubectl get storageclass ${name} -o yaml`);
  const needsProfile = writer === ClaimWriter.STORAGE && (settled.accessModes ?? []).length === 0;
  return {
    kind: WAITS,
    rule: 'claim-class-known',
    reason: `the cluster has no storage class ${name}: ${needsProfile ? 'CDI makes no claim until it has' : 'the claim waits for it, or for a PersistentVolume of that class'}`,
    remedy: 'name a class that there is',
  };
}

/** What a class offers is what its StorageProfile lists; what is not listed may work, unless the driver is known to refuse it. */
function offered(storageClass: StorageClassFacts, { settled }: ClaimFate): Outcome | undefined {
  const { accessModes = [], volumeMode } = settled;
  const { name, volumeModes, claimPropertySets } = storageClass;
  if (volumeMode === undefined || accessModes.length === 0) {
    const what = volumeMode === undefined ? 'the volume mode' : 'the access modes';
    return unknown(`${what}, which the StorageProfile ${name} decides`, `kubectl get storageprofile ${name} -o yaml`);
  }
  const pair = `${accessModes.join(', ')} with volume mode ${volumeMode}`;
  const refusal = refusalOf(storageClass, accessModes, volumeMode);
  if (refusal !== undefined || volumeModes?.includes(volumeMode) === false) {
    const unless = refusal?.unless === undefined ? '' : `, unless ${refusal.unless}`;
    const why = refusal === undefined ? `its storage serves ${volumeModes?.join(', ')}` : `${refusal.reason}${unless}`;
    return {
      kind: NEVER,
      rule: 'claim-modes-offered',
      ...(unless === '' ? {} : { certainty: Certainty.DEFAULT }),
      reason: `the class ${name} makes no volume of ${pair} (${why}): the claim is never bound`,
      remedy: `ask for ${offer(storageClass, volumeMode)}, or name another class`,
      source: refusal?.source,
    };
  }
  if (claimPropertySets === undefined || claimPropertySets.length === 0) return undefined;
  if (accessModes.every((mode) => lists(claimPropertySets, mode, volumeMode))) return undefined;
  return {
    kind: UNKNOWN,
    rule: 'claim-modes-offered',
    reason: `the StorageProfile ${name} does not list ${pair}`,
    remedy: `ask for ${offer(storageClass, volumeMode)}, or test it with a claim of its own`,
  };
}

function lists(
  sets: readonly { accessModes: AccessMode[]; volumeMode: VolumeMode }[],
  mode: AccessMode,
  volumeMode: VolumeMode,
): boolean {
  return sets.some((set) => set.volumeMode === volumeMode && set.accessModes.includes(mode));
}

/** What may be asked for instead: what the StorageProfile lists, else the other volume mode. */
function offer({ claimPropertySets = [] }: StorageClassFacts, refused: VolumeMode): string {
  const sets = claimPropertySets.filter(({ accessModes }) => accessModes.length > 0);
  if (sets.length > 0) {
    return sets.map(({ accessModes, volumeMode }) => `${accessModes.join(', ')} and ${volumeMode}`).join(', or ');
  }
  return `volume mode ${refused === VolumeMode.BLOCK ? VolumeMode.FILESYSTEM : VolumeMode.BLOCK}`;
}

const CONSUMER =
  'Kubernetes, volumeBindingMode WaitForFirstConsumer; CDI v1.63.1, pkg/controller/common/util.go, AnnImmediateBinding';
const BIND_AT_ONCE = `annotate it with 'cdi.kubevirt.io/storage.bind.immediate.requested: "true"'`;

function bound({ name, volumeBindingMode }: StorageClassFacts, claim: ClaimFate): Outcome {
  const { isUsed, laterUser, bindsAtOnce, filling } = claim;
  if (volumeBindingMode === VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER && isUsed !== true && bindsAtOnce !== true) {
    const fills = filling === Filling.NONE ? 'is bound' : 'is filled';
    const waits = `the class ${name} waits for the first pod that uses the claim`;
    if (laterUser !== undefined) {
      const reason = `${waits}, and ${laterUser} does not run: it ${fills} once it starts`;
      const remedy = filling === Filling.NONE ? 'start the machine' : `start the machine, or ${BIND_AT_ONCE}`;
      return { kind: WAITS, rule: 'claim-machine-start', reason, remedy, source: CONSUMER };
    }
    return {
      kind: WAITS,
      rule: 'claim-first-consumer',
      reason: `${waits}, and nothing among the manifests does: it ${fills} once something does`,
      remedy: `${BIND_AT_ONCE}, or use it in a machine that runs`,
      source: CONSUMER,
    };
  }
  if (filling === Filling.UPLOAD) {
    return { kind: WAITS, rule: 'claim-upload', reason: 'it waits for an upload', remedy: 'virtctl image-upload' };
  }
  return { kind: BOUND, rule: 'claim-bound' };
}

/** A claim that takes a volume which somebody made: the one that fits. */
function byHand(
  { persistentVolumes }: StorageFacts,
  claim: ClaimFate,
  why: string,
  storageClass?: StorageClassFacts,
): Outcome {
  const className = storageClass?.name ?? '';
  if (persistentVolumes === undefined) {
    return unknown(`whether a PersistentVolume fits (${why})`, 'kubectl get persistentvolume -o yaml');
  }
  const fitting = persistentVolumes.filter((volume) => fits(volume, asked(claim, className)));
  if (fitting.length > 0 && claim.isLeftOut !== true) {
    return storageClass === undefined ? { kind: BOUND, rule: 'claim-bound' } : bound(storageClass, claim);
  }
  const names = fitting.map(({ name }) => name).join(', ');
  const what =
    fitting.length === 0 ? 'no PersistentVolume fits the claim' : `other claims take what fits it (${names})`;
  return {
    kind: NEVER,
    rule: 'claim-volume',
    certainty: Certainty.DEFAULT,
    reason: `${why}, and ${what}: it is never bound`,
    remedy: 'make a PersistentVolume for it, or name a class that provisions',
    source: 'Kubernetes, pkg/controller/volume/persistentvolume, findBestMatchForClaim',
  };
}

/** Scratch space is a file system of one node; a volume that the claim itself takes is no more free. */
function withoutScratch(
  { storageClasses, persistentVolumes }: StorageFacts,
  claim: ClaimFate,
  { bytes, storageClass: name }: NonNullable<ClaimFate['scratch']>,
): Outcome | undefined {
  const storageClass = storageClasses.find((known) => known.name === name);
  if (storageClass === undefined || !provisionsNothing(storageClass) || persistentVolumes === undefined)
    return undefined;
  const accessModes = [AccessMode.READ_WRITE_ONCE];
  const scratch = { accessModes, volumeMode: VolumeMode.FILESYSTEM, bytes, className: name };
  const free = persistentVolumes.filter((volume) => fits(volume, scratch));
  const own = persistentVolumes.filter((volume) => fits(volume, asked(claim, claim.settled.storageClassName ?? '')));
  const isShared = free.length === 1 && own.length === 1 && free[0] === own[0];
  if (free.length > 0 && !isShared) return undefined;
  const what = isShared ? `one PersistentVolume, ${free[0]?.name}, stands for both` : 'no PersistentVolume fits it';
  return {
    kind: NEVER,
    rule: 'claim-scratch',
    certainty: Certainty.DEFAULT,
    reason: `CDI needs scratch space beside the claim, of the class ${name}, which provisions nothing: ${what}, and the import never starts`,
    remedy: 'set scratchSpaceStorageClass of CDI to a class that provisions, or make another PersistentVolume',
    source: 'CDI v1.63.1, pkg/controller/util.go, createScratchPersistentVolumeClaim, GetScratchPvcStorageClass',
  };
}

/** Why a claim that says ReadWriteMany cannot be trusted to be used on two nodes at once; undefined if it can, or says another mode. */
export function doubtOfSharing(
  { facts }: StorageKnowledge,
  { storageClassName, accessModes = [], volumeMode }: SettledClaim,
): { readonly reason: string; readonly isCertain: boolean } | undefined {
  if (!accessModes.includes(AccessMode.READ_WRITE_MANY)) return undefined;
  const storageClass = facts.storageClasses.find(({ name }) => name === storageClassName);
  if (storageClass === undefined || volumeMode === undefined) return undefined;
  if (isLocal(storageClass)) {
    const reason = `the volumes of class ${storageClass.name} are of one node (${storageClass.provisioner}), whatever the claim says`;
    return { reason, isCertain: true };
  }
  const outcome = offered(storageClass, {
    settled: { ...EMPTY, accessModes, volumeMode },
    writer: ClaimWriter.CLAIM,
    filling: Filling.NONE,
  });
  if (outcome === undefined || outcome.reason === undefined) return undefined;
  return { reason: outcome.reason, isCertain: outcome.kind === NEVER };
}

const EMPTY: SettledClaim = { missing: [] };
