import { ApiObject, Chart } from 'cdk8s';
import { isObject, without } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { NodeType } from '../../review/schema/node';
import { Node, SCHEMAS } from '../../review/schema/tree';
import { called, Code, list, literal, member, record } from '../language/expression';
import { tried } from '../language/scalars';
import { isSame } from '../meaning/sameness';
import { Scope } from '../scope';
import { generatedModule } from './generated-module';
import { Fields, fieldsOf, FieldShape, GeneratedClass } from './generated-shape';
import { applyPatches, removedName } from './unnamed';
import { byClass, Made } from './way';

/** The modules of `imports/`, by what the code calls them. */
const MODULES: Readonly<Record<string, string>> = {
  'backup.kubevirt.io': 'backupApi',
  'cdi.kubevirt.io': 'cdi',
  'clone.kubevirt.io': 'cloneApi',
  'export.kubevirt.io': 'exportApi',
  'forklift.cdi.kubevirt.io': 'forklift',
  'instancetype.kubevirt.io': 'instancetypeApi',
  'kubevirt.io': 'kubevirt',
  'migrations.kubevirt.io': 'migrationApi',
  'plugin.kubevirt.io': 'pluginApi',
  'pool.kubevirt.io': 'poolApi',
  'snapshot.kubevirt.io': 'snapshotApi',
  'snapshot.storage.k8s.io': 'volumeSnapshotApi',
};

/** What the code calls the modules of generated classes, and where they are. */
export const GENERATED_MODULES: ReadonlyMap<string, string> = new Map(
  Object.entries(MODULES).map(([group, alias]) => [alias, `cdk8s-kubevirt/imports/${group}`]),
);

/** An object by the class that is generated from its schema; undefined if the kind has no such class, or the class cannot hold what was read. */
export function byGeneratedClass(chart: Chart, id: string, object: Json, scope: Scope): Made | undefined {
  const group = String(object.apiVersion).split('/', 1)[0]!;
  const alias = Object.hasOwn(MODULES, group) ? MODULES[group] : undefined;
  if (alias === undefined) return undefined;
  const module = generatedModule(group);
  const found = classOf(module, object);
  if (found === undefined) return undefined;
  const [name, type] = found;
  // The generated types ask for all that the schema requires, and take nothing of another type.
  if (!isWhole(without(object, 'metadata'), schemaOf(object))) return undefined;
  const props = tried(() =>
    propsCode({ alias, module }, name, without(object, 'apiVersion', 'kind'), fieldsOf(type), scope),
  );
  if (props === undefined) return undefined;
  const way = byClass(`${alias}.${name}`, type, []);
  const patches = removedName(object);
  const construct = tried(() => {
    const made = way.build(chart, id, props.value as object);
    applyPatches(made, patches);
    return made;
  });
  if (construct !== undefined && isSame((construct as ApiObject).toJson(), object)) {
    return { by: 'generated', way, props, construct, patches, overridden: [] };
  }
  chart.node.tryRemoveChild(id);
  return undefined;
}

function classOf(module: Readonly<Record<string, unknown>>, object: Json): [string, GeneratedClass] | undefined {
  for (const [name, type] of Object.entries(module)) {
    const { GVK } = type as Partial<GeneratedClass>;
    if (GVK?.kind === object.kind && GVK?.apiVersion === object.apiVersion) return [name, type as GeneratedClass];
  }
  return undefined;
}

/** The newest schema of an object. */
function schemaOf({ apiVersion, kind }: Json): Node | undefined {
  for (const component of ['kubevirt', 'cdi', 'external-snapshotter']) {
    const schema = SCHEMAS.kind(SCHEMAS.sources(component).at(-1)!, String(apiVersion), String(kind));
    if (schema !== undefined) return schema.root;
  }
  return undefined;
}

/** Whether a value has all that its schema requires, and nothing of another type. */
function isWhole(value: unknown, node: Node | undefined): boolean {
  if (node === undefined || value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.every((item) => isWhole(item, node.items));
  if (!isObject(value)) return SCALARS[node.type]?.(value) ?? true;
  if (node.required?.some((field) => value[field] === undefined || value[field] === null) === true) return false;
  return Object.entries(value).every(([key, below]) => isWhole(below, node.property(key) ?? node.values));
}

/** What values of a type are. */
const SCALARS: Partial<Record<NodeType, (value: unknown) => boolean>> = {
  [NodeType.STRING]: (value) => typeof value === 'string',
  [NodeType.INTEGER]: (value) => typeof value === 'number',
  [NodeType.NUMBER]: (value) => typeof value === 'number',
  [NodeType.BOOLEAN]: (value) => typeof value === 'boolean',
  [NodeType.OBJECT]: isObject,
};

/** A module with what the code calls it. */
interface Module {
  readonly alias: string;
  readonly module: Readonly<Record<string, unknown>>;
}

function propsCode(from: Module, name: string, object: Json, fields: Fields, scope: Scope): Code {
  const entries = inOrder(object).flatMap(([key, value]) => {
    if (value === undefined || value === null) return [];
    if (key === 'metadata') return [[key, metadataCode(value, scope)] as const];
    return [fieldCode(from, name, key, value, fields)];
  });
  return record(entries);
}

/** The fields of an object, those that every object has first. */
function inOrder(object: Json): readonly (readonly [string, unknown])[] {
  const first = ['apiVersion', 'kind', 'metadata'].filter((key) => key in object);
  return [...first, ...Object.keys(object).filter((key) => !first.includes(key))].map((key) => [key, object[key]]);
}

/** The metadata of an object that cdk8s makes, which gives it the namespace of the chart. */
export function metadataCode(metadata: unknown, scope: Scope): Code {
  const given = isObject(metadata) ? metadata : {};
  return record(
    Object.entries(given).map(([key, value]) => [
      key,
      key === 'namespace' ? scope.namespaceCode(value) : ofMetadata(value),
    ]),
  );
}

function ofMetadata(value: unknown): Code | undefined {
  if (value === null || value === undefined) return undefined;
  return isObject(value) ? texts(value) : literal(value);
}

/** A map of texts; what is not text, and wrong there, stands as it is. */
function texts(map: Json): Code {
  return record(
    Object.entries(map).map(([key, value]) => {
      const code = literal(value);
      return [key, typeof value === 'string' ? code : asNever(code)] as const;
    }),
  );
}

/** A value that the type of its place does not allow. */
function asNever(code: Code): Code {
  const text = `${code.print(0, 0)} as never`;
  return { value: code.value, names: code.names, flat: text, print: () => text };
}

/** @throws where the class has no such field, or no such value. */
function fieldCode(from: Module, type: string, key: string, value: unknown, fields: Fields): readonly [string, Code] {
  const isMap = fields.has('*');
  const shape = fields.get(isMap ? '*' : key);
  if (shape?.isTime !== false) throw new Error(`no field ${key}`);
  const prop = isMap ? key : shape.prop;
  const below = isMap ? type : `${type}${prop[0]!.toUpperCase()}${prop.slice(1)}`;
  if (!shape.isList) return [prop, valueCode(from, below, value, shape)];
  if (!Array.isArray(value)) throw new Error(`${key} is no list`);
  return [prop, list(value.map((item) => valueCode(from, below, item, shape)))];
}

function valueCode(from: Module, type: string, value: unknown, shape: FieldShape): Code {
  const { alias, module } = from;
  const owner = `${alias}.${type}`;
  if (shape.isWrapped) {
    const factory = typeof value === 'number' ? 'fromNumber' : 'fromString';
    return called(alias, owner, module[type] as object, factory, literal(value));
  }
  if (shape.fields !== undefined) {
    if (!isObject(value)) throw new Error('no object');
    const { fields } = shape;
    return record(
      Object.entries(value).flatMap(([key, one]) =>
        one === undefined || one === null ? [] : [fieldCode(from, type, key, one, fields)],
      ),
    );
  }
  const members = module[type];
  if (typeof members !== 'object' || members === null) return literal(value);
  const code = member(owner, members as Record<string, unknown>, value, alias);
  if (code === undefined) throw new Error('no such value');
  return code;
}

/** An object that neither a construct nor a generated class makes. */
export function asItStands(chart: Chart, id: string, object: Json, scope: Scope): Made {
  const props = record(
    inOrder(object).map(
      ([key, value]) => [key, key === 'metadata' ? metadataCode(value, scope) : literal(value)] as const,
    ),
  );
  const way = byClass('ApiObject', ApiObject, []);
  const patches = removedName(object);
  const construct = way.build(chart, id, props.value as object);
  applyPatches(construct, patches);
  return { by: 'plain', way, props, construct, patches, overridden: [] };
}
