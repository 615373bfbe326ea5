import { crdFacts } from './crd-facts';
import { crd, CrdOptions } from './fixture';

/** The first version of the facts of a CRD with this `spec` schema. */
function version(options: CrdOptions, more: Record<string, unknown> = {}): Record<string, unknown> {
  const object = crd('kubevirt.io', 'VirtualMachine', options);
  const spec = object.spec as { versions: Record<string, unknown>[] };
  Object.assign(spec.versions[0]!, more);
  const facts = crdFacts({ from: 'test', object }) as unknown as { spec: { versions: Record<string, unknown>[] } };
  return facts.spec.versions[0]!;
}

function specSchema(spec: Record<string, unknown>): unknown {
  const { openAPIV3Schema } = version({ spec }).schema as {
    openAPIV3Schema: { properties: { spec: { properties: unknown } } };
  };
  return openAPIV3Schema.properties.spec.properties;
}

describe('crdFacts', () => {
  test('keeps properties that are named like prose', () => {
    const named = {
      description: { type: 'string', description: 'prose' },
      example: { type: 'integer', example: 3 },
      externalDocs: { type: 'string', externalDocs: { url: 'https://example.com' } },
      properties: { type: 'object', properties: { title: { type: 'string', title: 'prose' } } },
      title: { type: 'string' },
    };
    expect(specSchema(named)).toEqual({
      description: { type: 'string' },
      example: { type: 'integer' },
      externalDocs: { type: 'string' },
      properties: { type: 'object', properties: { title: { type: 'string' } } },
      title: { type: 'string' },
    });
  });

  test('drops prose wherever a schema stands', () => {
    const prose = { type: 'string', description: 'prose' };
    const nested = {
      all: { allOf: [prose], anyOf: [prose], oneOf: [prose], not: prose },
      list: { type: 'array', items: prose },
      map: { type: 'object', additionalProperties: prose, patternProperties: { '^description$': prose } },
    };
    const bare = { type: 'string' };
    expect(specSchema(nested)).toEqual({
      all: { allOf: [bare], anyOf: [bare], oneOf: [bare], not: bare },
      list: { type: 'array', items: bare },
      map: { type: 'object', additionalProperties: bare, patternProperties: { '^description$': bare } },
    });
  });

  test('keeps values as they are: defaults, enums, rules with their messages', () => {
    const facts = {
      mode: { type: 'object', default: { description: 'a value', title: 'another' } },
      of: { enum: ['z', 'a', 'on'], pattern: "^(a|b)'\\d+$", 'x-kubernetes-int-or-string': true },
      ruled: { 'x-kubernetes-validations': [{ rule: "self in ['a']", message: 'Illegal' }] },
    };
    expect(specSchema(facts)).toEqual(facts);
  });

  test('keeps subresources, selectable fields and deprecation; drops printer columns', () => {
    const kept = { subresources: { status: {} }, selectableFields: [{ jsonPath: '.spec.x' }], deprecated: true };
    const facts = version({}, { ...kept, additionalPrinterColumns: [{ name: 'Age' }], deprecationWarning: 'prose' });
    expect(Object.keys(facts)).toEqual([
      'name',
      'served',
      'storage',
      'deprecated',
      'subresources',
      'selectableFields',
      'schema',
    ]);
    expect(facts).toMatchObject(kept);
  });

  test('sorts the keys of a schema, not its lists', () => {
    const schema = specSchema({ b: { type: 'object', required: ['z', 'a'] }, a: { type: 'string' } });
    expect(JSON.stringify(schema)).toBe('{"a":{"type":"string"},"b":{"required":["z","a"],"type":"object"}}');
  });

  test("orders versions by Kubernetes' priority, unserved ones last", () => {
    const versions = ['v1alpha1', 'v3', 'v1beta1', 'v1beta2', 'v10', 'v1', 'v2', 'foo1', 'v11alpha2'];
    const object = crd('kubevirt.io', 'VirtualMachine', { versions });
    const spec = object.spec as { versions: { name: string; served: boolean }[] };
    spec.versions.find(({ name }) => name === 'v3')!.served = false;
    const facts = crdFacts({ from: 'test', object }) as unknown as { spec: typeof spec };
    expect(facts.spec.versions.map(({ name }) => name)).toEqual([
      'v10',
      'v2',
      'v1',
      'v1beta2',
      'v1beta1',
      'v11alpha2',
      'v1alpha1',
      'foo1',
      'v3',
    ]);
  });
});
