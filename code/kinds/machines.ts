import { PercentOrAbsolute } from 'cdk8s-plus-27';
import * as k from '../../constructs';
import { isObject, objectsAt, valueAt, without } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, list, literal, options } from '../language/expression';
import { labelRules } from '../language/label-rules';
import {
  Entries,
  flagCode,
  memberCode,
  numberCode,
  objectOr,
  secondsCode,
  textCode,
  textsCode,
  tried,
} from '../language/scalars';
import { diskEntries } from '../machine/disks';
import { hasSizes, machineEntries } from '../machine/hardware';
import { secondsOf } from '../meaning/sameness';
import { Scope } from '../scope';
import { byClass, Kind } from './way';

export const virtualMachine: Kind = (scope, { spec }) => {
  const entries = vmEntries(scope, objectOr(spec));
  return [entries && byClass('BootableVM', k.BootableVM, entries, { knownAs: ['vm'] })];
};

export const virtualMachineInstance: Kind = (scope, { spec }) => {
  const entries = instanceEntries(scope, spec, [], UNMATCHED);
  return [entries && byClass('VirtualMachineInstance', k.VirtualMachineInstance, entries, { knownAs: ['vm'] })];
};

export const replicaSet: Kind = (scope, object) => {
  const template = objectOr(valueAt(object.spec, 'template'));
  const entries = instanceEntries(scope, template.spec, [], UNMATCHED);
  if (entries === undefined) return [];
  const selector = selectorOf(object, 'kubevirt.io/vmReplicaSet');
  return [
    byClass(
      'VirtualMachineInstanceReplicaSet',
      k.VirtualMachineInstanceReplicaSet,
      [...fleetEntries(object, selector), ...entries, ...templateEntries(template.metadata, selector)],
      { knownAs: ['fleet'] },
    ),
  ];
};

export const pool: Kind = (scope, object) => {
  const spec = objectOr(object.spec);
  const vm = objectOr(spec.virtualMachineTemplate);
  const selector = selectorOf(object, 'kubevirt.io/vmpool');
  const entries = vmEntries(scope, objectOr(vm.spec), selector);
  if (entries === undefined) return [];
  const { labels, annotations } = objectOr(vm.metadata);
  return [
    byClass(
      'VirtualMachinePool',
      k.VirtualMachinePool,
      [
        ...fleetEntries(object, selector),
        ['maxUnavailable', unavailability(spec.maxUnavailable)],
        ['nameGeneration', nameGeneration(spec.nameGeneration)],
        ['scaleInStrategy', scaleIn(spec.scaleInStrategy)],
        ['updateStrategy', update(spec.updateStrategy)],
        ['autohealing', autohealing(spec.autohealing)],
        ...entries,
        ['vmLabels', textsCode(beyond(labels, selector))],
        ['vmAnnotations', textsCode(annotations)],
      ],
      { knownAs: ['fleet'] },
    ),
  ];
};

/** The labels by which a fleet knows its machines. */
interface Selector {
  readonly labels: Json;
  /** Whether they are what the construct takes without a word. */
  readonly isUsual: boolean;
}

function selectorOf(object: Json, label: string): Selector {
  const labels = objectOr(valueAt(object.spec, 'selector', 'matchLabels'));
  const isUsual = JSON.stringify(labels) === JSON.stringify({ [label]: valueAt(object, 'metadata', 'name') });
  return { labels, isUsual };
}

/** Labels beyond those of the selector, which the construct gives. */
function beyond(labels: unknown, selector: Selector): Json {
  return without(objectOr(labels), ...Object.keys(selector.labels));
}

function fleetEntries({ spec }: Json, { labels, isUsual }: Selector): Entries {
  return [
    ['replicas', numberCode(valueAt(spec, 'replicas'))],
    ['selector', isUsual ? undefined : textsCode(labels)],
    ['selectorRules', selectorRules(valueAt(spec, 'selector', 'matchExpressions'))],
    ['paused', flagCode(valueAt(spec, 'paused'))],
  ];
}

function selectorRules(matchExpressions: unknown): Code | undefined {
  const rules = Array.isArray(matchExpressions) ? labelRules({ matchExpressions }) : undefined;
  return rules && list(rules);
}

function templateEntries(metadata: unknown, selector?: Selector): Entries {
  const { labels, annotations } = objectOr(metadata);
  return [
    ['templateLabels', textsCode(selector === undefined ? labels : beyond(labels, selector))],
    ['templateAnnotations', textsCode(annotations)],
  ];
}

/** What a VM names that says more of its machine. */
interface Matched {
  readonly hasInstancetype: boolean;
  readonly hasPreference: boolean;
}

const UNMATCHED: Matched = { hasInstancetype: false, hasPreference: false };

/** What an instance is made of; undefined if the manifest does not say it. */
function instanceEntries(
  scope: Scope,
  spec: unknown,
  templates: readonly Json[],
  { hasInstancetype, hasPreference }: Matched,
): Entries | undefined {
  if (!isObject(spec)) return undefined;
  return machineEntries(spec, diskEntries(scope, spec, templates, hasPreference), hasInstancetype);
}

function vmEntries(scope: Scope, spec: Json, selector?: Selector): Entries | undefined {
  const template = objectOr(spec.template);
  const matched = { hasInstancetype: isObject(spec.instancetype), hasPreference: isObject(spec.preference) };
  const entries = instanceEntries(scope, template.spec, objectsAt(spec, 'dataVolumeTemplates'), matched);
  if (entries === undefined) return undefined;
  const { runStrategy, updateVolumesStrategy } = spec;
  return [
    ['runStrategy', runStrategy === 'Always' ? undefined : memberCode('RunStrategy', k.RunStrategy, runStrategy)],
    ['instancetype', matcherCode(spec.instancetype, 'Instancetype', hasSizes(valueAt(template.spec, 'domain')))],
    ['preference', matcherCode(spec.preference, 'Preference')],
    ...entries,
    ['updateVolumesStrategy', memberCode('UpdateVolumesStrategy', k.UpdateVolumesStrategy, updateVolumesStrategy)],
    ...templateEntries(template.metadata, selector),
  ];
}

/** @param conflicts Whether the machine says itself what its instance type brings. */
function matcherCode(value: unknown, type: 'Instancetype' | 'Preference', conflicts = false): Code | undefined {
  if (!isObject(value)) return undefined;
  const {
    name,
    kind = `VirtualMachineCluster${type}`,
    inferFromVolume,
    inferFromVolumeFailurePolicy,
    revisionName,
  } = value;
  return tried(() => {
    if (typeof inferFromVolume === 'string' && inferFromVolume !== '') {
      const policy = memberCode('InferenceFailurePolicy', k.InferenceFailurePolicy, inferFromVolumeFailurePolicy);
      return call(type, k[type], 'inferredFrom', literal(inferFromVolume), options([['failurePolicy', policy]]));
    }
    const factory = kind === '' || String(kind).toLowerCase().includes('cluster') ? 'cluster' : 'namespaced';
    const more: Entries = [
      ['revisionName', textCode(revisionName)],
      ['conflictsAllowed', conflicts ? literal(true) : undefined],
    ];
    return call(type, k[type], factory, literal(name), options(more));
  });
}

function unavailability(value: unknown): Code | undefined {
  const [, percent] = /^(\d+)%$/.exec(String(value)) ?? [];
  const [factory, amount] = percent === undefined ? ['absolute', value] : ['percent', Number(percent)];
  return typeof amount === 'number'
    ? call('PercentOrAbsolute', PercentOrAbsolute, factory, literal(amount))
    : undefined;
}

function nameGeneration(value: unknown): Code | undefined {
  return options([
    ['appendIndexToConfigMapRefs', flagCode(valueAt(value, 'appendIndexToConfigMapRefs'))],
    ['appendIndexToSecretRefs', flagCode(valueAt(value, 'appendIndexToSecretRefs'))],
  ]);
}

function autohealing(value: unknown): Code | undefined {
  return options([
    ['startUpFailureThreshold', numberCode(valueAt(value, 'startUpFailureThreshold'))],
    ['minFailingToStartDuration', secondsCode(secondsOf(valueAt(value, 'minFailingToStartDuration')))],
  ]);
}

function scaleIn(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const preserved = (policy: unknown): Code | undefined =>
    memberCode('PoolStatePreservation', k.PoolStatePreservation, valueAt(policy, 'statePreservation'));
  if (isObject(value.unmanaged)) return call('PoolScaleIn', k.PoolScaleIn, 'unmanaged');
  if (isObject(value.opportunistic))
    return call('PoolScaleIn', k.PoolScaleIn, 'opportunistic', preserved(value.opportunistic));
  if (!isObject(value.proactive)) return undefined;
  const all = options([
    ['selection', selection(value.proactive.selectionPolicy)],
    ['statePreservation', preserved(value.proactive)],
  ]);
  return tried(() => call('PoolScaleIn', k.PoolScaleIn, 'proactive', all));
}

function update(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  if (isObject(value.unmanaged)) return call('PoolUpdate', k.PoolUpdate, 'unmanaged');
  if (isObject(value.opportunistic)) return call('PoolUpdate', k.PoolUpdate, 'opportunistic');
  if (!isObject(value.proactive)) return undefined;
  const policy = selection(value.proactive.selectionPolicy);
  return tried(() => call('PoolUpdate', k.PoolUpdate, 'proactive', policy));
}

function selection(value: unknown): Code | undefined {
  const matcher = valueAt(value, 'selectors', 'nodeSelectorRequirementMatcher');
  const rules = Array.isArray(matcher) ? labelRules({ matchExpressions: matcher }) : undefined;
  return options([
    ['sortPolicy', memberCode('PoolSortPolicy', k.PoolSortPolicy, valueAt(value, 'sortPolicy'))],
    ['matchLabels', textsCode(valueAt(value, 'selectors', 'labelSelector', 'matchLabels'))],
    ['rules', selectorRules(valueAt(value, 'selectors', 'labelSelector', 'matchExpressions'))],
    ['nodeRules', rules && list(rules)],
  ]);
}
