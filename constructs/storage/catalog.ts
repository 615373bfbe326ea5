import { checkListOf, checkOneOf, checkText } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { checkFacts, checkProfile, checkRequest } from './checks';
import { VolumeMode } from './claim-modes';
import { decideClone } from './clone/decision';
import { CloneOutcome, CloneRequest } from './clone/outcome';
import { CdiFacts, CloneStrategy, IStorageProfile, SnapshotClassFacts, StorageClassFacts, StorageFacts } from './facts';
import { readKubectl } from './from-kubectl';

/**
 * What a cluster's storage can do: one page of facts from which the outcome of every clone
 * follows. A catalog never changes; `withSnapshotClass` and its like give the next state.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/storageprofile.md
 */
export class StorageCatalog {
  /**
   * A catalog of facts that are written down; `fromKubectl` reads them.
   *
   * @param facts The storage classes of the cluster, its snapshot classes, and the settings of CDI.
   * @throws if two classes have one name, or Kubernetes does not accept a fact.
   */
  public static of(facts: StorageFacts): StorageCatalog {
    return new StorageCatalog(facts);
  }

  /**
   * Reads a cluster's storage from what `kubectl get
   * storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver,persistentvolume -o yaml` printed. Which
   * classes share a backend is not in these objects: `withBackend` says it.
   *
   * @throws if the text is not YAML, holds no StorageClass, or Kubernetes does not accept a fact.
   */
  public static fromKubectl(text: string): StorageCatalog {
    return new StorageCatalog(readKubectl(text), 'StorageCatalog.fromKubectl', true);
  }

  private readonly facts: StorageFacts & Required<Pick<StorageFacts, 'snapshotClasses' | 'cdi'>>;

  private constructor(
    facts: StorageFacts,
    factory = 'StorageCatalog.of',
    /**
     * Whether these are all the classes of a cluster.
     *
     * @internal
     */
    public readonly _isWhole = false,
  ) {
    checkFacts(factory, facts);
    this.facts = {
      storageClasses: facts.storageClasses.map((storageClass) => ({ ...storageClass })),
      snapshotClasses: (facts.snapshotClasses ?? []).map((snapshotClass) => ({ ...snapshotClass })),
      cdi: { ...facts.cdi },
      csiDrivers: facts.csiDrivers && [...facts.csiDrivers],
      persistentVolumes: facts.persistentVolumes?.map((volume) => ({ ...volume })),
    };
  }

  /**
   * All facts.
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

  /** What is known of a storage class; undefined if the catalog does not hold it. */
  public tryStorageClass(name: string): StorageClassFacts | undefined {
    return this.facts.storageClasses.find((storageClass) => storageClass.name === name);
  }

  /** The catalog after a storage class was made. */
  public withStorageClass(storageClass: StorageClassFacts): StorageCatalog {
    return this.with({ storageClasses: [...this.facts.storageClasses, storageClass] });
  }

  /** The catalog after a VolumeSnapshotClass was made. */
  public withSnapshotClass(snapshotClass: SnapshotClassFacts): StorageCatalog {
    return this.with({ snapshotClasses: [...this.facts.snapshotClasses, snapshotClass] });
  }

  /**
   * The catalog after a StorageProfile was applied: what it sets is true of its class, the rest is as it was.
   *
   * @throws if the class is not in the catalog, or CDI does not accept what is set.
   */
  public withStorageProfile(profile: IStorageProfile): StorageCatalog {
    checkProfile('StorageCatalog.withStorageProfile', profile);
    const { storageClassName, cloneStrategy, claimPropertySets, snapshotClassName } = profile;
    const facts = Object.entries({ cloneStrategy, claimPropertySets, snapshotClassName });
    const set = Object.fromEntries(facts.filter(([, value]) => value !== undefined));
    return this.changed('withStorageProfile', storageClassName, set, () => {});
  }

  /**
   * The catalog after the StorageProfile of a class was given a clone strategy.
   *
   * @throws if the class is not in the catalog.
   */
  public withCloneStrategy(storageClassName: string, cloneStrategy: CloneStrategy): StorageCatalog {
    return this.changed('withCloneStrategy', storageClassName, { cloneStrategy }, (faults) =>
      checkOneOf(faults, 'cloneStrategy', cloneStrategy ?? null, CloneStrategy),
    );
  }

  /**
   * The catalog with what only a person knows of a class: the storage pool or system behind it. A CSI driver clones
   * and restores within one.
   *
   * @throws if the class is not in the catalog.
   */
  public withBackend(storageClassName: string, backend: string): StorageCatalog {
    return this.changed('withBackend', storageClassName, { backend }, (faults) =>
      checkText(faults, 'backend', backend),
    );
  }

  /**
   * The catalog with what only a person knows of a class: the volume modes that its storage serves. Over NFS, for
   * example, there is no raw device.
   *
   * @throws if the class is not in the catalog.
   */
  public withVolumeModes(storageClassName: string, volumeModes: VolumeMode[]): StorageCatalog {
    return this.changed('withVolumeModes', storageClassName, { volumeModes }, (faults) =>
      checkListOf(faults, 'volumeModes', volumeModes ?? null, VolumeMode),
    );
  }

  /**
   * What a clone will do in this state of the cluster.
   *
   * @throws if source or target is not a disk; what is not known of them may be left out.
   */
  public predictClone(request: CloneRequest): CloneOutcome {
    checkRequest(request);
    return decideClone(this.facts, request);
  }

  private changed(
    verb: string,
    name: string,
    facts: Partial<StorageClassFacts>,
    check: (faults: Faults) => void,
  ): StorageCatalog {
    const faults = new Faults(`StorageCatalog.${verb}`);
    if (this.tryStorageClass(name) === undefined) {
      const names = this.facts.storageClasses.map((known) => known.name).sort();
      const remedy = names.length === 0 ? 'the catalog is empty' : `the catalog holds ${names.join(', ')}`;
      faults.add('storageClassName', 'name a storage class of the catalog', name, remedy);
    }
    check(faults);
    faults.refuse();
    const storageClasses = this.facts.storageClasses.map((known) =>
      known.name === name ? { ...known, ...facts } : known,
    );
    return this.with({ storageClasses });
  }

  private with(facts: Partial<StorageFacts>): StorageCatalog {
    return new StorageCatalog({ ...this.facts, ...facts }, 'StorageCatalog.of', this._isWhole);
  }
}
