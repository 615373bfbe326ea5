import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../constructs/shared/checks';
import { everyDataVolume, everyVm } from './every-object';
import { placesOf, untypedFields } from './fields';
import { missingFields, schemaFields, whyNotGiven } from './schema-fields';

const ROOT = join(__dirname, '..', '..');

/** A kind that people write, and its component in crds/. */
interface Kind {
  readonly kind: string;
  readonly component: string;
  readonly places: ReadonlySet<string>;
}

/**
 * How much of VirtualMachines and DataVolumes the typed constructs can say: with a JSON file, how many of its objects and which of
 * their fields they cannot; without one, which fields of the newest held schemas.
 */
function main(file: string | undefined): void {
  const kinds: readonly Kind[] = [
    { kind: 'VirtualMachine', component: 'kubevirt', places: placesOf(everyVm()) },
    { kind: 'DataVolume', component: 'cdi', places: placesOf(everyDataVolume()) },
  ];
  if (file === undefined) {
    kinds.forEach(reportSchema);
    return;
  }
  const objects: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(objects)) throw new Error(`${file} must hold a list of objects`);
  for (const kind of kinds) report(objects, kind);
}

function reportSchema({ kind, component, places }: Kind): void {
  const given = schemaFields(ROOT, component, kind).filter((field) => whyNotGiven(field) === undefined);
  const missing = missingFields(given, places);
  console.log(`${kind}: ${given.length - missing.length} of ${given.length} fields of the schema have a typed place`);
  for (const field of missing) console.log(`       ${field}`);
}

function report(objects: readonly unknown[], { kind, places }: Kind): void {
  const all = objects.filter((object) => isObject(object) && object.kind === kind);
  const missing = all.map((object) => untypedFields(object, places));
  const typed = missing.filter((fields) => fields.length === 0).length;
  const share = all.length === 0 ? '' : ` (${Math.floor((100 * typed) / all.length)} %)`;
  console.log(`${kind}: ${typed} of ${all.length}${share} have a typed place for every field`);
  const counts = new Map<string, number>();
  for (const field of missing.flat()) counts.set(field, (counts.get(field) ?? 0) + 1);
  for (const [field, count] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    console.log(`${String(count).padStart(5)}  ${field}`);
  }
}

main(process.argv[2]);
