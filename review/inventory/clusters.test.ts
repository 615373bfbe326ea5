import { ReviewedManifest } from '../manifests/manifest';
import { Root } from '../manifests/roots/root';
import { inventory } from './inventory';
import { renderCsv, renderMarkdown } from '.';

const root = (name: string): Root => ({ name, kind: 'kustomization', isOpen: false });

const claim = (name: string, size: string | undefined, namespace = 'shop') => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'fast',
    ...(size === undefined ? {} : { resources: { requests: { storage: size } } }),
  },
});

const vm = (name: string, volumes: readonly object[] = [], disks: readonly object[] = []) => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name, namespace: 'shop' },
  spec: { template: { spec: { domain: { devices: { disks } }, volumes } } },
});

/** Objects of a root, each of the same file by its number. */
function within(name: string, objects: readonly object[], file = `${name}.yaml`): ReviewedManifest[] {
  return objects.map((object, document) => ReviewedManifest.of(object, { file, document }).within(root(name)));
}

describe('the clusters of an inventory', () => {
  test.each([
    [3, 'a, b, c'],
    [4, 'a, b, c, 1 more'],
  ])('are named by three of their %d roots', (count, name) => {
    const roots = ['a', 'b', 'c', 'd'].slice(0, count).flatMap((one) => within(one, [vm(one)]));
    expect(inventory([...roots, ...within('z', [vm('a')])]).groups.map((group) => group.name)).toEqual([name, 'z']);
  });

  test('are apart where two roots make machines of the same names: none is counted for another', () => {
    const volume = [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }];
    const found = inventory([
      ...within('dev', [vm('web', volume), claim('data', '1Gi')]),
      ...within('prod', [vm('web', volume), vm('db'), claim('data', '10Gi')]),
    ]);
    expect(found.ofSeveralClusters).toBe(true);
    expect(found.total).toMatchObject({ vms: 3, claims: 2, bytes: 11 * 2 ** 30 });
    expect(found.groups.map(({ name, vms, claims }) => [name, vms, claims])).toEqual([
      ['dev', 1, 1],
      ['prod', 2, 1],
    ]);
    expect(found.namespaces).toMatchObject([{ name: 'shop', vms: 3, claims: 2 }]);
    expect(found.restated).toEqual([]);
    expect(found.disks.map(({ group, claim: name, bytes }) => [group, name, bytes])).toEqual([
      ['dev', 'data', 2 ** 30],
      ['prod', 'data', 10 * 2 ** 30],
    ]);
  });

  test('are one where two roots make the same document into objects of other names or namespaces', () => {
    const base = claim('data', '1Gi');
    const moved = { ...base, metadata: { ...base.metadata, namespace: 'test' } };
    const found = inventory([...within('dev', [base], 'base.yaml'), ...within('test', [moved], 'base.yaml')]);
    expect([found.groups, found.total.claims]).toEqual([[], 2]);
  });

  test('are one where roots make the same objects that are neither machines nor claims, or that the server names', () => {
    const object = (apiVersion: string, kind: string, metadata: object) => ({ apiVersion, kind, metadata });
    const objects = [
      object('v1', 'ConfigMap', { name: 'a', namespace: 'shop' }),
      object('x.org/v1', 'App', { name: 'a', namespace: 'shop' }),
      { ...claim('', '1Gi'), metadata: { generateName: 'data-', namespace: 'shop' } },
    ];
    const found = inventory([...within('dev', objects), ...within('prod', objects)]);
    expect([found.ofSeveralClusters, found.groups, found.total.claims]).toEqual([false, [], 2]);
  });

  test('are one where roots name what others make', () => {
    const volume = [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }];
    const found = inventory([...within('machines', [vm('web', volume)]), ...within('claims', [claim('data', '1Gi')])]);
    expect([found.ofSeveralClusters, found.groups]).toEqual([false, []]);
    expect(found.disks).toMatchObject([{ vm: 'web', claim: 'data', bytes: 2 ** 30 }]);
  });

  test('are named by their first roots, and what is of no root is one of them', () => {
    const found = inventory([
      ReviewedManifest.of(claim('data', '1Gi'), { file: 'a.yaml' }),
      ...['b', 'c', 'd', 'e'].flatMap((name) => within(name, [claim(`data-${name}`, '1Gi')])),
      ...within('z', [claim('data', '1Gi')]),
    ]);
    expect(found.groups.map(({ name }) => name)).toEqual(['files of no root, b, c, 2 more', 'z']);
    const text = renderMarkdown(found);
    expect(text).toContain('Each part is what some roots apply, counted by itself');
    expect(text).toContain('| roots | VMs | CPUs | memory | claims | requested | at the peak |');
    expect(renderCsv(found)).toContain('\nz,shop,');
  });
});

describe('what is not known', () => {
  test('is a question mark in every sum that lacks it, and never 0', () => {
    const text = renderMarkdown(inventory([claim('a', undefined), claim('b', '1Gi'), claim('c', undefined, 'other')]));
    expect(text).toContain('| other | fast | 1 | ? | 1 of unknown size | ? | ? | 0 | 0 | 0 | 0 |');
    expect(text).toContain(
      '| shop | fast | 2 | 1Gi + ? | 1Gi + 1 of unknown size | 1Gi + ? | 966Mi + ? | 0 | 0 | 0 | 0 |',
    );
  });
});

describe('the boot disk', () => {
  const volumes = ['iso', 'root'].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const roles = (disks: readonly object[]) =>
    inventory([vm('web', volumes, disks)]).disks.map(({ disk, role }) => [disk, role]);

  test('is not the CD-ROM that boots first', () => {
    expect(
      roles([
        { name: 'iso', cdrom: { bus: 'sata' }, bootOrder: 1 },
        { name: 'root', disk: { bus: 'virtio' }, bootOrder: 2 },
      ]),
    ).toEqual([
      ['root', 'boot'],
      ['iso', 'cdrom'],
    ]);
  });

  test('is none where there are only CD-ROMs', () => {
    expect(
      roles([
        { name: 'iso', cdrom: {} },
        { name: 'root', cdrom: {} },
      ]),
    ).toEqual([
      ['iso', 'cdrom'],
      ['root', 'cdrom'],
    ]);
  });
});

test('what is not counted is a few rows: one a reason, and ten of what makes claims', () => {
  const cron = (index: number) => ({
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataImportCron',
    metadata: { name: `cron-${String(index).padStart(2, '0')}`, namespace: 'images' },
    spec: { managedDataSource: `os-${index}`, template: { spec: { source: { registry: { url: 'docker://x' } } } } },
  });
  const passed = (reason: string) =>
    [1, 2, 3].map((index) => ReviewedManifest.passedBy(`${reason} ${index}`, { file: `${index}.yaml` }));
  const text = renderMarkdown(
    inventory([
      ...Array.from({ length: 12 }, (_one, index) => cron(index)),
      ...passed('a patch, or another file that is not a whole object, for'),
      ...passed('no Kustomization lists it, so nobody applies it:'),
      ...passed('not built with kustomize, as it takes'),
    ]),
  );
  const [, table = ''] = /## Not counted\n\n([^]*?)\n\n/.exec(text) ?? [];
  expect(table.split('\n')).toHaveLength(2 + 10 + 1 + 3);
  expect(table).toContain('| 2 more |');
  expect(table).toContain('| 1.yaml and 2 more |  |  |  | no Kustomization lists it, so nobody applies it |');
});
