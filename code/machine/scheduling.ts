import { DnsPolicy, TaintEffect } from 'cdk8s-plus-27';
import * as k from '../../constructs';
import { isObject, objectsAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, list, literal, options, record } from '../language/expression';
import { labelRules } from '../language/label-rules';
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
} from '../language/scalars';

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

function affinities(value: unknown): Code[] | undefined {
  if (!isObject(value)) return undefined;
  const found: (Code | undefined)[] = [];
  const { nodeAffinity, podAffinity, podAntiAffinity } = value;
  const toNodes = (term: unknown, weight?: unknown): Code | undefined => {
    const all = labelRules(term);
    const [field, ...others] = objectsAt(term, 'matchFields');
    const more = options([['weight', numberCode(weight)]]);
    const [node] = Array.isArray(field?.values) ? (field.values as unknown[]) : [];
    if (all === undefined && field?.key === 'metadata.name' && others.length === 0) {
      return tried(() => call('Affinity', k.Affinity, 'toNode', literal(node), more));
    }
    return all && tried(() => call('Affinity', k.Affinity, 'toNodes', list(all), more));
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
      const all = labelRules(term.labelSelector);
      const { topologyKey, namespaces } = term;
      const more = options([
        ['topologyKey', topologyKey === 'kubernetes.io/hostname' ? undefined : textCode(topologyKey)],
        ['weight', numberCode(weight)],
        ['namespaces', wholeList(eachCode(namespaces, textCode))],
        ['namespaceRules', namespaceRules(term.namespaceSelector)],
      ]);
      return all && tried(() => call('Affinity', k.Affinity, factory, list(all), more));
    };
    for (const term of objectsAt(from, 'requiredDuringSchedulingIgnoredDuringExecution')) found.push(one(term));
    for (const { podAffinityTerm, weight } of objectsAt(from, 'preferredDuringSchedulingIgnoredDuringExecution'))
      found.push(one(objectOr(podAffinityTerm), weight));
  }
  return found.length > 0 && found.every((one) => one !== undefined) ? found : undefined;
}

/** An empty selector is every namespace. */
function namespaceRules(selector: unknown): Code | undefined {
  if (!isObject(selector)) return undefined;
  return Object.keys(selector).length === 0 ? list([]) : wholeList(labelRules(selector));
}

/** A taint that is put up with. */
export function toleration(value: unknown): Code | undefined {
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
    selector.matchExpressions === undefined ? undefined : labelRules({ matchExpressions: selector.matchExpressions });
  return record([
    ['topologyKey', textCode(from.topologyKey)],
    ['maxSkew', numberCode(from.maxSkew)],
    ['whenUnsatisfiable', memberCode('WhenUnsatisfiable', k.WhenUnsatisfiable, from.whenUnsatisfiable)],
    ['matchLabels', textsCode(selector.matchLabels)],
    ['rules', wholeList(ofExpressions)],
    ['matchLabelKeys', wholeList(eachCode(from.matchLabelKeys, textCode))],
    ['minDomains', numberCode(from.minDomains)],
    ['nodeAffinityPolicy', memberCode('NodeInclusion', k.NodeInclusion, from.nodeAffinityPolicy)],
    ['nodeTaintsPolicy', memberCode('NodeInclusion', k.NodeInclusion, from.nodeTaintsPolicy)],
  ]);
}
