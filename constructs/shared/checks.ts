import { sameWord } from './likeness';
import { Faults, kindOf } from './refusal';
import { alternatives, withoutEnd } from './wording';

/** A form that a name may have, and how a message calls it. */
interface NameForm {
  readonly form: RegExp;
  readonly called: string;
  readonly longest: number;
}

/** RFC 1123 subdomain: the rule for the name of most Kubernetes objects. */
const SUBDOMAIN: NameForm = {
  form: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  called: "a DNS name (lower-case letters, digits, '-' and '.', at most",
  longest: 253,
};
/** RFC 1123 label: the rule for namespaces, disks and volumes. */
const LABEL: NameForm = {
  form: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  called: "a DNS label (lower-case letters, digits and '-', at most",
  longest: 63,
};
/** RFC 1035 label: the rule for Services. */
const SERVICE: NameForm = {
  form: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  called: "a DNS label that starts with a letter (lower-case letters, digits and '-', at most",
  longest: 63,
};
/** Name part of a label's or annotation's key, and a label's value. */
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const QUALIFIED_LENGTH = 63;

/**
 * Each check notes what is wrong with a value; a value that is right leaves no trace.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function checkName(faults: Faults, property: string, value: unknown, longest = SUBDOMAIN.longest): void {
  checkForm(faults, property, value, { ...SUBDOMAIN, longest });
}

/** As `checkName`, for what must be one label: no dots, at most 63 characters. */
export function checkLabel(faults: Faults, property: string, value: unknown): void {
  checkForm(faults, property, value, LABEL);
}

/** As `checkLabel`, for the name of a Service: it starts with a letter. */
export function checkServiceName(faults: Faults, property: string, value: unknown): void {
  checkForm(faults, property, value, SERVICE);
}

/**
 * Refuses a value that is not an object at once, together with the faults so far: nothing else can be checked then.
 * The value stays out of the message; it may hold a secret.
 *
 * @param key What a text in its place is meant for, if that is known: `namespace`.
 */
export function requireObject(faults: Faults, property: string, value: unknown, key?: string): void {
  if (isObject(value)) return;
  const remedy = key !== undefined && typeof value === 'string' ? `; write { ${key}: ${JSON.stringify(value)} }` : '';
  faults.note(`'${property}' must be an object, got ${kindOf(value)}${remedy}`);
  faults.refuse();
}

/** Whether a value has fields of its own, as an object in braces has. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Notes a value that is not one of a closed set's wire words. */
export function checkOneOf(faults: Faults, property: string, value: unknown, set: Record<string, string>): void {
  const words = Object.values(set);
  if (value === undefined || words.includes(value as string)) return;
  const meant = wordMeant(value, words);
  faults.add(property, `be ${alternatives(words)}`, value, meant && `write '${meant}'`);
}

/** The word of a set that a text is meant for: but for its case, or by its abbreviation. */
function wordMeant(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value !== 'string') return undefined;
  const whole = Object.hasOwn(ABBREVIATIONS, value.toUpperCase()) ? ABBREVIATIONS[value.toUpperCase()]! : value;
  return sameWord(whole, words);
}

/** What kubectl and other tools print for a word of Kubernetes. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  RWO: 'ReadWriteOnce',
  ROX: 'ReadOnlyMany',
  RWX: 'ReadWriteMany',
  RWOP: 'ReadWriteOncePod',
  X86_64: 'amd64',
  AARCH64: 'arm64',
  FS: 'Filesystem',
};

/** Notes a value that is not a list of the set's words: an empty list, unknown words, repeated words. */
export function checkListOf(faults: Faults, property: string, value: unknown, set: Record<string, string>): void {
  if (value === undefined) return;
  const words = Object.values(set);
  if (!Array.isArray(value) || value.length === 0) {
    const meant = wordMeant(value, words);
    faults.add(property, `be a list of ${alternatives(words)}`, value, meant && asList(meant));
    return;
  }
  value.forEach((word, index) => checkOneOf(faults, `${property}[${index}]`, word ?? null, set));
  checkEachOnce(faults, property, value);
}

/** Notes a value that is not a list of text, and text that is in it twice. */
export function checkTextList(faults: Faults, property: string, value: unknown): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) {
    faults.add(property, 'be a list of text', value, typeof value === 'string' ? asList(value) : undefined);
    return;
  }
  value.forEach((text, index) => checkText(faults, `${property}[${index}]`, text));
  checkEachOnce(faults, property, value);
}

/** Notes a value that is not a whole number from `least` to `most`, or upwards without `most`. */
export function checkWholeNumber(faults: Faults, property: string, value: unknown, least: number, most?: number): void {
  if (value === undefined) return;
  const inRange = Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= (most ?? Infinity);
  if (inRange) return;
  const must = `be a whole number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}`;
  faults.add(property, must, value, numberRemedy(value, least, most));
}

/** A number that was written as text: `'2'`. */
function numberRemedy(value: unknown, least: number, most = Infinity): string | undefined {
  const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : NaN;
  return number >= least && number <= most ? `write ${number}` : undefined;
}

/** What to write for a part of a whole that was given in hundredths: `5`, `'5.5%'`. */
export function fractionRemedy(value: unknown): string {
  const isScalar = typeof value === 'string' || typeof value === 'number';
  const [, digits = '', percent = ''] = /^\s*(\d+(?:\.\d+)?)\s*(?:(%)\s*)?$/.exec(isScalar ? String(value) : '') ?? [];
  const number = digits === '' ? NaN : Number(digits);
  const fraction = percent === '%' || number > 1 ? number / 100 : number;
  return fraction <= 1 ? `write ${Number(fraction.toFixed(3))}` : "write 0.055 for '5.5%'";
}

/** Notes a value that is neither `true` nor `false`. */
export function checkBoolean(faults: Faults, property: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  faults.add(property, 'be true or false', value, value === 'true' || value === 'false' ? `write ${value}` : undefined);
}

/** Notes a value that is not text, and empty text. */
export function checkText(faults: Faults, property: string, value: unknown, remedy?: string): void {
  if (typeof value !== 'string' || value === '') faults.add(property, 'be text', value, remedy);
}

/** Notes a map whose values are not text. */
export function checkTextMap(faults: Faults, property: string, map: unknown): void {
  eachEntry(faults, property, map, (key, value) => {
    if (typeof value !== 'string') faults.add(entry(property, key), 'be text', value, 'quote it');
  });
}

/**
 * Notes keys and values that Kubernetes refuses in `metadata.labels` and in selectors.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function checkLabels(faults: Faults, property: string, labels: unknown): void {
  eachEntry(faults, property, labels, (key, value) => {
    checkKey(faults, property, key);
    if (typeof value === 'string' && (value === '' || (value.length <= QUALIFIED_LENGTH && QUALIFIED.test(value))))
      return;
    const must = `be text of at most ${QUALIFIED_LENGTH} letters, digits, '-', '_' and '.', a letter or digit at both ends`;
    faults.add(entry(property, key), must, value, typeof value === 'string' ? undefined : 'quote it');
  });
}

/** Notes keys and values that Kubernetes refuses in `metadata.annotations`. */
export function checkAnnotations(faults: Faults, property: string, annotations: unknown): void {
  checkTextMap(faults, property, annotations);
  if (isObject(annotations)) Object.keys(annotations).forEach((key) => checkKey(faults, property, key));
}

/** Whether Kubernetes takes it as a qualified name: `name` or `dns.prefix/name`. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  if (!QUALIFIED.test(name) || name.length > QUALIFIED_LENGTH) return false;
  const prefix = text.slice(0, slash);
  return slash < 0 || (prefix.length <= SUBDOMAIN.longest && SUBDOMAIN.form.test(prefix));
}

function checkForm(faults: Faults, property: string, value: unknown, { form, called, longest }: NameForm): void {
  if (typeof value === 'string' && value.length <= longest && form.test(value)) return;
  const must = `be ${called} ${longest} characters)`;
  if (isObject(value)) {
    // A Secret where the name of one is asked for: nothing of it is repeated but the name.
    const name = NAME_FIELDS.map((field) => value[field]).find((one) => typeof one === 'string');
    const remedy = name === undefined ? '' : `; write its name: '${name}'`;
    faults.note(`'${property}' must ${must}, got ${kindOf(value)}${remedy}`);
    return;
  }
  faults.add(property, must, value, nameRemedy(value, form, longest));
}

/** What constructs call the name of their object. */
const NAME_FIELDS = [
  'name',
  'claimName',
  'secretName',
  'storageClassName',
  'snapshotClassName',
  'snapshotName',
  'virtualMachineSnapshotName',
];

function nameRemedy(value: unknown, form: RegExp, longest: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const plain = value
    .toLowerCase()
    .replace(form === SUBDOMAIN.form ? /[^a-z0-9.-]+/g : /[^a-z0-9-]+/g, '-')
    .replace(/^[-.]+/, '');
  const mended = withoutEnd(plain.slice(0, longest), '-.');
  return form.test(mended) ? `write '${mended}'` : undefined;
}

function checkKey(faults: Faults, property: string, key: string): void {
  if (!isQualifiedName(key)) faults.add(property, "have keys of the form 'name' or 'dns.prefix/name'", key);
}

function checkEachOnce(faults: Faults, property: string, list: readonly unknown[]): void {
  if (new Set(list).size < list.length) faults.add(property, 'name each value once', list);
}

function eachEntry(faults: Faults, property: string, map: unknown, visit: (key: string, value: unknown) => void): void {
  if (map === undefined) return;
  if (!isObject(map)) faults.add(property, 'be an object of names and text', map);
  else Object.entries(map).forEach(([key, value]) => visit(key, value));
}

function entry(property: string, key: string): string {
  return `${property}[${JSON.stringify(key)}]`;
}

function asList(value: unknown): string {
  return `write [${JSON.stringify(value)}]`;
}
