import { boolYaml11Tag, CORE_SCHEMA, defineScalarTag, mapTag, mergeTag, NOT_RESOLVED, Schema, seqTag } from 'js-yaml';

/**
 * Scalars as kubectl reads them: YAML 1.1 as Go has it, where `yes` is true, `0644` is 420, and a date is text. An
 * unknown tag (`!vault`) makes its scalar text; a list or a map stays a list or a map.
 *
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/resolve.go
 */
export function kubectlSchema(): Schema {
  return CORE_SCHEMA.withTags(boolYaml11Tag, mergeTag, INTEGER, FLOAT, BINARY, ANY_SCALAR, ANY_LIST, ANY_MAP);
}

/** Whether a value is written with a tag: with none of these, which are for reading. */
const identify = (): boolean => false;

const DIGITS = [...'0123456789'];

const INTEGER = defineScalarTag<number>('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: ['-', '+', ...DIGITS],
  identify,
  resolve: (source) => integer(source) ?? NOT_RESOLVED,
});

const FLOAT = defineScalarTag<number>('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: ['-', '+', '.', ...DIGITS],
  identify,
  resolve: (source) => float(source) ?? NOT_RESOLVED,
});

function integer(source: string): number | undefined {
  if (/^(0|[1-9]\d*)$/.test(source)) return Number(source);
  const [, sign, digits] = /^([-+]?)([\dA-Fa-fXxOo_]+)$/.exec(source) ?? [];
  if (digits === undefined) return undefined;
  const plain = digits.replaceAll('_', '');
  const octal = /^0o?([0-7]+)$/i.exec(plain)?.[1];
  if (octal === undefined && !/^(0x[\da-f]+|0b[01]+|0|[1-9]\d*)$/i.test(plain)) return undefined;
  const value = octal === undefined ? Number(plain) : Number.parseInt(octal, 8);
  return sign === '-' ? -value : value;
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

function float(source: string): number | undefined {
  const plain = source.startsWith('.') ? source : source.replaceAll('_', '');
  return /^[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : SPECIAL.get(source);
}

/** Text in base64: goyaml.v2/resolve.go, resolve. */
const BINARY = defineScalarTag<string>('tag:yaml.org,2002:binary', {
  identify,
  resolve: (source) => {
    const plain = source.replace(/[\r\n]/g, '');
    const isBase64 = plain.length % 4 === 0 && /^[\dA-Za-z+/]*={0,2}$/.test(plain);
    return isBase64 ? Buffer.from(plain, 'base64').toString() : NOT_RESOLVED;
  },
});

/** Matches every other tag: each begins with the empty text. */
const ANY = { tagName: '', matchByTagPrefix: true, identify };
const ANY_SCALAR = defineScalarTag<string>('', { ...ANY, resolve: (source) => source });
const ANY_LIST = { ...seqTag, ...ANY };
const ANY_MAP = { ...mapTag, ...ANY };
