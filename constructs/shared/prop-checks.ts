import { Duration, Size } from 'cdk8s';
import {
  checkBoolean,
  checkLabel,
  checkLabels,
  checkName,
  checkOneOf,
  checkText,
  checkTextList,
  checkWholeNumber,
  isObject,
  isQualifiedName,
} from './checks';
import { Example, FactoryClass, factoryRemedy } from './factory-remedy';
import { checkKeys, KnownKeys } from './known-keys';
import { checkSize } from './quantity';
import { addKind, Faults } from './refusal';
import { withArticle } from './wording';

/** Notes what is wrong with a value that is given; with one that is not only where it is required. */
export interface PropCheck {
  (faults: Faults, property: string, value: unknown): void;
  readonly required?: boolean;
  /** What to write where nothing is given. */
  readonly remedy?: () => string;
}

/** What each prop of an interface must be: a new prop breaks the compile until it is listed. */
export type PropChecks<T> = { readonly [key in keyof Required<T>]: PropCheck };

/** Notes a value that is not an object, unknown props, and each prop that is not what it must be; returns whether it is an object. */
export function checkEach<T>(faults: Faults, property: string, value: unknown, checks: PropChecks<T>): value is T {
  if (!isObject(value)) {
    addKind(faults, property, 'be an object', value, partRemedy(value, checks));
    return false;
  }
  checkKeys(faults, property, value, keysOf(checks));
  checkGiven(faults, `${property}.`, value, checks);
  return true;
}

/** The part that a bare value is meant for: the name of a user, the device of a GPU, the processors of an instance type. */
function partRemedy(value: unknown, checks: object): string | undefined {
  if (typeof value === 'number' && 'guest' in checks) return `write { guest: ${value} }`;
  if (typeof value !== 'string' || value === '') return undefined;
  if ('deviceName' in checks) return `write { name: '…', deviceName: ${JSON.stringify(value)} }`;
  return 'name' in checks ? `write { name: ${JSON.stringify(value)} }` : undefined;
}

/** As `checkEach`, for the options of a factory: a message names them without what they stand in. */
export function checkOptions<T>(faults: Faults, options: unknown, checks: PropChecks<T>): options is T {
  if (!isObject(options)) {
    addKind(faults, 'options', 'be an object', options);
    return false;
  }
  checkKeys(faults, 'options', options, keysOf(checks));
  checkGiven(faults, '', options, checks);
  return true;
}

export const aBoolean: PropCheck = checkBoolean;
export const aLabel: PropCheck = checkLabel;
export const aName: PropCheck = checkName;
export const aText: PropCheck = checkText;
/** Key of a label: `name` or `dns.prefix/name`. */
export const aLabelKey: PropCheck = (faults, property, value) => {
  if (typeof value === 'string' && isQualifiedName(value)) return;
  faults.add(property, "be of the form 'name' or 'dns.prefix/name'", value);
};
/** Name of an object that may be of another namespace. */
export const aNamespacedName: PropCheck = (faults, property, value) => {
  const [name, namespace, ...rest] = typeof value === 'string' ? value.split('/').reverse() : [];
  const parts = new Faults('');
  checkName(parts, 'name', name);
  if (namespace !== undefined) checkLabel(parts, 'namespace', namespace);
  if (parts.count + rest.length === 0) return;
  addKind(faults, property, "be 'NAME' or 'NAMESPACE/NAME', in lower case", value);
};
/** Path of a file in a container image. */
export const aFile: PropCheck = (faults, property, value) => {
  const isClean = typeof value === 'string' && /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/.test(value);
  if (!isClean) faults.add(property, "be an absolute path of a file, without '.', '..' and '//'", value);
};
export const texts: PropCheck = checkTextList;
export const labels: PropCheck = checkLabels;

export function wholeNumber(least: number, most?: number): PropCheck {
  return (faults, property, value) => checkWholeNumber(faults, property, value, least, most);
}

export function oneOf(set: Record<string, string>): PropCheck {
  return (faults, property, value) => checkOneOf(faults, property, value, set);
}

export function aSize(least?: Size): PropCheck {
  const check: PropCheck = (faults, property, value) => checkSize(faults, property, value, least);
  return Object.assign(check, { remedy: () => 'write for example Size.gibibytes(2)' });
}

/** A `Duration` of whole seconds. */
export function aDuration(leastSeconds = 0): PropCheck {
  return (faults, property, value) => {
    const isDuration = isObject(value) && typeof value.toSeconds === 'function';
    if (!isDuration) {
      const remedy = typeof value === 'number' ? `write Duration.seconds(${value})` : 'write Duration.seconds(…)';
      addKind(faults, property, 'be a Duration of cdk8s', value, remedy);
      return;
    }
    const seconds = (value as unknown as Duration).toSeconds({ integral: false });
    checkWholeNumber(faults, property, seconds, leastSeconds);
  };
}

/** An instance of a class that factories make. */
export function instanceOf(type: FactoryClass, example: Example): PropCheck {
  const check: PropCheck = (faults, property, value) => {
    if (isObject(value) && Object.prototype.isPrototypeOf.call(type.prototype, value)) return;
    addKind(faults, property, `be ${withArticle(type.name)}`, value, factoryRemedy(type, value, example));
  };
  return Object.assign(check, { remedy: () => factoryRemedy(type, undefined, example) });
}

/** The check of a prop that must be given. */
export function required(check: PropCheck): PropCheck {
  const noted: PropCheck = (faults, property, value) => {
    if (value === undefined) faults.add(property, 'be given', value, check.remedy?.());
    else check(faults, property, value);
  };
  return Object.assign(noted, { required: true });
}

/** A part that is an object in braces. */
export function part<T>(checks: PropChecks<T>): PropCheck {
  return (faults, property, value) => void checkEach(faults, property, value, checks);
}

/** A list, each item of which is what the check says. */
export function listOf(check: PropCheck): PropCheck {
  const checkList: PropCheck = (faults, property, value) => {
    if (!Array.isArray(value)) {
      addKind(faults, property, 'be a list', value, 'write [ … ]');
      return;
    }
    Array.from(value as unknown[], (item, index) => check(faults, `${property}[${index}]`, item ?? null));
  };
  const { remedy } = check;
  if (remedy === undefined) return checkList;
  return Object.assign(checkList, { remedy: () => remedy().replace(/^(write (?:for example )?)(.*)$/, '$1[$2]') });
}

/** Notes each prop that is given and is not what it must be; `at` stands before its name. */
export function checkGiven<T>(faults: Faults, at: string, value: unknown, checks: PropChecks<T>): void {
  if (!isObject(value)) return;
  for (const [key, check] of tableOf(checks).entries) {
    const given = value[key];
    if (given !== undefined || check.required) check(faults, `${at}${key}`, given);
  }
}

/** The props of an interface, for `checkKeys`. */
export function keysOf<T>(checks: PropChecks<T>): KnownKeys<T> {
  return tableOf(checks).keys as KnownKeys<T>;
}

/** The checks of an interface, as they are asked for. */
interface CheckTable {
  readonly entries: readonly (readonly [string, PropCheck])[];
  readonly keys: { readonly [key: string]: true };
}

const TABLES = new WeakMap<object, CheckTable>();

/** Thousands of machines are checked by the same few tables: each is made once. */
function tableOf<T>(checks: PropChecks<T>): CheckTable {
  let table = TABLES.get(checks);
  if (table === undefined) {
    const entries = Object.entries<PropCheck>(checks);
    table = { entries, keys: Object.fromEntries(entries.map(([key]) => [key, true])) };
    TABLES.set(checks, table);
  }
  return table;
}
