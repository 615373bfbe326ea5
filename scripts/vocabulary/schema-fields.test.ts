import { join } from 'node:path';
import { everyDataVolume, everyVm } from './every-object';
import { placesOf } from './fields';
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

  test.each([
    ['kubevirt', 'VirtualMachine', everyVm],
    ['cdi', 'DataVolume', everyDataVolume],
  ])('of %s have typed places in a %s, but for those that no manifest gives', (component, kind, every) => {
    const given = schemaFields(ROOT, component, kind).filter((field) => whyNotGiven(field) === undefined);
    expect(given.length).toBeGreaterThan(75);
    expect(missingFields(given, placesOf(every()))).toEqual([]);
  });
});
