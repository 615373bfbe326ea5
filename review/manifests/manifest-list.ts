import { isObject, textAt } from './json';
import { asReviewed, ReviewedManifest } from './manifest';

const PARSE = 'parse it first: review(parseManifests(text)), or review(readManifests([path])) for files';

/**
 * The manifests that a program hands over. What cannot be meant is refused: a text is iterable too, and a review that
 * found nothing to look at would pass.
 *
 * @throws if they are no list of objects.
 */
export function givenManifests(given: unknown): ReviewedManifest[] {
  const kind = kindOf(given);
  const list = isIterable(given) && kind !== 'bytes' ? [...given] : undefined;
  if (list === undefined) {
    throw new Error(
      `[review] 'manifests' must be a list of objects, got ${kind}${remedyFor(kind, 'write […] around it')}`,
    );
  }
  return list.map((one, index) => {
    const fault = faultOf(one);
    if (fault === undefined) return asReviewed(one);
    throw new Error(`[review] 'manifests[${index}]' must be a Kubernetes object, got ${fault}`);
  });
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** A document of YAML that holds nothing is null: it stands among the unchecked. */
function faultOf(one: unknown): string | undefined {
  if (one instanceof ReviewedManifest || one === null || one === undefined) return undefined;
  const kind = kindOf(one);
  if (!isObject(one) || kind !== 'an object') return `${kind}${remedyFor(kind)}`;
  const typed = ['apiVersion', 'kind'].some((key) => textAt(one, key) !== '');
  return typed ? undefined : `an object with no 'apiVersion' and no 'kind'`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return 'a text';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (ArrayBuffer.isView(value)) return 'bytes';
  if (Array.isArray(value)) return 'a list';
  if (isFunction(value, 'then')) return 'a promise';
  // Charts and ApiObjects of cdk8s have both `node` and `toJson`, and an App has `synthYaml`; not by `instanceof`, since
  // there may be two copies of cdk8s.
  if (isFunction(value, 'toJson') || isFunction(value, 'synthYaml')) return 'a construct';
  return 'an object';
}

function isFunction(value: object, key: string): boolean {
  return typeof (value as Record<string, unknown>)[key] === 'function';
}

function remedyFor(kind: string, forObject?: string): string {
  const remedies: Readonly<Record<string, string | undefined>> = {
    'a text': PARSE,
    bytes: PARSE,
    'a list': 'spread it',
    'a promise': 'await it',
    'a construct': 'write Testing.synth(chart) or chart.toJson()',
    'an object': forObject,
  };
  const remedy = remedies[kind];
  return remedy === undefined ? '' : `; ${remedy}`;
}
