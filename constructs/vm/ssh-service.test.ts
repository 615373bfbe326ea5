import { Chart, Size, Testing } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { Overrides } from '../shared/overrides';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';
import { SshService, SshServiceProps } from './ssh-service';
import { VirtualMachine } from './virtual-machine';

describe('SshService', () => {
  test('offers SSH inside the cluster', () => {
    const service = new SshService(testChart('apps'), 'ssh', { vm: { name: 'web', namespace: 'apps' } });
    expect(manifest(service)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web-ssh', namespace: 'apps' },
      spec: {
        type: 'ClusterIP',
        selector: { 'vm.kubevirt.io/name': 'web' },
        ports: [{ name: 'ssh', protocol: 'TCP', port: 22, targetPort: 22 }],
      },
    });
    expect(service.name).toBe('web-ssh');
    expect(service.namespace).toBe('apps');
  });

  test('takes all props', () => {
    const props: Required<SshServiceProps> = {
      vm: { name: 'web', namespace: 'apps' },
      name: 'web-login',
      namespace: 'apps',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      type: ServiceType.LOAD_BALANCER,
      port: 2222,
      overrides: {
        spec: {
          externalTrafficPolicy: 'Local',
          type: 'NodePort',
          unknownField: Overrides.unknownField({ kept: true }),
        },
      },
    };
    expect(manifest(new SshService(testChart(), 'ssh', props))).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web-login', namespace: 'apps', labels: { team: 'blue' }, annotations: { note: 'yes' } },
      spec: {
        type: 'NodePort',
        selector: { 'vm.kubevirt.io/name': 'web' },
        ports: [{ name: 'ssh', protocol: 'TCP', port: 2222, targetPort: 22 }],
        externalTrafficPolicy: 'Local',
        unknownField: { kept: true },
      },
    });
  });

  test('makes a name that a Service can have of a VM whose name has dots', () => {
    expect(new SshService(testChart(), 'ssh', { vm: { name: 'web.v2' } }).name).toBe('web-v2-ssh');
  });

  test.each([
    ['web', undefined, 'web'],
    ['web.v2.blue', undefined, 'web'],
    ['web', 'shop-front', 'shop-front'],
    ['web.v2', 'shop-front', 'shop-front'],
  ])('finds the pod of a VM named %s with the host name %s', (name, hostname, label) => {
    const service = new SshService(testChart(), 'ssh', { vm: VirtualMachine.fromName(name, { hostname }) });
    expect(manifest(service)).toMatchObject({ spec: { selector: { 'vm.kubevirt.io/name': label } } });
  });

  test('stands in the namespace of the VM, wherever its chart is', () => {
    const service = new SshService(testChart('other'), 'ssh', { vm: { name: 'web', namespace: 'apps' } });
    expect(manifest(service).metadata.namespace).toBe('apps');
    expect(service.namespace).toBe('apps');
  });

  test('takes a VM from outside the app that names no namespace to be where the Service is', () => {
    const service = new SshService(testChart('apps'), 'ssh', { vm: { name: 'web' } });
    expect(manifest(service).metadata.namespace).toBe('apps');
    expect(service.namespace).toBe('apps');
  });

  test.each([1, 65535])('takes the port %p', (port) => {
    expect(manifest(new SshService(testChart(), 'ssh', { vm: { name: 'web' }, port })).spec).toMatchObject({
      ports: [{ port, targetPort: 22 }],
    });
  });

  test.each([0, 65536, 22.5, null])('fails when the port is %p', (port) => {
    const failure = failureOf(
      () => new SshService(testChart(), 'ssh', { vm: { name: 'web' }, port: untyped<number>(port) }),
    );
    expect(failure).toBe(`[test/ssh] 'port' must be a whole number from 1 to 65535, got ${JSON.stringify(port)}`);
  });

  test.each<[string, unknown, string]>([
    ['no props', undefined, "'props' must be an object, got nothing"],
    ['null', null, "'props' must be an object, got null"],
    ['no VM', {}, "'vm' must be a VM, got nothing; give the BootableVM, or write VirtualMachine.fromName(…)"],
    ['null for the VM', { vm: null }, "'vm' must be a VM, got null"],
    ['the name of the VM', { vm: 'web' }, `'vm' must be a VM, got "web"; write VirtualMachine.fromName("web")`],
    ['an upper-case VM', { vm: { name: 'Web' } }, `'vm.name' must be a DNS name`],
    ['an upper-case namespace', { vm: { name: 'web', namespace: 'Apps' } }, `'vm.namespace' must be a DNS label`],
    ['a host name with a dot', { vm: { name: 'web', hostname: 'a.b' } }, `'vm.hostname' must be a DNS label`],
    ['another namespace', { vm: { name: 'web', namespace: 'a' }, namespace: 'b' }, `that of the VM ('a'), got "b"`],
    [
      'an upper-case name',
      { vm: { name: 'web' }, name: 'Ssh' },
      `'name' must be a DNS label that starts with a letter`,
    ],
    ['a name with a dot', { vm: { name: 'web' }, name: 'web.ssh' }, `got "web.ssh"; write 'web-ssh'`],
    ['a VM whose name is too long for it', { vm: { name: 'a'.repeat(60) } }, "'name' must be a DNS label"],
    ['a VM whose name starts with a digit', { vm: { name: '9web' } }, `'name' must be a DNS label that starts`],
    ['an unknown type', { vm: { name: 'web' }, type: 'LoadBalanced' }, `'type' must be 'ClusterIP'`],
    ['an unknown prop', { vm: { name: 'web' }, ports: [22] }, `'props' must have known keys only, got "ports"`],
    ['wrong labels', { vm: { name: 'web' }, labels: { a: 1 } }, `'labels["a"]' must be text`],
    ['wrong overrides', { vm: { name: 'web' }, overrides: 'x' }, "'overrides' must be a plain object"],
  ])('fails when given %s', (_, props, message) => {
    const failure = failureOf(() => new SshService(testChart(), 'ssh', untyped<SshServiceProps>(props)));
    expect(failure).toMatch(/^\[test\/ssh\] /);
    expect(failure).toContain(message);
  });

  test('fails when the VM of the app has no namespace and the Service has one', () => {
    const app = Testing.app();
    const bootDisk = Disk.fromClaimName('boot');
    const vm = new BootableVM(new Chart(app, 'vms'), 'web', { bootDisk, memory: Size.gibibytes(1) });
    const chart = new Chart(app, 'test', { namespace: 'apps' });
    expect(failureOf(() => new SshService(chart, 'ssh', { vm }))).toBe(
      `[test/ssh] 'namespace' must be left out, as the VM has no namespace, got "apps"`,
    );
  });
});
