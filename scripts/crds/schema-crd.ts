import { NodeRecord, NodeType } from '../../review/schema/node';
import { NodeTable } from './node-table';
import { WebhookFacts } from './schema-webhook';

/** A structural schema of a CRD. */
export type Schema = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<string, NodeType>> = {
  object: NodeType.OBJECT,
  array: NodeType.ARRAY,
  string: NodeType.STRING,
  integer: NodeType.INTEGER,
  number: NodeType.NUMBER,
  boolean: NodeType.BOOLEAN,
};

/** Keywords that are carried over as they are, under a shorter name. */
const CARRIED = [
  ['enum', 'e'],
  ['pattern', 'pattern'],
  ['format', 'format'],
  ['minimum', 'min'],
  ['maximum', 'max'],
  ['minLength', 'minLength'],
  ['maxLength', 'maxLength'],
  ['minItems', 'minItems'],
  ['maxItems', 'maxItems'],
  ['default', 'd'],
] as const;

/** Keywords that the nodes say, and those that say nothing to a validator. */
const KNOWN = new Set([
  ...CARRIED.map(([keyword]) => keyword as string),
  ...['type', 'properties', 'required', 'items', 'additionalProperties', 'nullable'],
  ...['x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-validations'],
  ...['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-int-or-string', 'anyOf'],
  'x-kubernetes-map-type',
]);

/** What a schema is compiled with. */
export interface CompileOptions {
  readonly table: NodeTable;
  /** Node of the metadata of every object. */
  readonly metadata: number;
  /** Whether the API server drops the status that a manifest gives. */
  readonly dropsStatus: boolean;
  /** What a webhook makes of it. */
  readonly webhook?: WebhookFacts;
}

/** The node of a CRD's whole object. */
export function compileCrd(schema: Schema, options: CompileOptions): number {
  const { properties, ...rest } = schema as { properties: Readonly<Record<string, Schema>> };
  const { table, metadata, dropsStatus } = options;
  const text = table.add({ t: NodeType.STRING });
  const compiled: Record<string, number> = { apiVersion: text, kind: text, metadata };
  for (const [name, property] of Object.entries(properties)) {
    if (name in compiled) continue;
    compiled[name] = name === 'status' && dropsStatus ? table.any() : compile(property, name, options);
  }
  const required = ((rest as Schema).required as string[] | undefined)?.filter((name) => name !== 'status');
  return table.add({ ...record({ ...rest, required }, '', options), p: compiled, ...filledIn(properties) });
}

function compile(schema: Schema, path: string, options: CompileOptions): number {
  return options.table.add(record(schema, path, options));
}

function record(schema: Schema, path: string, options: CompileOptions): NodeRecord {
  const unknown = Object.keys(schema).find((keyword) => !KNOWN.has(keyword));
  if (unknown !== undefined) throw new Error(`[${path}] '${unknown}' is a keyword that the review does not know`);
  const node: Record<string, unknown> = { t: typeOf(schema) };
  for (const [keyword, name] of CARRIED) if (schema[keyword] !== undefined) node[name] = schema[keyword];
  if (schema.nullable === true) node.nullable = 1;
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) node.keep = 1;
  addLists(node, schema);
  const rules = schema['x-kubernetes-validations'] as { readonly rule: string }[] | undefined;
  if (rules !== undefined) node.cel = rules.map(({ rule }) => rule);
  addChildren(node, schema, path, options);
  const { webhook } = options;
  const asked = schema.required as string[] | undefined;
  // Of what the webhook asks for, what this release's CRD knows.
  const required = webhook === undefined ? asked : webhook.required.get(path)?.filter((name) => asked?.includes(name));
  if (required !== undefined && required.length > 0) node.r = required;
  if (webhook?.unsigned.has(path) === true) node.min = 0;
  if (webhook?.metadata.has(path) === true) Object.assign(node, keptMetadata(options));
  return node as unknown as NodeRecord;
}

function typeOf(schema: Schema): NodeType {
  if (schema['x-kubernetes-int-or-string'] === true) return NodeType.INT_OR_STRING;
  return TYPES[String(schema.type)] ?? NodeType.ANY;
}

function addLists(node: Record<string, unknown>, schema: Schema): void {
  if (schema['x-kubernetes-list-type'] === 'set') node.l = 'set';
  if (schema['x-kubernetes-list-type'] === 'map') node.l = schema['x-kubernetes-list-map-keys'];
}

function addChildren(node: Record<string, unknown>, schema: Schema, path: string, options: CompileOptions): void {
  const properties = schema.properties as Readonly<Record<string, Schema>> | undefined;
  if (properties !== undefined && path !== '') {
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    const compiled = Object.entries(properties).map(([name, child]) => [name, compile(child, at(name), options)]);
    node.p = Object.fromEntries(compiled) as Readonly<Record<string, number>>;
    Object.assign(node, filledIn(properties));
  }
  const values = schema.additionalProperties;
  if (values === true) node.keep = 1;
  else if (isSchema(values)) node.a = compile(values, `${path}{}`, options);
  if (isSchema(schema.items)) node.i = compile(schema.items, `${path}[]`, options);
}

/** The properties that get a default; an empty text is what Go makes of nothing. A status that is given is dropped. */
function filledIn(properties: Readonly<Record<string, Schema>>): Pick<NodeRecord, 'f'> {
  const filled = Object.keys(properties).filter((name) => {
    const { default: byDefault } = properties[name]!;
    return name !== 'status' && byDefault !== undefined && byDefault !== '';
  });
  return filled.length === 0 ? {} : { f: filled };
}

/** The texts of ObjectMeta; the review's admission rules look after its maps and its unknown keys. */
function keptMetadata({ table }: CompileOptions): Partial<NodeRecord> {
  const text = table.add({ t: NodeType.STRING });
  const number = table.add({ t: NodeType.INTEGER });
  const texts = ['name', 'generateName', 'namespace', 'resourceVersion', 'selfLink', 'uid'];
  const numbers = ['generation', 'deletionGracePeriodSeconds'];
  const finalizers = table.add({ t: NodeType.ARRAY, i: text });
  return {
    keep: 1,
    raw: 1,
    p: Object.fromEntries([
      ...texts.map((name) => [name, text] as const),
      ...numbers.map((name) => [name, number] as const),
      ['finalizers', finalizers] as const,
    ]),
  };
}

function isSchema(value: unknown): value is Schema {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
