import { objectAt, objectsAt } from '../../manifests/json';
import { Json } from '../../rule';
import { must, show } from '../shared/wording';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const WITH_VALUES = ['In', 'NotIn'];
const PREFIX = /^(?=.{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\//;
const KEY = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * What is wrong with a label selector; nothing where it is valid.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selectorFault(selector: Json): string | undefined {
  for (const [key, value] of Object.entries(objectAt(selector, 'matchLabels') ?? {})) {
    if (!isKey(key)) return must('matchLabels', 'have keys of labels', key);
    if (typeof value === 'string' && !VALUE.test(value)) return must(key, 'be the value of a label', value);
  }
  for (const { key, operator, values } of objectsAt(selector, 'matchExpressions')) {
    if (!isKey(String(key ?? ''))) return must('key', 'be the key of a label', key);
    if (!OPERATORS.includes(operator as string)) return must('operator', `be one of ${OPERATORS.join(', ')}`, operator);
    const listed = Array.isArray(values) ? values : [];
    if (WITH_VALUES.includes(operator as string) !== listed.length > 0) {
      return `'values' must ${listed.length > 0 ? 'be left out' : 'be given'} for ${String(operator)}, got ${show(values)}`;
    }
    const bad = listed.find((value) => typeof value === 'string' && !VALUE.test(value));
    if (bad !== undefined) return must('values', 'be values of labels', bad);
  }
  return undefined;
}

/** Whether labels fit a valid selector; none fit an absent one: apimachinery, LabelSelectorAsSelector. */
export function matches(selector: Json | undefined, labels: Json): boolean {
  if (selector === undefined) return false;
  const equal = Object.entries(objectAt(selector, 'matchLabels') ?? {});
  if (!equal.every(([key, value]) => labels[key] === value)) return false;
  return objectsAt(selector, 'matchExpressions').every(({ key, operator, values }) => {
    const value = labels[String(key)];
    const listed = Array.isArray(values) && values.includes(value);
    if (operator === 'In') return value !== undefined && listed;
    if (operator === 'NotIn') return value === undefined || !listed;
    return (operator === 'Exists') === (value !== undefined);
  });
}

function isKey(text: string): boolean {
  return KEY.test(text.includes('/') ? text.replace(PREFIX, '') : text);
}
