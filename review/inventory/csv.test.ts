import { INVENTORY_FORMATS } from './formats';
import { Inventory, inventory, renderCsv } from '.';

describe('renderCsv', () => {
  test('gives ten reasons of a VM, and the number of the others', () => {
    const names = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
    const volumes = names.map((name) => ({ name, persistentVolumeClaim: { claimName: `claim-${name}` } }));
    const vm = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'a', namespace: 'n' },
      spec: { template: { spec: { domain: { devices: {} }, volumes, networks: [], interfaces: [] } } },
    };
    const [, first = ''] = renderCsv(inventory([vm])).split('\r\n');
    expect(first.match(/the claim is not among the manifests/g)).toHaveLength(9);
    expect(first).toContain('; and 3 more",');
  });

  test('gives ten of what will not work, and the number of the others', () => {
    const disk = { namespace: 'n', group: '', vm: 'a', disk: 'd', hotplug: false, made: 'made', notKnown: [] };
    const problems = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        namespace: 'n',
        object: 'VirtualMachine a',
        reason: `r${index}`,
      }));
    const row = (count: number): string | undefined =>
      renderCsv({ ...inventory([]), disks: [disk], problems: problems(count) } as unknown as Inventory).split(
        '\r\n',
      )[1];
    const ten = 'r0; r1; r2; r3; r4; r5; r6; r7; r8; r9';
    expect(row(10)).toMatch(new RegExp(`,${ten}$`));
    expect(row(11)).toMatch(new RegExp(`,${ten}; and 1 more$`));
  });
});

test.each(['json', 'csv'])('%s comes in pieces, none of which grows with the disks', (format) => {
  const claims = Array.from({ length: 300 }, (_item, index) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: `c${index}`, namespace: 'shop' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }));
  const pieces = [...INVENTORY_FORMATS[format]!(inventory(claims))];
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(20_000);
  expect(pieces.join('')).toContain('c299');
});
