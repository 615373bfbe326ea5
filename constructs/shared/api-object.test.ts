import { ApiObject, Chart, Testing } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  addClusterObject,
  addObject,
  applyOverrides,
  checkObject,
  checkProps,
  clearNamespace,
  ClusterObjectProps,
  objectMeta,
  objectName,
  objectNamespace,
  ObjectProps,
} from './api-object';
import { checkLabel } from './checks';
import { Overrides } from './overrides';
import { Faults } from './refusal';
import { failureOf, manifest, testChart, untyped } from './testing/manifests';

function said(id: string, props: unknown): string {
  const faults = new Faults('x');
  return failureOf(() => {
    checkObject(faults, id, untyped<ObjectProps>(props));
    faults.refuse();
  });
}

describe('objectName and objectNamespace', () => {
  test('are the id and the namespace of the chart, unless props say otherwise', () => {
    expect(objectName('boot', {})).toBe('boot');
    expect(objectName('boot', { name: 'other' })).toBe('other');
    const faults = new Faults('x');
    expect(objectNamespace(faults, testChart('lab'), {})).toBe('lab');
    expect(objectNamespace(faults, testChart('lab'), { namespace: 'other' })).toBe('other');
    expect(objectNamespace(faults, testChart('Lab'), { namespace: 'other' })).toBe('other');
    expect(objectNamespace(faults, testChart(), {})).toBeUndefined();
    expect(faults.count).toBe(0);
  });
});

describe('objectMeta', () => {
  test('holds no empty annotations', () => {
    expect(objectMeta('boot', {})).toEqual({
      name: 'boot',
      namespace: undefined,
      labels: undefined,
      annotations: undefined,
    });
  });

  test('holds every prop, and lets annotations of the user win', () => {
    const props: Required<ObjectProps> = {
      name: 'other',
      namespace: 'lab',
      labels: { a: 'b' },
      annotations: { c: 'd' },
      overrides: {},
    };
    expect(objectMeta('boot', props, { c: 'e', f: 'g' })).toEqual({
      name: 'other',
      namespace: 'lab',
      labels: { a: 'b' },
      annotations: { c: 'd', f: 'g' },
    });
  });
});

describe('checkObject', () => {
  test.each([
    ['Boot', {}, `'id' must be a DNS name`, `got "Boot"; write 'boot'`],
    ['boot', { name: 'Boot' }, `'name' must be a DNS name`, `got "Boot"; write 'boot'`],
    ['boot', { name: null }, `'name' must be a DNS name`, 'got null'],
    ['boot', { namespace: 'my.lab' }, `'namespace' must be a DNS label`, `got "my.lab"; write 'my-lab'`],
    ['boot', { namespace: null }, `'namespace' must be a DNS label`, 'got null'],
    ['boot', { labels: { a: 1 } }, `'labels["a"]' must be text`, 'got 1; quote it'],
    ['boot', { annotations: 'a' }, `'annotations' must be an object of names and text`, 'got "a"'],
    ['boot', { overrides: [1] }, `'overrides' must be a plain object`, 'got a list'],
    ['boot', { overrides: null }, `'overrides' must be a plain object`, 'got null'],
    ['boot', undefined, `'props' must be an object`, 'got nothing'],
    ['boot', null, `'props' must be an object`, 'got null'],
    ['boot', 'boot', `'props' must be an object`, `got a value of type 'string'`],
  ])('fails when %s has the props %j', (id, props, must, got) => {
    expect(said(id, props)).toMatch(new RegExp(`^\\[x\\] ${escaped(must)}.*, ${escaped(got)}$`));
  });

  test('says all faults in one error', () => {
    expect(said('Boot', { namespace: 'Lab', labels: 1, annotations: 1, overrides: 1 }).split('\n')).toHaveLength(5);
  });

  test('takes the form that the name must have', () => {
    const faults = new Faults('x');
    checkObject(faults, 'a.b', {}, checkLabel);
    expect(faults.count).toBe(1);
  });
});

describe('applyOverrides', () => {
  function overridden(overrides: ClusterObjectProps['overrides']): Record<string, unknown> {
    const object = new ApiObject(testChart(), 'object', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: { b: 'c', d: 'e' } },
      data: { list: [1, 2], deep: { f: 1 } },
    });
    applyOverrides(object, overrides);
    return manifest(object);
  }

  test('merges object into object, and removes by null', () => {
    const overrides = {
      metadata: { labels: { b: 'x', d: null } },
      data: { list: Overrides.replaceList([3]), deep: { g: { h: null, i: null, j: 0 }, k: undefined } },
      added: [null, 1],
    };
    expect(overridden(overrides)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: { b: 'x' } },
      data: { list: [3], deep: { f: 1, g: { j: 0 } } },
      added: [null, 1],
    });
  });

  test('replaces a value that is not an object, and an object by such a value', () => {
    expect(overridden({ immutable: { deep: { deeper: 1, gone: null } }, data: 'text' })).toMatchObject({
      immutable: { deep: { deeper: 1 } },
      data: 'text',
    });
  });

  test('changes nothing without overrides, and with empty ones', () => {
    expect(overridden(undefined)).toEqual(overridden({}));
  });

  test('leaves the overrides themselves as they were', () => {
    const overrides = { data: { deep: { g: 1, h: null } } };
    overridden(overrides);
    expect(overrides).toEqual({ data: { deep: { g: 1, h: null } } });
  });
});

describe('clearNamespace', () => {
  test('keeps the namespace of the chart off, and leaves the rest', () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'lab', labels: { a: 'b' } });
    const object = new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } });
    clearNamespace(object);
    expect(manifest(object)).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'n', labels: { a: 'b' } },
    });
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

describe('checkProps', () => {
  test('fails when a prop of every object is wrong, and when one is unknown, in one message', () => {
    const faults = new Faults('x');
    checkProps(faults, 'boot', untyped<ObjectProps>({ name: 'Boot', size: 1 }), { name: true });
    expect(failureOf(() => faults.refuse())).toBe(
      `[x] 'name' must be a DNS name (lower-case letters, digits, '-' and '.', at most 253 characters), got "Boot"; write 'boot'\n` +
        `[x] 'props' must have known keys only, got "size"; it knows name`,
    );
  });
});

describe('addObject', () => {
  const props = { name: 'other', labels: { a: 'b' }, annotations: { c: 'd' }, overrides: { data: { more: '1' } } };

  test('makes the child Resource with the metadata of the props, their overrides last', () => {
    const construct = new Construct(testChart('lab'), 'settings');
    addObject(construct, k8s.KubeConfigMap, props, { data: { key: 'value' } }, { annotations: { c: 'e', f: 'g' } });
    expect(construct.node.tryFindChild('Resource')).toBeDefined();
    expect(manifest(construct)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'other', namespace: 'lab', labels: { a: 'b' }, annotations: { c: 'd', f: 'g' } },
      data: { key: 'value', more: '1' },
    });
  });

  test('takes another id, and metadata beside that of the props', () => {
    const construct = new Construct(testChart(), 'settings');
    addObject(construct, k8s.KubeConfigMap, {}, {}, { id: 'Second', metadata: { generateName: 'settings-' } });
    expect(construct.node.tryFindChild('Second')).toBeDefined();
    expect(manifest(construct).metadata).toEqual({ name: 'settings', generateName: 'settings-' });
  });
});

describe('addClusterObject', () => {
  test("leaves the chart's namespace out, and fails when overrides bring it back", () => {
    const chart = testChart('lab');
    const made = (id: string, overrides?: object): unknown => {
      const construct = new Construct(chart, id);
      addClusterObject(construct, k8s.KubeNamespace, { overrides: untyped(overrides) }, {});
      return manifest(construct).metadata;
    };
    expect(made('shop')).toEqual({ name: 'shop' });
    expect(failureOf(() => made('bank', { metadata: { namespace: 'odd' } }))).toContain(
      `[lab/bank] 'overrides.metadata.namespace' must be left out, as the construct has it, got "odd"`.replace(
        'lab',
        'test',
      ),
    );
  });
});
