import { ReviewedManifest } from '../manifests/manifest';
import { lostQuantities } from './lost-quantities';

const fields = (object: unknown): string[] => lostQuantities([ReviewedManifest.of(object)]).map(({ field }) => field);

describe('lostQuantities', () => {
  test.each<[string, object, string[]]>([
    ['memory of a guest', { spec: { domain: { memory: { guest: null } } } }, ['spec.domain.memory.guest']],
    [
      'what a claim asks for',
      { spec: { resources: { requests: { storage: null } } } },
      ['spec.resources.requests.storage'],
    ],
    [
      'every request and limit of a container',
      { containers: [{}, { resources: { requests: { cpu: null, memory: '1Gi' }, limits: { memory: null } } }] },
      ['containers[1].resources.requests.cpu', 'containers[1].resources.limits.memory'],
    ],
    ['what a quota holds', { spec: { hard: { 'requests.memory': null } } }, ['spec.hard.requests.memory']],
    [
      'the capacity of a volume, and of an empty disk',
      { capacity: { storage: null }, a: { capacity: null } },
      ['capacity.storage', 'a.capacity'],
    ],
  ])('finds %s', (_what, object, expected) => expect(fields(object)).toEqual(expected));

  test.each<[string, unknown]>([
    ['a null that is no quantity', { spec: { storageClassName: null, template: null } }],
    ['a list of nulls below a quantity', { guest: [null] }],
    ['a quantity that is there', { spec: { resources: { requests: { storage: '1Gi' } } } }],
    ['a map that is null', { spec: { resources: { requests: null } } }],
    ['a text', 'guest'],
    ['null', null],
  ])('passes %s by', (_what, object) => expect(fields(object)).toEqual([]));

  test('names the object and its file, where it has them', () => {
    const manifests = [
      ReviewedManifest.of({ metadata: { name: 'web' }, guest: null }, { file: 'a.yaml' }),
      ReviewedManifest.of({ guest: null }),
    ];
    expect(lostQuantities(manifests)).toEqual([
      { name: 'web', field: 'guest', file: 'a.yaml' },
      { name: '', field: 'guest', file: '' },
    ]);
  });
});
