import { Size, SizeRoundingBehavior } from 'cdk8s';
import { Faults, refuse } from './refusal';

/** Bytes of each suffix that a Kubernetes quantity may have; `m`, `u` and `n` are no sizes. */
const BYTES: Record<string, number> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** What Kubernetes writes for a size, largest first. */
const CANONICAL = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const;

/** The largest quantity that Kubernetes holds, 2^63 - 1, rounded to what a number holds. */
const MOST_BYTES = 2 ** 63;

const FORM = /^\+?(\d+(?:\.\d*)?|\.\d+)(?:([eE][-+]?\d+)|([A-Za-z]*))$/;

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
   * @throws if the text is no quantity (`1GB`, `1gi`, `1 Gi`), is negative, or is no whole number of bytes.
   */
  public static parse(text: string): Size {
    const [, digits, exponent, suffix] = (typeof text === 'string' ? FORM.exec(text) : undefined) ?? [];
    const factor = BYTES[suffix ?? ''];
    if (digits === undefined || factor === undefined) {
      refuse('Quantity.parse', 'text', "be a Kubernetes quantity such as '1Gi' or '500M'", text, whatWasMeant(text));
    }
    const bytes = Number(`${digits}${exponent ?? ''}`) * factor;
    if (!Number.isInteger(bytes) || bytes > MOST_BYTES) {
      refuse('Quantity.parse', 'text', 'be a whole number of bytes, below 8Ei', text);
    }
    return Size.kibibytes(bytes / 1024);
  }

  /**
   * Writes a size in the form that Kubernetes itself would give it: the largest binary unit
   * that leaves a whole number (`Size.gibibytes(0.5)` is `512Mi`), else plain bytes.
   *
   * @throws if the size is no whole number of bytes.
   */
  public static format(size: Size): string {
    const faults = new Faults('Quantity.format');
    checkSize(faults, 'size', size);
    faults.refuse();
    const bytes = toBytes(size);
    const unit = CANONICAL.find((name) => bytes > 0 && bytes % (BYTES[name] ?? 1) === 0);
    return unit === undefined ? wholeText(bytes) : `${wholeText(bytes / (BYTES[unit] ?? 1))}${unit}`;
  }

  private constructor() {}
}

/** A size in bytes. */
export function toBytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * 1024;
}

/** A size of so many bytes. */
export function fromBytes(bytes: number): Size {
  return Size.kibibytes(bytes / 1024);
}

/** Wraps a size for an L1 class, whose generated quantity types a plain string would slip through as `null`. */
export function quantity<T>(type: { fromString(value: string): T }, size: Size): T {
  return type.fromString(Quantity.format(size));
}

/**
 * Notes what is no `Size` of whole bytes, or one that is smaller than `least`.
 * Plain text and numbers, which only JavaScript lets through, get the remedy.
 */
export function checkSize(faults: Faults, property: string, size: unknown, least?: Size): void {
  if (size === undefined) return;
  if (!isSize(size)) {
    faults.add(property, 'be a Size of cdk8s', size, sizeRemedy(size));
  } else if (!Number.isInteger(toBytes(size)) || toBytes(size) > MOST_BYTES) {
    faults.add(property, 'be a whole number of bytes, below 8Ei', size.asString());
  } else if (least !== undefined && toBytes(size) < toBytes(least)) {
    faults.add(property, `be at least '${Quantity.format(least)}'`, Quantity.format(size));
  }
}

/** Whether a value is a `Size`, of this or of another copy of cdk8s. */
export function isSize(value: unknown): value is Size {
  return typeof (value as Size | undefined)?.toKibibytes === 'function';
}

function sizeRemedy(value: unknown): string {
  if (typeof value === 'number') return `write Size.gibibytes(${value}) or Size.mebibytes(${value})`;
  if (typeof value !== 'string') return 'write Size.gibibytes(…)';
  return whatWasMeant(value) ?? `write Quantity.parse(${JSON.stringify(value)})`;
}

/** The quantity, or the two, that `1GB`, `1gi`, `1 GiB` may have meant. */
function whatWasMeant(text: unknown): string | undefined {
  const [, digits, letter] =
    (typeof text === 'string' && /^\s*(\d+(?:\.\d+)?)\s*([kmgtpe])i?(?:b|bytes?)?\s*$/i.exec(text)) || [];
  if (digits === undefined || letter === undefined || text === `${digits}${unitCase(letter)}i`) return undefined;
  const binary = `${digits}${letter.toUpperCase()}i`;
  const decimal = `${digits}${unitCase(letter)}`;
  return `write '${binary}' (${bytesOf(binary)} bytes) or '${decimal}' (${bytesOf(decimal)} bytes)`;
}

function unitCase(letter: string): string {
  return letter.toLowerCase() === 'k' ? 'k' : letter.toUpperCase();
}

function bytesOf(text: string): string {
  const [, digits, suffix] = /^([\d.]+)([A-Za-z]*)$/.exec(text) ?? [];
  return wholeText(Number(digits) * (BYTES[suffix ?? ''] ?? 1));
}

/** A whole number in full digits, never `1e+21`. */
function wholeText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
