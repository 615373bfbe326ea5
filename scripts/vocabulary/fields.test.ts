import { everyDataVolume } from './every-data-volume';
import { everyVm } from './every-object';
import { fieldsOf, placesOf, untypedFields } from './fields';

describe('the fields of an object', () => {
  test('are the paths of its values; the keys of labels are none, and a null says nothing', () => {
    const object = {
      metadata: { labels: { a: '1', b: '2' }, creationTimestamp: null },
      spec: { disks: [{ name: 'a' }, { rng: {} }] },
    };
    expect([...fieldsOf(object)]).toEqual(['metadata.labels.*', 'spec.disks[].name', 'spec.disks[].rng']);
  });

  test('are typed where a manifest has them or something below them', () => {
    const places = placesOf([{ spec: { firmware: { efi: { secureBoot: true } } } }]);
    expect(untypedFields({ spec: { firmware: { efi: {} } } }, places)).toEqual([]);
    expect(untypedFields({ spec: { firmware: { efi: { secureBoot: true, other: 1 }, uuid: 'a' } } }, places)).toEqual([
      'spec.firmware.efi.other',
      'spec.firmware.uuid',
    ]);
  });

  test('are typed where another field says the same', () => {
    expect(untypedFields({ spec: { running: true } }, placesOf([{ spec: { runStrategy: 'Always' } }]))).toEqual([]);
    expect(untypedFields({ spec: { running: true } }, new Set())).toEqual(['spec.running']);
  });
});

describe('the vocabulary', () => {
  test.each([
    'spec.template.spec.domain.devices.rng',
    'spec.template.spec.volumes[].containerDisk.image',
    'spec.dataVolumeTemplates[].spec.sourceRef.name',
    'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[].topologyKey',
  ])('has a place for %s of a VirtualMachine', (field) => {
    expect(placesOf(everyVm()).has(field)).toBe(true);
  });

  test('has no place for what no construct writes', () => {
    expect(placesOf(everyVm()).has('spec.template.spec.utilityVolumes')).toBe(false);
    expect(placesOf(everyDataVolume()).has('spec.template')).toBe(false);
  });
});
