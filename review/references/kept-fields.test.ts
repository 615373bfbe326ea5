import { review } from '..';
import { ReviewedManifest } from '../manifests/manifest';
import { Json } from '../rule';

function object(apiVersion: string, kind: string, rest: Json): Json {
  return { apiVersion, kind, metadata: { name: 'a', namespace: 'shop' }, ...rest };
}

const claim = (spec: Json): Json =>
  object('v1', 'PersistentVolumeClaim', {
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '2Gi' } },
      ...spec,
    },
  });
const sized = (storage: string): Json => claim({ resources: { requests: { storage } } });
const service = (spec: Json): Json => object('v1', 'Service', { spec: { ports: [{ port: 22 }], ...spec } });
const secret = (data: Json): Json => object('v1', 'Secret', { immutable: true, data });

function found(old: Json, next: Json): string[] {
  return review([ReviewedManifest.update(next, old)]).map(({ rule, field, message }) => `${rule} ${field}: ${message}`);
}

describe('an update of an object of Kubernetes', () => {
  test.each<[string, Json, Json, string]>([
    [
      'the class of a claim',
      claim({}),
      claim({ storageClassName: 'slow' }),
      `spec.storageClassName: 'storageClassName' must stay "fast", got "slow"`,
    ],
    [
      'the size of a claim to a smaller one',
      sized('2Gi'),
      sized('1Gi'),
      `spec.resources.requests.storage: 'storage' must stay "2Gi", got "1Gi"`,
    ],
    [
      'the order of access modes',
      claim({ accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] }),
      claim({ accessModes: ['ReadOnlyMany', 'ReadWriteOnce'] }),
      `spec.accessModes: 'accessModes' must stay ["ReadWriteOnce","ReadOnlyMany"], got ["ReadOnlyMany","ReadWriteOnce"]`,
    ],
    [
      'the selector of a claim that had none',
      claim({}),
      claim({ selector: { matchLabels: { a: 'b' } } }),
      `spec.selector: 'selector' must stay absent, got {"matchLabels":{"a":"b"}}`,
    ],
    [
      'the address of a Service',
      service({ clusterIP: '10.0.0.1' }),
      service({ clusterIP: 'None' }),
      `spec.clusterIP: 'clusterIP' must stay "10.0.0.1", got "None"`,
    ],
    [
      'the data of an immutable Secret, and shows none of it',
      secret({ a: 'Yg==' }),
      secret({ a: 'Yw==' }),
      `data: 'data' must stay what it was, got a change`,
    ],
  ])('fails when it changes %s', (_what, old, next, says) => {
    expect(found(old, next)).toEqual([`field-stays ${says}`]);
  });

  test.each<[string, Json, Json]>([
    ['the size of a claim to a larger one', sized('2Gi'), sized('3Gi')],
    ['the same size in other words', sized('2Gi'), sized('2048Mi')],
    ['the ports of a Service', service({}), service({ ports: [{ port: 23 }] })],
    [
      'a Service of another API',
      { ...service({ clusterIP: 'a' }), apiVersion: 'example.org/v1' },
      { ...service({ clusterIP: 'b' }), apiVersion: 'example.org/v1' },
    ],
  ])('may change %s', (_what, old, next) => expect(found(old, next)).toEqual([]));
});
