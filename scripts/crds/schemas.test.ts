import * as fs from 'node:fs';
import * as path from 'node:path';
import { allPairs } from '../../review';
import { readCrds, readPairs } from './crd-folders';
import { folder } from './fixture';
import { NodeTable } from './node-table';
import { compileCrd, Schema } from './schema-crd';
import { VM_WEBHOOK } from './schema-webhook';
import { TABLE, tableText } from './schemas';

const ROOT = path.join(__dirname, '..', '..');

describe('the compiled schemas', () => {
  test('are those of crds/ and kubernetes-models', () => {
    const written = fs.readFileSync(path.join(ROOT, TABLE), 'utf8');
    // Not by toBe, whose difference of two such lines takes minutes.
    expect(tableText(ROOT) === written || "run 'npm run schemas'").toBe(true);
  });

  test('fail at a keyword that the review does not know', () => {
    const schema: Schema = { type: 'object', properties: { spec: { type: 'object', minProperties: 1 } } };
    const compile = () => compileCrd(schema, { table: new NodeTable(), metadata: 0, dropsStatus: true });
    expect(compile).toThrow("[spec] 'minProperties' is a keyword that the review does not know");
  });
});

describe('the pairs of releases', () => {
  const PAIR = { kubevirt: 'v1.7.4', cdi: 'v1.64.0' };
  const pairsOf = (pairs: unknown, ...releases: readonly string[]) => {
    const files = releases.map((release) => [`crds/${release}/a.yaml`, '']);
    const project = folder({ 'crds/pairs.json': JSON.stringify(pairs), ...Object.fromEntries(files) });
    try {
      return readPairs(project.at);
    } finally {
      project.remove();
    }
  };
  const HELD = ['kubevirt/v1.7.4', 'cdi/v1.64.0', 'external-snapshotter/v8.2.0'];

  test('are those that are written down', () => {
    expect(pairsOf([PAIR], ...HELD)).toEqual([PAIR]);
    expect(allPairs().slice(0, 3)).toEqual([
      { kubevirt: 'v1.5.3', cdi: 'v1.62.0' },
      { kubevirt: 'v1.6.2', cdi: 'v1.63.1' },
      { kubevirt: 'v1.7.4', cdi: 'v1.64.0' },
    ]);
  });

  test('fail when a release is added alone, which would not say what goes with it', () => {
    expect(() => pairsOf([PAIR], ...HELD, 'kubevirt/v1.7.5')).toThrow(
      '[crds/pairs.json] must name every release in crds/ (kubevirt/v1.7.5), got nothing; add what goes with it',
    );
    const pairs = [PAIR, { kubevirt: 'v1.7.5', cdi: 'v1.64.0' }];
    expect(pairsOf(pairs, ...HELD, 'kubevirt/v1.7.5')).toEqual(pairs);
  });

  test('fail when they name a release that crds/ does not hold', () => {
    expect(() => pairsOf([PAIR, { kubevirt: 'v1.8.4', cdi: 'v1.64.0' }], ...HELD)).toThrow(
      '[crds/pairs.json] must name folders of crds/, got ["kubevirt/v1.8.4"]',
    );
  });

  test.each([[{}], [[{ kubevirt: 'v1.7.4' }]], [[{ ...PAIR, cdi: 1 }]], [[{ ...PAIR, hco: null }]]])(
    'fail when they are %j',
    (pairs) => expect(() => pairsOf(pairs, ...HELD)).toThrow("[crds/pairs.json] must be a list of objects with 'kubevirt'"),
  );
});

describe("the facts about KubeVirt's webhook", () => {
  const crds = readCrds(ROOT, 'kubevirt/v1.6.2');
  const vm = crds.find(({ metadata }) => (metadata as { name: string }).name === 'virtualmachines.kubevirt.io');
  const { versions } = vm?.spec as { versions: { schema: { openAPIV3Schema: Schema } }[] };
  const root = versions[0]!.schema.openAPIV3Schema;

  test('stand at fields that the CRD has', () => {
    const { required, metadata, unsigned } = VM_WEBHOOK;
    const properties = [...required].flatMap(([at, names]) =>
      names.map((name) => (at === '' ? name : `${at}.${name}`)),
    );
    const missing = [...properties, ...metadata, ...unsigned].filter((at) => schemaAt(root, at) === undefined);
    expect(missing).toEqual([]);
  });

  test('ask for nothing that the CRD does not ask for', () => {
    const more = [...VM_WEBHOOK.required].flatMap(([at, names]) => {
      const asked = (schemaAt(root, at)?.required ?? []) as readonly string[];
      return names.filter((name) => !asked.includes(name)).map((name) => `${at}.${name}`);
    });
    expect(more).toEqual([]);
  });
});

function schemaAt(root: Schema, at: string): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const step of at === '' ? [] : at.split('.')) {
    schema = (schema?.properties as Record<string, Schema> | undefined)?.[step.replace('[]', '')];
    if (step.endsWith('[]')) schema = schema?.items as Schema | undefined;
  }
  return schema;
}
