import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { LiveMigration } from './live-migration';
import { SshService } from './ssh-service';
import { VirtualMachine, VirtualMachineFacts } from './virtual-machine';

describe('VirtualMachine.fromName', () => {
  test('is a VM of that name, in the namespace of what serves it', () => {
    const vm = VirtualMachine.fromName('web');
    expect(vm).toEqual({ name: 'web' });
    const migration = new LiveMigration(testChart('shop'), 'move', { vm });
    expect(manifest(migration)).toMatchObject({
      metadata: { name: 'move', namespace: 'shop' },
      spec: { vmiName: 'web' },
    });
  });

  test('takes every fact', () => {
    const facts: Required<VirtualMachineFacts> = { namespace: 'shop', hostname: 'front' };
    const service = new SshService(testChart('other'), 'ssh', { vm: VirtualMachine.fromName('web', facts) });
    expect(manifest(service)).toMatchObject({
      metadata: { name: 'web-ssh', namespace: 'shop' },
      spec: { selector: { 'vm.kubevirt.io/name': 'front' } },
    });
  });

  test.each<[unknown, unknown, string]>([
    ['Web', {}, "'name' must be a DNS name"],
    [undefined, {}, "'name' must be a DNS name"],
    ['a'.repeat(64), {}, 'at most 63 characters'],
    ['web', null, "'facts' must be an object, got null"],
    ['web', { namespace: 'Shop' }, "'namespace' must be a DNS label"],
    ['web', { hostname: 'front.shop' }, "'hostname' must be a DNS label"],
    ['web', { nameSpace: 'shop' }, `'facts' must have known keys only, got "nameSpace"; write 'namespace'`],
  ])('fails when given %p and %j', (name, facts, message) => {
    const failure = failureOf(() =>
      VirtualMachine.fromName(untyped<string>(name), untyped<VirtualMachineFacts>(facts)),
    );
    expect(failure).toMatch(/^\[VirtualMachine\.fromName\] /);
    expect(failure).toContain(message);
  });

  test('takes a name of 63 characters', () => {
    expect(VirtualMachine.fromName('a'.repeat(63)).name).toHaveLength(63);
  });
});
