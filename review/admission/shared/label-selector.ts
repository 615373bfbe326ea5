import { childIn, listIn, textIn, textsIn } from '../../manifests/json';
import { Json, Note } from '../../rule';
import { isLabelName, isLabelValue } from './formats';
import { must, mustBeOneOf } from './wording';

const OPERATORS: ReadonlySet<string> = new Set(['DoesNotExist', 'Exists', 'In', 'NotIn']);
const NAME = 'be a label name, with or without a prefix';
const VALUE = "be a label value: at most 63 letters, digits, '-', '_' and '.'";

/** Notes what is wrong with a label selector: apimachinery, pkg/apis/meta/v1/validation/validation.go, ValidateLabelSelector. */
export function noteLabelSelector(selector: Json | undefined, path: string, note: Note): void {
  if (selector === undefined) return;
  for (const [key, value] of Object.entries(childIn(selector, 'matchLabels') ?? {})) {
    if (!isLabelName(key)) note(`${path}.matchLabels`, must('matchLabels', `have keys that can ${NAME}`, key));
    if (typeof value !== 'string' || isLabelValue(value)) continue;
    note(`${path}.matchLabels`, must(key, VALUE, value));
  }
  listIn(selector, 'matchExpressions').forEach((expression, index) => {
    noteExpression(expression, `${path}.matchExpressions[${index}]`, note);
  });
}

/** The first fault of a label selector; undefined if it is valid. */
export function selectorFault(selector: Json | undefined): string | undefined {
  const faults: string[] = [];
  noteLabelSelector(selector, '', (_field, message) => faults.push(message));
  return faults[0];
}

/** Whether labels fit a valid selector; an absent selector fits no labels: apimachinery, LabelSelectorAsSelector. */
export function matches(selector: Json | undefined, labels: Json): boolean {
  if (selector === undefined) return false;
  const equal = Object.entries(childIn(selector, 'matchLabels') ?? {});
  if (!equal.every(([key, value]) => labels[key] === value)) return false;
  return listIn(selector, 'matchExpressions').every((expression) => {
    const operator = textIn(expression, 'operator');
    const value = labels[textIn(expression, 'key')];
    const isListed = typeof value === 'string' && textsIn(expression, 'values').includes(value);
    if (operator === 'In') return isListed;
    if (operator === 'NotIn') return !isListed;
    return (operator === 'Exists') === (value !== undefined);
  });
}

/** Notes what is wrong with the name of a label. */
export function noteLabelName(name: string, property: string, path: string, note: Note): void {
  if (!isLabelName(name)) note(path, must(property, NAME, name));
}

function noteExpression(expression: Json, path: string, note: Note): void {
  const operator = textIn(expression, 'operator');
  const values = textsIn(expression, 'values');
  if (!OPERATORS.has(operator)) note(`${path}.operator`, mustBeOneOf('operator', OPERATORS, operator));
  else if (operator.endsWith('In')) {
    if (values.length === 0) note(`${path}.values`, must('values', `have an entry with '${operator}'`, values));
  } else if (values.length > 0) note(`${path}.values`, must('values', `be left out with '${operator}'`, values));
  noteLabelName(textIn(expression, 'key'), 'key', `${path}.key`, note);
  values.forEach((value, index) => {
    if (!isLabelValue(value)) note(`${path}.values[${index}]`, must('values', VALUE, value));
  });
}
