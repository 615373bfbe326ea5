import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { isObject } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { Code, record } from '../language/expression';
import { Entries, textCode, textsCode, tried } from '../language/scalars';
import { Difference, overridesFor } from '../meaning/overrides';
import { isSame } from '../meaning/sameness';
import { Scope } from '../scope';
import { asItStands, byGeneratedClass } from './generated-class';
import { Renderer } from './rendered';
import { kindOf } from './table';
import { applyPatches, generatedName } from './unnamed';
import { Beside, Made, Way } from './way';

/**
 * Makes an object of a manifest in a chart: by its construct where that says the same, with `overrides` where it must, and
 * otherwise as it stands. What it makes is compared with what was read.
 */
export function make(chart: Chart, id: string, object: Json, scope: Scope, beside: Beside): Made {
  let best: Attempt | undefined;
  let refusal: string | undefined;
  for (const way of tried(() => kindOf(object)?.(scope, object, beside)) ?? []) {
    if (way === undefined) continue;
    const attempt = attemptBy(chart, id, object, scope, way);
    if ('refusal' in attempt) {
      refusal ??= `${way.type} refuses it: ${attempt.refusal}.`;
      continue;
    }
    if (attempt.difference === undefined && isTwinSame(attempt)) return finished(attempt);
    attempt.remove();
    // What a construct always writes belongs to what it makes: without it the construct does not say the object.
    if (way.twin !== undefined || attempt.difference?.removes === true) continue;
    if (best === undefined || count(attempt) < count(best)) best = attempt;
  }
  const overridden = best && tried(() => withOverrides(chart, id, object, best));
  if (overridden !== undefined) return overridden;
  const made = byGeneratedClass(chart, id, object, scope) ?? asItStands(chart, id, object, scope);
  return { ...made, refusal };
}

/** What a way makes of an object, and how that differs from it. */
interface Attempt {
  readonly way: Way;
  readonly patches: readonly Code[];
  readonly entries: Entries;
  readonly construct: Construct;
  readonly difference: Difference | undefined;
  readonly remove: () => void;
}

/** Whether what it makes beside its own object is what was read, too. */
function isTwinSame({ way, construct }: Attempt): boolean {
  if (way.twin === undefined) return true;
  const made = construct.node.children.find((child) => child.node.id !== 'Resource');
  return ApiObject.isApiObject(made) && isSame(made.toJson(), way.twin);
}

function count({ difference }: Attempt): number {
  return difference?.paths.length ?? 0;
}

function finished({ way, entries, construct, patches }: Attempt): Made {
  return { by: 'construct', way, props: record(entries), construct, patches, overridden: [] };
}

function attemptBy(chart: Chart, id: string, object: Json, scope: Scope, way: Way): Attempt | Refused {
  const entries = [...sharedEntries(id, object, scope, way), ...way.entries].filter(([, code]) => code !== undefined);
  const patches = generatedName(object);
  const built = build(chart, id, way, record(entries), patches);
  if ('refusal' in built) return built;
  const { construct, remove } = built;
  return { way, patches, entries, construct, remove, difference: overridesFor(manifestOf(construct), object) };
}

function withOverrides(
  chart: Chart,
  id: string,
  object: Json,
  { way, entries, difference, patches }: Attempt,
): Made | undefined {
  const props = record([...entries, ['overrides', difference!.code]]);
  const built = build(chart, id, way, props, patches);
  if ('refusal' in built) return undefined;
  if (isSame(manifestOf(built.construct), object)) {
    return { by: 'construct', way, props, construct: built.construct, patches, overridden: difference!.paths };
  }
  built.remove();
  return undefined;
}

/** Why a construct does not take its props. */
interface Refused {
  readonly refusal: string;
}

type Built = { readonly construct: Construct; readonly remove: () => void } | Refused;

function build(chart: Chart, id: string, way: Way, props: Code, patches: readonly Code[]): Built {
  const parent = way.owner === undefined ? chart : (way.owner.value as Construct);
  const before = way.owner === undefined ? undefined : new Set(parent.node.children);
  const remove = (): void => {
    if (before === undefined) parent.node.tryRemoveChild(id);
    else for (const child of parent.node.children) if (!before.has(child)) parent.node.tryRemoveChild(child.node.id);
  };
  try {
    const construct = way.build(chart, id, props.value as object);
    applyPatches(construct, patches);
    return { construct, remove };
  } catch (thrown) {
    remove();
    const [line = ''] = String((thrown as Error).message).split('\n');
    return { refusal: line.replace(/^\[[^\]]*\] /, '') };
  }
}

/** What the props of every object say. */
function sharedEntries(id: string, object: Json, scope: Scope, way: Way): Entries {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const unsaid = (map: unknown): Code | undefined => {
    if (way.said === undefined || !isObject(map)) return textsCode(map);
    return textsCode(Object.fromEntries(Object.entries(map).filter(([key]) => !way.said!.has(key))));
  };
  return [
    ['name', metadata.name === (way.usualName ?? id) ? undefined : textCode(metadata.name)],
    ['namespace', way.isBeside === true ? undefined : scope.namespaceCode(metadata.namespace)],
    ['labels', unsaid(metadata.labels)],
    ['annotations', unsaid(metadata.annotations)],
  ];
}

const renderer = new Renderer();

/** What a construct makes. */
function manifestOf(construct: Construct): unknown {
  const found = construct.node.tryFindChild('Resource');
  return ApiObject.isApiObject(found) ? renderer.manifest(found) : undefined;
}
