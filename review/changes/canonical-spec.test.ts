import { Json } from '../rule';
import { canonicalSpec } from './canonical-spec';

describe('canonicalSpec', () => {
  test.each<[string, Json | undefined, Json]>([
    ['no spec', undefined, {}],
    ['null', { a: null }, {}],
    ['an empty list', { volumes: [] }, {}],
    ['a list of nothing', { volumes: [null] }, { volumes: [null] }],
    ['an item that is empty', { volumes: [{}] }, { volumes: [{}] }],
    ['a struct that Go holds by value', { domain: { devices: {} } }, {}],
    ['a struct that Go holds by pointer', { affinity: {} }, { affinity: {} }],
    ['zeros', { a: '', b: 0, c: false }, {}],
    ['other values', { a: 'x', b: 1, c: true }, { a: 'x', b: 1, c: true }],
    ['a flag by pointer', { terminationGracePeriodSeconds: 0 }, { terminationGracePeriodSeconds: 0 }],
    [
      'an automatic device',
      { domain: { devices: { autoattachVSOCK: false } } },
      { domain: { devices: { autoattachVSOCK: false } } },
    ],
    [
      'a CD-ROM that may be written',
      { domain: { devices: { disks: [{ cdrom: { readonly: false } }] } } },
      { domain: { devices: { disks: [{ cdrom: { readonly: false } }] } } },
    ],
    [
      'a disk that may be written',
      { domain: { devices: { disks: [{ disk: { readonly: false } }] } } },
      { domain: { devices: { disks: [{ disk: {} }] } } },
    ],
    [
      'a path of an image',
      { volumes: [{ containerPath: { readOnly: false } }, { cephfs: { readOnly: false } }] },
      { volumes: [{ containerPath: { readOnly: false } }, { cephfs: {} }] },
    ],
    [
      'a model',
      { domain: { devices: { panicDevices: [{ model: '' }], sound: { model: '' } } } },
      { domain: { devices: { panicDevices: [{ model: '' }], sound: {} } } },
    ],
    ['memory', { domain: { memory: { guest: '1Ki' } } }, { domain: { memory: { guest: 1024 } } }],
    [
      'a request that is none',
      { domain: { resources: { requests: { cpu: 'many' } } } },
      { domain: { resources: { requests: { cpu: 'many' } } } },
    ],
  ])('of %s', (_what, spec, expected) => expect(canonicalSpec(spec)).toEqual(expected));

  test('orders keys', () => {
    expect(Object.keys(canonicalSpec({ b: 1, a: 1 }))).toEqual(['a', 'b']);
  });
});
