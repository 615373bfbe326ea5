import { StorageCatalog } from '../../constructs';
import type { Json } from '../rule';
import { inventory } from '.';

/** NFS has no devices. */
const CATALOG = StorageCatalog.of({ storageClasses: [{ name: 'nfs', provisioner: 'nfs.csi.k8s.io' }] });

const device = (namespace: string, name: string): Json => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace },
  spec: {
    ...{ accessModes: ['ReadWriteMany'], volumeMode: 'Block', storageClassName: 'nfs' },
    resources: { requests: { storage: '1Gi' } },
  },
});

/** A machine that names one claim twice, and may not start. */
const twice = (namespace: string, name: string): Json => {
  const names = ['a', 'b'];
  const devices = { disks: names.map((disk) => ({ name: disk, disk: { bus: 'virtio' } })) };
  const volumes = names.map((volume) => ({ name: volume, persistentVolumeClaim: { claimName: 'data' } }));
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace },
    spec: { runStrategy: 'Always', template: { spec: { domain: { devices }, volumes } } },
  };
};

test('the problems of an inventory begin with what is certain, and go by namespace and object', () => {
  const objects = [
    ...[device('d', 'z'), device('d', 'y'), device('c', 'x')],
    ...[twice('b', 'web'), twice('a', 'www'), twice('a', 'web')],
  ];
  const { problems } = inventory(objects, { catalog: CATALOG });
  expect(problems.map(({ namespace, object, isCertain }) => [namespace, object, isCertain])).toEqual([
    ['c', 'PersistentVolumeClaim x', true],
    ['d', 'PersistentVolumeClaim y', true],
    ['d', 'PersistentVolumeClaim z', true],
    ['a', 'VirtualMachine web', false],
    ['a', 'VirtualMachine www', false],
    ['b', 'VirtualMachine web', false],
  ]);
});
