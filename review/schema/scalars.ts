import { parseQuantity } from '../manifests/quantity';
import { alternatives, nearest, SchemaRule, briefly } from './issue';
import { NodeType, SchemaMode } from './node';
import { Node } from './tree';

/** How a message names a type. */
export const TYPE_WORDS: Readonly<Record<NodeType, string>> = {
  [NodeType.OBJECT]: 'an object',
  [NodeType.ARRAY]: 'a list',
  [NodeType.STRING]: 'text',
  [NodeType.INTEGER]: 'a whole number',
  [NodeType.NUMBER]: 'a number',
  [NodeType.BOOLEAN]: 'true or false',
  [NodeType.INT_OR_STRING]: 'text or a whole number',
  [NodeType.ANY]: 'anything',
};

/** What mends a value of the wrong type, where quotes are too many or too few. */
export function typeRemedy(type: NodeType, value: unknown): string | undefined {
  if (type === NodeType.STRING && (typeof value === 'number' || typeof value === 'boolean')) return 'quote it';
  if (type === NodeType.INT_OR_STRING && typeof value === 'number') return 'quote it';
  if (typeof value !== 'string') return undefined;
  if (type === NodeType.BOOLEAN && /^(true|false)$/.test(value)) return 'remove the quotes';
  return type === NodeType.INTEGER && /^-?\d+$/.test(value) ? 'remove the quotes' : undefined;
}

/** Notes what is wrong with the value at hand. */
export type NoteIssue = (rule: SchemaRule, message: string, remedy?: string) => void;

/** The pattern that controller-gen gives to every quantity. */
const QUANTITY_PATTERN =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';

/** Checks a scalar of the right type against the rest of its schema. */
export function checkScalar(node: Node, value: unknown, mode: SchemaMode, note: NoteIssue): void {
  const { record } = node;
  if (record.e !== undefined) checkWords(node, value, mode, note);
  if (typeof value === 'number') checkRange(node, value, note);
  if (typeof value !== 'string') return;
  if (record.pattern === QUANTITY_PATTERN || record.format === 'quantity') checkQuantity(node, value, note);
  else if (node.pattern?.test(value) === false) {
    note(SchemaRule.PATTERN, `must match ${record.pattern}, got ${briefly(value)}`);
  }
  if (record.minLength !== undefined && hasLess(value, record.minLength)) {
    note(SchemaRule.LENGTH, `must have at least ${record.minLength} characters, got ${briefly(value)}`);
  }
  if (record.maxLength !== undefined && !hasLess(value, record.maxLength + 1)) {
    note(SchemaRule.LENGTH, `must have at most ${record.maxLength} characters, got ${value.length}`);
  }
  if (record.format === 'date-time') checkTime(value, note);
  if (record.format === 'byte') checkBase64(value, note);
}

/** Whether a text has fewer code points than this; each takes one or two characters, so that few are counted, however long it is. */
function hasLess(value: string, count: number): boolean {
  return value.length < count || [...value.slice(0, 2 * count)].length < count;
}

/** Empty text counts as not given where Go omits it: in Kubernetes' own kinds, and where KubeVirt writes an object back. */
function checkWords(node: Node, value: unknown, mode: SchemaMode, note: NoteIssue): void {
  const words = node.record.e ?? [];
  if (words.includes(value) || (value === '' && mode !== SchemaMode.CRD)) return;
  const like = typeof value === 'string' ? nearest(value, words.map(String)) : undefined;
  const remedy = like === undefined ? undefined : `write '${like}'`;
  note(SchemaRule.ENUM, `must be ${alternatives(words)}, got ${briefly(value)}`, remedy);
}

function checkRange(node: Node, value: number, note: NoteIssue): void {
  const { min, max, format } = node.record;
  if (min !== undefined && value < min) note(SchemaRule.RANGE, `must be at least ${min}, got ${value}`);
  else if (max !== undefined && value > max) note(SchemaRule.RANGE, `must be at most ${max}, got ${value}`);
  else if (format === 'int32' && (value < -(2 ** 31) || value >= 2 ** 31)) {
    note(SchemaRule.RANGE, `must fit 32 bits, got ${value}`);
  }
}

function checkQuantity(node: Node, value: string, note: NoteIssue): void {
  const fits = node.pattern === undefined ? parseQuantity(value) !== undefined : node.pattern.test(value);
  if (fits) return;
  const [, digits = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kKmMgGtTpPeE])(?:[iI]?[bB]|i)?\s*$/.exec(value) ?? [];
  const remedy = unit === '' ? undefined : `write '${digits}${unit.toUpperCase()}i'`;
  note(SchemaRule.QUANTITY, `must be a quantity such as '1Gi' or '500m', got ${briefly(value)}`, remedy);
}

/** RFC 3339, which Go's time.Time reads. */
function checkTime(value: string, note: NoteIssue): void {
  if (/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[-+]\d\d:\d\d)$/.test(value)) return;
  note(SchemaRule.FORMAT, `must be a time such as '2025-01-31T12:00:00Z', got ${briefly(value)}`);
}

/** Standard base64 with padding; line breaks are passed over, as Go does. */
function checkBase64(value: string, note: NoteIssue): void {
  const text = value.replace(/[\r\n]/g, '');
  const fits = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (!fits) note(SchemaRule.FORMAT, `must be base64, got ${briefly(value)}`, 'use stringData for plain text');
}
