import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../constructs/shared/checks';
import { placesOf, untypedFields } from './fields';
import { measure, TYPED_KINDS, TypedKind } from './kinds';

const ROOT = join(__dirname, '..', '..');

/**
 * How much of each kind the typed constructs can say: with a JSON file, how many of its objects and which of
 * their fields they cannot; without one, which fields of the newest held schemas. An object with `generateName` alone has no typed
 * place for it: a construct names its object, so that what is applied twice is one object, and others can refer to it.
 */
function main(file: string | undefined): void {
  if (file === undefined) {
    TYPED_KINDS.forEach(reportSchema);
    return;
  }
  const objects: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(objects)) throw new Error(`${file} must hold a list of objects`);
  // Of the kinds of which constructs say a part, a whole object says more.
  for (const kind of TYPED_KINDS.filter(({ part }) => part === undefined)) report(objects, kind);
}

function reportSchema(typed: TypedKind): void {
  const { given, missing } = measure(ROOT, typed);
  const { kind, part } = typed;
  const what = part === undefined ? kind : `${kind} (${part})`;
  console.log(`${what}: ${given.length - missing.length} of ${given.length} fields of the schema have a typed place`);
  for (const field of missing) console.log(`       ${field}`);
}

function report(objects: readonly unknown[], { kind, every }: TypedKind): void {
  const all = objects.filter((object) => isObject(object) && object.kind === kind);
  if (all.length === 0) return;
  const places = placesOf(every());
  const missing = all.map((object) => untypedFields(object, places));
  const typed = missing.filter((fields) => fields.length === 0).length;
  const share = ` (${Math.floor((100 * typed) / all.length)} %)`;
  console.log(`${kind}: ${typed} of ${all.length}${share} have a typed place for every field`);
  const counts = new Map<string, number>();
  for (const field of missing.flat()) counts.set(field, (counts.get(field) ?? 0) + 1);
  for (const [field, count] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    console.log(`${String(count).padStart(5)}  ${field}`);
  }
}

main(process.argv[2]);
