import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Json } from '../rule';
import { CEL_RULES } from './cel';
import { Issue, SchemaRule } from './issue';
import { NodeRecord, NodeType, SchemaMode, SourceRecord } from './node';
import { ADMISSION_PAIR, PairSchemas, sources } from './releases';
import { Node } from './tree';
import { TooLarge, walk, Walked } from './walk';

const PAIR = new PairSchemas(sources(ADMISSION_PAIR));

function walked(object: Json): Walked {
  const found = PAIR.find(String(object.apiVersion), String(object.kind));
  if (found === undefined) throw new Error('no schema');
  return walk(object, found.schema);
}

function issues(object: Json): string[] {
  return walked(object).issues.map(({ rule, field }) => `${rule} ${field}`);
}

function vm(spec: Json, more: Json = {}): Json {
  const domain = { devices: {} };
  const template = { spec: { domain, ...spec } };
  return { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: { name: 'a' }, spec: { template, ...more } };
}

function dataVolume(spec: Json): Json {
  return { apiVersion: 'cdi.kubevirt.io/v1beta1', kind: 'DataVolume', metadata: { name: 'a' }, spec };
}

describe('walk', () => {
  test('shares an object that needs no change', () => {
    const object = vm({ volumes: [{ name: 'root', dataVolume: { name: 'root' } }] });
    expect(walked(object)).toEqual({ object, issues: [] });
    expect(walked(object).object).toBe(object);
  });

  test('prunes an unknown field, says what was meant, and leaves the original alone', () => {
    const object = vm({ hostnam: 'web' });
    const { object: stored, issues: found } = walked(object);
    expect(stored).toEqual(vm({}));
    expect(object).toEqual(vm({ hostnam: 'web' }));
    expect(found).toEqual<Issue[]>([
      {
        rule: SchemaRule.UNKNOWN_FIELD,
        field: 'spec.template.spec.hostnam',
        message: "'hostnam' is no field of VirtualMachine v1; the API server drops it",
        remedy: "write 'hostname'",
        path: ['spec', 'template', 'spec', 'hostnam'],
      },
    ]);
  });

  test('keeps what stands below x-kubernetes-preserve-unknown-fields', () => {
    const object = vm({}, { dataVolumeTemplates: [{ metadata: { name: 'a', color: 'red' }, spec: {} }] });
    expect(walked(object).object).toBe(object);
  });

  test('prunes metadata, which no CRD describes', () => {
    expect(issues({ ...vm({}), metadata: { name: 'a', label: { a: 'b' } } })).toEqual([
      'schema-unknown-field metadata.label',
    ]);
  });

  test('drops a null that is no value of its field', () => {
    const { object, issues: found } = walked(vm({ volumes: null, hostname: null }));
    expect(found).toEqual([]);
    expect(object).toEqual(vm({}));
  });

  test('keeps a null that is a value of its field, and checks one where none is dropped', () => {
    const kubevirt = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'a', namespace: 'b' },
      spec: { configuration: { instancetype: null, vmRolloutStrategy: null } },
    };
    expect(walked(kubevirt)).toEqual({ object: kubevirt, issues: [] });
    expect(issues(vm({}, { dataVolumeTemplates: [{ metadata: { name: null }, spec: {} }] }))).toEqual([
      'schema-type spec.dataVolumeTemplates[0].metadata.name',
    ]);
  });

  test('misses a required field whose null was dropped', () => {
    expect(issues(dataVolume({ source: { http: { url: null } } }))).toEqual(['schema-required spec.source.http.url']);
  });

  test('refuses a null in a list', () => {
    expect(issues(vm({ volumes: [null] }))).toEqual(['schema-type spec.template.spec.volumes[0]']);
  });

  test.each([
    ['quoted number', { domain: { devices: {}, cpu: { cores: '2' } } }, 'domain.cpu.cores', 'remove the quotes'],
    ['fraction', { domain: { devices: {}, cpu: { cores: 1.5 } } }, 'domain.cpu.cores', undefined],
    [
      'quoted boolean',
      { domain: { devices: { rng: {}, useVirtioTransitional: 'true' } } },
      'domain.devices.useVirtioTransitional',
      'remove the quotes',
    ],
    ['number for text', { hostname: 5 }, 'hostname', 'quote it'],
    ['object for a list', { volumes: {} }, 'volumes', undefined],
    ['list for an object', { domain: [] }, 'domain', undefined],
  ])('refuses a %s', (_, spec, field, remedy) => {
    const [issue] = walked(vm(spec)).issues;
    expect(issue).toMatchObject({ rule: SchemaRule.TYPE, field: `spec.template.spec.${field}` });
    expect(issue?.remedy).toBe(remedy);
  });

  test.each(['1Gi', '500m', '1e9', '1.5Gi', '0', '-1', '+5', '.5', 5, -5])('takes the quantity %p', (guest) => {
    expect(issues(vm({ domain: { devices: {}, memory: { guest } } }))).toEqual([]);
  });

  test.each(['1GB', '1gi', '1 Gi', 'Gi', '', '1e'])('refuses the quantity %p', (guest) => {
    expect(issues(vm({ domain: { devices: {}, memory: { guest } } }))).toEqual([
      'schema-quantity spec.template.spec.domain.memory.guest',
    ]);
  });

  test.each([
    [0.5, []],
    ['0.5', ['schema-type spec.configuration.apiConfiguration.restClient.rateLimiter.tokenBucketRateLimiter.qps']],
  ])('takes a fraction where a number is wanted, and no text: %p', (qps, expected) => {
    const restClient = { rateLimiter: { tokenBucketRateLimiter: { qps, burst: 1 } } };
    const spec = { configuration: { apiConfiguration: { restClient } } };
    const kubevirt = { apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', metadata: { name: 'a', namespace: 'b' }, spec };
    expect(issues(kubevirt)).toEqual(expected);
  });

  test('refuses a fraction for a quantity', () => {
    expect(issues(vm({ domain: { devices: {}, memory: { guest: 1.5 } } }))).toEqual([
      'schema-type spec.template.spec.domain.memory.guest',
    ]);
  });

  test('asks of a VirtualMachine only what the mutating webhook does not write back', () => {
    expect(issues(vm({ volumes: [{ persistentVolumeClaim: {} }] }))).toEqual([]);
    expect(issues(vm({ volumes: [{ name: 'a', emptyDisk: {} }] }))).toEqual([
      'schema-required spec.template.spec.volumes[0].emptyDisk.capacity',
    ]);
  });

  test('refuses a negative number where Go has an unsigned one', () => {
    expect(issues(vm({ domain: { devices: {}, cpu: { cores: -1 } } }))).toEqual([
      'schema-range spec.template.spec.domain.cpu.cores',
    ]);
  });

  test('takes empty text for a word in a VM, where it is dropped, and not in a DataVolume', () => {
    const spec = { contentType: '', source: { blank: {} } };
    expect(issues(vm({}, { dataVolumeTemplates: [{ metadata: { name: 'a' }, spec }] }))).toEqual([]);
    expect(issues(dataVolume(spec))).toEqual(['schema-enum spec.contentType']);
  });

  test('refuses equal entries of a list map and of a set', () => {
    const constraint = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
    const constraints = [constraint, { ...constraint, maxSkew: 2 }];
    expect(issues(vm({ topologySpreadConstraints: constraints }))).toEqual([
      'schema-duplicate spec.template.spec.topologySpreadConstraints[1]',
    ]);
  });

  test.each([
    [256, []],
    [257, ['schema-length spec.template.spec.volumes']],
  ])('counts %d entries of a list', (length, expected) => {
    expect(issues(vm({ volumes: Array.from({ length }, () => ({ name: 'a' })) }))).toEqual(expected);
  });

  test('decides rules in CEL', () => {
    const profile = (accessModes: string[]): Json => ({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'StorageProfile',
      metadata: { name: 'a' },
      spec: { claimPropertySets: [{ accessModes, volumeMode: 'Block' }] },
    });
    expect(issues(profile(['ReadWriteMany']))).toEqual([]);
    expect(issues(profile(['RWX']))).toEqual(['schema-expression spec.claimPropertySets[0].accessModes']);
  });

  test('writes keys that are no plain names in brackets', () => {
    expect(issues({ ...vm({}), metadata: { name: 'a', labels: { 'app.io/a': 1 } } })).toEqual([
      'schema-type metadata.labels[app.io/a]',
    ]);
  });

  test('takes two million values, and gives up an object with one more', () => {
    const container = (args: number): Json => ({ name: 'a', args: Array(args).fill('x') });
    // Of the Pod and its metadata 5, of its spec and their list 2, of each container its own, its name, its list and what stands there.
    const containers = [...Array<Json>(1000).fill(container(1996)), container(990)];
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers } };
    expect(issues(pod)).toEqual([]);
    expect(() => walked({ ...pod, spec: { containers: [...containers.slice(1), container(1997)] } })).toThrow(TooLarge);
  });

  const ofNodes = (...records: readonly NodeRecord[]): Node[] => {
    const nodes: Node[] = records.map((record) => new Node(record, (number) => nodes[number]!));
    return nodes;
  };
  const said = (records: readonly NodeRecord[], object: Json): string[] =>
    walk(object, { mode: SchemaMode.CRD, namespaced: true, root: ofNodes(...records)[0]! }).issues.map(
      ({ field, message }) => `${field}: ${message}`,
    );

  test.each([
    [[], ["list: 'list' must have at least 2 items, got 0"]],
    [['a'], ["list: 'list' must have at least 2 items, got 1"]],
    [['a', 'b'], []],
    [['a', 'b', 'c'], []],
    [['a', 'b', 'c', 'd'], ["list: 'list' must have at most 3 items, got 4"]],
    [['a', 'b', 'a'], ['list[2]: must stand once in its list, got "a" again']],
    [['a', 5], ['list[1]: must be text, got 5']],
  ])('asks of the list %j: %j', (list, expected) => {
    const records: NodeRecord[] = [
      { t: NodeType.OBJECT, p: { list: 1 } },
      { t: NodeType.ARRAY, minItems: 2, maxItems: 3, l: 'set', i: 2 },
      { t: NodeType.STRING },
    ];
    expect(said(records, { list })).toEqual(expected);
  });

  test('tells the entries of a list apart by their keys, with the default where one is not given', () => {
    const records: NodeRecord[] = [
      { t: NodeType.OBJECT, p: { list: 1 } },
      { t: NodeType.ARRAY, l: ['port', 'protocol'], i: 2 },
      { t: NodeType.OBJECT, p: { port: 3, protocol: 4 } },
      { t: NodeType.INTEGER },
      { t: NodeType.STRING, d: 'TCP' },
    ];
    const list = [{ port: 1 }, { port: 2 }, { port: 1, protocol: 'UDP' }, { port: 1, protocol: 'TCP' }, {}, {}];
    expect(said(records, { list })).toEqual([
      'list[3]: must stand once in its list, got port 1, protocol "TCP" again',
      'list[5]: must stand once in its list, got port null, protocol "TCP" again',
    ]);
  });

  test('never throws anything else, whatever it is given', () => {
    const spec = fc.dictionary(fc.constantFrom('template', 'running', '__proto__', 'constructor'), fc.jsonValue());
    fc.assert(fc.property(spec, (given) => issues({ ...vm({}), spec: given }).length >= 0));
  });
});

describe('walk of Kubernetes’ own kinds', () => {
  const pod = (spec: Json): Json => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });

  test('finds unknown, missing and mistyped fields', () => {
    expect(issues(pod({ containers: [{ image: 'a', port: [] }], restartPolicy: 'always' }))).toEqual([
      'schema-unknown-field spec.containers[0].port',
      'schema-required spec.containers[0].name',
      'schema-enum spec.restartPolicy',
    ]);
  });

  test('drops every null, and takes empty text for a word that is not given', () => {
    expect(issues(pod({ containers: [{ name: 'a', imagePullPolicy: '', command: null }] }))).toEqual([]);
  });

  test('reads quantities and base64', () => {
    const resources = { requests: { storage: '1GB' } };
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'a' }, spec: { resources } };
    expect(issues(claim)).toEqual(['schema-quantity spec.resources.requests.storage']);
    const limits = { cpu: 0.5 };
    expect(issues(pod({ containers: [{ name: 'a', resources: { limits } }] }))).toEqual([]);
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'plain text', b: 'YQ==' } };
    expect(issues(secret)).toEqual(['schema-format data.a']);
  });
});

describe('the compiled table', () => {
  const lines = readFileSync(join(__dirname, 'table.jsonl'), 'utf8').trimEnd().split('\n').slice(1);
  const records = lines.map((line) => JSON.parse(line) as Partial<SourceRecord> & NodeRecord);
  const nodes = records.filter(({ source }) => source === undefined);
  const kindsOf = (name: string) => records.find(({ source }) => source === name)?.kinds ?? {};

  test('has a hand-written equivalent of every rule in CEL', () => {
    const rules = new Set(nodes.flatMap(({ cel }) => cel ?? []));
    expect([...rules].filter((rule) => !CEL_RULES.has(rule))).toEqual([]);
  });

  test('has patterns that JavaScript reads', () => {
    for (const { pattern } of nodes) if (pattern !== undefined) expect(() => new RegExp(pattern, 'u')).not.toThrow();
  });

  test('knows VirtualMachine behind its webhook, and the kinds of Kubernetes', () => {
    expect(kindsOf('kubevirt/v1.6.2')['kubevirt.io/v1/VirtualMachine']?.mode).toBe(SchemaMode.VM);
    expect(kindsOf('kubernetes')['v1/Secret']).toMatchObject({ mode: SchemaMode.CORE, namespaced: true });
    expect(nodes[kindsOf('kubernetes')['v1/Namespace']!.node]?.t).toBe(NodeType.OBJECT);
  });
});
