import { Size } from 'cdk8s';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { BootableVM } from './bootable-vm';
import { ContainerDisk } from './container-disk';
import { InferenceFailurePolicy, Instancetype, Preference } from './instancetype';

describe('Instancetype', () => {
  test('refers to one of the cluster or of the namespace', () => {
    expect(Instancetype.cluster('u1.medium')._render()).toEqual({
      kind: 'VirtualMachineClusterInstancetype',
      name: 'u1.medium',
    });
    expect(Instancetype.namespaced('small')._render()).toEqual({ kind: 'VirtualMachineInstancetype', name: 'small' });
  });

  test.each([
    ['upper case', 'U1.medium', `got "U1.medium"; write 'u1.medium'`],
    ['empty text', '', 'got ""'],
    ['nothing', undefined, 'got nothing'],
    ['null', null, 'got null'],
  ])('fails when the name is %s', (_, name, got) => {
    const cluster = failureOf(() => Instancetype.cluster(untyped<string>(name)));
    expect(cluster).toMatch(/^\[Instancetype\.cluster\] 'name' must be a DNS name/);
    expect(cluster).toContain(got);
    const namespaced = failureOf(() => Instancetype.namespaced(untyped<string>(name)));
    expect(namespaced).toMatch(/^\[Instancetype\.namespaced\] 'name' must be a DNS name/);
  });
});

describe('Preference', () => {
  test('refers to one of the cluster or of the namespace', () => {
    expect(Preference.cluster('ubuntu')._render()).toEqual({
      kind: 'VirtualMachineClusterPreference',
      name: 'ubuntu',
    });
    expect(Preference.namespaced('ours')._render()).toEqual({ kind: 'VirtualMachinePreference', name: 'ours' });
  });

  test.each([
    ['upper case', 'Ubuntu', `got "Ubuntu"; write 'ubuntu'`],
    ['a number', 22, 'got 22'],
  ])('fails when the name is %s', (_, name, got) => {
    const cluster = failureOf(() => Preference.cluster(untyped<string>(name)));
    expect(cluster).toMatch(/^\[Preference\.cluster\] 'name' must be a DNS name/);
    expect(cluster).toContain(got);
    const namespaced = failureOf(() => Preference.namespaced(untyped<string>(name)));
    expect(namespaced).toMatch(/^\[Preference\.namespaced\] 'name' must be a DNS name/);
  });
});

describe('what is inferred from a disk', () => {
  test('names the disk alone', () => {
    expect(Instancetype.inferredFrom('rootdisk')._render()).toEqual({ inferFromVolume: 'rootdisk' });
    expect(Preference.inferredFrom('data')._render()).toEqual({ inferFromVolume: 'data' });
  });

  test('leaves the memory to the VM where its disk names no instance type and that is no failure', () => {
    const vm = (failurePolicy?: InferenceFailurePolicy): unknown =>
      new BootableVM(testChart('shop'), 'web', {
        bootDisk: ContainerDisk.of('a'),
        memory: Size.gibibytes(2),
        instancetype: Instancetype.inferredFrom('rootdisk', { failurePolicy }),
      });
    expect(manifest(vm(InferenceFailurePolicy.IGNORE) as BootableVM).spec).toMatchObject({
      instancetype: { inferFromVolume: 'rootdisk', inferFromVolumeFailurePolicy: 'Ignore' },
      template: { spec: { domain: { memory: { guest: '2Gi' } } } },
    });
    expect(() => vm(InferenceFailurePolicy.REJECT)).toThrow("'memory' must not be given beside an instancetype");
    expect(() => vm()).toThrow("'memory' must not be given beside an instancetype");
  });

  test('fails when it is not the name of a disk', () => {
    expect(() => Instancetype.inferredFrom('')).toThrow("[Instancetype.inferredFrom] 'disk' must be a DNS label");
    expect(() => Preference.inferredFrom('a.b')).toThrow("[Preference.inferredFrom] 'disk' must be a DNS label");
  });
});
