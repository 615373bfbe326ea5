import { ReviewedManifest } from '../manifests/manifest';
import { Json } from '../rule';
import { Consequence, diff, RolloutStrategy } from '.';

const boot = { name: 'boot', dataVolume: { name: 'web-boot' } };

function machine(spec: Json = {}, template: Json = {}, name = 'web'): Json {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace: 'shop' },
    spec: {
      runStrategy: 'Always',
      template: {
        spec: {
          domain: { cpu: { cores: 2, sockets: 1 }, memory: { guest: '2Gi' }, devices: {} },
          volumes: [boot],
          ...template,
        },
      },
      ...spec,
    },
  };
}

function memory(guest: string, cores = 2): Json {
  return machine({}, { domain: { cpu: { cores, sockets: 1 }, memory: { guest }, devices: {} } });
}

function dataVolume(name: string, url: string): Json {
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name, namespace: 'shop' },
    spec: { source: { http: { url } }, storage: { resources: { requests: { storage: '10Gi' } } } },
  };
}

function claim(name: string, spec: Json = {}): Json {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'shop' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } }, ...spec },
  };
}

const disk = (name: string): Json => ({ volumes: [{ name: 'boot', dataVolume: { name } }] });
const template = (name: string, storage = '10Gi'): Json & { readonly spec: Json } => ({
  metadata: { name },
  spec: { source: { blank: {} }, storage: { resources: { requests: { storage } } } },
});

describe('diff', () => {
  test('finds no change between equal states', () => {
    const { worst, changes, unchanged } = diff([machine()], [machine()]);
    expect([worst, changes, unchanged]).toEqual([undefined, [], 1]);
  });

  test('takes quantities by value and the order of keys for nothing', () => {
    const { metadata, ...rest } = memory('2048Mi');
    expect(diff([memory('2Gi')], [{ metadata, ...rest }]).changes).toEqual([]);
  });

  test('tells what is live, and what it takes', () => {
    const { worst, changes } = diff([memory('2Gi')], [memory('4Gi')]);
    expect(worst).toBe(Consequence.LIVE);
    expect(changes).toEqual([
      {
        object: { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', namespace: 'shop', name: 'web' },
        field: 'spec.template.spec.domain.memory.guest',
        consequence: 'live',
        message: 'memory of the guest 2Gi → 4Gi',
        reason: 'the memory is plugged, by a live migration',
        assumed: ['the machine can be live-migrated', 'vmRolloutStrategy is LiveUpdate, the default'],
        source: 'pkg/virt-controller/watch/vm/vm.go, handleMemoryHotplugRequest',
      },
    ]);
  });

  test('lets one part that waits for a restart hold back the live ones of the same edit', () => {
    const { changes } = diff([memory('2Gi')], [memory('4Gi', 4)]);
    expect(changes.map(({ consequence }) => consequence)).toEqual(['restart', 'restart']);
    expect(changes.find(({ field }) => field.endsWith('guest'))!.reason).toContain('cpu.cores 2 → 4');
  });

  test('lets everything wait under Stage, by option or by the KubeVirt object', () => {
    const option = diff([memory('2Gi')], [memory('4Gi')], { rolloutStrategy: RolloutStrategy.STAGE });
    const kubevirt = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'KubeVirt',
      metadata: { name: 'kubevirt', namespace: 'kubevirt' },
      spec: { configuration: { vmRolloutStrategy: 'Stage' } },
    };
    const object = diff([memory('2Gi'), kubevirt], [memory('4Gi'), kubevirt]);
    expect([option.worst, object.worst]).toEqual(['restart', 'restart']);
  });

  test('says of memory under Stage that nothing is changed in a running machine, more memory or less', () => {
    const options = { rolloutStrategy: RolloutStrategy.STAGE, migratable: true };
    for (const guest of ['4Gi', '1Gi']) {
      const [change] = diff([memory('2Gi')], [memory(guest)], options).changes;
      expect(change).toMatchObject({
        consequence: 'restart',
        reason: expect.stringMatching(/^vmRolloutStrategy is Stage: /),
      });
    }
    const [live] = diff([memory('2Gi')], [memory('4Gi')], { migratable: true }).changes;
    expect(live).toMatchObject({ consequence: 'live' });
  });

  test('judges a new machine by the strategy of the option, too', () => {
    const limited = (guest: string): Json =>
      machine({}, { domain: { memory: { guest }, resources: { limits: { memory: '4Gi' } }, devices: {} } });
    expect(diff([limited('2Gi')], [limited('6Gi')]).worst).toBe(Consequence.LIVE);
    const { changes } = diff([limited('2Gi')], [limited('6Gi')], { rolloutStrategy: RolloutStrategy.STAGE });
    expect(changes).toMatchObject([{ consequence: 'refused', field: 'spec.template.spec.domain.memory.guest' }]);
  });

  test('takes the settings of the only KubeVirt object, wherever it stands, and of several that of the own folder', () => {
    const set = (file: string, vmRolloutStrategy: string): ReviewedManifest =>
      ReviewedManifest.of(
        {
          apiVersion: 'kubevirt.io/v1',
          kind: 'KubeVirt',
          metadata: { name: file.split('/')[0], namespace: 'kubevirt' },
          spec: { configuration: { vmRolloutStrategy } },
        },
        { file },
      );
    const vm = (guest: string): ReviewedManifest => ReviewedManifest.of(memory(guest), { file: 'prod/apps/vm.yaml' });
    const [prod, test] = [set('prod/kubevirt.yaml', 'Stage'), set('test/kubevirt.yaml', 'LiveUpdate')];
    expect(diff([test, vm('2Gi')], [test, vm('4Gi')]).worst).toBe(Consequence.LIVE);
    expect(diff([prod, vm('2Gi')], [prod, vm('4Gi')]).worst).toBe(Consequence.RESTART);
    expect(diff([prod, test, vm('2Gi')], [prod, test, vm('4Gi')]).worst).toBe(Consequence.RESTART);
  });

  test('takes a machine that does not run for one that takes everything at its next start', () => {
    const halted = (guest: string): Json => ({
      ...memory(guest),
      spec: { ...(memory(guest).spec as Json), runStrategy: 'Halted' },
    });
    expect(diff([halted('2Gi')], [halted('4Gi')]).worst).toBe(Consequence.IN_PLACE);
    expect(diff([memory('2Gi')], [memory('4Gi')], { running: false }).worst).toBe(Consequence.IN_PLACE);
  });

  test('refuses another source of a DataVolume, and says what to do', () => {
    const { worst, changes } = diff(
      [dataVolume('a', 'https://example.org/1.img')],
      [dataVolume('a', 'https://example.org/2.img')],
    );
    expect(worst).toBe(Consequence.REFUSED);
    expect(changes[0]!.message).toBe('source.http.url https://example.org/1.img → https://example.org/2.img');
    expect(changes[0]!.remedy).toContain('make a DataVolume of another name');
  });

  test('tells a renamed disk from a new one, and that its data stays behind', () => {
    const old = [dataVolume('web-boot', 'https://example.org/1.img'), machine()];
    const next = [dataVolume('web-root', 'https://example.org/1.img'), machine({}, disk('web-root'))];
    const { worst, changes } = diff(old, next);
    expect(worst).toBe(Consequence.NEW_DISK);
    expect(changes[0]!.message).toBe('DataVolume web-boot is renamed to web-root');
    expect(changes[0]!.reason).toContain('what is on web-boot does not move');
  });

  test.each([
    [
      'a DataVolume of an image',
      dataVolume('fresh', 'https://example.org/1.img'),
      'a disk of its own, made from its source',
    ],
    ['a blank DataVolume', { ...dataVolume('fresh', ''), spec: { ...template('fresh').spec } }, 'it comes up empty'],
    [
      'a DataVolume that waits for its upload',
      { ...dataVolume('fresh', ''), spec: { ...template('fresh').spec, source: { upload: {} } } },
      'it comes up empty',
    ],
    ['a claim without a source', claim('fresh'), 'it comes up empty'],
    [
      'a claim of a snapshot',
      claim('fresh', { dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 's' } }),
      'a disk of its own, made from its source',
    ],
    [
      'a claim of another one',
      claim('fresh', { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 's' } }),
      'a disk of its own, made from its source',
    ],
  ] as const)('tells what %s that takes the place of a disk holds', (_title, fresh, holds) => {
    const { changes } = diff([machine()], [fresh, machine({}, disk('fresh'))]);
    const made = changes.find(({ object }) => object.name === 'fresh');
    expect(made).toMatchObject({
      consequence: Consequence.NEW_DISK,
      reason: `${holds}: what is on web-boot does not move`,
    });
  });

  test('tells that the size of a template is never used again', () => {
    const old = machine({ dataVolumeTemplates: [template('web-boot')] });
    const next = machine({ dataVolumeTemplates: [template('web-boot', '20Gi')] });
    const { worst, changes } = diff([old], [next]);
    expect(worst).toBe(Consequence.IGNORED);
    expect(changes[0]!.message).toBe('template of disk web-boot: size 10Gi → 20Gi');
    expect(changes[0]!.remedy).toContain('PersistentVolumeClaim web-boot');
  });

  test('tells that a template takes over a disk that stands alone', () => {
    const old = [dataVolume('web-boot', 'https://example.org/1.img'), machine()];
    const next = [old[0]!, machine({ dataVolumeTemplates: [template('web-boot')] })];
    expect(diff(old, next).worst).toBe(Consequence.ADOPTED);
  });

  test('tells that a template of a new machine takes over a disk that stands alone', () => {
    const old = [dataVolume('web-boot', 'https://example.org/1.img')];
    const { changes } = diff(old, [...old, machine({ dataVolumeTemplates: [template('web-boot')] })]);
    expect(changes.map(({ consequence }) => consequence)).toEqual([Consequence.ADOPTED, Consequence.CREATED]);
  });

  test('tells a renamed template from a new one', () => {
    const old = machine({ dataVolumeTemplates: [template('web-boot')] });
    const next = machine({ dataVolumeTemplates: [template('web-root')] }, disk('web-root'));
    const { worst, changes } = diff([old], [next]);
    expect(worst).toBe(Consequence.NEW_DISK);
    expect(changes[0]!.message).toBe('the template of disk web-boot is renamed to web-root');
  });

  test('moves the data by updateVolumesStrategy Migration', () => {
    const old = machine();
    const next = machine({ updateVolumesStrategy: 'Migration' }, disk('web-root'));
    expect(diff([old], [next]).worst).toBe(Consequence.MIGRATED);
  });

  test('tells what a restore costs', () => {
    const restore = {
      apiVersion: 'snapshot.kubevirt.io/v1beta1',
      kind: 'VirtualMachineRestore',
      metadata: { name: 'back', namespace: 'shop' },
      spec: {
        target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'web' },
        virtualMachineSnapshotName: 'monday',
      },
    };
    const { changes } = diff([machine()], [machine(), restore], { featureGates: ['Snapshot'] });
    expect(changes.map(({ consequence }) => consequence)).toEqual(['data-lost']);
    expect(changes[0]!.reason).toContain('what was written since that snapshot is lost');
  });

  test('warns that the disks of a renamed machine go with the old one', () => {
    const templates = { dataVolumeTemplates: [template('web-boot')] };
    const { worst, changes } = diff([machine(templates)], [machine(templates, {}, 'www')], { prune: true });
    expect(worst).toBe(Consequence.DATA_LOST);
    const renamed = changes.find(({ object }) => object.name === 'www')!;
    expect(renamed.consequence).toBe(Consequence.NEW_DISK);
    expect(renamed.message).toBe('VirtualMachine web is renamed to www');
  });

  test('leaves out what the server added to a live object', () => {
    const live = {
      ...machine(
        {},
        {
          architecture: 'amd64',
          domain: {
            cpu: { cores: 2, sockets: 1 },
            memory: { guest: '2Gi' },
            machine: { type: 'q35' },
            firmware: { uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223', serial: '1' },
            devices: {},
          },
        },
      ),
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: '1',
        resourceVersion: '2',
        annotations: { 'kubevirt.io/latest-observed-api-version': 'v1' },
        finalizers: ['kubevirt.io/virtualMachineControllerFinalize'],
      },
      status: { printableStatus: 'Running' },
    };
    expect(diff([live], [machine()]).changes).toEqual([]);
    expect(diff([live], [memory('4Gi')]).changes.map(({ message }) => message)).toEqual([
      'memory of the guest 2Gi → 4Gi',
    ]);
  });

  test('takes from the last applied manifest what a live object no longer should have', () => {
    const applied = machine({}, { hostname: 'www' });
    const live = {
      ...applied,
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: '1',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied) },
      },
    };
    expect(diff([live], [machine()]).changes.map(({ field }) => field)).toEqual(['spec.template.spec.hostname']);
  });

  test('lists what is accepted by itself, by option and by annotation', () => {
    const cores = (count: number, annotations?: Json): Json => {
      const one = memory('2Gi', count);
      return annotations === undefined ? one : { ...one, metadata: { ...(one.metadata as Json), annotations } };
    };
    const accept = [{ rule: 'restart', object: { kind: 'VirtualMachine', name: 'web' }, reason: 'in the window' }];
    const option = diff([cores(2)], [cores(4)], { accept });
    expect([option.worst, option.accepted.map(({ reason }) => reason)]).toEqual([undefined, ['in the window']]);
    const annotated = { 'accept.cdk8s-kubevirt/restart': 'planned', 'accept.cdk8s-kubevirt/in-place': 'planned' };
    expect(diff([cores(2)], [cores(4, annotated)]).worst).toBeUndefined();
  });

  test.each([
    [
      'a rollout strategy that is not known',
      { rolloutStrategy: 'Later' as RolloutStrategy },
      /'rolloutStrategy' must be 'LiveUpdate' or 'Stage', got "Later"/,
    ],
    ['an unknown option', { prunes: true } as object, /prunes/],
    ['an answer that is neither yes nor no', { running: 'yes' as never }, /'running' must be true or false, got "yes"/],
    ['an unknown rule', { accept: [{ rule: 'nope', object: { kind: 'Pod', name: 'a' }, reason: 'planned' }] }, /nope/],
    ['storage that is no list', { storage: 1 as never }, /'storage' must be a list of objects, got 1/],
  ])('fails for %s', (_what, options, message) => {
    expect(() => diff([], [machine()], options)).toThrow(message);
    expect(() => diff([machine()], [machine()], options)).toThrow(message);
    expect(() => diff([machine()], [], options)).toThrow(message);
  });

  test('fails when a state is a text', () => {
    expect(() => diff('kind: Pod', [machine()])).toThrow(/must be a list of objects, got a text/);
  });
});

test('counts what stays as it is, also if it is only written in other words', () => {
  const sized = (name: string, storage: string): Json => claim(name, { resources: { requests: { storage } } });
  const old = [sized('a', '1Gi'), sized('b', '1Gi'), sized('c', '1Gi')];
  const next = [sized('a', '2Gi'), sized('b', '1024Mi'), sized('c', '1Gi')];
  const { unchanged, objects } = diff(old, next);
  expect([unchanged, objects.map(({ object }) => object.name)]).toEqual([2, ['a']]);
});

describe('a pool', () => {
  const pool = (replicas: number, more: Json = {}, templates: readonly Json[] = [template('boot')]): Json => ({
    apiVersion: 'pool.kubevirt.io/v1alpha1',
    kind: 'VirtualMachinePool',
    metadata: { name: 'workers', namespace: 'shop' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'w' } },
      ...more,
      virtualMachineTemplate: {
        metadata: { labels: { app: 'w' } },
        spec: {
          runStrategy: 'Always',
          dataVolumeTemplates: templates,
          template: {
            metadata: { labels: { app: 'w' } },
            spec: {
              domain: { devices: {}, memory: { guest: more.guest ?? '1Gi' } },
              volumes: [{ name: 'b', dataVolume: { name: 'boot' } }],
            },
          },
        },
      },
    },
  });

  test.each<[string, Json, Json, Consequence]>([
    ['loses the disks of the machines that go', pool(3), pool(2), Consequence.DATA_LOST],
    ['starts more machines', pool(2), pool(3), Consequence.STARTED],
    [
      'makes its machines anew for other disks',
      pool(2),
      pool(2, {}, [template('boot', '20Gi')]),
      Consequence.DATA_LOST,
    ],
    ['does nothing while it is paused', pool(3, { paused: true }), pool(2, { paused: true }), Consequence.LATER],
  ])('%s', (_what, old, next, worst) => {
    expect(diff([old], [next]).worst).toBe(worst);
  });
});
