import type { Size } from 'cdk8s';
// The module of sizes by itself: the review counts with them, and all of cdk8s takes as long to load as the rest of `check`.
import { Size as SizeOf, SizeRoundingBehavior } from 'cdk8s/lib/size';
import { addKind, Faults, refuse } from './refusal';

/** Bytes of each suffix that a Kubernetes quantity may have; a size cannot have `m`, `u` or `n`. */
const BYTES: ReadonlyMap<string, bigint> = new Map([
  ['', BigInt(1)],
  ['k', BigInt(10) ** BigInt(3)],
  ['M', BigInt(10) ** BigInt(6)],
  ['G', BigInt(10) ** BigInt(9)],
  ['T', BigInt(10) ** BigInt(12)],
  ['P', BigInt(10) ** BigInt(15)],
  ['E', BigInt(10) ** BigInt(18)],
  ['Ki', BigInt(2) ** BigInt(10)],
  ['Mi', BigInt(2) ** BigInt(20)],
  ['Gi', BigInt(2) ** BigInt(30)],
  ['Ti', BigInt(2) ** BigInt(40)],
  ['Pi', BigInt(2) ** BigInt(50)],
  ['Ei', BigInt(2) ** BigInt(60)],
]);

/** What Kubernetes writes for a size, largest first. */
const CANONICAL = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'];

/** The units of sizes that have no binary one, largest first. */
const DECIMAL = ['E', 'P', 'T', 'G', 'M', 'k'];

/** Kubernetes holds less: 2^63 - 1 at most. */
const TOO_MANY_BYTES = 2 ** 63;

const FORM = /^\+?(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,3})|([A-Za-z]*))$/;
const WHOLE_BYTES = 'be a whole number of bytes, below 8Ei';

/**
 * Sizes as Kubernetes writes them. Everywhere else in this library a size is a cdk8s `Size`;
 * here is the one door between that and text.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export class Quantity {
  /**
   * Reads a size: `1Gi`, `1.5Gi`, `500M`, `1073741824`, `1e9`.
   *
   * @param text A Kubernetes quantity of bytes.
   * @throws if the text is not a quantity (`1GB`, `1gi`, `1 Gi`), is negative, or is not a whole number of bytes.
   */
  public static parse(text: string): Size {
    const bytes = readBytes(text);
    if (bytes === undefined) {
      refuse('Quantity.parse', 'text', "be a Kubernetes quantity such as '1Gi' or '500M'", text, textRemedy(text));
    }
    if (Number.isNaN(bytes) || bytes >= TOO_MANY_BYTES) refuse('Quantity.parse', 'text', WHOLE_BYTES, text);
    return fromBytes(bytes);
  }

  /**
   * Writes a size in the form that Kubernetes itself would give it: the largest binary unit
   * that leaves a whole number (`Size.gibibytes(0.5)` is `512Mi`), else plain bytes.
   *
   * @throws if the size is not a whole number of bytes.
   */
  public static format(size: Size): string {
    const faults = new Faults('Quantity.format');
    if (size === undefined) faults.add('size', 'be given', size, sizeRemedy(size));
    checkSize(faults, 'size', size);
    faults.refuse();
    const bytes = BigInt(toBytes(size));
    const unit = CANONICAL.find((name) => bytes > BigInt(0) && bytes % bytesOf(name) === BigInt(0)) ?? '';
    return `${bytes / bytesOf(unit)}${unit}`;
  }

  private constructor() {}
}

/** A size in bytes. */
export function toBytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024;
}

/** A size of so many bytes. */
export function fromBytes(bytes: number): Size {
  return SizeOf.kibibytes(bytes / 1024);
}

/** Wraps a size for an L1 class, whose generated quantity types a plain string would slip through as `null`. */
export function quantity<T>(type: { fromString(value: string): T }, size: Size): T {
  return type.fromString(Quantity.format(size));
}

/**
 * Notes a value that is not a `Size` of whole bytes, and a size that is smaller than `least`.
 * Plain text and numbers, which only JavaScript lets through, get a remedy.
 */
export function checkSize(faults: Faults, property: string, size: unknown, least?: Size): void {
  if (size === undefined) return;
  if (!isSize(size)) {
    addKind(faults, property, 'be a Size of cdk8s', size, sizeRemedy(size));
  } else if (!Number.isInteger(toBytes(size)) || toBytes(size) >= TOO_MANY_BYTES) {
    faults.add(property, WHOLE_BYTES, typeof size.asString === 'function' ? size.asString() : size);
  } else if (least !== undefined && toBytes(size) < toBytes(least)) {
    faults.add(property, `be at least '${sizeText(least)}'`, sizeText(size));
  }
}

/** A size of whole bytes as a message says it: with the largest unit that leaves a whole number. */
export function sizeText(size: Size): string {
  const bytes = BigInt(toBytes(size));
  const unit = [...CANONICAL, ...DECIMAL].find((name) => bytes > BigInt(0) && bytes % bytesOf(name) === BigInt(0));
  if (unit === undefined) return `${bytes} byte${bytes === BigInt(1) ? '' : 's'}`;
  return `${bytes / bytesOf(unit)}${unit}`;
}

/** Whether a value is a `Size`, of this or of another copy of cdk8s. */
export function isSize(value: unknown): value is Size {
  return typeof (value as Size | undefined | null)?.toKibibytes === 'function';
}

/** Whether a value is the text of a size that `Quantity.parse` reads. */
export function isQuantity(value: unknown): value is string {
  const bytes = readBytes(value);
  return bytes !== undefined && !Number.isNaN(bytes) && bytes < TOO_MANY_BYTES;
}

/** The bytes of a quantity; undefined if the text is not a quantity; NaN if it is not a whole number that a `Size` can hold. */
function readBytes(text: unknown): number | undefined {
  const parts = typeof text === 'string' ? FORM.exec(text) : null;
  const [, whole = '', decimals = '', exponent = '0', suffix = ''] = parts ?? [];
  const factor = BYTES.get(suffix);
  if (whole + decimals === '' || factor === undefined) return undefined;
  const power = Number(exponent) - decimals.length;
  const product = BigInt(whole + decimals) * factor * BigInt(10) ** BigInt(Math.max(power, 0));
  const divisor = BigInt(10) ** BigInt(Math.max(-power, 0));
  const bytes = Number(product / divisor);
  const isExact = product % divisor === BigInt(0) && Number.isFinite(bytes) && BigInt(bytes) === product / divisor;
  return isExact ? bytes : NaN;
}

/** What to write instead of a value that is not a `Size`. */
function sizeRemedy(value: unknown): string {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && number > 0 && Number.isFinite(number))
    return `write Size.gibibytes(${number}) or Size.mebibytes(${number})`;
  if (typeof value !== 'string') return 'write Size.gibibytes(…)';
  const meant = whatWasMeant(value).map((text) => `Quantity.parse('${text}') (${bytesOf(text)} bytes)`);
  if (meant.length > 0) return `write ${meant.join(' or ')}`;
  return readBytes(value) !== undefined
    ? `write Quantity.parse('${value}')`
    : "write Size.gibibytes(…) or Quantity.parse('…Gi')";
}

/** What to write instead of text that is not a quantity. */
function textRemedy(text: unknown): string | undefined {
  const meant = whatWasMeant(text).map((quantity) => `'${quantity}' (${bytesOf(quantity)} bytes)`);
  return meant.length > 0 ? `write ${meant.join(' or ')}` : undefined;
}

/** The quantity that `1gi` and `1 GiB` mean; the two that `1GB` may mean; an empty list for text that is a quantity. */
function whatWasMeant(text: unknown): string[] {
  if (typeof text !== 'string' || readBytes(text) !== undefined) return [];
  const [, digits, letter, binary] = /^\s*(\d+(?:\.\d+)?)\s*([kmgtpe])(i?)(?:b|bytes?)?\s*$/i.exec(text) ?? [];
  if (digits === undefined || letter === undefined) return [];
  const asBinary = `${digits}${letter.toUpperCase()}i`;
  const asDecimal = `${digits}${/k/i.test(letter) ? 'k' : letter.toUpperCase()}`;
  return (binary === '' ? [asBinary, asDecimal] : [asBinary]).filter(
    (quantity) => Number(readBytes(quantity)) < TOO_MANY_BYTES,
  );
}

/** The bytes of a quantity, or of one unit, in full digits. */
function bytesOf(text: string): bigint {
  return BYTES.get(text) ?? BigInt(readBytes(text) ?? 0);
}
