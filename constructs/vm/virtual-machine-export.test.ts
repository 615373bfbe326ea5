import { Duration } from 'cdk8s';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { VirtualMachineExport, VirtualMachineExportProps, VmExportSource } from './virtual-machine-export';
import { VirtualMachineSnapshot } from './virtual-machine-snapshot';

const WEB = { name: 'web', namespace: 'shop' };
const source = VmExportSource.vm(WEB);

describe('VirtualMachineExport', () => {
  test.each<[string, VmExportSource, object]>([
    ['a VM', source, { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' }],
    [
      'a snapshot',
      VmExportSource.snapshot(VirtualMachineSnapshot.fromName('monday', { namespace: 'shop' })),
      { apiGroup: 'snapshot.kubevirt.io', kind: 'VirtualMachineSnapshot', name: 'monday' },
    ],
    [
      'a disk',
      VmExportSource.claim(Disk.fromClaimName('data', { namespace: 'shop' })),
      { apiGroup: '', kind: 'PersistentVolumeClaim', name: 'data' },
    ],
  ])('exports %s, in its namespace', (_, from, expected) => {
    const exported = new VirtualMachineExport(testChart(), 'fetch', { source: from });
    expect(manifest(exported)).toEqual({
      apiVersion: 'export.kubevirt.io/v1',
      kind: 'VirtualMachineExport',
      metadata: { name: 'fetch', namespace: 'shop' },
      spec: { source: expected },
    });
    expect(exported).toMatchObject({ name: 'fetch', namespace: 'shop' });
  });

  test('takes all props', () => {
    const props: Required<VirtualMachineExportProps> = {
      source,
      tokenSecretName: 'token',
      ttl: Duration.hours(1),
      name: 'fetch-1',
      namespace: 'shop',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { apiVersion: 'export.kubevirt.io/v1beta1' },
    };
    expect(manifest(new VirtualMachineExport(testChart(), 'fetch', props))).toEqual({
      apiVersion: 'export.kubevirt.io/v1beta1',
      kind: 'VirtualMachineExport',
      metadata: { name: 'fetch-1', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'yes' } },
      spec: {
        source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' },
        tokenSecretRef: 'token',
        ttlDuration: '3600s',
      },
    });
  });

  test.each<[string, object, string]>([
    ['no source', { source: undefined }, "'source' must be given, got nothing"],
    [
      'a VM for the source',
      { source: WEB },
      "'source' must be a VmExportSource, got an object; write VmExportSource.vm(it)",
    ],
    ['another namespace', { namespace: 'b' }, "'namespace' must be 'shop': an export is beside its source, got \"b\""],
    ['no time', { ttl: Duration.seconds(0) }, "'ttl' must be a whole number of at least 1, got 0"],
    ['a Secret with an upper-case name', { tokenSecretName: 'Token' }, "'tokenSecretName' must be a DNS name"],
    ['a misspelt prop', { tokenSecret: 'a' }, `got "tokenSecret"; write 'tokenSecretName'`],
  ])('fails when given %s', (_, props, message) => {
    const all = untyped<VirtualMachineExportProps>({ source, ...props });
    expect(failureOf(() => new VirtualMachineExport(testChart(), 'fetch', all))).toContain(message);
  });

  test.each<[string, () => unknown, string]>([
    ['text for a VM', () => VmExportSource.vm(untyped('web')), "[VmExportSource.vm] 'vm' must be a VM"],
    [
      'text for a snapshot',
      () => VmExportSource.snapshot(untyped('a')),
      "[VmExportSource.snapshot] 'snapshot' must be",
    ],
    ['text for a disk', () => VmExportSource.claim(untyped('a')), "[VmExportSource.claim] 'disk' must be a disk"],
  ])('fails when its source is made of %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  testEscapeHatch(
    (overrides) =>
      new VirtualMachineExport(testChart(), 'fetch', {
        source,
        labels: { app: 'web', gone: 'yes' },
        annotations: { note: 'yes' },
        overrides,
      }),
  );
});
