import { show } from '../constructs/shared/shown-value';
import { alternatives } from './admission/shared/wording';
import { RolloutStrategy } from './cluster/rollout-strategy';
import { isObject } from './manifests/json';
import { nearest } from './schema';

/** Says what is wrong with a value; nothing where it is right. */
type Check = (value: unknown, at: string) => readonly string[];

/** What may stand under a name, and whether it must. */
interface Field {
  readonly check: Check;
  readonly required?: boolean;
}

type Fields = Readonly<Record<string, Field>>;

const text: Check = (value, at) => must(typeof value === 'string' && value !== '', at, 'be a text', value);
const number: Check = (value, at) => must(typeof value === 'number', at, 'be a number', value);
const toggle: Check = (value, at) => must(typeof value === 'boolean', at, 'be true or false', value);
const anyObject: Check = (value, at) => must(isObject(value), at, 'be an object', value);

const texts: Check = (value, at) => {
  if (!Array.isArray(value)) return must(false, at, 'be a list of texts', value);
  return value.flatMap((item, index) => text(item, `${at}[${index}]`));
};

/** Those of a KubeVirt that is held: v1.6 and older had ppc64le. */
const ARCHITECTURES: readonly string[] = ['amd64', 'arm64', 's390x', 'ppc64le'];
const NAMES_OF_KERNELS: ReadonlyMap<unknown, string> = new Map([
  ['x86_64', 'amd64'],
  ['x64', 'amd64'],
  ['aarch64', 'arm64'],
]);

const architecture: Check = (value, at) => {
  const meant = NAMES_OF_KERNELS.get(typeof value === 'string' ? value.toLowerCase() : value);
  const faults = must(ARCHITECTURES.includes(value as string), at, `be ${alternatives(ARCHITECTURES)}`, value);
  return faults.map((fault) => (meant === undefined ? fault : `${fault}; write '${meant}'`));
};

const storage: Check = (value, at) =>
  must(
    (typeof value === 'string' && value !== '') ||
      (isObject(value) && Symbol.iterator in value) ||
      Array.isArray(value),
    at,
    'be the objects of the storage, or the text that kubectl printed',
    value,
  );

const EXTERNAL: Fields = {
  kind: { check: text, required: true },
  name: { check: text, required: true },
  namespace: { check: text },
};

const OBJECT: Fields = {
  apiVersion: { check: text },
  kind: { check: text },
  namespace: { check: text },
  name: { check: text },
  file: { check: text },
  document: { check: number },
};

const ACCEPTANCE: Fields = {
  rule: { check: text, required: true },
  object: {
    check: (value, at) => (isObject(value) ? inFields(value, OBJECT, at) : anyObject(value, at)),
    required: true,
  },
  reason: { check: text, required: true },
};

const STRATEGIES: readonly string[] = Object.values(RolloutStrategy);

const OPTIONS: Fields = {
  kubevirt: { check: text },
  cdi: { check: text },
  allReleases: { check: toggle },
  closed: { check: toggle },
  external: { check: list(EXTERNAL, 'be { kind, name } with or without namespace', externalRemedy) },
  partial: { check: list(EXTERNAL, 'be { kind, name } with or without namespace', externalRemedy) },
  accept: { check: list(ACCEPTANCE, 'be { rule, object, reason }', acceptanceRemedy) },
  featureGates: { check: texts },
  architecture: { check: architecture },
  configuration: { check: anyObject },
  rolloutStrategy: {
    check: (value, at) => must(STRATEGIES.includes(value as string), at, `be ${alternatives(STRATEGIES)}`, value),
  },
  storage: { check: storage },
  backends: { check: texts },
};

/** The options of each kind of review. */
const KINDS = {
  review: OPTIONS,
  plugin: { ...OPTIONS, storage: { check: text }, strict: { check: toggle } },
  diff: {
    ...OPTIONS,
    ...{
      prune: { check: toggle },
      running: { check: toggle },
      migratable: { check: toggle },
      bound: { check: toggle },
    },
    storage: { check: (value, at) => must(isIterable(value), at, 'be a list of objects', value) },
  },
} satisfies Readonly<Record<string, Fields>>;

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/**
 * The options without those that are empty (in YAML that is null). What no review has is refused: they come from cdk8s.yaml
 * too, where no type is checked, and one that is spelt wrong would do nothing, without a word.
 *
 * @throws if an option is unknown, or of another shape.
 */
export function checkedOptions<T extends object>(options: T, of: keyof typeof KINDS = 'review'): T {
  if (!isObject(options)) throw new Error(`[review] the options must be an object, got ${show(options)}`);
  const faults = inFields(options, KINDS[of]);
  if (faults.length > 0) throw new Error(`[review] ${faults.join('; ')}`);
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null)) as T;
}

function inFields(object: Readonly<Record<string, unknown>>, fields: Fields, at?: string): string[] {
  const path = (key: string): string => (at === undefined ? key : `${at}.${key}`);
  const unknown = Object.keys(object).flatMap((key) =>
    Object.hasOwn(fields, key) ? [] : [noField(path(key), key, fields, at)],
  );
  const wrong = Object.entries(fields).flatMap(([key, { check, required }]) => {
    const value = object[key];
    const absent = value === undefined || value === null;
    return absent && required !== true ? [] : check(value, path(key));
  });
  return [...unknown, ...wrong];
}

function noField(path: string, key: string, fields: Fields, at: string | undefined): string {
  const names = Object.keys(fields);
  const meant = nearest(key, names);
  const [what, all] = at === undefined ? ['option', 'options'] : ['field of it', 'fields'];
  const remedy =
    meant === undefined ? `the ${all} are ${names.map((name) => `'${name}'`).join(', ')}` : `write '${meant}'`;
  return `'${path}' is no ${what}; ${remedy}`;
}

function list(fields: Fields, what: string, remedy: (word: string) => string): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return must(false, at, 'be a list', value);
    return value.flatMap((item, index) => {
      const place = `${at}[${index}]`;
      if (isObject(item)) return inFields(item, fields, place);
      const [fault] = must(false, place, what, item);
      return [typeof item === 'string' ? `${fault}; ${remedy(item)}` : `${fault}`];
    });
  };
}

/** The words of the command line, as the properties take them. */
function externalRemedy(word: string): string {
  const [kind, ...names] = word.split('/');
  const [name, namespace] = names.reverse();
  const inNamespace = namespace === undefined ? '' : `namespace: ${namespace}, `;
  return `write { kind: ${kind}, ${inNamespace}name: ${name ?? '…'} }`;
}

function acceptanceRemedy(word: string): string {
  const [, rule, reason] = /^([^@=]*)[^=]*=?(.*)$/s.exec(word) ?? [];
  return `write { rule: ${rule}, object: {}, reason: ${reason || '…'} }`;
}

function must(holds: boolean, at: string, what: string, value: unknown): string[] {
  return holds ? [] : [`'${at}' must ${what}, got ${show(value)}`];
}
