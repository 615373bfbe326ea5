import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { NODE_AFFINITY_RULES, POD_AFFINITY_RULES, TOPOLOGY_SPREAD_RULES } from './scheduling';

const T = 'spec.template.spec';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const TERM = `${T}.nodeAffinity.${REQUIRED}.nodeSelectorTerms[0]`;

function nodeTerms(...nodeSelectorTerms: object[]): Json {
  return { 'T.affinity': { nodeAffinity: { [REQUIRED]: { nodeSelectorTerms } } } };
}

function expression(change: object): Json {
  return nodeTerms({ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'], ...change }] });
}

function fieldTerm(change: object): Json {
  return nodeTerms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'], ...change }] });
}

function preferred(weight: number): Json {
  const preference = { matchExpressions: [{ key: 'a', operator: 'Exists' }] };
  return { 'T.affinity': { nodeAffinity: { [PREFERRED]: [{ weight, preference }] } } };
}

describe('NODE_AFFINITY_RULES', () => {
  testRules(NODE_AFFINITY_RULES, [
    {
      rule: 'node-affinity-terms-given',
      accepts: nodeTerms({}),
      refuses: nodeTerms(),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms',
      serverField: `${T}.nodeAffinity.${REQUIRED}.nodeSelectorTerms`,
      says: 'got []',
    },
    ...[
      { operator: 'In', values: [] },
      { operator: 'Exists', values: ['b'] },
      { operator: 'Gt', values: ['1', '2'] },
    ].map((change) => ({
      rule: 'node-affinity-expression-values',
      accepts: expression({ operator: 'Gt', values: ['many'] }),
      refuses: expression(change),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values',
      serverField: `${TERM}.matchExpressions[0].values`,
      says: `with '${change.operator}'`,
    })),
    ...['a b', '', 'A_/b', 'a/b/c', 'a'.repeat(64)].map((key) => ({
      rule: 'node-affinity-expression-key',
      accepts: expression({ key: 'example.org/a_B.c' }),
      refuses: expression({ key }),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key',
      serverField: `${TERM}.matchExpressions[0].key`,
      says: `got "${key}"`,
    })),
    {
      rule: 'node-affinity-field-key',
      accepts: fieldTerm({}),
      refuses: fieldTerm({ key: 'metadata.uid' }),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key',
      serverField: `${TERM}.matchFields[0].key`,
      says: 'got "metadata.uid"',
    },
    {
      rule: 'node-affinity-field-operator',
      accepts: fieldTerm({ operator: 'NotIn' }),
      refuses: fieldTerm({ operator: 'Exists' }),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].operator',
      serverField: `${TERM}.matchFields[0].operator`,
      says: 'got "Exists"',
    },
    {
      rule: 'node-affinity-field-values',
      accepts: fieldTerm({}),
      refuses: fieldTerm({ values: ['a', 'b'] }),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].values',
      serverField: `${TERM}.matchFields[0].values`,
      says: 'got ["a","b"]',
    },
    {
      rule: 'node-affinity-field-node-name',
      accepts: fieldTerm({ values: ['node-1.example'] }),
      refuses: fieldTerm({ values: ['Node'] }),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].values[0]',
      serverField: `${TERM}.matchFields[0].values[0]`,
      says: 'got "Node"',
    },
    ...[0, 101].map((weight) => ({
      rule: 'node-affinity-weight',
      accepts: preferred(100),
      refuses: preferred(weight),
      field: 'spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight',
      serverField: `${T}.nodeAffinity.${PREFERRED}[0].weight`,
      says: `got ${weight}`,
    })),
  ]);
});

describe('POD_AFFINITY_RULES', () => {
  const term = { labelSelector: { matchLabels: { a: 'b' } }, topologyKey: 'z' };
  const podTerm = (change: object): Json => ({
    'T.affinity': { podAntiAffinity: { [REQUIRED]: [{ ...term, ...change }] } },
  });
  const weighted = (weight: number): Json => ({
    'T.affinity': { podAffinity: { [PREFERRED]: [{ weight, podAffinityTerm: term }] } },
  });
  const path = `${T}.podAntiAffinity.${REQUIRED}[0]`;
  const withExpression = (change: object): Json =>
    podTerm({ labelSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'], ...change }] } });

  testRules(POD_AFFINITY_RULES, [
    {
      rule: 'pod-affinity-weight',
      accepts: weighted(1),
      refuses: weighted(101),
      field: 'spec.template.spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight',
      serverField: `${T}.podAffinity.${PREFERRED}[0].weight`,
      says: 'got 101',
    },
    ...['', 'a b'].map((topologyKey) => ({
      rule: 'pod-affinity-topology-key',
      accepts: podTerm({ topologyKey: 'kubernetes.io/hostname' }),
      refuses: podTerm({ topologyKey }),
      field:
        'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey',
      serverField: `${path}.topologyKey`,
      says: `got "${topologyKey}"`,
    })),
    {
      rule: 'pod-affinity-selector',
      accepts: podTerm({ labelSelector: { matchLabels: { a: '' } } }),
      refuses: podTerm({ labelSelector: { matchLabels: { a: 'b c' } } }),
      field:
        'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels',
      serverField: `${path}.labelSelector.matchLabels`,
      says: 'got "b c"',
    },
    ...[
      { change: { operator: 'Gt' }, field: 'operator', says: 'got "Gt"' },
      { change: { values: [] }, field: 'values', says: "with 'In'" },
      { change: { operator: 'Exists' }, field: 'values', says: "with 'Exists'" },
      { change: { key: 'a b' }, field: 'key', says: 'got "a b"' },
      { change: { values: ['b', '-'] }, field: 'values[1]', says: 'got "-"' },
    ].map(({ change, field, says }) => ({
      rule: 'pod-affinity-selector',
      accepts: withExpression({ operator: 'DoesNotExist', values: undefined }),
      refuses: withExpression(change),
      field:
        'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].' +
        field,
      serverField: `${path}.labelSelector.matchExpressions[0].${field}`,
      says,
    })),
    {
      rule: 'pod-affinity-namespace',
      accepts: podTerm({ namespaces: ['default'] }),
      refuses: podTerm({ namespaces: ['A_'] }),
      field: 'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespace',
      serverField: `${path}.namespace`,
      says: 'got "A_"',
    },
  ]);
});

describe('TOPOLOGY_SPREAD_RULES', () => {
  const spread = (change: object): Json => ({
    'T.topologySpreadConstraints': [{ maxSkew: 1, topologyKey: 'z', whenUnsatisfiable: 'DoNotSchedule', ...change }],
  });
  const path = `${T}.topologySpreadConstraints[0]`;

  testRules(TOPOLOGY_SPREAD_RULES, [
    {
      rule: 'topology-spread-max-skew',
      accepts: spread({ maxSkew: 1 }),
      refuses: spread({ maxSkew: 0 }),
      field: `${path}.maxSkew`,
      says: 'got 0',
    },
    {
      rule: 'topology-spread-topology-key',
      accepts: spread({ minDomains: 2, whenUnsatisfiable: 'ScheduleAnyway' }),
      refuses: spread({ topologyKey: '' }),
      field: `${path}.topologyKey`,
      says: 'got ""',
    },
    {
      rule: 'topology-spread-selector',
      accepts: spread({ labelSelector: {} }),
      refuses: spread({ labelSelector: { matchLabels: { 'a b': 'c' } } }),
      field: `${path}.labelSelector.matchLabels`,
      says: 'got "a b"',
    },
  ]);
});

test('lets tolerations and node selectors pass that only the pod would fail on', () => {
  const changes = { 'T.nodeSelector': { 'a b': 'c d' }, 'T.tolerations': [{ operator: 'Exists', value: 'x y' }] };
  expect(refusals(changes)).toEqual([]);
});
