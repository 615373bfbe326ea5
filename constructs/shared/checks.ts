import { alternatives, Faults } from './refusal';

/** RFC 1123 subdomain: the rule for the name of most Kubernetes objects. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** RFC 1123 label: the rule for namespaces, disks and volumes. */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** Name part of a label's or annotation's key, and a label's value. */
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** The longest RFC 1123 subdomain and label, in characters. */
const SUBDOMAIN_LENGTH = 253;
const LABEL_LENGTH = 63;

/**
 * Each check notes what is wrong with a value; a value that is right leaves no trace.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function checkName(faults: Faults, property: string, value: unknown, longest = SUBDOMAIN_LENGTH): void {
  if (typeof value === 'string' && value.length <= longest && SUBDOMAIN.test(value)) return;
  const must = `be a DNS name (lower-case letters, digits, '-' and '.', at most ${longest} characters)`;
  faults.add(property, must, value, nameRemedy(value, longest, SUBDOMAIN));
}

/** As `checkName`, for what must be one label: no dots, at most 63 characters. */
export function checkLabel(faults: Faults, property: string, value: unknown): void {
  if (typeof value === 'string' && value.length <= LABEL_LENGTH && LABEL.test(value)) return;
  const must = `be a DNS label (lower-case letters, digits and '-', at most ${LABEL_LENGTH} characters)`;
  faults.add(property, must, value, nameRemedy(value, LABEL_LENGTH, LABEL));
}

/** Notes a value that is none of a closed set's wire words. */
export function checkOneOf(faults: Faults, property: string, value: unknown, set: Record<string, string>): void {
  const words = Object.values(set);
  if (value !== undefined && !words.includes(value as string)) faults.add(property, `be ${alternatives(words)}`, value);
}

/** Notes what is not a list of the set's words: empty where it is given, unknown words, repeated words. */
export function checkListOf(faults: Faults, property: string, value: unknown, set: Record<string, string>): void {
  if (value === undefined) return;
  if (!Array.isArray(value) || value.length === 0) {
    faults.add(property, `be a list of ${alternatives(Object.values(set))}`, value);
    return;
  }
  value.forEach((word, index) => checkOneOf(faults, `${property}[${index}]`, word ?? null, set));
  if (new Set(value).size < value.length) faults.add(property, 'name each value once', value);
}

/** Notes what is no whole number from `least` upwards. */
export function checkWholeNumber(faults: Faults, property: string, value: unknown, least: number, most?: number): void {
  if (value === undefined) return;
  const inRange = Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= (most ?? Infinity);
  if (inRange) return;
  faults.add(
    property,
    `be a whole number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}`,
    value,
  );
}

/** Notes what is neither `true` nor `false`. */
export function checkBoolean(faults: Faults, property: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') faults.add(property, 'be true or false', value);
}

/** Notes what is no text, or empty text. */
export function checkText(faults: Faults, property: string, value: unknown, remedy?: string): void {
  if (typeof value !== 'string' || value === '') faults.add(property, 'be text', value, remedy);
}

/**
 * Notes keys and values that Kubernetes refuses in `metadata.labels` and in selectors.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function checkLabels(faults: Faults, property: string, labels: unknown): void {
  eachEntry(faults, property, labels, (key, value) => {
    checkKey(faults, property, key);
    if (typeof value === 'string' && (value === '' || (value.length <= LABEL_LENGTH && QUALIFIED.test(value)))) return;
    const must = `be text of at most ${LABEL_LENGTH} letters, digits, '-', '_' and '.', a letter or digit at both ends`;
    faults.add(`${property}[${JSON.stringify(key)}]`, must, value, typeof value === 'string' ? undefined : 'quote it');
  });
}

/** Notes keys and values that Kubernetes refuses in `metadata.annotations`. */
export function checkAnnotations(faults: Faults, property: string, annotations: unknown): void {
  eachEntry(faults, property, annotations, (key, value) => {
    checkKey(faults, property, key);
    if (typeof value !== 'string') faults.add(`${property}[${JSON.stringify(key)}]`, 'be text', value, 'quote it');
  });
}

function checkKey(faults: Faults, property: string, key: string): void {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  const fine =
    QUALIFIED.test(name) &&
    name.length <= LABEL_LENGTH &&
    (prefix === undefined || (prefix.length <= SUBDOMAIN_LENGTH && SUBDOMAIN.test(prefix)));
  if (!fine) faults.add(property, "have keys of the form 'name' or 'dns.prefix/name'", key);
}

function eachEntry(faults: Faults, property: string, map: unknown, visit: (key: string, value: unknown) => void): void {
  if (map === undefined) return;
  if (map === null || typeof map !== 'object' || Array.isArray(map)) {
    faults.add(property, 'be an object of names and text', map);
    return;
  }
  for (const [key, value] of Object.entries(map)) visit(key, value);
}

function nameRemedy(value: unknown, longest: number, form: RegExp): string | undefined {
  if (typeof value !== 'string') return undefined;
  const mended = value
    .toLowerCase()
    .replace(form === LABEL ? /[^a-z0-9-]+/g : /[^a-z0-9.-]+/g, '-')
    .slice(0, longest)
    .replace(/^[-.]+|[-.]+$/g, '');
  return form.test(mended) ? `write '${mended}'` : undefined;
}
