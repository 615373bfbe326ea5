import { isObject } from '../../constructs/shared/checks';
import { everyDataSource, everyDataVolume, everyGoldenImage } from './every-data-volume';
import {
  everyClone,
  everyExport,
  everyKubeVirt,
  everyMigration,
  everyMigrationPolicy,
  everyRestore,
  everySnapshot,
} from './every-day-two';
import { everyInstance, everyInstancetype, everyPool, everyPreference, everyReplicaSet, everyVm } from './every-object';
import { placesOf } from './fields';
import { missingFields, schemaFields, whyNotGiven } from './schema-fields';

/** A kind that constructs make, its component in crds/, and manifests that say all that its constructs can say. */
export interface TypedKind {
  readonly kind: string;
  readonly component: string;
  readonly every: () => unknown[];
  /** The part that constructs say, where it is not all of the spec. */
  readonly part?: string;
}

/** Every kind of machines, disks and what is done with them. */
export const TYPED_KINDS: readonly TypedKind[] = [
  ...Object.entries({
    VirtualMachine: everyVm,
    VirtualMachinePool: everyPool,
    VirtualMachineInstanceReplicaSet: everyReplicaSet,
    VirtualMachineInstance: everyInstance,
    VirtualMachineInstancetype: everyInstancetype,
    VirtualMachineClusterInstancetype: everyInstancetype,
    VirtualMachinePreference: everyPreference,
    VirtualMachineClusterPreference: everyPreference,
    VirtualMachineSnapshot: everySnapshot,
    VirtualMachineRestore: everyRestore,
    VirtualMachineClone: everyClone,
    VirtualMachineExport: everyExport,
    VirtualMachineInstanceMigration: everyMigration,
    MigrationPolicy: everyMigrationPolicy,
  }).map(([kind, every]) => ({ kind, component: 'kubevirt', every })),
  { kind: 'DataVolume', component: 'cdi', every: everyDataVolume },
  { kind: 'DataImportCron', component: 'cdi', every: everyGoldenImage },
  { kind: 'DataSource', component: 'cdi', every: everyDataSource },
  { kind: 'KubeVirt', component: 'kubevirt', every: everyKubeVirt, part: 'spec.configuration.migrations' },
];

/** The fields of the newest schema of a kind that a manifest may give, and those of them without a typed place. */
export function measure(root: string, { kind, component, every, part = 'spec' }: TypedKind): Measure {
  const fields = schemaFields(root, component, kind).filter((field) => field.startsWith(`${part}.`));
  const given = fields.filter((field) => whyNotGiven(kind, field) === undefined);
  const ofKind = every().filter((object) => isObject(object) && object.kind === kind);
  return { given, missing: missingFields(given, placesOf(ofKind)) };
}

/** How much of a schema the typed constructs can say. */
export interface Measure {
  readonly given: readonly string[];
  readonly missing: readonly string[];
}
