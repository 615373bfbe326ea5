import { join } from 'node:path';
import { placesOf } from './fields';
import { measure, TYPED_KINDS } from './kinds';
import { missingFields, schemaFields, whyNotGiven } from './schema-fields';

const ROOT = join(__dirname, '..', '..');

describe('the fields of a schema', () => {
  test('are its leaves; the keys of maps are stars', () => {
    const fields = schemaFields(ROOT, 'kubevirt', 'VirtualMachine');
    expect(fields).toContain('spec.template.spec.domain.devices.disks[].blockSize.custom.logical');
    expect(fields).toContain('spec.template.spec.nodeSelector.*');
    expect(fields).not.toContain('spec.template.spec.domain');
    expect(schemaFields(ROOT, 'cdi', 'DataVolume')).toContain('spec.source.registry.imageStream');
  });

  test('fail when the component has no such kind', () => {
    expect(() => schemaFields(ROOT, 'cdi', 'VirtualMachine')).toThrow('must hold the kind VirtualMachine');
  });

  test('are missing where no typed place writes them', () => {
    const fields = ['spec.a', 'spec.requests.*', 'spec.limits.*'];
    expect(missingFields(fields, placesOf([{ spec: { a: 1, requests: { memory: '1Gi' } } }]))).toEqual([
      'spec.limits.*',
    ]);
  });

  test.each(TYPED_KINDS.map((typed) => [typed.kind, typed] as const))(
    'have typed places in a %s, but for those that no manifest gives',
    (_, typed) => {
      const { given, missing } = measure(ROOT, typed);
      expect(given.length).toBeGreaterThan(4);
      expect(missing).toEqual([]);
    },
  );

  test.each([
    ['VirtualMachine', 'spec.template.spec.volumes[].memoryDump.readOnly'],
    ['DataImportCron', 'spec.template.spec.contentType'],
  ])('are known as not given, with the reason: of a %s %s', (kind, field) => {
    expect(whyNotGiven(kind, field)).toMatch(/^\w/);
    expect(whyNotGiven('DataSource', 'spec.source.pvc.name')).toBeUndefined();
  });
});
