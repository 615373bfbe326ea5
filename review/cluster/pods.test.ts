import { Json } from '../rule';
import { Cluster } from './cluster';
import { Pods } from './pods';

/** Whether a Service finds machines of a pool by a name. */
function isSelected(name: string, template: Json = {}): boolean {
  const spec = { replicas: 2, virtualMachineTemplate: { spec: { template: { spec: template } } } };
  const metadata = { name: 'web', namespace: 'n' };
  const pool = { apiVersion: 'pool.kubevirt.io/v1beta1', kind: 'VirtualMachinePool', metadata, spec };
  const cluster = new Cluster([{ object: pool, origin: {} }], {});
  return new Pods(cluster).selected('n', [['vm.kubevirt.io/name', name]]).length > 0;
}

describe('the pods of a pool', () => {
  test.each(['web-0', 'web-17'])('are found as %s', (name) => expect(isSelected(name)).toBe(true));

  test.each(['web', 'web-', 'web-x', 'wap-0', 'web-0-1'])('are not found as %s', (name) => {
    expect(isSelected(name)).toBe(false);
  });

  test('are found by the hostname that all of them have, and no more by their names', () => {
    expect(isSelected('www', { hostname: 'www' })).toBe(true);
    expect(isSelected('web-0', { hostname: 'www' })).toBe(false);
  });
});
