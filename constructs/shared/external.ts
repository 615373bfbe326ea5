import { Construct, IConstruct } from 'constructs';
import { EXTERNAL } from './external-mark';

/** An object that a `from…` says to be in the cluster already. */
export interface DeclaredObject {
  readonly kind: string;
  readonly name: string;
  /** Undefined: that of whoever uses it. */
  readonly namespace?: string;
}

/** What the values stand for that `from…` gave. */
const DECLARED = new WeakMap<object, DeclaredObject>();

/** Most objects of an app have no such value: these are not searched at all. */
let isAnyDeclared = false;

/** The value, known as one that stands for an object of the cluster. */
export function inCluster<T extends object>(value: T, object: DeclaredObject): T {
  DECLARED.set(value, object);
  isAnyDeclared = true;
  return value;
}

/**
 * Notes on a construct which objects of the cluster its props name by a `from…`, for the review of the app.
 *
 * @param namespace That of the construct's object.
 */
export function declareExternals(construct: Construct, props: unknown, namespace: string | undefined): void {
  if (isAnyDeclared) visit(construct, props, namespace, 0);
}

/** Props, the options in them, their value classes, and what these hold. */
const DEEPEST = 5;

function visit(construct: Construct, value: unknown, namespace: string | undefined, depth: number): void {
  if (typeof value !== 'object' || value === null || Construct.isConstruct(value) || depth > DEEPEST) return;
  const object = DECLARED.get(value);
  if (object !== undefined) construct.node.addMetadata(EXTERNAL, { namespace, ...withoutUndefined(object) });
  for (const one of Object.values(value)) visit(construct, one, namespace, depth + 1);
}

function withoutUndefined({ kind, name, namespace }: DeclaredObject): DeclaredObject {
  return namespace === undefined ? { kind, name } : { kind, name, namespace };
}

/** What a construct was given as being in the cluster already. */
export function externalsOf(construct: IConstruct): DeclaredObject[] {
  const own = construct.node.metadata.filter(({ type }) => type === EXTERNAL);
  return own.map(({ data }) => data as DeclaredObject);
}
