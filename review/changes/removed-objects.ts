import { semanticEqual } from '../admission/shared/semantic-equal';
import { placeKey } from '../cluster/identity';
import { isObject, objectsAt, textAt } from '../manifests/json';
import { parseQuantity } from '../manifests/quantity';
import { Json } from '../rule';

/** Kinds of which it is told that an object was only renamed or moved: what they hold does not go with the name. */
const NAMED: ReadonlySet<string> = new Set(['VirtualMachine', 'DataVolume', 'PersistentVolumeClaim']);

/** The objects that are gone from the manifests, as those look for them that are new. */
export class RemovedObjects {
  private readonly specs = new Map<string, Json[]>();
  /** Machines by the namespace and name of each of their templates. */
  private readonly disks = new Map<string, Json>();

  constructor(objects: readonly Json[]) {
    for (const object of objects) {
      if (!NAMED.has(textAt(object, 'kind'))) continue;
      const key = outline(object);
      const same = this.specs.get(key);
      if (same === undefined) this.specs.set(key, [object]);
      else same.push(object);
      for (const template of templateKeys(object)) this.disks.set(template, object);
    }
  }

  /** An object that is equal to a new one but for its name or namespace. */
  public renamedTo(next: Json): Json | undefined {
    if (!NAMED.has(textAt(next, 'kind'))) return undefined;
    return this.specs
      .get(outline(next))
      ?.find((old) => placeOf(old) !== placeOf(next) && semanticEqual({ spec: old.spec }, { spec: next.spec }));
  }

  /** A machine that has a template of the same name as a new one: its disk is not the new machine's. */
  public ownerOfDisks(next: Json): Json | undefined {
    const shared = templateKeys(next).find((key) => this.disks.has(key));
    return shared === undefined ? undefined : this.disks.get(shared);
  }
}

function placeOf(object: Json): string {
  return placeKey(textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name'));
}

function templateKeys(vm: Json): string[] {
  const namespace = textAt(vm, 'metadata', 'namespace');
  return objectsAt(vm, 'spec', 'dataVolumeTemplates').map((one) =>
    placeKey(namespace, textAt(one, 'metadata', 'name')),
  );
}

/** A text that is the same for all objects of a kind whose specs are equal, and mostly another one for others. */
function outline(object: Json): string {
  return `${textAt(object, 'kind')} ${JSON.stringify(sorted(object.spec))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => sorted(item) ?? null);
  if (isObject(value)) {
    const entries = Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])] as const);
    const stated = entries.filter(([, below]) => below !== undefined);
    return stated.length === 0 ? undefined : Object.fromEntries(stated);
  }
  if (value === null || value === '' || value === false || value === 0) return undefined;
  return parseQuantity(value) ?? value;
}
