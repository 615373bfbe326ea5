import { DnsPolicy, TaintEffect } from 'cdk8s-plus-27';
import * as k from '../constructs';
import { isObject, objectsAt } from '../review/manifests/json';
import { Json } from '../review/rule';
import { call, Code, list, literal, options, record } from './expression';
import {
  eachCode,
  memberCode,
  numberCode,
  objectOr,
  secondsCode,
  textCode,
  textsCode,
  tried,
  wholeList,
} from './scalars';

/** Where a machine may run. */
export function scheduling(spec: Json): Code | undefined {
  return options([
    ['affinity', wholeList(affinities(spec.affinity))],
    ['tolerations', wholeList(eachCode(spec.tolerations, toleration))],
    ['topologySpread', wholeList(eachCode(spec.topologySpreadConstraints, spread))],
    ['priorityClassName', textCode(spec.priorityClassName)],
    ['schedulerName', textCode(spec.schedulerName)],
  ]);
}

/** How the guest resolves names. */
export function dns(spec: Json): Code | undefined {
  const { nameservers, searches, options: all } = objectOr(spec.dnsConfig);
  const option = (item: unknown): Code | undefined =>
    isObject(item)
      ? record([
          ['name', textCode(item.name)],
          ['value', textCode(item.value)],
        ])
      : undefined;
  return options([
    ['policy', memberCode('DnsPolicy', DnsPolicy, spec.dnsPolicy)],
    ['nameservers', wholeList(eachCode(nameservers, textCode))],
    ['searches', wholeList(eachCode(searches, textCode))],
    ['options', wholeList(eachCode(all, option))],
  ]);
}

const FACTORIES: Readonly<Record<string, string>> = {
  In: 'in',
  NotIn: 'notIn',
  Exists: 'exists',
  DoesNotExist: 'doesNotExist',
};

function rules(selector: unknown): Code[] | undefined {
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

function affinities(value: unknown): Code[] | undefined {
  if (!isObject(value)) return undefined;
  const found: (Code | undefined)[] = [];
  const { nodeAffinity, podAffinity, podAntiAffinity } = value;
  const toNodes = (term: unknown, weight?: unknown): Code | undefined => {
    const all = rules(term);
    return (
      all && tried(() => call('Affinity', k.Affinity, 'toNodes', list(all), options([['weight', numberCode(weight)]])))
    );
  };
  for (const term of objectsAt(nodeAffinity, 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'))
    found.push(toNodes(term));
  for (const { preference, weight } of objectsAt(nodeAffinity, 'preferredDuringSchedulingIgnoredDuringExecution'))
    found.push(toNodes(preference, weight));
  for (const [factory, from] of [
    ['toPods', podAffinity],
    ['apartFromPods', podAntiAffinity],
  ] as const) {
    const one = (term: Json, weight?: unknown): Code | undefined => {
      const all = rules(term.labelSelector);
      const { topologyKey, namespaces } = term;
      const more = options([
        ['topologyKey', topologyKey === 'kubernetes.io/hostname' ? undefined : textCode(topologyKey)],
        ['weight', numberCode(weight)],
        ['namespaces', wholeList(eachCode(namespaces, textCode))],
      ]);
      return all && tried(() => call('Affinity', k.Affinity, factory, list(all), more));
    };
    for (const term of objectsAt(from, 'requiredDuringSchedulingIgnoredDuringExecution')) found.push(one(term));
    for (const { podAffinityTerm, weight } of objectsAt(from, 'preferredDuringSchedulingIgnoredDuringExecution'))
      found.push(one(objectOr(podAffinityTerm), weight));
  }
  return found.length > 0 && found.every((one) => one !== undefined) ? found : undefined;
}

function toleration(value: unknown): Code | undefined {
  const { key, operator = 'Equal', value: text, effect, tolerationSeconds } = objectOr(value);
  const effectCode = memberCode('TaintEffect', TaintEffect, effect);
  if (effect !== undefined && effectCode === undefined) return undefined;
  const duration = options([['duration', secondsCode(tolerationSeconds)]]);
  const last = effectCode === undefined && duration !== undefined ? literal(undefined) : effectCode;
  return tried(() => {
    if (operator === 'Equal')
      return call('Toleration', k.Toleration, 'equals', literal(key), literal(text), last, duration);
    if (key === undefined) return call('Toleration', k.Toleration, 'everything');
    return call('Toleration', k.Toleration, 'exists', literal(key), last, duration);
  });
}

function spread(value: unknown): Code | undefined {
  const from = objectOr(value);
  const selector = objectOr(from.labelSelector);
  const ofExpressions =
    selector.matchExpressions === undefined ? undefined : rules({ matchExpressions: selector.matchExpressions });
  return record([
    ['topologyKey', textCode(from.topologyKey)],
    ['maxSkew', numberCode(from.maxSkew)],
    ['whenUnsatisfiable', memberCode('WhenUnsatisfiable', k.WhenUnsatisfiable, from.whenUnsatisfiable)],
    ['matchLabels', textsCode(selector.matchLabels)],
    ['rules', wholeList(ofExpressions)],
    ['matchLabelKeys', wholeList(eachCode(from.matchLabelKeys, textCode))],
    ['minDomains', numberCode(from.minDomains)],
  ]);
}
