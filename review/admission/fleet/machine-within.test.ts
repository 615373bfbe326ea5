import { review, ReviewOptions, Severity } from '../..';

const LABELS = { labels: { a: 'b' } };
const DISK = { name: 'root', disk: { bus: 'virtio' } };
const VOLUME = { name: 'root', persistentVolumeClaim: { claimName: 'p' } };

/** The template of an instance. */
function template(domain: object = {}, spec: object = {}, metadata: object | null = LABELS): object {
  const whole = { devices: { disks: [DISK] }, memory: { guest: '2Gi' }, ...domain };
  return { metadata, spec: { volumes: [VOLUME], ...spec, domain: whole } };
}

function replicaSet(...parts: Parameters<typeof template>): object {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstanceReplicaSet',
    metadata: { name: 'r', namespace: 'default' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: template(...parts) },
  };
}

function pool(machine: object, ...parts: Parameters<typeof template>): object {
  return {
    apiVersion: 'pool.kubevirt.io/v1alpha1',
    kind: 'VirtualMachinePool',
    metadata: { name: 'p', namespace: 'default' },
    spec: {
      selector: { matchLabels: { a: 'b' } },
      virtualMachineTemplate: {
        metadata: LABELS,
        spec: { runStrategy: 'Always', template: template(...parts), ...machine },
      },
    },
  };
}

function found(severity: Severity, manifest: object, options: ReviewOptions = {}): string[] {
  const external = ['p', 'dv'].map((name) => ({ kind: 'PersistentVolumeClaim', name }));
  return review([manifest], { external, ...options })
    .filter((finding) => finding.severity === severity)
    .map(({ rule, field }) => `${rule} ${field}`);
}

const errors = (manifest: object, options?: ReviewOptions) => found(Severity.ERROR, manifest, options);
const warnings = (manifest: object) => found(Severity.WARNING, manifest);

describe('the template of a VirtualMachineInstanceReplicaSet', () => {
  test.each([
    ['as it should be', replicaSet()],
    ['with a volume that has no disk', replicaSet({ devices: {} })],
    ['without a bus', replicaSet({ devices: { disks: [{ name: 'root' }] } })],
    [
      'with a label that machines may not have',
      replicaSet({}, {}, { labels: { a: 'b', 'kubevirt.io/nodeName': 'n' } }),
    ],
    ['in a cluster that forbids the default binding', replicaSet()],
  ])('is accepted %s', (_title, manifest) => {
    const network = { permitBridgeInterfaceOnPodNetwork: false };
    expect(errors(manifest, { configuration: { network } })).toEqual([]);
  });

  const T = 'spec.template.spec';
  test.each([
    [
      `disk-bus-known ${T}.domain.devices.disks[0].disk.bus`,
      replicaSet({ devices: { disks: [{ name: 'root', disk: { bus: 'ide' } }] } }),
    ],
    [`hostname-label ${T}.hostname`, replicaSet({}, { hostname: 'A' })],
    [`probe-pod-network ${T}.readinessProbe.tcpSocket`, replicaSet({}, { readinessProbe: { tcpSocket: { port: 1 } } })],
    [`template-metadata-known-keys spec.template.metadata.label`, replicaSet({}, {}, { ...LABELS, label: {} })],
    [
      `toleration-operator-known ${T}.tolerations[0].operator`,
      replicaSet({}, { tolerations: [{ key: 'k', operator: 'x' }] }),
    ],
  ])('fails by %s', (error, manifest) => {
    expect(errors(manifest)).toEqual([error]);
  });

  test('warns of what its instances will be refused for', () => {
    expect(warnings(replicaSet({ memory: undefined }))).toEqual([`start-memory ${T}.domain.memory.guest`]);
  });
});

describe('the machine of a VirtualMachinePool', () => {
  const M = 'spec.virtualMachineTemplate.spec';
  const T = `${M}.template.spec`;

  test('is accepted as it should be', () => {
    expect(errors(pool({}))).toEqual([]);
    expect(warnings(pool({}))).toEqual([]);
  });

  const unused = {
    metadata: { name: 'dv' },
    spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '1Gi' } } } },
  };
  test.each([
    [`disk-volume-exists ${T}.domain.devices.disks[1].name`, pool({}, { devices: { disks: [DISK, { name: 'x' }] } })],
    [`run-strategy-known ${M}.runStrategy`, pool({ runStrategy: 'always' })],
    [`run-strategy-exclusive ${M}.running`, pool({ running: true })],
    [`data-volume-template-used ${M}.dataVolumeTemplates[0].metadata.name`, pool({ dataVolumeTemplates: [unused] })],
    [
      `template-label-reserved ${M}.template.metadata.labels`,
      pool({}, {}, {}, { labels: { 'kubevirt.io/nodeName': 'n' } }),
    ],
    [
      `memory-max-guest-order ${T}.domain.memory.guest`,
      pool({}, { memory: { guest: '4Gi', maxGuest: '2Gi' } }, { architecture: 'amd64' }),
    ],
    [`dns-nameserver-address ${T}.dnsConfig.nameservers`, pool({}, {}, { dnsConfig: { nameservers: ['x'] } })],
  ])('fails by %s', (error, manifest) => {
    expect(errors(manifest)).toEqual([error]);
  });

  test('says in its remedy where the field stands', () => {
    const networks = [{ name: 'n', pod: {} }];
    const [finding] = review([pool({}, {}, { networks })], {
      external: [{ kind: 'PersistentVolumeClaim', name: 'p' }],
    });
    expect(finding?.remedy).toContain(`${T}.domain.devices.interfaces`);
  });

  test('warns of what CDI will refuse, and of what fails at the start', () => {
    const small = {
      metadata: { name: 'dv' },
      spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '1k' } } } },
    };
    const volumes = [{ name: 'root', dataVolume: { name: 'dv' } }];
    expect(warnings(pool({ dataVolumeTemplates: [small] }, { memory: undefined }, { volumes }))).toEqual([
      `cdi-template-size-least ${M}.dataVolumeTemplates[0].spec.storage.resources.requests.storage`,
      `start-memory ${T}.domain.memory.guest`,
    ]);
  });
});
