import { AccessMode } from './claim-modes';
import { GuestFacts, PodInterfaceFacts, VolumeFacts } from './live-migration-facts';
import { judgeLiveMigration } from './live-migration-rules';

const { READ_WRITE_MANY, READ_WRITE_ONCE, READ_ONLY_MANY } = AccessMode;

const claim = (...accessModes: AccessMode[]): VolumeFacts => ({ name: 'root', claim: { name: 'boot', accessModes } });
const masquerade: PodInterfaceFacts = {
  binding: 'masquerade',
  isDefault: false,
  field: 'domain.devices.interfaces[0]',
};

/** A VM of one ReadWriteMany disk, on the pod network by masquerade, but for what is said. */
function judge(facts: Partial<GuestFacts>): { verdict: string; found: [string, boolean, string][] } {
  const all: GuestFacts = { volumes: [claim(READ_WRITE_MANY)], podInterface: masquerade, ...facts };
  const { verdict, obstacles } = judgeLiveMigration(all);
  return { verdict, found: obstacles.map(({ rule, certain, condition }) => [rule, certain, condition]) };
}

const MIGRATABLE = { verdict: 'migratable', found: [] };

describe('judgeLiveMigration', () => {
  test.each<[string, Partial<GuestFacts>]>([
    ['a ReadWriteMany disk and masquerade', {}],
    ['no interface at all', { podInterface: undefined }],
    ['ReadWriteMany beside another mode', { volumes: [claim(READ_WRITE_ONCE, READ_WRITE_MANY)] }],
    ['volumes that are neither claim nor hostDisk', { volumes: [{ name: 'cloudinit' }, { name: 'image' }] }],
    ['a shared hostDisk', { volumes: [{ name: 'root', hostDisk: { shared: true } }] }],
    ['bridge with the annotation', { podInterface: { ...masquerade, binding: 'bridge' }, allowsPodBridge: true }],
    [
      'a plugin with a migration method',
      {
        podInterface: { ...masquerade, binding: 'binding', plugin: 'passt' },
        bindingPlugins: new Map([['passt', true]]),
      },
    ],
    ['launch security that is neither SEV nor on s390x', { encryptedMemory: 'tdx', architecture: 'amd64' }],
    ['reenlightenment with a frequency that KubeVirt is told', { reenlightens: true, minimumTscFrequency: 1 }],
    ['another architecture that does not reenlighten', { architecture: 'arm64', minimumTscFrequency: 0 }],
  ])('lets %s migrate', (_, facts) => {
    expect(judge(facts)).toEqual(MIGRATABLE);
  });

  test.each<[string, string, string, Partial<GuestFacts>]>([
    [
      'bridge on the pod network',
      'LM-01',
      'InterfaceNotLiveMigratable',
      { podInterface: { ...masquerade, binding: 'bridge' } },
    ],
    [
      'a plugin without a migration method',
      'LM-01',
      'InterfaceNotLiveMigratable',
      {
        podInterface: { ...masquerade, binding: 'binding', plugin: 'slow' },
        bindingPlugins: new Map([['slow', false]]),
      },
    ],
    [
      'a plugin that is not registered',
      'LM-01',
      'InterfaceNotLiveMigratable',
      { podInterface: { ...masquerade, binding: 'binding', plugin: 'gone' }, bindingPlugins: new Map() },
    ],
    ['a host device', 'LM-03', 'HostDeviceNotLiveMigratable', { hostDevices: ['nic'] }],
    ['a GPU', 'LM-03', 'HostDeviceNotLiveMigratable', { gpus: ['gpu1'] }],
    ['SEV', 'LM-04', 'SEVNotLiveMigratable', { encryptedMemory: 'sev' }],
    [
      'secure execution',
      'LM-04',
      'SecureExecutionNotLiveMigratable',
      { encryptedMemory: 'any', architecture: 's390x' },
    ],
    [
      'a persistent reservation',
      'LM-05',
      'PersistentReservationNotLiveMigratable',
      { reservedLuns: [{ name: 'lun', field: 'domain.devices.disks[0]' }] },
    ],
    [
      'reenlightenment on another architecture, whatever KubeVirt is told',
      'LM-06',
      'NoTSCFrequencyNotLiveMigratable',
      { reenlightens: true, architecture: 'arm64', minimumTscFrequency: 2_000_000_000 },
    ],
    [
      'reenlightenment with a frequency that is none',
      'LM-06',
      'NoTSCFrequencyNotLiveMigratable',
      { reenlightens: true, architecture: 'amd64', minimumTscFrequency: 0 },
    ],
    ['Hyper-V passthrough', 'LM-07', 'HypervPassthroughNotLiveMigratable', { passesHyperVThrough: true }],
    ['a ReadWriteOnce disk', 'LM-08', 'DisksNotLiveMigratable', { volumes: [claim(READ_WRITE_ONCE)] }],
    ['a ReadOnlyMany disk', 'LM-08', 'DisksNotLiveMigratable', { volumes: [claim(READ_ONLY_MANY)] }],
    [
      'a hostDisk of its own',
      'LM-09',
      'DisksNotLiveMigratable',
      { volumes: [{ name: 'root', hostDisk: { shared: false } }] },
    ],
  ])('does not let %s migrate: %s', (_, rule, condition, facts) => {
    expect(judge(facts)).toEqual({ verdict: 'not migratable', found: [[rule, true, condition]] });
  });

  test.each([
    [undefined, 'ask for ReadWriteMany'],
    [1, 'ask for ReadWriteMany'],
    [2, 'give each machine a disk of its own by a DataVolume template'],
  ])('has a remedy for a disk of %p machines', (users, remedy) => {
    const volumes = [{ name: 'root', claim: { name: 'boot', accessModes: [READ_WRITE_ONCE], users } }];
    expect(judgeLiveMigration({ volumes, podInterface: masquerade }).obstacles).toMatchObject([{ remedy }]);
  });

  test.each<[string, string, Partial<GuestFacts>]>([
    ['a claim that nobody holds', 'LM-08', { volumes: [{ name: 'root', claim: { name: 'boot' } }] }],
    [
      'a plugin of a KubeVirt that is not known',
      'LM-01',
      { podInterface: { ...masquerade, binding: 'binding', plugin: 'x' } },
    ],
    ['reenlightenment', 'LM-06', { reenlightens: true }],
    [
      'an instancetype from elsewhere',
      'LM-03',
      { notKnown: [{ rule: 'LM-03', field: 'instancetype', message: 'u1' }] },
    ],
  ])('does not know of %s', (_, rule, facts) => {
    const { verdict, found } = judge(facts);
    expect([verdict, found.map(([name, certain]) => [name, certain])]).toEqual(['unknown', [[rule, false]]]);
  });

  test('names everything that stands in the way, in the order of KubeVirt, each disk by itself', () => {
    const { verdict, obstacles } = judgeLiveMigration({
      volumes: [
        { name: 'root', claim: { name: 'boot', accessModes: [READ_WRITE_ONCE] } },
        { name: 'data', claim: { name: 'data', why: 'the claim is not among the manifests' } },
        { name: 'local', hostDisk: { shared: false } },
      ],
      podInterface: { binding: 'bridge', isDefault: true, field: 'domain.devices.interfaces' },
      gpus: ['gpu1'],
    });
    expect(verdict).toBe('not migratable');
    expect(obstacles.map(({ field, message, remedy }) => [field, message, remedy])).toEqual([
      [
        'domain.devices.interfaces',
        'no network is named, so KubeVirt connects the pod network by bridge',
        'connect it by masquerade',
      ],
      ['domain.devices.gpus', 'a device of the node is passed through: gpu1', undefined],
      ['volumes[0]', 'disk root: claim boot is ReadWriteOnce', 'ask for ReadWriteMany'],
      [
        'volumes[1]',
        'disk data: the access modes of claim data are not known (the claim is not among the manifests)',
        undefined,
      ],
      ['volumes[2].hostDisk', 'disk local is a file of one node', 'use a ReadWriteMany claim'],
    ]);
  });
});
