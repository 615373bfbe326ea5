import { Duration, Size } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { LabelRule } from '../shared/label-rule';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { ContainerDisk } from './container-disk';
import { GuestPort } from './guest-port';
import { Instancetype, Preference } from './instancetype';
import {
  PoolScaleIn,
  PoolSelection,
  PoolSortPolicy,
  PoolStatePreservation,
  PoolUpdate,
  ProactiveScaleInOptions,
} from './pool-strategy';
import { RunStrategy } from './run-strategy';
import {
  PoolAutohealing,
  PoolNameGeneration,
  VirtualMachinePool,
  VirtualMachinePoolProps,
} from './virtual-machine-pool';
import { VirtualMachineSnapshot } from './virtual-machine-snapshot';

const LEAST: BootableVMProps = {
  bootDisk: ContainerDisk.of('quay.io/containerdisks/fedora:41'),
  memory: Size.gibibytes(1),
};

function made(props: Partial<VirtualMachinePoolProps> = {}): VirtualMachinePool {
  return new VirtualMachinePool(testChart('shop'), 'web', { ...LEAST, ...props });
}

function podLabelsOf(pool: VirtualMachinePool): { [key: string]: string } {
  const { spec } = manifest(pool) as unknown as {
    spec: { virtualMachineTemplate: { spec: { template: { metadata: { labels: { [key: string]: string } } } } } };
  };
  return spec.virtualMachineTemplate.spec.template.metadata.labels;
}

describe('VirtualMachinePool', () => {
  test('fails when a Service would no longer find the guests, whose labels overrides have changed', () => {
    const pool = made();
    const [[label] = ['']] = Object.entries(podLabelsOf(pool));
    const changed = made({
      name: 'other',
      overrides: {
        spec: { virtualMachineTemplate: { spec: { template: { metadata: { labels: { [label]: 'x' } } } } } },
      },
    });
    expect(failureOf(() => changed.expose({ ports: [GuestPort.http()] }))).toContain(
      `keep '${label}' for a Service, got "x"`,
    );
    expect(() => changed.expose({ ports: [GuestPort.http()], selector: { [label]: 'x' } })).not.toThrow();
  });

  test('is a number of VMs that it knows by its name', () => {
    expect(manifest(made({ replicas: 3 }))).toEqual({
      apiVersion: 'pool.kubevirt.io/v1beta1',
      kind: 'VirtualMachinePool',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { 'kubevirt.io/vmpool': 'web' } },
        virtualMachineTemplate: {
          metadata: { labels: { 'kubevirt.io/vmpool': 'web' } },
          spec: {
            runStrategy: 'Always',
            template: {
              metadata: { labels: { 'kubevirt.io/vmpool': 'web' } },
              spec: {
                domain: {
                  devices: {
                    disks: [{ name: 'rootdisk', disk: { bus: 'virtio' } }],
                    interfaces: [{ name: 'default', masquerade: {} }],
                  },
                  memory: { guest: '1Gi' },
                },
                networks: [{ name: 'default', pod: {} }],
                volumes: [{ name: 'rootdisk', containerDisk: { image: 'quay.io/containerdisks/fedora:41' } }],
              },
            },
          },
        },
      },
    });
  });

  test('takes all props of its own', () => {
    const selection: Required<PoolSelection> = {
      sortPolicy: PoolSortPolicy.NEWEST,
      matchLabels: { tier: 'front' },
      rules: [LabelRule.exists('app')],
      nodeRules: [LabelRule.in('zone', ['b'])],
    };
    const scaleIn: Required<ProactiveScaleInOptions> = { selection, statePreservation: PoolStatePreservation.OFFLINE };
    const nameGeneration: Required<PoolNameGeneration> = {
      appendIndexToConfigMapRefs: true,
      appendIndexToSecretRefs: false,
    };
    const autohealing: Required<PoolAutohealing> = {
      startUpFailureThreshold: 5,
      minFailingToStartDuration: Duration.minutes(10),
    };
    const own: Required<Omit<VirtualMachinePoolProps, keyof BootableVMProps>> = {
      replicas: 0,
      selector: { app: 'web' },
      selectorRules: [LabelRule.in('owner', ['blue'])],
      paused: false,
      vmLabels: { owner: 'blue' },
      vmAnnotations: { note: 'machine' },
      maxUnavailable: PercentOrAbsolute.percent(25),
      nameGeneration,
      scaleInStrategy: PoolScaleIn.proactive(scaleIn),
      updateStrategy: PoolUpdate.proactive(selection),
      autohealing,
    };
    const selectionPolicy = {
      sortPolicy: 'Newest',
      selectors: {
        labelSelector: { matchLabels: { tier: 'front' }, matchExpressions: [{ key: 'app', operator: 'Exists' }] },
        nodeSelectorRequirementMatcher: [{ key: 'zone', operator: 'In', values: ['b'] }],
      },
    };
    expect(manifest(made({ ...own, templateLabels: { tier: 'front' } })).spec).toMatchObject({
      replicas: 0,
      paused: false,
      selector: {
        matchLabels: { app: 'web' },
        matchExpressions: [{ key: 'owner', operator: 'In', values: ['blue'] }],
      },
      maxUnavailable: '25%',
      nameGeneration: { appendIndexToConfigMapRefs: true, appendIndexToSecretRefs: false },
      scaleInStrategy: { proactive: { selectionPolicy, statePreservation: 'Offline' } },
      updateStrategy: { proactive: { selectionPolicy } },
      autohealing: { startUpFailureThreshold: 5, minFailingToStartDuration: '600s' },
      virtualMachineTemplate: {
        metadata: { labels: { owner: 'blue', app: 'web' }, annotations: { note: 'machine' } },
        spec: { template: { metadata: { labels: { tier: 'front', app: 'web' } } } },
      },
    });
  });

  test.each<[string, Partial<VirtualMachinePoolProps>, object]>([
    ['one VM that is down', { maxUnavailable: PercentOrAbsolute.absolute(1) }, { maxUnavailable: 1 }],
    ['all that are down', { maxUnavailable: PercentOrAbsolute.percent(100) }, { maxUnavailable: '100%' }],
    ['scaling in that is yours', { scaleInStrategy: PoolScaleIn.unmanaged() }, { scaleInStrategy: { unmanaged: {} } }],
    [
      'scaling in by others',
      { scaleInStrategy: PoolScaleIn.opportunistic(PoolStatePreservation.ONLINE) },
      { scaleInStrategy: { opportunistic: { statePreservation: 'Online' } } },
    ],
    ['updates at a restart', { updateStrategy: PoolUpdate.opportunistic() }, { updateStrategy: { opportunistic: {} } }],
    ['no updates', { updateStrategy: PoolUpdate.unmanaged() }, { updateStrategy: { unmanaged: {} } }],
    ['updates at once', { updateStrategy: PoolUpdate.proactive() }, { updateStrategy: { proactive: {} } }],
  ])('takes %s', (_, props, expected) => {
    expect(manifest(made(props)).spec).toMatchObject(expected);
  });

  test.each<[string, PoolSelection, object]>([
    ['the newest', { sortPolicy: PoolSortPolicy.NEWEST }, { sortPolicy: 'Newest' }],
    [
      'those with labels',
      { matchLabels: { tier: 'front' } },
      { selectors: { labelSelector: { matchLabels: { tier: 'front' } } } },
    ],
    [
      'those by rules',
      { rules: [LabelRule.exists('app')] },
      { selectors: { labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } } },
    ],
    [
      'those of nodes',
      { nodeRules: [LabelRule.exists('gpu')] },
      { selectors: { nodeSelectorRequirementMatcher: [{ key: 'gpu', operator: 'Exists' }] } },
    ],
  ])('updates %s, and says nothing else', (_, selection, selectionPolicy) => {
    const { spec } = manifest(made({ updateStrategy: PoolUpdate.proactive(selection) }));
    expect((spec as { readonly updateStrategy: unknown }).updateStrategy).toEqual({ proactive: { selectionPolicy } });
  });

  test('makes disks of a template for each VM, and VMs as a BootableVM of the same props', () => {
    const source = DataVolumeSource.blank();
    const boot = () => DataVolumeTemplate.of('web-boot', { source, size: Size.gibibytes(5) });
    const props: Omit<BootableVMProps, 'bootDisk'> = {
      instancetype: Instancetype.cluster('u1.medium'),
      preference: Preference.cluster('fedora'),
      runStrategy: RunStrategy.MANUAL,
      templateLabels: { app: 'web' },
    };
    const selector = { app: 'web' };
    const pool = manifest(new VirtualMachinePool(testChart(), 'web', { ...props, bootDisk: boot(), selector }));
    const vm = manifest(new BootableVM(testChart(), 'web', { ...props, bootDisk: boot() }));
    expect(pool.spec).toMatchObject({
      virtualMachineTemplate: { spec: { dataVolumeTemplates: [{ metadata: { name: 'web-boot' } }] } },
    });
    expect(pool.spec).toMatchObject({ virtualMachineTemplate: { spec: vm.spec } });
  });

  test('offers ports of all its guests', () => {
    const pool = made();
    pool.expose({ ports: [GuestPort.http()] });
    expect(manifests(pool)[1]).toMatchObject({
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { 'kubevirt.io/vmpool': 'web' } },
    });
  });

  test('fails when it is taken for one VM', () => {
    const pool = made();
    expect(failureOf(() => new VirtualMachineSnapshot(testChart('shop'), 's', { vm: pool }))).toBe(
      "[test/s] 'vm' must be one VM, got a VirtualMachinePool; name one that it made: VirtualMachine.fromName('NAME-0')",
    );
  });

  test.each<[string, object, string]>([
    [
      'text for what may be down',
      { maxUnavailable: '25%' },
      `must be a PercentOrAbsolute of cdk8s-plus-27, got "25%"; write PercentOrAbsolute.percent(25)`,
    ],
    ['other text', { maxUnavailable: '25' }, 'got "25"; write for example PercentOrAbsolute.percent(25)'],
    ['a number for what may be down', { maxUnavailable: 1 }, 'got 1; write PercentOrAbsolute.absolute(1)'],
    ['0 for what may be down', { maxUnavailable: 0 }, 'got 0; write for example PercentOrAbsolute.percent(25)'],
    [
      'nothing that may be down',
      { maxUnavailable: PercentOrAbsolute.absolute(0) },
      'be at least 1, or 1% to 100%, got 0',
    ],
    [
      'too many of a hundred',
      { maxUnavailable: PercentOrAbsolute.percent(101) },
      'be at least 1, or 1% to 100%, got "101%"',
    ],
    [
      'no failure',
      { autohealing: { startUpFailureThreshold: 0 } },
      "'autohealing.startUpFailureThreshold' must be a whole",
    ],
    ['a strategy that is text', { updateStrategy: 'proactive' }, "'updateStrategy' must be a PoolUpdate"],
    [
      'labels that differ',
      { selector: { a: 'b' }, vmLabels: { a: 'c' } },
      `'vmLabels["a"]' must be that of the selector`,
    ],
    [
      'a condition that its VMs do not fulfil',
      { templateLabels: { tier: 'front' }, selectorRules: [LabelRule.exists('tier')] },
      `'selectorRules[0]' must be fulfilled by the labels of its machines, got {"kubevirt.io/vmpool":"web"}`,
    ],
    ['no memory', { memory: undefined }, "'memory' must be given"],
    ['a misspelt prop', { maxUnavailabl: 1 }, `got "maxUnavailabl"; write 'maxUnavailable'`],
  ])('fails when given %s', (_, props, message) => {
    expect(failureOf(() => made(untyped(props)))).toContain(message);
  });

  test.each<[string, () => unknown, string]>([
    [
      'an unknown order',
      () => PoolUpdate.proactive(untyped({ sortPolicy: 'First' })),
      "'selection.sortPolicy' must be",
    ],
    ['an unknown state', () => PoolScaleIn.opportunistic(untyped('offline')), "write 'Offline'"],
    [
      'a rule that is text',
      () => PoolUpdate.proactive(untyped({ nodeRules: ['a'] })),
      "'selection.nodeRules[0]' must be",
    ],
    ['an unknown option', () => PoolScaleIn.proactive(untyped({ select: {} })), `got "select"; write 'selection'`],
  ])('fails when a strategy is made of %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  testEscapeHatch((overrides) =>
    made({ labels: { app: 'web', gone: 'yes' }, annotations: { note: 'yes' }, overrides }),
  );
});
