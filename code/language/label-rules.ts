import * as k from '../../constructs';
import { objectsAt } from '../../review/manifests/json';
import { call, Code, literal } from './expression';
import { objectOr, tried } from './scalars';

const FACTORIES: Readonly<Record<string, string>> = {
  In: 'in',
  NotIn: 'notIn',
  Exists: 'exists',
  DoesNotExist: 'doesNotExist',
};

/** The conditions of a selector of labels; undefined if it has none, or one that cannot be said. */
export function labelRules(selector: unknown): Code[] | undefined {
  const from = objectOr(selector);
  const ofLabels = Object.entries(objectOr(from.matchLabels)).map(([key, value]) =>
    tried(() => call('LabelRule', k.LabelRule, 'in', literal(key), literal([value]))),
  );
  const ofExpressions = objectsAt(from, 'matchExpressions').map(({ key, operator, values }) => {
    const factory = FACTORIES[String(operator)];
    return factory === undefined
      ? undefined
      : tried(() =>
          call(
            'LabelRule',
            k.LabelRule,
            factory,
            literal(key),
            Array.isArray(values) && values.length > 0 ? literal(values) : undefined,
          ),
        );
  });
  const all = [...ofLabels, ...ofExpressions];
  return all.length > 0 && all.every((rule) => rule !== undefined) ? all : undefined;
}
