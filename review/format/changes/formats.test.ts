import { Change, Consequence } from '../../changes';
import { Severity } from '../../finding';
import { Compared } from './compared';
import { CHANGE_FORMATS, severalComparisons } from '.';

const object = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'login', file: 'a.yaml' };

const change = (consequence: Consequence, more: Partial<Change> = {}): Change => ({
  object,
  field: 'data.a',
  consequence,
  message: 'it changes',
  reason: 'because',
  source: 'a file',
  ...more,
});

function compared(changes: readonly Change[], more: Partial<Compared> = {}): Compared {
  const objects = changes.map((one) => ({ object: one.object, worst: one.consequence, changes: [one] }));
  const diff = { changes, objects, worst: changes[0]?.consequence, unchanged: 2, basis: '', accepted: [] };
  return { diff, faults: [], basis: 'KubeVirt', accepted: [], place: () => undefined, ...more };
}

const lost = change(Consequence.DATA_LOST, { remedy: 'keep it', assumed: ['one', 'two'] });
const live = change(Consequence.LIVE, { object: { ...object, name: 'other', file: undefined }, field: '' });
const accepted = [{ change: change(Consequence.RESTART), reason: 'tonight' }];
const faults = [{ file: 'b.yaml', line: 3, severity: Severity.ERROR, message: 'must be YAML' }];
const whole = compared([lost, live], {
  accepted,
  faults,
  place: (one) => (one === lost ? { line: 4, column: 2 } : undefined),
});

const written = (name: string, of = whole): string => [...CHANGE_FORMATS[name]!(of)].join('');

test('the table names inputs, changes, what is accepted and the signs, with an empty line between them', () => {
  expect(written('table')).toBe(`1 data lost, 1 live, 2 unchanged
  KubeVirt

Input
  b.yaml:3: error: must be YAML

!!  data-lost  Secret shop/login  (a.yaml)
    data-lost: it changes  [data.a]
      because
      instead: keep it
      assumed: one; two
      source: a file

~   live       Secret shop/other
    live: it changes
      because
      source: a file

Accepted
  restart  Secret shop/login: it changes  accepted: tonight

!! data lost   ~ live
`);
});

test('the comment folds what is harmless and what is accepted', () => {
  expect(written('markdown')).toBe(`### 1 data lost, 1 live, 2 unchanged

_KubeVirt_

- **not read**: b.yaml: must be YAML

#### \`!!\` data-lost: Secret shop/login · a.yaml

- **data-lost**: it changes
  <br>because
  <br>instead: keep it
  <br>assumed: one; two
  <br><sub>a file</sub>

<details><summary>1 more changed</summary>

#### \`~\` live: Secret shop/other

- **live**: it changes
  <br>because
  <br><sub>a file</sub>

</details>

<details><summary>1 accepted</summary>

- Secret shop/login: it changes (tonight)

</details>

<sub>&#33;&#33; data lost   &#126; live</sub>
`);
});

test('annotations stand at the lines of changes, worse ones as errors', () => {
  expect(written('github')).toBe(
    [
      '::error file=b.yaml,line=3,title=cdk8s-kubevirt diff::must be YAML',
      '::error file=a.yaml,line=4,col=2,title=data-lost::Secret shop/login: it changes (data-lost): because; instead: keep it',
      '::notice title=live::Secret shop/other: it changes (live): because',
      '1 data lost, 1 live, 2 unchanged (KubeVirt)\n',
    ].join('\n'),
  );
  const levels = [Consequence.REFUSED, Consequence.RESTART, Consequence.UNKNOWN, Consequence.LATER].map(
    (consequence) => /^::(\w+)/.exec(written('github', compared([change(consequence)])))?.[1],
  );
  expect(levels).toEqual(['error', 'warning', 'warning', 'notice']);
});

test('JSON holds every change with all its fields, and what is accepted with its reason', () => {
  expect(JSON.parse(written('json'))).toEqual({
    plan: '1 data lost, 1 live, 2 unchanged',
    basis: 'KubeVirt',
    worst: 'data-lost',
    unchanged: 2,
    changes: [lost, { ...live, object: { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'other' } }],
    accepted: [{ ...accepted[0]!.change, accepted: 'tonight' }],
    faults,
  });
});

test('SARIF says where a change stands, how bad it is, and why it is accepted', () => {
  const { runs } = JSON.parse(written('sarif')) as {
    runs: { results: Record<string, unknown>[]; invocations: { executionSuccessful: boolean }[] }[];
  };
  const [{ results, invocations }] = runs as [(typeof runs)[number]];
  expect(results.map(({ ruleId, ruleIndex, level, suppressions }) => [ruleId, ruleIndex, level, suppressions])).toEqual(
    [
      ['data-lost', 0, 'error', []],
      ['live', 13, 'note', []],
      ['restart', 6, 'warning', [{ kind: 'external', justification: 'tonight' }]],
    ],
  );
  expect(results[0]?.locations).toEqual([
    {
      physicalLocation: { artifactLocation: { uri: 'a.yaml' }, region: { startLine: 4, startColumn: 2 } },
      logicalLocations: [{ fullyQualifiedName: 'Secret shop/login data.a', kind: 'object' }],
    },
  ]);
  expect(invocations).toMatchObject([{ executionSuccessful: false }]);
  expect(JSON.parse(written('sarif', compared([])))).toMatchObject({
    runs: [{ invocations: [{ executionSuccessful: true }], results: [] }],
  });
});

describe('several comparisons', () => {
  const steps = [
    { title: '1.yaml', compared: compared([live]) },
    { title: '2.yaml', compared: compared([]) },
  ];
  const several = (name: string): string => [...severalComparisons(name, CHANGE_FORMATS[name]!, steps)].join('');

  test('follow one another under their names, and say once what they rest on', () => {
    expect(several('table')).toBe(`# 1.yaml

1 live, 2 unchanged
  KubeVirt

~   live       Secret shop/other
    live: it changes
      because
      source: a file

~ live

# 2.yaml

2 unchanged
`);
    expect(several('markdown')).toMatch(/^## 1\.yaml\n\n### 1 live.*\n\n## 2\.yaml\n\n### 2 unchanged\n$/s);
  });

  test('are a list of JSON, and runs of one SARIF log', () => {
    expect(JSON.parse(several('json'))).toMatchObject([
      { step: '1.yaml', plan: '1 live, 2 unchanged', basis: 'KubeVirt' },
      { step: '2.yaml', plan: '2 unchanged', changes: [] },
    ]);
    const { version, runs } = JSON.parse(several('sarif')) as { version: string; runs: { results: object[] }[] };
    expect([version, runs.map(({ results }) => results.length)]).toEqual(['2.1.0', [1, 0]]);
  });
});
