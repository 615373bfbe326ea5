import { Change, diff, DiffOptions, RolloutStrategy } from '..';
import { Json } from '../../rule';
import { machine } from '../../testing/update-tester';

type Fields = Readonly<Record<string, unknown>>;

const { STAGE } = RolloutStrategy;
const VOLUMES = 'spec.template.spec.volumes';
const DISKS = 'spec.template.spec.domain.devices.disks';
const KEEPS = 'the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)';
const STAYS_ON_OLD =
  'the running guest stays on the old disk until it is restarted; its data is not copied to the new one';
const GOES_ON = 'the running machine goes on without it until it is restarted (RestartRequired)';
const ATTACHED = 'it stays attached until the machine is restarted (RestartRequired)';
const NEXT_START = 'the machine does not run: the next start takes it';
const GATE = " (the gate DeclarativeHotplugVolumes is off, or 'HotplugVolumes' is listed)";
const MIGRATION = " (with 'updateVolumesStrategy: Migration' no volume is plugged or unplugged)";
const WAITS =
  'memory of the guest 2Gi → 4Gi; it could be live, and waits for the restart that another part of this change asks for: ';
const PLUGS_MEMORY = 'live: memory of the guest 2Gi → 4Gi; the memory is plugged, by a live migration';

const plugged = { hotpluggable: true };
const claim = (name: string, claimName: string, more: Json = {}): Json => ({
  name,
  persistentVolumeClaim: { claimName, ...more },
});
const root = (claimName: string, more: Json = {}): Fields => ({ 'T.volumes.0': claim('root', claimName, more) });
const image: Fields = { 'T.volumes.0': { name: 'root', containerDisk: { image: 'example.org/a' } } };
const data = (claimName: string, more: Json = {}, disk: Json = { disk: { bus: 'virtio' } }, name = 'data'): Fields => ({
  'T.volumes.+': claim(name, claimName, more),
  'V.disks.+': { name, ...disk },
});
const drive: Fields = { 'V.disks.+': { name: 'cd', cdrom: { bus: 'sata' } } };
const filled = (claimName: string): Fields => ({ ...drive, 'T.volumes.+': claim('cd', claimName, plugged) });
const moreMemory: Fields = { 'D.memory.guest': '4Gi' };
const migrates: Fields = { 'spec.updateVolumesStrategy': 'Migration' };
const disksOf = (...names: readonly string[]): Fields => ({
  'V.disks': names.map((name) => ({ name, disk: { bus: 'virtio' } })),
});
const otherOrder: Fields = {
  'T.volumes': [{ name: 'cloudinit', cloudInitNoCloud: { userData: '#cloud-config\n' } }, claim('root', 'root')],
};

function changes(was: Fields, is: Fields, options: DiffOptions = {}): readonly Change[] {
  const cluster = { configuration: {}, migratable: true, kubevirt: 'v1.9.0', cdi: 'v1.66.0' };
  return diff([machine(was)], [machine(is)], { ...cluster, ...options }).changes;
}

function said(was: Fields, is: Fields, options: DiffOptions = {}): string[] {
  return changes(was, is, options).map(({ consequence, message, reason }) => `${consequence}: ${message}; ${reason}`);
}

const v162 = { kubevirt: 'v1.6.2', cdi: 'v1.63.1' };
const stopped = { running: false };
const stage = { rolloutStrategy: STAGE };

describe('what a changed volume does', () => {
  test.each<[string, Fields, Fields, string]>([
    ['another claim', {}, root('b'), `restart: volume root: root → b; ${STAYS_ON_OLD}`],
    ['an image in the place of a claim', {}, image, `restart: volume root: root → example.org/a; ${KEEPS}`],
    ['a claim in the place of an image', image, {}, `restart: volume root: example.org/a → root; ${KEEPS}`],
    ['the same claim, read-only', {}, root('root', { readOnly: true }), `restart: volume root changes; ${KEEPS}`],
    ['a new disk', {}, data('data'), `restart: disk data is added; ${GOES_ON}`],
    ['a disk that is gone', data('data'), {}, `restart: disk data is removed; ${ATTACHED}`],
    ['a new drive without a volume', {}, drive, `restart: disk cd is added; ${GOES_ON}`],
    ['a drive without a volume that is gone', drive, {}, `restart: disk cd is removed; ${ATTACHED}`],
    [
      'a volume that no disk shows any more',
      {},
      disksOf('cloudinit'),
      `restart: the disk of volume root changes; ${KEEPS}`,
    ],
    ['a plugged disk', {}, data('data', plugged), 'live: disk data is added; it is plugged into the running machine'],
    [
      'a plugged disk that is gone',
      data('data', plugged),
      {},
      'live: disk data is removed; it is unplugged from the running machine',
    ],
    [
      'another claim for a plugged disk',
      data('data', plugged),
      data('b', plugged),
      'live: volume data: data → b; the old one is unplugged, the new one plugged',
    ],
    [
      'a plugged disk of a bus that takes none',
      {},
      data('data', plugged, { disk: { bus: 'sata' } }),
      'later: disk data is added; it is not plugged: the webhook takes a disk of bus scsi or virtio, and it has bus sata',
    ],
    ['a volume for a drive', drive, filled('iso'), 'live: drive cd gets iso; it is put into the drive'],
    ['another one', filled('iso'), filled('b'), 'live: volume cd: iso → b; the drive gets the other one'],
    ['none', filled('iso'), drive, 'live: drive cd is emptied; it is unplugged from the running machine'],
    [
      'none, of what cannot be plugged',
      { ...drive, 'T.volumes.+': claim('cd', 'iso') },
      drive,
      `restart: drive cd is emptied; ${ATTACHED}`,
    ],
    [
      'a drive without a volume, of another bus',
      drive,
      { 'V.disks.+': { name: 'cd', cdrom: { bus: 'scsi' } } },
      `restart: the disk of volume cd changes; ${KEEPS}`,
    ],
    [
      'a plugged volume without a disk',
      {},
      { 'T.volumes.+': claim('data', 'data', plugged) },
      'later: disk data is added; it is not plugged: the webhook takes a disk of bus scsi or virtio, and it has no disk',
    ],
    [
      'a drive in the place of a plugged disk',
      data('data', plugged),
      data('b', plugged, { cdrom: { bus: 'sata' } }),
      'later: volume data: data → b; it is not plugged: the webhook takes a disk of bus scsi or virtio, and it has no bus',
    ],
    [
      'an image in the place of a claim that would be migrated',
      migrates,
      { ...migrates, ...image },
      `restart: volume root: root → example.org/a; ${KEEPS}`,
    ],
    [
      'another name, and a mark',
      data('data'),
      data('data', plugged, undefined, 'more'),
      'restart: disk data is renamed to more; it is the same claim, with its data; the running machine calls it data until it is restarted',
    ],
    ['neither drive nor volume', filled('iso'), {}, `restart: disk cd is removed; ${ATTACHED}`],
    [
      'a disk that is marked hotpluggable',
      data('data'),
      data('data', plugged),
      'later: volume data changes; the running machine keeps what it has, and nothing asks for the restart',
    ],
    ['a disk that is no longer marked', data('data', plugged), data('data'), `restart: volume data changes; ${KEEPS}`],
  ])('%s', (_what, was, is, says) => expect(said(was, is)).toEqual([says]));

  test.each<[string, Fields, Fields, string]>([
    [
      'another claim',
      {},
      root('b'),
      `in-place: volume root: root → b; ${NEXT_START}; what is on the old disk is not copied`,
    ],
    ['an image in the place of a claim', {}, image, `in-place: volume root: root → example.org/a; ${NEXT_START}`],
    ['a claim in the place of an image', image, {}, `in-place: volume root: example.org/a → root; ${NEXT_START}`],
    ['the same claim, read-only', {}, root('root', { readOnly: true }), `in-place: volume root changes; ${NEXT_START}`],
    ['a disk that is gone', data('data'), {}, `in-place: disk data is removed; ${NEXT_START}`],
    [
      'a disk that is renamed',
      data('data'),
      data('data', {}, undefined, 'more'),
      `in-place: disk data is renamed to more; ${NEXT_START}`,
    ],
  ])('of a machine that does not run: %s', (_what, was, is, says) => expect(said(was, is, stopped)).toEqual([says]));

  test.each<[string, Fields, Fields, DiffOptions, string]>([
    ['is restarted for', {}, data('data', plugged), v162, `restart: disk data is added; ${GOES_ON}${GATE}`],
    [
      'keeps',
      data('data', plugged),
      {},
      v162,
      `later: disk data is removed; it stays attached, and nothing asks for the restart${GATE}`,
    ],
    ['is not told of a gate for', data('data'), data('data', plugged), v162, `restart: volume data changes; ${KEEPS}`],
    [
      'keeps the drive of',
      drive,
      {},
      v162,
      'later: disk cd is removed; it stays in the running machine until the next start, which nothing asks for',
    ],
    [
      'gives up the drive of',
      drive,
      {},
      { ...v162, featureGates: ['DeclarativeHotplugVolumes'] },
      'live: disk cd is removed; an empty drive goes from the running machine',
    ],
    [
      'with Stage keeps the drive of',
      drive,
      {},
      { ...v162, ...stage },
      'restart: disk cd is removed; vmRolloutStrategy is Stage, and this release compares the disks with those of the running machine',
    ],
    [
      'with the gate is asked for a restart all the same by',
      {},
      data('data', plugged),
      { ...v162, featureGates: ['DeclarativeHotplugVolumes'] },
      'restart: disk data is added; it is plugged into the running machine; this release asks for a restart all the same',
    ],
    [
      'with the gate does not get',
      {},
      data('data', plugged, { disk: { bus: 'sata' } }),
      { ...v162, featureGates: ['DeclarativeHotplugVolumes'] },
      'later: disk data is added; it is not plugged: the webhook takes a disk of bus scsi or virtio, and it has bus sata',
    ],
    [
      'with the gate and Stage is restarted for',
      {},
      data('data', plugged, { disk: { bus: 'sata' } }),
      { ...v162, ...stage, featureGates: ['DeclarativeHotplugVolumes'] },
      'restart: disk data is added; it is not plugged: the webhook takes a disk of bus scsi or virtio, and it has bus sata',
    ],
    [
      'that has a plugged one is restarted for another',
      data('data', plugged),
      {
        'T.volumes.+': [claim('data', 'data', plugged), claim('b', 'b', plugged)],
        'V.disks.+': ['data', 'b'].map((name) => ({ name, disk: { bus: 'virtio' } })),
      },
      v162,
      `restart: disk b is added; ${GOES_ON}${GATE}`,
    ],
    [
      'keeps the bus of',
      data('data', plugged),
      data('data', plugged, { disk: { bus: 'scsi' } }),
      v162,
      'later: the disk of volume data changes; the running machine keeps what it has, and nothing asks for the restart',
    ],
    [
      'with the older gate goes on without',
      {},
      data('data', plugged),
      { featureGates: ['HotplugVolumes'] },
      `later: disk data is added; the running machine goes on without it, and nothing asks for the restart${GATE}`,
    ],
  ])('a machine %s a volume, as its release and gates say', (_what, was, is, options, says) => {
    expect(said(was, is, options)).toEqual([says]);
  });

  test('of a machine that migrates its volumes is not plugged', () => {
    const is = { ...migrates, ...data('data', plugged) };
    const later = 'later: disk data is added; the running machine goes on without it, and nothing asks for the restart';
    for (const release of [{}, v162]) expect(said(migrates, is, release)).toEqual([`${later}${MIGRATION}`]);
    expect(changes(migrates, is, { configuration: undefined })[0]!.assumed).toBeUndefined();
  });

  test.each([
    ['v1.6.2', 'v1.63.1', ['the gate DeclarativeHotplugVolumes is off, as by default']],
    [
      'v1.9.0',
      'v1.66.0',
      ['the gate DeclarativeHotplugVolumes is on, as by default', 'vmRolloutStrategy is LiveUpdate, the default'],
    ],
  ])('rests on the gates of %s, if no KubeVirt object lists them', (kubevirt, cdi, assumed) => {
    const release = { kubevirt, cdi };
    const [was, is] = [{}, data('data', plugged)];
    expect(changes(was, is, { ...release, configuration: undefined })[0]!.assumed).toEqual(assumed);
    expect(
      changes(was, is, { ...release, configuration: { vmRolloutStrategy: 'LiveUpdate' } })[0]!.assumed,
    ).toBeUndefined();
  });
});

describe('a volume that takes the claim of another one', () => {
  test('is a new disk beside that one, which gets another claim', () => {
    const is = {
      'T.volumes.+': [claim('data', 'b'), claim('more', 'data')],
      'V.disks.+': ['data', 'more'].map((name) => ({ name, disk: { bus: 'virtio' } })),
    };
    expect(said(data('data'), is)).toEqual([
      `restart: volume data: data → b; ${STAYS_ON_OLD}`,
      `restart: disk more is added; ${GOES_ON}`,
    ]);
  });
});

describe('the field of a changed disk', () => {
  test.each<[string, Fields, Fields, string]>([
    ['is its volume', {}, root('b'), `${VOLUMES}[0]`],
    ['is its volume, if both are new', {}, data('data'), `${VOLUMES}[2]`],
    ['is the list of volumes, if it is gone', data('data'), {}, VOLUMES],
    ['is its disk, if the volumes stay', {}, { 'V.disks.0.disk.bus': 'scsi' }, `${DISKS}[0]`],
    ['is its disk, if the volume is gone', filled('iso'), drive, `${DISKS}[2]`],
    ['is the list of disks, if the volumes stay and the drive is gone', drive, {}, DISKS],
  ])('%s', (_what, was, is, field) => expect(changes(was, is).map((one) => one.field)).toEqual([field]));
});

describe('a disk that is written in another way', () => {
  const [was, is] = [{ 'V.disks.0.disk': {} }, { 'V.disks.0.disk.bus': 'sata' }];

  test('is what the running machine has, with Stage and a release that compares with that', () => {
    expect(said(was, is, { ...v162, ...stage })).toEqual([
      'in-place: the disks change; it is what the running machine has already',
    ]);
  });

  test.each<[string, DiffOptions]>([
    ['with Stage and a later release', stage],
    ['with LiveUpdate', v162],
  ])('asks for a restart %s', (_which, options) => {
    expect(said(was, is, options)).toEqual([`restart: the disk of volume root changes; ${KEEPS}`]);
  });
});

describe('what is live beside a changed disk', () => {
  test('waits for the restart that the disk asks for', () => {
    expect(said({}, { ...data('data'), ...moreMemory })).toEqual([
      `restart: ${WAITS}disk data is added`,
      `restart: disk data is added; ${GOES_ON}`,
    ]);
  });

  test('is live where the restart is asked for after it', () => {
    expect(said({}, { ...data('data', plugged), ...moreMemory }, v162)).toEqual([
      `restart: disk data is added; ${GOES_ON}${GATE}`,
      PLUGS_MEMORY,
    ]);
    expect(said({}, { ...otherOrder, ...moreMemory }, v162)).toEqual([
      'restart: the order of the volumes root, cloudinit → cloudinit, root; this release compares the order, too',
      PLUGS_MEMORY,
    ]);
  });
});

describe('a volume that is migrated', () => {
  const other = { ...migrates, ...root('b') };

  test('waits for the restart that another disk asks for', () => {
    expect(said(migrates, { ...other, ...data('data') })).toEqual([
      'restart: volume root: root → b; it could be live, and waits for the restart that another part of this change asks for: disk data is added',
      `restart: disk data is added; ${GOES_ON}`,
    ]);
  });

  test('is not, if something keeps it, and holds nothing back', () => {
    const shared = { ...migrates, 'V.disks.0.shareable': true };
    expect(said(shared, { ...shared, ...root('b'), ...moreMemory })).toEqual([
      'restart: volume root: root → b; a shareable disk is not migrated',
      PLUGS_MEMORY,
    ]);
  });

  test.each<[string, Fields, DiffOptions, string]>([
    [
      'nothing asks for the restart',
      {},
      stage,
      'later: volume root: root → b; with Stage nothing is migrated, and nothing asks for the restart',
    ],
    [
      'not for another disk either',
      data('data'),
      stage,
      'later: volume root: root → b; with Stage nothing is migrated, and nothing asks for the restart',
    ],
    [
      'a release that compares the lists asks',
      {},
      { ...v162, ...stage },
      'restart: volume root: root → b; with Stage nothing is migrated; its data is not copied',
    ],
  ])('is not with Stage: %s', (_what, more, options, says) => {
    expect(said(migrates, { ...other, ...more }, options)).toContain(says);
  });
});

describe('another order', () => {
  const ORDER = 'root, cloudinit → cloudinit, root';
  const COMPARES = 'this release compares the order, too';
  const WAITS_FOR_START = 'the next start takes them in this order';

  test.each<[string, Fields, DiffOptions, string]>([
    ['of volumes', otherOrder, {}, `later: the order of the volumes ${ORDER}; ${WAITS_FOR_START}`],
    ['of volumes', otherOrder, stage, `later: the order of the volumes ${ORDER}; ${WAITS_FOR_START}`],
    ['of volumes', otherOrder, v162, `restart: the order of the volumes ${ORDER}; ${COMPARES}`],
    ['of volumes', otherOrder, { ...v162, ...stage }, `restart: the order of the volumes ${ORDER}; ${COMPARES}`],
    ['of disks', disksOf('cloudinit', 'root'), v162, `later: the order of the disks ${ORDER}; ${WAITS_FOR_START}`],
    [
      'of disks',
      disksOf('cloudinit', 'root'),
      { ...v162, ...stage },
      `restart: the order of the disks ${ORDER}; ${COMPARES}`,
    ],
  ])('%s %#', (_what, is, options, says) => expect(said({}, is, options)).toEqual([says]));
});
