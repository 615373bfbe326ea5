/**
 * What each suffix of a quantity stands for.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
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

/** apimachinery, pkg/api/resource/quantity.go, parseQuantityString: sign, digits, then an exponent or a suffix. */
const FORM = /^([-+]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([-+]?\d+)|(|[numkMGTPE]|[KMGTPE]i))$/;

/** The number that a quantity stands for; undefined if the value is not a quantity. */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const [, sign, digits, exponent, suffix] = (typeof value === 'string' ? FORM.exec(value) : undefined) ?? [];
  if (digits === undefined) return undefined;
  const number =
    exponent === undefined ? Number(digits) * (FACTORS[suffix ?? ''] ?? 1) : Number(`${digits}e${exponent}`);
  return sign === '-' ? -number : number;
}
