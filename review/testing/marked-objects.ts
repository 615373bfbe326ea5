import { Json } from '../rule';
import { NodeType } from '../schema/node';
import { Node, SCHEMAS } from '../schema/tree';

/** One string field of a kind. */
export interface StringField {
  readonly apiVersion: string;
  readonly kind: string;
  readonly path: readonly (string | number)[];
}

/** As deep as schemas are followed: some hold themselves. */
const DEEPEST = 18;

/** Every field of every kind of every release that there are schemas of, which takes text. */
export function everyStringField(): Generator<StringField> {
  const pairs = SCHEMAS.pairs.flatMap((pair) =>
    Object.entries(pair).map(([component, version]) => `${component}/${version}`),
  );
  return stringFields([...new Set(['kubernetes', ...pairs])]);
}

function* stringFields(sources: readonly string[]): Generator<StringField> {
  const seen = new Set<string>();
  for (const source of sources) {
    for (const { apiVersion, kind } of SCHEMAS.types(source)) {
      for (const path of textPaths(SCHEMAS.kind(source, apiVersion, kind)!.root, [])) {
        const key = `${apiVersion} ${kind} ${path.join('\0')}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield { apiVersion, kind, path };
      }
    }
  }
}

function* textPaths(node: Node, path: readonly (string | number)[]): Generator<readonly (string | number)[]> {
  if (path.length > DEEPEST || ['apiVersion', 'kind', 'status'].includes(String(path[0]))) return;
  switch (node.type) {
    case NodeType.STRING:
    case NodeType.INT_OR_STRING:
      yield path;
      break;
    case NodeType.ANY:
      yield [...path, 'any'];
      break;
    case NodeType.ARRAY:
      if (node.items !== undefined) yield* textPaths(node.items, [...path, 0]);
      break;
    case NodeType.OBJECT:
      yield [...path, 'unknown'];
      if (node.values !== undefined) yield* textPaths(node.values, [...path, 'key']);
      for (const name of node.names ?? []) yield* textPaths(node.property(name)!, [...path, name]);
  }
}

/** An object that has a value at a path, and what it needs to be looked at. */
export function objectWith({ apiVersion, kind, path }: StringField, value: unknown, name: string): Json {
  const object = { apiVersion, kind, metadata: { name, namespace: 'n' } };
  return plant(object, path, value);
}

/** Puts a value at a path, beside what stands there. */
export function plant(object: Json, path: readonly (string | number)[], value: unknown): Json {
  let at = object as Record<string | number, unknown>;
  path.forEach((step, index) => {
    if (index === path.length - 1) at[step] = value;
    else at = (at[step] ??= typeof path[index + 1] === 'number' ? [] : {}) as Record<string | number, unknown>;
  });
  return object;
}

/** Written by hand, and not by what the review takes for sensitive: kind, and the path with its indices left out. */
const SECRET: readonly (readonly [RegExp, RegExp])[] = [
  [/^Secret$/, /^(data|stringData|unknown)/],
  [/^ConfigMap$/, /^(data|binaryData)\./],
  [/./, /(^|\.)(userData|userDataBase64|networkData|networkDataBase64)$/],
  [/./, /(^|\.)cloudInit(NoCloud|ConfigDrive)\.unknown$/],
  [/./, /(^|\.)env\.(value|unknown)$/],
  [/./, /(^|\.)httpHeaders\.(value|unknown)$/],
  [/./, /(^|\.)(extraHeaders|secretExtraHeaders)$/],
  [/./, /(^|\.)(command|args)$/],
  [/./, /(^|\.)patch(es)?$/],
];

/** Whether a field holds what must not be printed. */
export function isSecret({ kind, path }: StringField): boolean {
  const text = path.filter((step) => typeof step === 'string').join('.');
  return SECRET.some(([kinds, paths]) => kinds.test(kind) && paths.test(text));
}
