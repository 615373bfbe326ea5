import { readFileSync } from 'node:fs';
import { isObject } from '../../constructs/shared/checks';
import { everyDataVolume, everyVm } from './every-object';
import { placesOf, untypedFields } from './fields';

/** How many of the VirtualMachines and DataVolumes in a JSON file the typed constructs can say, and what they cannot. */
function main(file: string | undefined): void {
  if (file === undefined) throw new Error('npm run vocabulary -- FILE: a JSON file with a list of objects');
  const objects: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(objects)) throw new Error(`${file} must hold a list of objects`);
  report(objects, 'VirtualMachine', placesOf(everyVm()));
  report(objects, 'DataVolume', placesOf(everyDataVolume()));
}

function report(objects: readonly unknown[], kind: string, places: ReadonlySet<string>): void {
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
