import {
  checkBoolean,
  checkListOf,
  checkName,
  checkOneOf,
  checkText,
  checkTextList,
  checkTextMap,
  isObject,
  requireObject,
} from '../shared/checks';
import { checkSize } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { AccessMode, VolumeMode } from './claim-modes';
import { CloneOutcome, CloneRequest } from './clone-outcome';
import { decideClone } from './clone-rules';
import { ClaimApi, ContentType } from './data-volume';
import { checkDisk } from './disk';
import { readKubectl } from './kubectl-storage';
import { CdiFacts, CloneStrategy, SnapshotClassFacts, StorageClassFacts, StorageFacts } from './storage-facts';
import { VolumeBindingMode } from './volume-binding-mode';

/**
 * What a cluster's storage can do: one page of facts from which the outcome of every clone
 * follows. A catalog never changes; `withSnapshotClass` and its like give the next state.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/storageprofile.md
 */
export class StorageCatalog {
  /** @throws if two classes have one name, or a fact is none that Kubernetes knows. */
  public static of(facts: StorageFacts): StorageCatalog {
    return new StorageCatalog(facts);
  }

  /**
   * Reads a cluster's storage from what `kubectl get
   * storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver -o yaml` printed. Which
   * classes share a backend stands in none of these objects: `withBackend` says it.
   *
   * @throws if the text is no YAML, holds no StorageClass, or a fact is none that Kubernetes knows.
   */
  public static fromKubectl(text: string): StorageCatalog {
    return new StorageCatalog(readKubectl(text), 'StorageCatalog.fromKubectl');
  }

  private readonly facts: StorageFacts & Required<Pick<StorageFacts, 'snapshotClasses' | 'cdi'>>;

  private constructor(facts: StorageFacts, factory = 'StorageCatalog.of') {
    checkFacts(factory, facts);
    this.facts = {
      storageClasses: facts.storageClasses.map((storageClass) => ({ ...storageClass })),
      snapshotClasses: (facts.snapshotClasses ?? []).map((snapshotClass) => ({ ...snapshotClass })),
      cdi: { ...facts.cdi },
      csiDrivers: facts.csiDrivers && [...facts.csiDrivers],
    };
  }

  /**
   * All that is known.
   *
   * @internal
   */
  public get _facts(): StorageFacts {
    return this.facts;
  }

  /** The storage classes. */
  public get storageClasses(): StorageClassFacts[] {
    return [...this.facts.storageClasses];
  }

  /** The VolumeSnapshotClasses. */
  public get snapshotClasses(): SnapshotClassFacts[] {
    return [...this.facts.snapshotClasses];
  }

  /** The settings of CDI. */
  public get cdi(): CdiFacts {
    return { ...this.facts.cdi };
  }

  /** What is known of a storage class, if anything is. */
  public tryStorageClass(name: string): StorageClassFacts | undefined {
    return this.facts.storageClasses.find((storageClass) => storageClass.name === name);
  }

  /** The catalog after a storage class was made. */
  public withStorageClass(storageClass: StorageClassFacts): StorageCatalog {
    return new StorageCatalog({ ...this.facts, storageClasses: [...this.facts.storageClasses, storageClass] });
  }

  /** The catalog after a VolumeSnapshotClass was made. */
  public withSnapshotClass(snapshotClass: SnapshotClassFacts): StorageCatalog {
    return new StorageCatalog({ ...this.facts, snapshotClasses: [...this.facts.snapshotClasses, snapshotClass] });
  }

  /**
   * The catalog after the StorageProfile of a class was given a clone strategy.
   *
   * @throws if the class is not in the catalog.
   */
  public withCloneStrategy(storageClassName: string, cloneStrategy: CloneStrategy): StorageCatalog {
    const faults = new Faults('StorageCatalog.withCloneStrategy');
    if (this.tryStorageClass(storageClassName) === undefined) {
      faults.add('storageClassName', 'name a storage class of the catalog', storageClassName);
    }
    checkOneOf(faults, 'cloneStrategy', cloneStrategy, CloneStrategy);
    faults.refuse();
    const storageClasses = this.facts.storageClasses.map((storageClass) =>
      storageClass.name === storageClassName ? { ...storageClass, cloneStrategy } : storageClass,
    );
    return new StorageCatalog({ ...this.facts, storageClasses });
  }

  /**
   * The catalog with what only a person knows of a class: the storage pool or system behind it. A CSI driver clones
   * and restores within one.
   *
   * @throws if the class is not in the catalog.
   */
  public withBackend(storageClassName: string, backend: string): StorageCatalog {
    const faults = new Faults('StorageCatalog.withBackend');
    if (this.tryStorageClass(storageClassName) === undefined) {
      faults.add('storageClassName', 'name a storage class of the catalog', storageClassName);
    }
    checkText(faults, 'backend', backend);
    faults.refuse();
    const storageClasses = this.facts.storageClasses.map((storageClass) =>
      storageClass.name === storageClassName ? { ...storageClass, backend } : storageClass,
    );
    return new StorageCatalog({ ...this.facts, storageClasses });
  }

  /**
   * What a clone will do in this state of the cluster.
   *
   * @throws if source and target are no disks; what is not known of them is no fault.
   */
  public predictClone(request: CloneRequest): CloneOutcome {
    checkRequest(request);
    return decideClone(this.facts, request);
  }
}

function checkFacts(factory: string, facts: StorageFacts): void {
  const faults = new Faults(factory);
  requireObject(faults, 'facts', facts);
  checkClasses(faults, 'storageClasses', facts.storageClasses, checkStorageClass);
  if (facts.snapshotClasses !== undefined) {
    checkClasses(faults, 'snapshotClasses', facts.snapshotClasses, checkSnapshotClass);
  }
  if (facts.cdi !== undefined) checkCdi(faults, facts.cdi);
  checkTextList(faults, 'csiDrivers', facts.csiDrivers);
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

type ClassCheck = (faults: Faults, at: string, facts: Record<string, unknown>) => void;

function checkStorageClass(faults: Faults, at: string, facts: Record<string, unknown>): void {
  checkName(faults, `${at}.name`, facts.name);
  checkText(faults, `${at}.provisioner`, facts.provisioner);
  if (facts.backend !== undefined) checkText(faults, `${at}.backend`, facts.backend);
  checkListOf(faults, `${at}.volumeModes`, facts.volumeModes, VolumeMode);
  checkBoolean(faults, `${at}.allowVolumeExpansion`, facts.allowVolumeExpansion);
  checkOneOf(faults, `${at}.cloneStrategy`, facts.cloneStrategy, CloneStrategy);
  if (facts.snapshotClassName !== undefined) checkName(faults, `${at}.snapshotClassName`, facts.snapshotClassName);
  checkBoolean(faults, `${at}.isDefault`, facts.isDefault);
  checkBoolean(faults, `${at}.isVirtDefault`, facts.isVirtDefault);
  checkOneOf(faults, `${at}.volumeBindingMode`, facts.volumeBindingMode, VolumeBindingMode);
  checkTextMap(faults, `${at}.parameters`, facts.parameters);
  checkSize(faults, `${at}.minimumClaimSize`, facts.minimumClaimSize);
  checkSets(faults, `${at}.claimPropertySets`, facts.claimPropertySets);
}

function checkSets(faults: Faults, at: string, sets: unknown): void {
  if (sets === undefined) return;
  if (!Array.isArray(sets)) {
    faults.add(at, 'be a list of access modes and volume modes', sets);
    return;
  }
  sets.forEach((set: { accessModes?: unknown[]; volumeMode?: unknown } | undefined, index) => {
    if (set?.accessModes?.length !== 0) {
      checkListOf(faults, `${at}[${index}].accessModes`, set?.accessModes ?? null, AccessMode);
    }
    checkOneOf(faults, `${at}[${index}].volumeMode`, set?.volumeMode ?? null, VolumeMode);
  });
}

function checkSnapshotClass(faults: Faults, at: string, facts: Record<string, unknown>): void {
  checkName(faults, `${at}.name`, facts.name);
  checkText(faults, `${at}.driver`, facts.driver);
  checkBoolean(faults, `${at}.isDefault`, facts.isDefault);
}

function checkCdi(faults: Faults, cdi: CdiFacts): void {
  requireObject(faults, 'cdi', cdi);
  checkOneOf(faults, 'cdi.cloneStrategyOverride', cdi.cloneStrategyOverride, CloneStrategy);
  checkOverhead(faults, 'cdi.filesystemOverhead', cdi.filesystemOverhead);
  for (const [name, overhead] of Object.entries(cdi.filesystemOverheadOf ?? {})) {
    checkOverhead(faults, `cdi.filesystemOverheadOf[${JSON.stringify(name)}]`, overhead);
  }
  if (cdi.scratchSpaceStorageClassName !== undefined) {
    checkName(faults, 'cdi.scratchSpaceStorageClassName', cdi.scratchSpaceStorageClassName);
  }
}

function checkRequest(request: CloneRequest): void {
  const faults = new Faults('StorageCatalog.predictClone');
  requireObject(faults, 'request', request);
  checkDisk(faults, 'source', request.source);
  checkDisk(faults, 'target', isObject(request.target) ? withoutEmptyClass(request.target) : request.target);
  checkBoolean(faults, 'fromSnapshot', request.fromSnapshot);
  checkOneOf(faults, 'claimApi', request.claimApi, ClaimApi);
  checkOneOf(faults, 'contentType', request.contentType, ContentType);
  checkOneOf(faults, 'sourceContentType', request.sourceContentType, ContentType);
  checkSize(faults, 'sourceCapacity', request.sourceCapacity);
  checkBoolean(faults, 'permissive', request.permissive);
  checkBoolean(faults, 'usesPopulator', request.usesPopulator);
  faults.refuse();
}

/** That the class is '' is no fault of the request: it is one of the things that decide it. */
function withoutEmptyClass(disk: CloneRequest['target']): CloneRequest['target'] {
  return disk.storageClassName === '' ? { ...disk, storageClassName: undefined } : disk;
}

function checkOverhead(faults: Faults, property: string, overhead: unknown): void {
  if (overhead === undefined || (typeof overhead === 'number' && overhead >= 0 && overhead <= 1)) return;
  faults.add(property, 'be a fraction from 0 to 1', overhead, "write 0.055 for '5.5%'");
}
