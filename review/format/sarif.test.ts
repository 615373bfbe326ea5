import * as path from 'node:path';
import { report, ReviewedManifest, Severity } from '..';
import { InputFault } from '../manifests/input';
import { Place } from '../manifests/locator';
import { STDIN_NAME } from '../manifests/reader';
import type { Json } from '../rule';
import { KustomizeUse } from './reviewed';
import { fileUri, sarif } from './sarif';

/** What an object of the format has: its keys, those that it must have, and what each holds. */
interface Shape {
  readonly required: readonly string[];
  /** At least one of them. */
  readonly either?: readonly string[];
  readonly keys: Readonly<Record<string, Check>>;
}

type Check =
  keyof typeof SHAPES | readonly [keyof typeof SHAPES] | readonly string[] | 'text' | 'uri' | 'count' | 'yes';

/**
 * The part of the format that is written: the definitions of sarif-schema-2.1.0.json, each closed to other keys.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json
 */
const SHAPES: Readonly<Record<string, Shape>> = {
  $log: { required: ['version', 'runs'], keys: { $schema: 'uri', version: ['=', '2.1.0'], runs: ['$run'] } },
  $run: {
    required: ['tool'],
    keys: {
      tool: '$tool',
      columnKind: ['=', 'utf16CodeUnits', 'unicodeCodePoints'],
      invocations: ['$invocation'],
      results: ['$result'],
      properties: '$bag',
    },
  },
  // A property bag holds what the tool likes.
  $bag: { required: [], keys: { release: '$release' } },
  $release: { required: ['kubevirt', 'cdi', 'reason'], keys: { kubevirt: 'text', cdi: 'text', reason: 'text' } },
  $tool: { required: ['driver'], keys: { driver: '$component' } },
  $component: { required: ['name'], keys: { name: 'text', rules: ['$descriptor'] } },
  $descriptor: {
    required: ['id'],
    keys: { id: 'text', shortDescription: '$message', helpUri: 'text', properties: '$properties' },
  },
  $properties: { required: [], keys: { source: 'text' } },
  $invocation: {
    required: ['executionSuccessful'],
    keys: { executionSuccessful: 'yes', toolExecutionNotifications: ['$notification'] },
  },
  $notification: {
    required: ['message'],
    keys: { message: '$message', level: ['=', 'none', 'note', 'warning', 'error'], locations: ['$location'] },
  },
  $result: {
    required: ['message'],
    keys: {
      ruleId: 'text',
      ruleIndex: 'count',
      level: ['=', 'none', 'note', 'warning', 'error'],
      message: '$message',
      locations: ['$location'],
      suppressions: ['$suppression'],
    },
  },
  $message: { required: [], either: ['text', 'id'], keys: { text: 'text' } },
  $location: {
    required: [],
    either: ['physicalLocation', 'logicalLocations'],
    keys: { physicalLocation: '$physical', logicalLocations: ['$logical'] },
  },
  $physical: {
    required: [],
    either: ['address', 'artifactLocation'],
    keys: { artifactLocation: '$artifact', region: '$region' },
  },
  $artifact: { required: [], keys: { uri: 'uri' } },
  // Lines and columns count from 1.
  $region: { required: [], keys: { startLine: 'place', startColumn: 'place' } },
  $logical: { required: [], keys: { fullyQualifiedName: 'text', kind: 'text' } },
  $suppression: { required: ['kind'], keys: { kind: ['=', 'inSource', 'external'], justification: 'text' } },
};

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  uri: (value) => typeof value === 'string' && /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\dA-F]{2})+$/.test(value),
  count: (value) => Number.isInteger(value) && (value as number) >= 0,
  place: (value) => Number.isInteger(value) && (value as number) >= 1,
  yes: (value) => typeof value === 'boolean',
};

/** What is wrong with a value, by its path. */
function faults(value: unknown, check: Check, at = '$'): string[] {
  if (typeof check !== 'string') {
    if (check[0] === '=') return check.slice(1).includes(value as string) ? [] : [at];
    if (!Array.isArray(value)) return [at];
    const twice = new Set(value.map((entry) => JSON.stringify(entry))).size < value.length && check[0] === '$location';
    return [
      ...(twice ? [`${at} twice`] : []),
      ...value.flatMap((entry, index) => faults(entry, check[0]!, `${at}[${index}]`)),
    ];
  }
  const shape = SHAPES[check];
  if (shape === undefined) return SCALARS[check]?.(value) === true ? [] : [at];
  if (value === null || typeof value !== 'object') return [at];
  const { required, either, keys } = shape;
  const missing = required.filter((key) => !(key in value)).map((key) => `${at}.${key} missing`);
  if (either !== undefined && !either.some((key) => key in value)) missing.push(`${at} has none of ${either.join()}`);
  const inside = Object.entries(value).flatMap(([key, entry]) => {
    const known = keys[key];
    return known === undefined ? [`${at}.${key} unknown`] : faults(entry, known, `${at}.${key}`);
  });
  return [...missing, ...inside];
}

const SECRET = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'ä "a"', namespace: 'default' } };
const ACCEPTED = {
  ...SECRET,
  metadata: { name: 'a', annotations: { 'accept.cdk8s-kubevirt/schema-unknown-field': 'so' } },
};

function shown(
  manifests: readonly unknown[],
  inputs: readonly InputFault[] = [],
  place?: Place,
): Record<string, unknown> {
  return JSON.parse([...sarif({ report: report(manifests), faults: inputs, place: () => place })].join('')) as Record<
    string,
    unknown
  >;
}

describe('SARIF', () => {
  test.each([
    ['of nothing', shown([])],
    ['of a finding without a file', shown([{ ...SECRET, x: 1 }])],
    [
      'of a file with a place',
      shown([ReviewedManifest.of({ ...SECRET, x: 1 }, { file: 'a b/ü:%.yaml', document: 0 })], [], {
        line: 3,
        column: 1,
      }),
    ],
    ['of a construct', shown([ReviewedManifest.of({ ...SECRET, x: 1 }, { file: 'a.yaml', path: 'app/chart/s' })])],
    ['of standard input', shown([ReviewedManifest.of({ ...SECRET, x: 1 }, { file: STDIN_NAME })])],
    ['of what is accepted', shown([{ ...ACCEPTED, x: 1 }])],
    [
      'of what is not checked',
      shown([ReviewedManifest.of('text'), ReviewedManifest.of({ apiVersion: 'x/v1', kind: 'Y' }, { file: 'y.yaml' })]),
    ],
    [
      'of inputs that cannot be read',
      shown(
        [],
        [
          { file: 'a.yaml', line: 1, column: 2, severity: Severity.ERROR, message: 'no' },
          { file: 'b', severity: Severity.WARNING, message: 'no' },
          { file: STDIN_NAME, line: 3, severity: Severity.ERROR, message: 'no' },
        ],
      ),
    ],
  ])('%s is of the form of version 2.1.0', (_title, log) => {
    expect(faults(log, '$log')).toEqual([]);
  });

  test('names each rule once, and each result by its rule', () => {
    const { runs } = shown([
      { ...SECRET, x: 1, y: 1 },
      { ...SECRET, type: 1 },
    ]) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }[];
    };
    const [run] = runs;
    const ids = run!.tool.driver.rules.map(({ id }) => id);
    expect(ids).toContain('schema-unknown-field');
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId, ruleIndex } of run!.results) expect(ids[ruleIndex]).toBe(ruleId);
    expect(run!.tool.driver.rules.find(({ id }) => id === 'schema-unknown-field')).toEqual({
      id: 'schema-unknown-field',
      shortDescription: { text: 'Every field is one that the release knows.' },
      helpUri:
        'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning',
      properties: { source: 'the schema of the kind, as the release serves it' },
    });
  });

  test('fails when a key is missing or unknown: the check itself', () => {
    expect(faults({ version: '2.1.0', runs: [{ results: [{ text: 'x' }] }] }, '$log')).toEqual([
      '$.runs[0].tool missing',
      '$.runs[0].results[0].message missing',
      '$.runs[0].results[0].text unknown',
    ]);
    expect(faults({ startLine: 0 }, '$region')).toEqual(['$.startLine']);
  });
});

describe('fileUri', () => {
  test.each([
    ['manifests/a b.yaml', 'manifests/a%20b.yaml'],
    ['/tmp/a.yaml', '/tmp/a.yaml'],
    ['a\\b.yaml', 'a%5Cb.yaml'],
    ['c:x.yaml', 'c%3Ax.yaml'],
    ['C:/x.yaml', 'C%3A/x.yaml'],
  ])('of %s is %s', (file, uri) => expect(fileUri(file, path.posix)).toBe(uri));

  test.each([
    ['manifests\\a b.yaml', 'manifests/a%20b.yaml'],
    ['manifests/a.yaml', 'manifests/a.yaml'],
    ['..\\a.yaml', '../a.yaml'],
    ['C:\\vms\\a#1.yaml', 'file:///C:/vms/a%231.yaml'],
    ['C:/vms/a.yaml', 'file:///C:/vms/a.yaml'],
    ['\\\\server\\share\\a.yaml', 'file://server/share/a.yaml'],
  ])('of %s is %s on Windows', (file, uri) => expect(fileUri(file, path.win32)).toBe(uri));
});

describe('what SARIF says', () => {
  interface Log {
    readonly runs: readonly [
      {
        readonly invocations: readonly [
          { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly unknown[] },
        ];
        readonly results: readonly Record<string, unknown>[];
      },
    ];
  }
  const run = (log: unknown) => (log as Log).runs[0];
  const artifact = (uri: string) => ({ artifactLocation: { uri } });

  test('of inputs is where they stand, and that the check fails with one that cannot be read', () => {
    const warning = { file: 'b', severity: Severity.WARNING, message: 'no' };
    expect(run(shown([], [warning])).invocations[0].executionSuccessful).toBe(true);
    const error = { file: 'a.yaml', line: 3, severity: Severity.ERROR, message: 'no' };
    const [{ executionSuccessful, toolExecutionNotifications: notes }] = run(
      shown([], [error, { ...error, column: 2 }, { ...error, file: STDIN_NAME }, warning]),
    ).invocations;
    expect(executionSuccessful).toBe(false);
    const at = (startLine: number, startColumn: number) => [
      { physicalLocation: { ...artifact('a.yaml'), region: { startLine, startColumn } } },
    ];
    expect(notes).toEqual([
      { level: 'error', message: { text: 'no' }, locations: at(3, 1) },
      { level: 'error', message: { text: 'no' }, locations: at(3, 2) },
      { level: 'error', message: { text: 'no' }, locations: [] },
      { level: 'warning', message: { text: 'no' }, locations: [{ physicalLocation: artifact('b') }] },
    ]);
  });

  test('of a run is its release, and what stands for kustomize', () => {
    const properties = (kustomize?: KustomizeUse): unknown => {
      const given = { report: report([], { kubevirt: 'v1.9.0' }), faults: [], place: () => undefined, kustomize };
      return (run(JSON.parse([...sarif(given)].join(''))) as unknown as { properties: Json }).properties;
    };
    expect(properties()).toEqual({ release: expect.objectContaining({ kubevirt: 'v1.9.0' }) as unknown });
    const use = { binary: 'kustomize', version: 'v5.7.1', built: 1, asked: 2 };
    expect(properties(use)).toMatchObject({ kustomize: use });
  });

  test('of what is not checked is its object, as far as it has one', () => {
    const unchecked = [ReviewedManifest.of('text'), { apiVersion: 'x/v1', kind: 'Y', metadata: { name: 'y' } }];
    const [{ toolExecutionNotifications: notes }] = run(shown(unchecked)).invocations;
    expect(notes).toMatchObject([
      { level: 'note', message: { text: expect.stringMatching(/^(?!Y)/) as string } },
      { level: 'note', message: { text: expect.stringMatching(/^Y y: no schema/) as string } },
    ]);
  });

  test('of a finding is its file, its construct, and the options that it rests on', () => {
    const sources = ['dir/cdk8s-kubevirt.yaml (accept, closed)'];
    const machine = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceMigration',
      metadata: { name: 'm', namespace: 'n' },
      spec: { vmiName: 'gone' },
    };
    const manifests = [
      ReviewedManifest.of({ ...SECRET, x: 1 }, { file: 'a.yaml', path: 'app/chart/s' }),
      { ...ACCEPTED, x: 1 },
      machine,
    ];
    const results = (given: readonly string[]) => {
      const checked = report(manifests, { closed: true });
      const text = [...sarif({ report: checked, faults: [], place: () => undefined, sources: given })].join('');
      const all = run(JSON.parse(text)).results as readonly { readonly message: { readonly text: string } }[];
      return ['Secret default/ä "a" x', 'VirtualMachineInstanceMigration n/m spec.vmiName', 'Secret a '].map(
        (start) => all.find(({ message }) => message.text.startsWith(start)) as Record<string, unknown> | undefined,
      );
    };
    const [first, missing, accepted] = results(sources);
    expect(first).toMatchObject({
      locations: [
        {
          physicalLocation: artifact('a.yaml'),
          logicalLocations: [
            { fullyQualifiedName: 'Secret default/ä "a" x', kind: 'object' },
            { fullyQualifiedName: 'app/chart/s', kind: 'module' },
          ],
        },
      ],
      suppressions: [],
    });
    expect(first).not.toHaveProperty('relatedLocations');
    const file = artifact('dir/cdk8s-kubevirt.yaml');
    expect(missing).toMatchObject({
      relatedLocations: [{ physicalLocation: file, message: { text: "'closed' stands in dir/cdk8s-kubevirt.yaml" } }],
    });
    expect(accepted).toMatchObject({
      suppressions: [{ kind: 'external', justification: 'so', location: { physicalLocation: file } }],
    });
    expect((accepted?.locations as [{ logicalLocations: unknown[] }])[0].logicalLocations).toHaveLength(1);
    const [, unsaid, other] = results([]);
    expect(unsaid).not.toHaveProperty('relatedLocations');
    expect(other?.suppressions).toEqual([{ kind: 'external', justification: 'so' }]);
  });
});
