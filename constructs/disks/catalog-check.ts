import { Size } from 'cdk8s';
import { toBytes } from '../shared/quantity';
import { Faults, kindOf } from '../shared/refusal';
import { StorageCatalog } from '../storage/catalog';
import { ClaimWriter, SettledClaim, settleClaim } from '../storage/claim-defaults';
import { AccessMode, ContentType, VolumeMode } from '../storage/claim-modes';
import { ClaimFate, decideClaim, Filling } from '../storage/claim-outcome';
import { inflatedBytes, scratchBytes, scratchClassName } from '../storage/claim-size';
import { ClaimPropertySet, StorageFacts } from '../storage/facts';
import { Certainty, OutcomeKind } from '../storage/outcome';

/** Notes a value that is not a catalog. */
export function checkCatalog(faults: Faults, catalog: unknown): void {
  if (catalog === undefined || catalog instanceof StorageCatalog) return;
  const isFile = typeof catalog === 'string' && /^[^\n'\\]+\.(ya?ml|json|txt)$/i.test(catalog);
  const remedy = isFile ? `StorageCatalog.fromKubectl(readFileSync('${catalog}', 'utf8'))` : 'StorageCatalog.of(…)';
  faults.note(`'catalog' must be a StorageCatalog, got ${kindOf(catalog)}; write ${remedy}`);
}

/** What is asked of a claim, as far as the catalog decides about it. */
export interface AskedClaim {
  readonly writer: ClaimWriter;
  readonly storageClassName?: string;
  readonly accessModes?: AccessMode[];
  readonly volumeMode?: VolumeMode;
  readonly contentType?: ContentType;
  /** Size that is asked for. */
  readonly size?: Size;
  /** Whether CDI needs scratch space while it fills the claim. */
  readonly needsScratch?: boolean;
}

/** Which prop each decision is about. */
const PROPS: Readonly<Record<string, string>> = {
  'claim-access-modes': 'accessModes',
  'claim-archive': 'volumeMode',
  'claim-modes-offered': 'volumeMode',
};

/**
 * Notes a claim that is never bound, by what the catalog knows of its class. A catalog that is written by hand may leave
 * classes out, one that kubectl printed holds them all.
 */
export function checkOutcome(faults: Faults, catalog: unknown, asked: AskedClaim): void {
  if (!(catalog instanceof StorageCatalog) || faults.count > 0) return;
  const { _facts: facts, _isWhole: isWhole } = catalog;
  const settled = settleClaim(facts, asked);
  const { writer, size, storageClassName, needsScratch } = asked;
  // By `spec.storage` the claim is larger than what is asked for, by a share that the volume mode decides.
  const bytes = writer === ClaimWriter.STORAGE ? undefined : size && toBytes(size);
  const scratch =
    needsScratch === true && size !== undefined ? scratchOf(facts, settled, asked, toBytes(size)) : undefined;
  const outcome = decideClaim(
    { facts, isWhole },
    { writer, settled, bytes, asksForNoClass: storageClassName === '', filling: Filling.NONE, scratch, isUsed: true },
  );
  // What a driver refuses unless it is set otherwise may be meant.
  const isMeant = outcome.certainty === Certainty.DEFAULT && outcome.rule === 'claim-modes-offered';
  if (outcome.kind !== OutcomeKind.NEVER || isMeant) return;
  const prop = PROPS[outcome.rule] ?? 'storageClassName';
  faults.note(`'${prop}' must be one with which the claim is bound: ${outcome.reason}; ${outcome.remedy}`);
}

/** The scratch space that CDI needs beside a claim; undefined if its class is not known. */
function scratchOf(
  facts: StorageFacts,
  { storageClassName, volumeMode }: SettledClaim,
  { writer }: AskedClaim,
  size: number,
): ClaimFate['scratch'] {
  const storageClass = scratchClassName(facts, storageClassName);
  if (storageClass === undefined) return undefined;
  const isStorage = writer === ClaimWriter.STORAGE;
  const requested = isStorage ? inflatedBytes(facts, volumeMode, size, storageClassName) : size;
  return { bytes: scratchBytes(facts, volumeMode, requested, storageClassName), storageClass };
}

/**
 * The modes that a class offers a claim which leaves them out: those of the first property set of its StorageProfile with what is
 * asked for; undefined if that is not known.
 */
export function offeredModes(
  catalog: unknown,
  { storageClassName, accessModes, volumeMode }: Omit<AskedClaim, 'writer'>,
): ClaimPropertySet | undefined {
  if (!(catalog instanceof StorageCatalog)) return undefined;
  const { storageClasses } = catalog;
  const byDefault = storageClasses.filter(({ isDefault }) => isDefault === true);
  const named = storageClassName ?? (byDefault.length === 1 ? byDefault[0]?.name : undefined);
  const sets = storageClasses.find(({ name }) => name === named)?.claimPropertySets ?? [];
  return sets.find(
    (set) =>
      set.accessModes.length > 0 &&
      (volumeMode === undefined || set.volumeMode === volumeMode) &&
      (!Array.isArray(accessModes) || accessModes.every((mode) => set.accessModes.includes(mode))),
  );
}

/** The one mode of a set that a claim asks for: ReadWriteMany, which live migration needs, if it is there. */
export function oneMode({ accessModes }: ClaimPropertySet): AccessMode[] {
  return accessModes.includes(AccessMode.READ_WRITE_MANY) ? [AccessMode.READ_WRITE_MANY] : accessModes.slice(0, 1);
}
