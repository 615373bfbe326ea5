import { App, Chart } from 'cdk8s';
import type { Json } from '../../review/rule';
import { KnownObjects, Scope } from '../scope';
import { asItStands, byGeneratedClass } from './generated-class';

const chart = (): Chart => new Chart(new App(), 'test');
const scope = new Scope(undefined, new KnownObjects());

/** The code of the props of an object; undefined where its class does not take it. */
const props = (object: Json): string | undefined => byGeneratedClass(chart(), 'it', object, scope)?.props.flat;

const volume = (spec: unknown): Json => ({
  apiVersion: 'cdi.kubevirt.io/v1beta1',
  kind: 'DataVolume',
  metadata: { name: 'it' },
  spec,
});

/** A KubeVirt, whose schema has a field for any number. */
const kubeVirt = (qps: unknown): Json => {
  const restClient = { rateLimiter: { tokenBucketRateLimiter: { burst: 2, qps } } };
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'KubeVirt',
    metadata: { name: 'it' },
    spec: { configuration: { apiConfiguration: { restClient } } },
  };
};

describe('an object of a generated class', () => {
  test('has what its schema takes', () => {
    expect(props(volume({ source: { blank: {} }, preallocation: true }))).toBe(
      "{ metadata: { name: 'it' }, spec: { source: { blank: {} }, preallocation: true } }",
    );
    expect(props(volume({ source: { blank: {} }, preallocation: null }))).toBe(
      "{ metadata: { name: 'it' }, spec: { source: { blank: {} } } }",
    );
    expect(props({ ...volume({ source: { blank: {} } }), other: null, another: undefined })).toBe(
      "{ metadata: { name: 'it' }, spec: { source: { blank: {} } } }",
    );
    expect(byGeneratedClass(chart(), 'it', kubeVirt(0.5), scope)?.props.print(0, 0)).toContain('qps: 0.5');
  });

  test.each<[string, Json]>([
    ['a text where an object is asked for', volume({ source: { blank: 'x' } })],
    ['a text where a flag is asked for', volume({ source: { blank: {} }, preallocation: 'x' })],
    ['a number where a text is asked for', volume({ source: { blank: {} }, priorityClassName: 1 })],
    ['a text where a list is asked for', volume({ source: { blank: {} }, checkpoints: 'x' })],
    ['a field that the class does not have', volume({ source: { blank: {} }, other: 1 })],
    ['a value that an enum does not have', volume({ source: { blank: {} }, contentType: 'other' })],
    ['a field missing that is asked for', volume({ source: { http: {} } })],
    ['the same in a list', volume({ source: { blank: {} }, checkpoints: [{ current: 'a' }] })],
    ['null for it', volume({ source: { http: { url: null } } })],
    [
      'a point in time',
      {
        apiVersion: 'snapshot.kubevirt.io/v1beta1',
        kind: 'VirtualMachineSnapshotContent',
        metadata: { name: 'it' },
        spec: {
          source: {
            virtualMachine: {
              status: { memoryDumpRequest: { claimName: 'a', phase: 'b', endTimestamp: '2026-01-01T00:00:00Z' } },
            },
          },
        },
      },
    ],
    ['no spec', volume(undefined)],
    ['null for a spec', volume(null)],
    ['a text where a number is asked for', kubeVirt('x')],
    [
      'no driver',
      {
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshotClass',
        metadata: { name: 'it' },
        deletionPolicy: 'Delete',
      },
    ],
    ['a kind that no class makes', { apiVersion: 'kubevirt.io/v1', kind: 'Other', metadata: { name: 'it' } }],
    ['a group that no class makes', { apiVersion: 'constructor/v1', kind: 'Other', metadata: { name: 'it' } }],
  ])('is not one with %s', (_title, object) => {
    const stage = chart();
    expect(byGeneratedClass(stage, 'it', object, scope)).toBeUndefined();
    expect(stage.node.children).toEqual([]);
  });
});

test('an object is not one of a generated class where its chart gives it a namespace', () => {
  const stage = new Chart(new App(), 'test', { namespace: 'shop' });
  expect(byGeneratedClass(stage, 'it', volume({ source: { blank: {} } }), scope)).toBeUndefined();
  expect(stage.node.children).toEqual([]);
});

test.each<[unknown, string]>([
  [{ name: 'it', labels: null, annotations: undefined }, "{ name: 'it' }"],
  [{ name: 'it', labels: { a: 'b', c: 1 } }, "{ name: 'it', labels: { a: 'b', c: 1 as never } }"],
  [undefined, '{}'],
])('an object as it stands has the metadata %j', (metadata, code) => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
  const made = asItStands(chart(), 'it', object, scope);
  expect(made.props.flat).toBe(`{ apiVersion: 'v1', kind: 'ConfigMap', metadata: ${code} }`);
});
