import { Consequence, diff } from '..';
import { Json } from '../../rule';

const template = (name: string, storage = '10Gi'): Json => ({
  metadata: { name },
  spec: { source: { blank: {} }, storage: { resources: { requests: { storage } } } },
});

/** A halted machine whose disks come of templates: name and size of the volume and of its template. */
function machine(templates: readonly Json[], volumes: Readonly<Record<string, string>>): Json {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      runStrategy: 'Halted',
      dataVolumeTemplates: templates,
      template: {
        spec: {
          domain: { devices: {}, memory: { guest: '1Gi' } },
          volumes: Object.entries(volumes).map(([name, claim]) => ({ name, dataVolume: { name: claim } })),
        },
      },
    },
  };
}

/** What is said of the templates. */
const said = (old: Json, next: Json): [Consequence, string][] =>
  diff([old], [next])
    .changes.filter(({ field }) => field.startsWith('spec.dataVolumeTemplates'))
    .map(({ consequence, message }) => [consequence, message]);

describe('a template of another name', () => {
  test('is a new disk in the place of the old one, where the volume keeps its name', () => {
    const old = machine([template('a')], { root: 'a' });
    const [[consequence, message] = []] = said(old, machine([template('b', '20Gi')], { root: 'b' }));
    expect([consequence, message]).toEqual([Consequence.NEW_DISK, expect.stringContaining('a')]);
    expect(message).toContain('b');
  });

  test('is a new disk in the place of the only one that is equal to it', () => {
    const old = machine([template('a'), template('c', '30Gi')], { root: 'a', data: 'c' });
    const next = machine([template('b'), template('c', '30Gi')], { system: 'b', data: 'c' });
    expect(said(old, next)).toHaveLength(1);
    expect(said(old, next)[0]?.[0]).toBe(Consequence.NEW_DISK);
  });

  test('stands for none where two are equal to it', () => {
    const old = machine([template('a'), template('b')], { root: 'a', data: 'b' });
    const next = machine([template('c')], { system: 'c' });
    const found = said(old, next).map(([, message]) => message);
    expect(found).toHaveLength(3);
  });

  test('stands for no other where the volume names a template that stands on both sides', () => {
    const both = [template('a'), template('b', '20Gi')];
    const swapped = said(machine(both, { root: 'a', data: 'b' }), machine(both, { root: 'b', data: 'a' }));
    expect(swapped).toEqual([]);
  });

  test('stands for none where the old one is no template', () => {
    const old = machine([], { root: 'a' });
    const found = said(old, machine([template('b')], { root: 'b' }));
    expect(found.map(([consequence]) => consequence)).not.toContain(Consequence.NEW_DISK);
  });

  test('stands for none where the old one is kept as a template', () => {
    const old = machine([template('a')], { root: 'a' });
    const next = machine([template('a'), template('b')], { root: 'b' });
    expect(said(old, next).map(([consequence]) => consequence)).not.toContain(Consequence.NEW_DISK);
  });
});
