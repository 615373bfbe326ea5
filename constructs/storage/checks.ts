import {
  checkBoolean,
  checkListOf,
  checkName,
  checkOneOf,
  checkText,
  checkTextList,
  checkTextMap,
  checkWholeNumber,
  fractionRemedy,
  isObject,
  requireObject,
} from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { checkSize } from '../shared/quantity';
import { addKind, Faults } from '../shared/refusal';
import { AccessMode, checkAccessModes, ClaimApi, ContentType, VolumeBindingMode, VolumeMode } from './claim-modes';
import { CloneRequest } from './clone/outcome';
import { checkDisk } from './disk';
import {
  CdiFacts,
  ClaimPropertySet,
  CloneStrategy,
  PersistentVolumeFacts,
  SnapshotClassFacts,
  StorageClassFacts,
  StorageFacts,
} from './facts';

const FACTS: KnownKeys<StorageFacts> = {
  storageClasses: true,
  snapshotClasses: true,
  cdi: true,
  csiDrivers: true,
  persistentVolumes: true,
};

const STORAGE_CLASS: KnownKeys<StorageClassFacts> = {
  name: true,
  provisioner: true,
  backend: true,
  volumeModes: true,
  allowVolumeExpansion: true,
  cloneStrategy: true,
  snapshotClassName: true,
  claimPropertySets: true,
  keepsImportsAsSnapshots: true,
  minimumClaimSize: true,
  isDefault: true,
  isVirtDefault: true,
  created: true,
  volumeBindingMode: true,
  parameters: true,
};

const VOLUME: KnownKeys<PersistentVolumeFacts> = {
  name: true,
  storageClassName: true,
  accessModes: true,
  volumeMode: true,
  bytes: true,
  claim: true,
};

const SET: KnownKeys<ClaimPropertySet> = { accessModes: true, volumeMode: true };

const SNAPSHOT_CLASS: KnownKeys<SnapshotClassFacts> = { name: true, driver: true, isDefault: true };

const CDI: KnownKeys<CdiFacts> = {
  release: true,
  cloneStrategyOverride: true,
  filesystemOverhead: true,
  filesystemOverheadOf: true,
  scratchSpaceStorageClassName: true,
};

const REQUEST: KnownKeys<CloneRequest> = {
  source: true,
  fromSnapshot: true,
  target: true,
  claimApi: true,
  contentType: true,
  sourceContentType: true,
  sourceCapacity: true,
  sourceIsBound: true,
  sourceIsPlain: true,
  sourceIsInUse: true,
  permissive: true,
  usesPopulator: true,
  byClaim: true,
};

/** Refuses facts that are wrong. */
export function checkFacts(factory: string, facts: StorageFacts): void {
  const faults = new Faults(factory);
  requireObject(faults, 'facts', facts);
  checkKeys(faults, 'facts', facts, FACTS);
  checkClasses(faults, 'storageClasses', facts.storageClasses, checkStorageClass);
  if (facts.snapshotClasses !== undefined) {
    checkClasses(faults, 'snapshotClasses', facts.snapshotClasses, checkSnapshotClass);
  }
  if (facts.cdi !== undefined) checkCdi(faults, facts.cdi);
  checkTextList(faults, 'csiDrivers', facts.csiDrivers);
  if (facts.persistentVolumes !== undefined) {
    checkClasses(faults, 'persistentVolumes', facts.persistentVolumes, checkVolume);
  }
  faults.refuse();
}

function checkClasses(faults: Faults, property: string, classes: unknown, check: ClassCheck): void {
  if (!Array.isArray(classes)) {
    faults.add(property, 'be a list of classes', classes);
    return;
  }
  classes.forEach((facts: unknown, index) => {
    if (isObject(facts)) check(faults, `${property}[${index}]`, facts);
    else faults.add(`${property}[${index}]`, 'be an object', facts);
  });
  const names = classes.map((facts: { name?: string } | undefined) => facts?.name);
  const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
  if (twice !== undefined) faults.add(property, 'name each class once', twice);
}

function checkVolume(faults: Faults, at: string, facts: Record<string, unknown>): void {
  checkKeys(faults, at, facts, VOLUME);
  checkName(faults, `${at}.name`, facts.name);
  if (facts.storageClassName !== undefined) checkText(faults, `${at}.storageClassName`, facts.storageClassName);
  checkListOf(faults, `${at}.accessModes`, facts.accessModes, AccessMode);
  checkOneOf(faults, `${at}.volumeMode`, facts.volumeMode, VolumeMode);
  if (facts.bytes !== undefined) checkWholeNumber(faults, `${at}.bytes`, facts.bytes, 1);
  if (facts.claim !== undefined) checkText(faults, `${at}.claim`, facts.claim);
}

type ClassCheck = (faults: Faults, at: string, facts: Record<string, unknown>) => void;

function checkStorageClass(faults: Faults, at: string, facts: Record<string, unknown>): void {
  checkKeys(faults, at, facts, STORAGE_CLASS);
  checkName(faults, `${at}.name`, facts.name);
  checkText(faults, `${at}.provisioner`, facts.provisioner);
  if (facts.backend !== undefined) checkText(faults, `${at}.backend`, facts.backend);
  checkListOf(faults, `${at}.volumeModes`, facts.volumeModes, VolumeMode);
  checkBoolean(faults, `${at}.allowVolumeExpansion`, facts.allowVolumeExpansion);
  checkBoolean(faults, `${at}.isDefault`, facts.isDefault);
  checkBoolean(faults, `${at}.keepsImportsAsSnapshots`, facts.keepsImportsAsSnapshots);
  checkBoolean(faults, `${at}.isVirtDefault`, facts.isVirtDefault);
  if (facts.created !== undefined) checkText(faults, `${at}.created`, facts.created);
  checkOneOf(faults, `${at}.volumeBindingMode`, facts.volumeBindingMode, VolumeBindingMode);
  checkTextMap(faults, `${at}.parameters`, facts.parameters);
  checkSize(faults, `${at}.minimumClaimSize`, facts.minimumClaimSize);
  checkProfileFacts(faults, at, facts);
}

/** What a StorageProfile sets. */
function checkProfileFacts(faults: Faults, at: string, facts: Record<string, unknown>): void {
  checkOneOf(faults, `${at}.cloneStrategy`, facts.cloneStrategy, CloneStrategy);
  if (facts.snapshotClassName !== undefined) checkName(faults, `${at}.snapshotClassName`, facts.snapshotClassName);
  checkSets(faults, `${at}.claimPropertySets`, facts.claimPropertySets);
}

function checkSets(faults: Faults, at: string, sets: unknown): void {
  if (sets === undefined) return;
  if (!Array.isArray(sets)) {
    faults.add(at, 'be a list of access modes and volume modes', sets);
    return;
  }
  sets.forEach((set: { accessModes?: unknown[]; volumeMode?: unknown } | undefined, index) => {
    if (isObject(set)) checkKeys(faults, `${at}[${index}]`, set, SET);
    if (set?.accessModes?.length !== 0) {
      checkAccessModes(faults, `${at}[${index}].accessModes`, set?.accessModes ?? null);
    }
    checkOneOf(faults, `${at}[${index}].volumeMode`, set?.volumeMode ?? null, VolumeMode);
  });
}

function checkSnapshotClass(faults: Faults, at: string, facts: Record<string, unknown>): void {
  checkKeys(faults, at, facts, SNAPSHOT_CLASS);
  checkName(faults, `${at}.name`, facts.name);
  checkText(faults, `${at}.driver`, facts.driver);
  checkBoolean(faults, `${at}.isDefault`, facts.isDefault);
}

/** `v1.66.0`, with what may follow it. */
const RELEASE = /^v?\d+\.\d+\.\d+/;

function checkCdi(faults: Faults, cdi: CdiFacts): void {
  requireObject(faults, 'cdi', cdi);
  checkKeys(faults, 'cdi', cdi, CDI);
  if (cdi.release !== undefined && !RELEASE.test(cdi.release)) {
    faults.add('cdi.release', "be a release such as 'v1.66.0'", cdi.release);
  }
  checkOneOf(faults, 'cdi.cloneStrategyOverride', cdi.cloneStrategyOverride, CloneStrategy);
  checkOverhead(faults, 'cdi.filesystemOverhead', cdi.filesystemOverhead);
  for (const [name, overhead] of Object.entries(cdi.filesystemOverheadOf ?? {})) {
    checkOverhead(faults, `cdi.filesystemOverheadOf[${JSON.stringify(name)}]`, overhead);
  }
  if (cdi.scratchSpaceStorageClassName !== undefined) {
    checkName(faults, 'cdi.scratchSpaceStorageClassName', cdi.scratchSpaceStorageClassName);
  }
}

/** Refuses a value that is not a StorageProfile. */
export function checkProfile(factory: string, profile: unknown): void {
  const faults = new Faults(factory);
  if (!isObject(profile) || profile.storageClassName === undefined) {
    addKind(faults, 'profile', 'be a StorageProfile', profile);
  } else {
    checkName(faults, 'profile.storageClassName', profile.storageClassName);
    checkProfileFacts(faults, 'profile', profile);
  }
  faults.refuse();
}

/** Refuses a request that is wrong; what is not known may be left out. */
export function checkRequest(request: CloneRequest): void {
  const faults = new Faults('StorageCatalog.predictClone');
  requireObject(faults, 'request', request);
  checkKeys(faults, 'request', request, REQUEST);
  checkDisk(faults, 'source', request.source);
  checkDisk(faults, 'target', isObject(request.target) ? withoutEmptyClass(request.target) : request.target);
  checkBoolean(faults, 'fromSnapshot', request.fromSnapshot);
  checkOneOf(faults, 'claimApi', request.claimApi, ClaimApi);
  checkOneOf(faults, 'contentType', request.contentType, ContentType);
  checkOneOf(faults, 'sourceContentType', request.sourceContentType, ContentType);
  checkSize(faults, 'sourceCapacity', request.sourceCapacity);
  checkBoolean(faults, 'sourceIsBound', request.sourceIsBound);
  checkBoolean(faults, 'sourceIsPlain', request.sourceIsPlain);
  checkBoolean(faults, 'permissive', request.permissive);
  checkBoolean(faults, 'usesPopulator', request.usesPopulator);
  checkBoolean(faults, 'byClaim', request.byClaim);
  faults.refuse();
}

/** The class '' is allowed here: the decision deals with it. */
function withoutEmptyClass(disk: CloneRequest['target']): CloneRequest['target'] {
  return disk.storageClassName === '' ? { ...disk, storageClassName: undefined } : disk;
}

function checkOverhead(faults: Faults, property: string, overhead: unknown): void {
  if (overhead === undefined || (typeof overhead === 'number' && overhead >= 0 && overhead <= 1)) return;
  faults.add(property, 'be a fraction from 0 to 1', overhead, fractionRemedy(overhead));
}
