import { ApiObject } from 'cdk8s';
import { isObject } from './checks';
import { FieldShape, shapeOf } from './field-shape';
import { wordsMeant } from './likeness';
import { Overrides } from './overrides';
import { isSize, Quantity } from './quantity';
import { Faults } from './refusal';
import { alternatives } from './wording';

/** What an object has whatever its class: the server's part, and what every schema leaves to the API machinery. */
const OF_EVERY_OBJECT: FieldShape = { apiVersion: undefined, kind: undefined, metadata: undefined, status: undefined };

/**
 * The lists whose items have a name, and where it stands. KubeVirt's schemas mark none of them; its webhooks and controllers
 * find a disk, a volume, a network and a device by `name` (pkg/virt-api, vmi-create-admitter.go, v1.9.0). Those of pods and
 * Services are Kubernetes' own: `x-kubernetes-patch-merge-key` of its OpenAPI.
 */
const LIST_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['dataVolumeTemplates', ['metadata.name']],
  ['disks', ['name']],
  ['volumes', ['name']],
  ['networks', ['name']],
  ['interfaces', ['name']],
  ['gpus', ['name']],
  ['hostDevices', ['name']],
  ['filesystems', ['name']],
  ['inputs', ['name']],
  ['resourceClaims', ['name']],
  ['containers', ['name']],
  ['initContainers', ['name']],
  ['env', ['name']],
  ['imagePullSecrets', ['name']],
  ['volumeMounts', ['mountPath']],
  ['ports', ['containerPort', 'port']],
]);

/** A place in the overrides, for messages and for what the schema says of it. */
interface Place {
  readonly path: string;
  readonly field: string;
  readonly shape: FieldShape;
}

/** Merges `overrides` into a rendered object, and notes what would lose something without a word. */
export function mergeOverrides(faults: Faults, object: ApiObject, rendered: unknown, overrides: unknown): unknown {
  const shape = shapeOf(object);
  const known = isObject(shape) ? { ...shape, ...OF_EVERY_OBJECT } : undefined;
  if (isObject(rendered) && isObject(overrides)) checkIdentity(faults, rendered, overrides);
  return merge(faults, rendered, overrides, { path: 'overrides', field: '', shape: known });
}

/** An object keeps its name, its namespace and its kind: what refers to it does so by these. A version may change. */
function checkIdentity(faults: Faults, target: Record<string, unknown>, patch: Record<string, unknown>): void {
  const [before, after] = [target, patch].map(({ metadata }) => (isObject(metadata) ? metadata : {}));
  const keep = (path: string, was: unknown, now: unknown, remedy: string): void => {
    if (now === undefined || now === was) return;
    faults.add(
      path,
      `be ${was === undefined ? 'left out' : JSON.stringify(was)}, as the construct has it`,
      now,
      remedy,
    );
  };
  const isNamedByServer = after?.name === null && before?.generateName !== undefined;
  if (!isNamedByServer) keep('overrides.metadata.name', before?.name, after?.name, "set the prop 'name'");
  keep('overrides.metadata.namespace', before?.namespace, after?.namespace, "set the prop 'namespace'");
  keep('overrides.kind', target.kind, patch.kind, 'another kind is another construct');
  if (groupOf(target.apiVersion) !== groupOf(patch.apiVersion)) {
    keep(
      'overrides.apiVersion',
      target.apiVersion,
      patch.apiVersion,
      'only the version of the same API group may change',
    );
  }
}

function merge(faults: Faults, target: unknown, patch: unknown, place: Place): unknown {
  if (patch instanceof Overrides) {
    // What is below an unknown field is unknown too.
    if (patch._isUnknown) return merge(faults, target, patch._value, { ...place, shape: undefined });
    return explicit(faults, patch, place);
  }
  if (Array.isArray(patch)) return mergeList(faults, target, patch, place);
  if (!isPlain(patch)) return plain(patch);
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    const below = { path: `${place.path}.${field}`, field, shape: fieldShape(place.shape, field) };
    if (value === null) delete merged[field];
    else if (!(value instanceof Overrides && value._isUnknown)) checkKnown(faults, place, field, merged);
    if (value !== null) merged[field] = merge(faults, merged[field], value, below);
  }
  return merged;
}

/** An item goes to the one of its key, or behind the others. */
function mergeList(faults: Faults, target: unknown, patch: readonly unknown[], place: Place): unknown {
  const before: readonly unknown[] = Array.isArray(target) ? target : [];
  const key = (LIST_KEYS.get(place.field) ?? []).find((path) =>
    [...before, ...patch].some((item) => at(item, path) !== undefined),
  );
  if (before.length > 0 && (key === undefined || patch.length === 0)) {
    const remedy = 'write Overrides.replaceList([…]), which says that the items of the construct go';
    faults.note(`'${place.path}' must not be a plain list, since the construct makes one there, got a list; ${remedy}`);
  }
  const items = [...before];
  const said = new Set<unknown>();
  patch.forEach((item, index) => {
    const inItem = {
      ...place,
      path: `${place.path}[${index}]`,
      shape: Array.isArray(place.shape) ? place.shape[0] : undefined,
    };
    const name = item instanceof Overrides && item._isRemoval ? item._value : key && at(item, key);
    if (name !== undefined && said.has(name)) {
      faults.add(`${inItem.path}.${key}`, 'name each item once', name, 'or write Overrides.replaceList([…])');
    }
    said.add(name);
    const found = key === undefined ? -1 : items.findIndex((other) => name !== undefined && at(other, key) === name);
    if (item instanceof Overrides && item._isRemoval) remove(faults, items, found, item, inItem.path);
    else if (key !== undefined && name === undefined) {
      faults.note(`'${inItem.path}.${key}' must be given, got nothing; it says which item of the list is meant`);
    } else if (found >= 0) items[found] = merge(faults, items[found], item, inItem);
    else items.push(isObject(item) ? merge(faults, undefined, item, inItem) : plain(item));
  });
  return items;
}

function remove(faults: Faults, items: unknown[], found: number, item: Overrides, path: string): void {
  if (found >= 0) items.splice(found, 1);
  else faults.add(path, 'name an item that the list has', item._value);
}

function explicit(faults: Faults, value: Overrides, { path }: Place): unknown {
  if (value._isRemoval)
    faults.note(`'${path}' must not be Overrides.removeItem outside a list; write null for a field`);
  return plain(value._value);
}

/** A field that is there already is known, whatever the schema says. */
function checkKnown(faults: Faults, { path, shape }: Place, field: string, target: Record<string, unknown>): void {
  if (!isObject(shape) || Object.hasOwn(shape, field) || Object.hasOwn(target, field)) return;
  const meant = wordsMeant(field, Object.keys(shape));
  const remedy = `${meant.length > 0 ? `write ${alternatives(meant)}, or ` : 'write '}Overrides.unknownField(…) if it is meant`;
  faults.note(`'${path}' must have fields that the schema knows, got ${JSON.stringify(field)}; ${remedy}`);
}

/** A value as the manifest has it: sizes and the quantities of generated classes as text, the values of `Overrides` unwrapped. */
function plain(value: unknown): unknown {
  if (value instanceof Overrides) return plain(value._value);
  if (isSize(value)) return Quantity.format(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  // CPU time of cdk8s-plus has its text as `amount`.
  const { value: quantity, amount } = value as { readonly value?: unknown; readonly amount?: unknown };
  if (!isPlain(value)) return quantity ?? amount ?? value;
  return Object.fromEntries(Object.entries(value).map(([field, below]) => [field, plain(below)]));
}

/** Whether it is an object in braces, and not of a class. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fieldShape(shape: FieldShape, field: string): FieldShape {
  return isObject(shape) && Object.hasOwn(shape, field) ? (shape as { [field: string]: FieldShape })[field] : undefined;
}

function at(item: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, field) => (isObject(value) ? value[field] : undefined), item);
}

function groupOf(apiVersion: unknown): unknown {
  if (apiVersion === undefined) return undefined;
  return typeof apiVersion === 'string' && apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
