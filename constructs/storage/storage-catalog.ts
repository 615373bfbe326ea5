import { checkListOf, checkName, checkOneOf, checkText } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { VolumeMode } from './claim-modes';
import { CloneOutcome, CloneRequest } from './clone-outcome';
import { decideClone } from './clone-rules';
import { CdiFacts, CloneStrategy, SnapshotClassFacts, StorageClassFacts, StorageFacts } from './storage-facts';

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

  private readonly facts: Required<StorageFacts>;

  private constructor(facts: StorageFacts) {
    checkFacts(facts);
    this.facts = { snapshotClasses: [], cdi: {}, ...facts };
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

  /** What a clone will do in this state of the cluster. */
  public predictClone(request: CloneRequest): CloneOutcome {
    return decideClone(this.facts, request);
  }
}

function checkFacts(facts: StorageFacts): void {
  const faults = new Faults('StorageCatalog.of');
  facts.storageClasses.forEach((storageClass, index) => {
    const at = `storageClasses[${index}]`;
    checkName(faults, `${at}.name`, storageClass.name);
    checkText(faults, `${at}.provisioner`, storageClass.provisioner);
    checkListOf(faults, `${at}.volumeModes`, storageClass.volumeModes, VolumeMode);
    checkOneOf(faults, `${at}.cloneStrategy`, storageClass.cloneStrategy, CloneStrategy);
  });
  facts.snapshotClasses?.forEach(({ name, driver }, index) => {
    checkName(faults, `snapshotClasses[${index}].name`, name);
    checkText(faults, `snapshotClasses[${index}].driver`, driver);
  });
  checkOneOf(faults, 'cdi.cloneStrategyOverride', facts.cdi?.cloneStrategyOverride, CloneStrategy);
  checkOverhead(faults, 'cdi.filesystemOverhead', facts.cdi?.filesystemOverhead);
  for (const [name, overhead] of Object.entries(facts.cdi?.filesystemOverheadOf ?? {})) {
    checkOverhead(faults, `cdi.filesystemOverheadOf[${JSON.stringify(name)}]`, overhead);
  }
  checkUnique(faults, 'storageClasses', facts.storageClasses);
  checkUnique(faults, 'snapshotClasses', facts.snapshotClasses ?? []);
  faults.refuse();
}

function checkOverhead(faults: Faults, property: string, overhead: unknown): void {
  if (overhead === undefined || (typeof overhead === 'number' && overhead >= 0 && overhead <= 1)) return;
  faults.add(property, 'be a fraction from 0 to 1', overhead, "write 0.055 for '5.5%'");
}

function checkUnique(faults: Faults, property: string, classes: readonly { name: string }[]): void {
  const names = classes.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) faults.add(property, 'name each class once', twice);
}
