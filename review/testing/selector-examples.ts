import { Json } from '../rule';
import { Example } from './rule-tester';

const labels = { app: 'web' };
const made = { metadata: { labels } };

export const selector = { matchLabels: labels };

/** The rows for a selector and its template's labels. */
export function selectorRows(topic: string, template: string): Example[] {
  const object = (value: Json): Json => ({ spec: { [template]: made, selector: value } });
  return [
    {
      rule: `${topic}-selector-valid`,
      accepts: object(selector),
      refuses: object({ matchLabels: { app: 'a b' } }),
      field: 'spec.selector',
      says: 'a label value',
    },
    {
      rule: `${topic}-selector-matches`,
      accepts: object({}),
      refuses: object({ matchLabels: { app: 'db' } }),
      field: 'spec.selector',
      says: `fit the labels of '${template}', {"app":"web"}`,
    },
    {
      rule: `${topic}-selector-matches`,
      accepts: { spec: { selector } },
      refuses: { spec: { [template]: {}, selector } },
      field: 'spec.selector',
      says: `fit the labels of '${template}', {}`,
    },
  ];
}
