import { isObject, textAt } from '../manifests/json';
import { Json } from '../rule';
import { CEL_RULES } from './cel';
import { FieldPath, Issue, nearest, SchemaRule, briefly } from './issue';
import { NodeType, SchemaMode } from './node';
import { checkScalar, NoteIssue, typeRemedy, TYPE_WORDS } from './scalars';
import { KindSchema, Node } from './tree';

/** An object under its schema. */
export interface Walked {
  /** As the API server stores it: unknown fields pruned, nulls dropped, defaults set. What needed no change is shared. */
  readonly object: Json;
  readonly issues: readonly Issue[];
}

/** More values than any object that a cluster holds (etcd takes 1.5 MiB): aliases of YAML that explode. */
const MOST_VALUES = 2_000_000;

/** An object that is too large to be walked. */
export class TooLarge extends Error {}

/**
 * Prunes an object and checks what is left, in one pass, as the API server does: unknown fields go, and so does a null
 * where the field may not be null; what is not given gets its default, and then the rest is validated.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 * @throws TooLarge
 */
export function walk(object: Json, { mode, root }: KindSchema): Walked {
  const walker = new Walker(mode, object);
  return { object: walker.visit(root, object) as Json, issues: walker.issues };
}

class Walker {
  public readonly issues: Issue[] = [];
  private readonly path: (string | number)[] = [];
  private visits = 0;

  private readonly noteScalar: NoteIssue = (rule, message, remedy) => this.note(rule, message, remedy);

  constructor(
    private readonly mode: SchemaMode,
    private readonly whole: Json,
  ) {}

  public visit(node: Node, value: unknown): unknown {
    if (++this.visits > MOST_VALUES) throw new TooLarge();
    switch (node.type) {
      case NodeType.ANY:
        return value;
      case NodeType.OBJECT:
        if (!isObject(value)) return this.wrongType(node, value);
        return this.ruled(node, this.object(node, value));
      case NodeType.ARRAY:
        if (!Array.isArray(value)) return this.wrongType(node, value);
        return this.ruled(node, this.list(node, value));
      default:
        return this.scalar(node, value);
    }
  }

  private scalar(node: Node, value: unknown): unknown {
    if (!isOfType(node, value)) return this.wrongType(node, value);
    if (node.plain) return value;
    checkScalar(node, value, this.mode, this.noteScalar);
    return this.ruled(node, value);
  }

  private object(node: Node, value: Json): Json {
    const { values } = node;
    let copy: Record<string, unknown> | undefined;
    for (const key in value) {
      const given = value[key];
      if (given === undefined) continue;
      const child = node.property(key) ?? values;
      if (child === undefined) {
        if (node.keeps) continue;
        this.path.push(key);
        this.unknown(node, key);
        this.path.pop();
      } else if (given !== null || child.nullable || node.raw) {
        this.path.push(key);
        // A null reaches the checks where nulls are not dropped; Kubernetes' own kinds have no such place.
        const kept = given === null && child.nullable ? null : this.visit(child, given);
        this.path.pop();
        if (kept === given) continue;
        copy ??= { ...value };
        copy[key] = kept;
        continue;
      }
      copy ??= { ...value };
      delete copy[key];
    }
    const kept = node.filled === undefined ? (copy ?? value) : this.filled(node, node.filled, copy ?? value);
    if (node.required !== undefined) this.required(node, node.required, kept);
    return kept;
  }

  /** What is not given gets its default, and so does what that leaves open. */
  private filled(node: Node, names: readonly string[], value: Json): Json {
    let copy: Record<string, unknown> | undefined;
    for (const name of names) {
      if (value[name] !== undefined) continue;
      const child = node.property(name)!;
      this.path.push(name);
      copy ??= { ...value };
      copy[name] = this.visit(child, child.record.d);
      this.path.pop();
    }
    return copy ?? value;
  }

  private unknown(node: Node, key: string): void {
    const { names } = node;
    const like = names === undefined ? undefined : nearest(key, names);
    const version = textAt(this.whole, 'apiVersion').replace(/^.*\//, '');
    const what = `'${key}' is no field of ${textAt(this.whole, 'kind')} ${version}; the API server drops it`;
    this.note(SchemaRule.UNKNOWN_FIELD, what, like === undefined ? undefined : `write '${like}'`, [...this.path]);
  }

  private required(node: Node, names: readonly string[], value: Json): void {
    for (const name of names) {
      const given = value[name];
      if (given !== undefined) continue;
      if (node.property(name)?.record.d !== undefined) continue;
      this.path.push(name);
      this.note(SchemaRule.REQUIRED, `'${name}' must be given, got nothing`);
      this.path.pop();
    }
  }

  private list(node: Node, value: readonly unknown[]): readonly unknown[] {
    const { items, maxItems } = node;
    const { minItems = 0 } = node.record;
    if (value.length < minItems) {
      this.note(SchemaRule.LENGTH, `must have at least ${minItems} items, got ${value.length}`);
    }
    if (maxItems !== undefined && value.length > maxItems) {
      this.note(SchemaRule.LENGTH, `must have at most ${maxItems} items, got ${value.length}`);
    }
    if (items === undefined) return value;
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const given = value[index];
      this.path.push(index);
      const kept = given === null && items.nullable ? null : this.visit(items, given);
      this.path.pop();
      if (kept === given) continue;
      copy ??= [...value];
      copy[index] = kept;
    }
    const kept = copy ?? value;
    if (node.unique !== undefined && kept.length > 1) this.duplicates(node.unique, items, kept);
    return kept;
  }

  private duplicates(keys: 'set' | readonly string[], items: Node, list: readonly unknown[]): void {
    const seen = new Set<string>();
    list.forEach((item, index) => {
      const named = keys === 'set' ? item : keys.map((key) => keyOf(items, item, key));
      const text = JSON.stringify(named);
      if (seen.has(text)) {
        this.path.push(index);
        const what =
          keys === 'set' ? briefly(item) : keys.map((key, at) => `${key} ${briefly((named as [])[at])}`).join(', ');
        this.note(SchemaRule.DUPLICATE, `must stand once in its list, got ${what} again`);
        this.path.pop();
      }
      seen.add(text);
    });
  }

  private ruled<T>(node: Node, value: T): T {
    if (node.cel === undefined) return value;
    for (const rule of node.cel) {
      if (CEL_RULES.get(rule)?.(value) === false) this.note(SchemaRule.EXPRESSION, `must satisfy "${rule}"`);
    }
    return value;
  }

  private wrongType(node: Node, value: unknown): unknown {
    const message = `must be ${TYPE_WORDS[node.type]}, got ${briefly(value)}`;
    this.note(SchemaRule.TYPE, message, typeRemedy(node.type, value));
    return value;
  }

  private note(rule: SchemaRule, message: string, remedy?: string, path?: FieldPath): void {
    const name = this.path.at(-1);
    const named = message.startsWith("'") || typeof name !== 'string' ? message : `'${name}' ${message}`;
    this.issues.push({
      rule,
      field: fieldPath(this.path),
      message: named,
      ...(remedy === undefined ? {} : { remedy }),
      ...(path === undefined ? {} : { path }),
    });
  }
}

function isOfType({ type, record }: Node, value: unknown): boolean {
  switch (type) {
    case NodeType.STRING:
      return typeof value === 'string';
    case NodeType.BOOLEAN:
      return typeof value === 'boolean';
    case NodeType.INTEGER:
      return Number.isInteger(value) || typeof value === 'bigint';
    case NodeType.NUMBER:
      return typeof value === 'number';
    default:
      // Of text or a whole number. Kubernetes' own kinds decode a fraction of a quantity (0.5) as well as its text; a CRD's schema refuses it.
      return (
        typeof value === 'string' || (record.format === 'quantity' ? Number.isFinite(value) : Number.isInteger(value))
      );
  }
}

function keyOf(items: Node, item: unknown, key: string): unknown {
  const given = isObject(item) ? item[key] : undefined;
  return given ?? items.property(key)?.record.d ?? null;
}

/** `spec.volumes[1].name`; a key that is not a plain name stands in brackets. */
function fieldPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (!/^[\w-]+$/.test(key)) text += `[${key}]`;
    else text += text === '' ? key : `.${key}`;
  }
  return text;
}
