import * as fs from 'node:fs';
import * as path from 'node:path';
import { compileCrd, Schema } from './schema-crd';
import { readCrds } from './schema-files';
import { NodeTable } from './schema-nodes';
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
