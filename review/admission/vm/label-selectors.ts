import { valueAt } from '../../manifests/json';
import { Json, Note } from '../../rule';
import { must, mustBeOneOf } from '../shared/wording';
import { isLabelName, isLabelValue } from './formats';
import { childIn, listIn, textIn } from './readers';

const OPERATORS: ReadonlySet<string> = new Set(['DoesNotExist', 'Exists', 'In', 'NotIn']);
const NAME = 'be a label name, with or without a prefix';
const VALUE = "be a label value: at most 63 letters, digits, '-', '_' and '.'";

/** What is wrong with a label selector: apimachinery, pkg/apis/meta/v1/validation/validation.go, ValidateLabelSelector. */
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

function noteExpression(expression: Json, path: string, note: Note): void {
  const operator = textIn(expression, 'operator');
  const values = textsAt(expression, 'values');
  if (!OPERATORS.has(operator)) note(`${path}.operator`, mustBeOneOf('operator', OPERATORS, operator));
  else if (operator.endsWith('In')) {
    if (values.length === 0) note(`${path}.values`, must('values', `have an entry with '${operator}'`, values));
  } else if (values.length > 0) note(`${path}.values`, must('values', `be left out with '${operator}'`, values));
  noteLabelName(textIn(expression, 'key'), 'key', `${path}.key`, note);
  values.forEach((value, index) => {
    if (!isLabelValue(value)) note(`${path}.values[${index}]`, must('values', VALUE, value));
  });
}

/** What is wrong with the name of a label. */
export function noteLabelName(name: string, property: string, path: string, note: Note): void {
  if (!isLabelName(name)) note(path, must(property, NAME, name));
}

/** The texts of a list. */
export function textsAt(value: Json, key: string): readonly string[] {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === 'string') : [];
}
