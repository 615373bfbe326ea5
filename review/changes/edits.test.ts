import { Json } from '../rule';
import { Consequence, diff, DiffOptions } from '.';

/** Ordinary edits of a pull request, one object before and after. */
function first(old: Json[], next: Json[], options: DiffOptions = {}): unknown {
  const [change] = diff(old, next, options).changes;
  return change === undefined ? undefined : { consequence: change.consequence, message: change.message };
}

function object(apiVersion: string, kind: string, rest: Json, metadata: Json = {}): Json {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop', ...metadata }, ...rest };
}

const template = (name: string, storage = '10Gi'): Json => ({
  metadata: { name },
  spec: { source: { blank: {} }, storage: { resources: { requests: { storage } } } },
});

function machine(metadata: Json = {}, guest = '2Gi', disk = 'boot', volume = 'boot', claims: Json = {}): Json {
  const spec = {
    runStrategy: 'Always',
    dataVolumeTemplates: [template(disk)],
    template: {
      spec: {
        domain: { memory: { guest }, devices: { disks: [{ name: volume, disk: { bus: 'virtio' } }] } },
        volumes: [{ name: volume, dataVolume: { name: disk } }],
      },
    },
    ...claims,
  };
  return object('kubevirt.io/v1', 'VirtualMachine', { spec }, metadata);
}

function claim(storage: string, rest: Json = {}, spec: Json = {}, metadata: Json = {}): Json {
  const whole = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec };
  return object('v1', 'PersistentVolumeClaim', { spec: whole, ...rest }, metadata);
}

describe('a Secret', () => {
  const secret = (data: Json, metadata: Json = {}): Json => object('v1', 'Secret', data, metadata);

  test.each([
    ['data', { userdata: 'hunter2 in the clear!' }],
    ['stringData', { pin: 470911 }],
  ])('that is refused shows no value of %s', (key, values) => {
    const { changes, worst } = diff([secret({ data: {} })], [secret({ [key]: values })]);
    expect(worst).toBe(Consequence.REFUSED);
    expect(JSON.stringify(changes)).toContain('got a value that is not shown');
    expect(JSON.stringify(changes)).not.toMatch(/hunter2|470911/);
  });

  test('of a cluster is equal to stringData of the same values', () => {
    const live = secret({ data: { userdata: 'aHVudGVyMg==' }, type: 'Opaque' }, { uid: 'a' });
    expect(diff([live], [secret({ stringData: { userdata: 'hunter2' } })]).changes).toEqual([]);
  });

  test('of a cluster loses a value that was applied last', () => {
    const applied = JSON.stringify(secret({ stringData: { userdata: 'hunter2', other: 'x' } }));
    const live = secret(
      { data: { userdata: 'aHVudGVyMg==', other: 'eA==' } },
      { uid: 'a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied } },
    );
    const found = first([live], [secret({ stringData: { userdata: 'hunter2' } })]);
    expect(found).toEqual({ consequence: 'in-place', message: 'the data changes' });
  });

  test('that is marked immutable is a change', () => {
    const [old, next] = [secret({ data: { a: 'Yg==' } }), secret({ data: { a: 'Yg==' }, immutable: true })];
    expect(first([old], [next])).toEqual({ consequence: 'in-place', message: 'the Secret is marked immutable' });
  });
});

describe('a restore', () => {
  const snapshot = object(
    'snapshot.kubevirt.io/v1beta1',
    'VirtualMachineSnapshot',
    { spec: { source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' } } },
    { name: 'monday' },
  );
  const restore = (name: string): Json =>
    object('snapshot.kubevirt.io/v1beta1', 'VirtualMachineRestore', {
      spec: {
        target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name },
        virtualMachineSnapshotName: 'monday',
      },
    });
  const options = { featureGates: ['Snapshot'] };

  test('into the machine of the snapshot loses what was written since', () => {
    expect(diff([snapshot], [snapshot, restore('web')], options).worst).toBe(Consequence.DATA_LOST);
  });

  test('into a machine that does not exist loses nothing, and says what it assumes', () => {
    const { changes } = diff([snapshot], [snapshot, restore('copy')], options);
    expect(changes).toMatchObject([
      {
        consequence: 'created',
        assumed: ['there is no VirtualMachine copy: the disks of one would be replaced'],
      },
    ]);
  });

  test('into another machine that exists loses the data of that one', () => {
    const other = machine({ name: 'copy' });
    expect(diff([snapshot, other], [snapshot, other, restore('copy')], options).worst).toBe(Consequence.DATA_LOST);
  });
});

describe('a machine', () => {
  test('that is renamed and changed in one edit takes its disks with it when the old one goes', () => {
    const { changes } = diff([machine()], [machine({ name: 'www' }, '3Gi')]);
    expect(changes[0]).toMatchObject({ consequence: 'new-disk', message: 'VirtualMachine www is new' });
    expect(changes[0]!.reason).toContain('its disks (boot) still belong to the old machine web');
  });

  test('that moves to another namespace gets fresh disks there', () => {
    const { changes } = diff([machine()], [machine({ namespace: 'mart' })]);
    expect(changes[0]).toMatchObject({
      consequence: 'new-disk',
      message: 'VirtualMachine web is moved to namespace mart',
    });
    expect(changes[0]!.reason).toContain('what is on the old ones does not move');
  });

  test('whose disk, volume and template are renamed at once gets a new disk', () => {
    const { changes } = diff([machine()], [machine({}, '2Gi', 'root', 'root')]);
    expect(changes[0]).toMatchObject({
      consequence: 'new-disk',
      message: 'the template of disk boot is renamed to root',
    });
  });

  test('does not migrate a disk whose volume is renamed, too', () => {
    const migrates = { updateVolumesStrategy: 'Migration' };
    const { worst } = diff(
      [machine({}, '2Gi', 'boot', 'boot', migrates)],
      [machine({}, '2Gi', 'root', 'root', migrates)],
    );
    expect(worst).toBe(Consequence.NEW_DISK);
  });

  test('of a cluster is the one that a manifest without a namespace is applied to', () => {
    const live = { ...machine({ uid: 'a' }), status: { printableStatus: 'Running' } };
    const { changes } = diff([live], [machine({ namespace: undefined }, '4Gi')]);
    expect(changes.map(({ message }) => message)).toEqual(['memory of the guest 2Gi → 4Gi']);
  });

  test.each([
    [{ running: true }, { runStrategy: 'Halted' }, ['stopped']],
    [{ runStrategy: 'Halted' }, { running: true }, ['started']],
    [{ running: true }, { runStrategy: 'Always' }, []],
    [{ runStrategy: 'Always' }, { running: true }, []],
  ])('of a cluster with %j that a manifest says otherwise: %j', (was, is, expected) => {
    const runs = (spec: Json, metadata: Json = {}): Json =>
      machine(metadata, '2Gi', 'boot', 'boot', { runStrategy: undefined, ...spec });
    const { changes } = diff([runs(was, { uid: 'a' })], [runs(is)]);
    expect(changes.map(({ consequence }) => consequence)).toEqual(expected);
  });

  test('whose user data is refused does not show it', () => {
    const userData = (userDataBase64: string): Json => {
      const volumes = [
        { name: 'boot', dataVolume: { name: 'boot' } },
        { name: 'init', cloudInitNoCloud: { userDataBase64 } },
      ];
      const disks = ['boot', 'init'].map((name) => ({ name, disk: { bus: 'virtio' } }));
      const spec = { domain: { memory: { guest: '2Gi' }, devices: { disks } }, volumes };
      return machine({}, '2Gi', 'boot', 'boot', { template: { spec } });
    };
    const { changes, worst } = diff([userData('aHVudGVyMg==')], [userData('hunter2 !!')]);
    expect(worst).toBe(Consequence.REFUSED);
    expect(JSON.stringify(changes)).not.toContain('hunter2');
  });

  test('that does not run is told that a new claim has no data of the old one', () => {
    const [old, next] = ['a', 'b'].map((claimName) =>
      machine({}, '2Gi', 'boot', 'boot', {
        runStrategy: 'Halted',
        dataVolumeTemplates: [],
        template: {
          spec: {
            domain: { memory: { guest: '2Gi' }, devices: { disks: [{ name: 'data', disk: { bus: 'virtio' } }] } },
            volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
          },
        },
      }),
    );
    expect(diff([old!], [next!]).changes).toMatchObject([
      {
        message: 'volume data: a → b',
        reason: 'the machine does not run: the next start takes it; what is on the old disk is not copied',
      },
    ]);
  });
});

describe('a claim', () => {
  test('that was never bound has no data to lose', () => {
    const pending = claim('1Gi', { status: { phase: 'Pending' } });
    expect(diff([pending], [], { prune: true }).worst).toBe(Consequence.REMOVED);
    expect(diff([claim('1Gi')], [], { prune: true, bound: false }).worst).toBe(Consequence.REMOVED);
  });

  test.each([
    ['Retain', 'removed'],
    ['Delete', 'data-lost'],
    // https://kubernetes.io/docs/concepts/storage/persistent-volumes/#retain: of a volume made by hand.
    [undefined, 'removed'],
  ])('of a cluster goes as the reclaim policy of its own volume says: %s', (policy, worst) => {
    const applied = JSON.stringify(claim('1Gi'));
    const live = claim(
      '1Gi',
      { status: { phase: 'Bound' } },
      { volumeName: 'pv-1', storageClassName: 'fast' },
      { uid: 'a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied } },
    );
    const volume = object(
      'v1',
      'PersistentVolume',
      { spec: { persistentVolumeReclaimPolicy: policy } },
      { name: 'pv-1', namespace: undefined },
    );
    expect(diff([live], [], { prune: true, storage: [volume] }).worst).toBe(worst);
  });

  test.each([
    [{}, {}, 'in-place'],
    [{}, { bound: false }, 'refused'],
    [{ status: { phase: 'Bound' } }, { bound: false }, 'in-place'],
    [{ status: { phase: 'Pending' } }, {}, 'refused'],
  ])('with %j changes its volumeAttributesClassName by %j: %s', (status, options, consequence) => {
    const [old, next] = ['silver', 'gold'].map((name) => claim('1Gi', status, { volumeAttributesClassName: name }));
    expect(diff([old], [next], options).worst).toBe(consequence);
  });

  test.each([
    [claim('1Gi'), {}, ['the claim is bound', 'the class fast expands volumes']],
    [claim('1Gi', { status: { phase: 'Bound' } }), {}, ['the class fast expands volumes']],
    [claim('1Gi'), { bound: true }, ['the class fast expands volumes']],
  ])('of a class that is not known grows by what is assumed', (old, options, assumed) => {
    const next = claim('2Gi', {}, { storageClassName: 'fast' });
    const spec = { ...(old.spec as Json), storageClassName: 'fast' };
    const [change] = diff([{ ...old, spec }], [next], options).changes;
    expect(change).toMatchObject({ consequence: 'in-place', assumed });
  });

  test('without a class is refused growth where the default class does not expand', () => {
    const fast = object(
      'storage.k8s.io/v1',
      'StorageClass',
      { provisioner: 'x' },
      {
        name: 'fast',
        namespace: undefined,
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
    );
    expect(diff([claim('1Gi')], [claim('2Gi')], { storage: [fast] }).worst).toBe(Consequence.REFUSED);
  });
});

test('a DataVolume that is to grow is told to grow its claim', () => {
  const volume = (storage: string): Json =>
    object('cdi.kubevirt.io/v1beta1', 'DataVolume', { spec: template('', storage).spec });
  const [change] = diff([volume('10Gi')], [volume('20Gi')]).changes;
  expect(change).toMatchObject({ consequence: 'refused', message: 'storage.resources.requests.storage 10Gi → 20Gi' });
  expect(change!.remedy).toContain('spec.resources.requests.storage: 20Gi on PersistentVolumeClaim web');
});

test('a refusal of an object without a spec names what changes', () => {
  const [change] = diff([object('v1', 'Secret', { data: {} })], [object('v1', 'Secret', { data: { a: '!' } })]).changes;
  expect(change!.message).toBe('data.a changes');
});

test('a Service with its defaults written out is no change', () => {
  const service = (spec: Json): Json => object('v1', 'Service', { spec: { selector: { app: 'web' }, ...spec } });
  const written = {
    type: 'ClusterIP',
    sessionAffinity: 'None',
    ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
  };
  expect(diff([service({ ports: [{ port: 80 }] })], [service(written)]).changes).toEqual([]);
});

test.each([
  [['http', ''], ['refused: a port without a name [spec.ports[1].name]']],
  [['', 'http'], ['refused: a port without a name [spec.ports[0].name]']],
  [['http', 'ssh'], []],
])('a Service with ports named %j has a name for each', (names, found) => {
  const service = (ports: Json[]): Json => object('v1', 'Service', { spec: { selector: { app: 'web' }, ports } });
  const ports = names.map((name, index) => ({ port: 80 + index, ...(name === '' ? {} : { name }) }));
  const changes = diff([service([{ port: 80 }])], [service(ports)]).changes;
  const refused = changes.filter(({ consequence }) => consequence === Consequence.REFUSED);
  expect(refused.map((one) => `${one.consequence}: ${one.message} [${one.field}]`)).toEqual(found);
});

test('a VirtualMachineInstance is changed by KubeVirt alone', () => {
  const vmi = (guest: string): Json =>
    object('kubevirt.io/v1', 'VirtualMachineInstance', { spec: { domain: { memory: { guest }, devices: {} } } });
  expect(diff([vmi('1Gi')], [vmi('1Gi')]).changes).toEqual([]);
  expect(diff([vmi('1Gi')], [vmi('2Gi')]).changes).toMatchObject([{ consequence: 'refused', field: 'spec' }]);
});

test('a binding shows what of its role changes', () => {
  const binding = (name: string): Json =>
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [],
    });
  expect(first([binding('view')], [binding('edit')])).toEqual({
    consequence: 'refused',
    message: 'roleRef.name view → edit',
  });
});

test('the server fills in the group of a role in bindings alone', () => {
  const of = (apiVersion: string, kind: string) => (more: Json) =>
    object(apiVersion, kind, { roleRef: { kind: 'Role', name: 'view', ...more } });
  const group = { apiGroup: 'rbac.authorization.k8s.io' };
  const binding = of('rbac.authorization.k8s.io/v1', 'RoleBinding');
  expect(diff([binding({})], [binding(group)]).changes).toEqual([]);
  const grant = of('example.org/v1', 'Grant');
  expect(first([grant({})], [grant(group)])).toMatchObject({ message: expect.stringContaining('apiGroup') as string });
});

test('a Deployment keeps its selector', () => {
  const deployment = (app: string): Json =>
    object('apps/v1', 'Deployment', {
      spec: {
        selector: { matchLabels: { app } },
        template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
      },
    });
  expect(diff([deployment('a')], [deployment('b')]).worst).toBe(Consequence.REFUSED);
});

describe('a pool', () => {
  const pool = (spec: Json = {}, guest = '1Gi', storage = '10Gi'): Json =>
    object('pool.kubevirt.io/v1beta1', 'VirtualMachinePool', {
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        virtualMachineTemplate: {
          metadata: { labels: { app: 'web' } },
          spec: {
            runStrategy: 'Always',
            dataVolumeTemplates: [template('boot', storage)],
            template: {
              metadata: { labels: { app: 'web' } },
              spec: {
                domain: { memory: { guest }, devices: { disks: [{ name: 'boot', disk: { bus: 'virtio' } }] } },
                volumes: [{ name: 'boot', dataVolume: { name: 'boot' } }],
              },
            },
          },
        },
        ...spec,
      },
    });
  const opportunistic = { updateStrategy: { opportunistic: {} } };
  const unmanaged = { updateStrategy: { unmanaged: {} } };

  test('takes quantities by value', () => {
    expect(diff([pool()], [pool({}, '1024Mi')]).changes).toEqual([]);
  });

  test('has a row for a setting of its own', () => {
    expect(first([pool()], [pool({ maxUnavailable: 1 })])).toEqual({
      consequence: 'in-place',
      message: 'maxUnavailable (absent) → 1',
    });
  });

  test.each([
    ['opportunistic', opportunistic],
    ['unmanaged', unmanaged],
  ])('with the updateStrategy %s restarts nothing and deletes no disk', (_, strategy) => {
    expect(diff([pool(strategy)], [pool(strategy, '2Gi')]).worst).toBe(Consequence.LATER);
    expect(diff([pool(strategy)], [pool(strategy, '1Gi', '20Gi')]).worst).toBe(Consequence.LATER);
  });

  test.each([
    [{ scaleInStrategy: { proactive: { statePreservation: 'Offline' } } }, Consequence.STOPPED],
    [{ scaleInStrategy: { opportunistic: {} } }, Consequence.LATER],
    [{ scaleInStrategy: { unmanaged: {} } }, Consequence.LATER],
    [{ scaleInStrategy: { proactive: { statePreservation: 'Disabled' } } }, Consequence.DATA_LOST],
  ])('that is scaled down with %j', (strategy, worst) => {
    expect(diff([pool(strategy)], [pool({ ...strategy, replicas: 1 })]).worst).toBe(worst);
  });
});

describe('a replica set', () => {
  const set = (spec: Json, guest = '1Gi'): Json =>
    object('kubevirt.io/v1', 'VirtualMachineInstanceReplicaSet', {
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { domain: { memory: { guest }, devices: {} } } },
        ...spec,
      },
    });

  test('takes quantities by value, and has a row for a pause', () => {
    expect(diff([set({})], [set({}, '1024Mi')]).changes).toEqual([]);
    expect(first([set({})], [set({ paused: true })])).toEqual({
      consequence: 'in-place',
      message: 'paused (absent) → true',
    });
  });
});
