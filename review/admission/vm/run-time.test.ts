import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { RUN_TIME_RULES } from './run-time';

const T = 'spec.template.spec';
const D = `${T}.domain.devices`;
const FILESYSTEMS = { featureGates: ['EnableVirtioFsStorageVolumes'] };

function volume(name: string, source: object): Json {
  return { 'T.volumes.1': { name, ...source } };
}

function filesystem(name: string): Json {
  return { 'D.filesystems': [{ name, virtiofs: {} }], ...volume(name, { persistentVolumeClaim: { claimName: 'c' } }) };
}

function hotplugged(disk: object): Json {
  return { ...volume('h', { dataVolume: { name: 'd', hotpluggable: true } }), 'D.disks.1': { name: 'h', ...disk } };
}

function credential(secretName: string): Json {
  const sshPublicKey = {
    source: { secret: { secretName } },
    propagationMethod: { qemuGuestAgent: { users: ['a'] } },
  };
  return { 'T.accessCredentials': [{ sshPublicKey }] };
}

const templates = { metadata: { name: 'dv' }, spec: { source: { blank: {} }, storage: {} } };

describe('RUN_TIME_RULES', () => {
  testRules(RUN_TIME_RULES, [
    {
      rule: 'run-interface-binding',
      accepts: { 'D.interfaces': [{ name: 'a', binding: { name: 'x' } }], 'T.networks': [{ name: 'a', pod: {} }] },
      refuses: { 'D.interfaces': [{ name: 'a' }], 'T.networks': [{ name: 'a', pod: {} }] },
      field: `${D}.interfaces[0]`,
      says: 'must have a binding',
    },
    {
      rule: 'run-container-disk-name-length',
      accepts: volume('a'.repeat(57), { containerDisk: { image: 'x' } }),
      refuses: volume('a'.repeat(58), { containerDisk: { image: 'x' } }),
      field: `${T}.volumes[1].name`,
      says: 'at most 57 characters',
    },
    {
      rule: 'run-filesystem-name-length',
      accepts: filesystem('a'.repeat(54)),
      refuses: filesystem('a'.repeat(55)),
      cluster: FILESYSTEMS,
      field: `${D}.filesystems[0].name`,
      says: 'at most 54 characters',
    },
    {
      rule: 'run-cloud-init-name-length',
      accepts: volume('a'.repeat(63), { cloudInitNoCloud: { userData: 'x' } }),
      refuses: volume('a'.repeat(58), { cloudInitNoCloud: { secretRef: { name: 's' } } }),
      field: `${T}.volumes[1].name`,
      says: 'at most 57 characters',
    },
    {
      rule: 'run-cloud-init-name-length',
      accepts: volume('a'.repeat(57), { cloudInitConfigDrive: { networkDataSecretRef: { name: 's' } } }),
      refuses: volume('a'.repeat(58), { cloudInitConfigDrive: { networkDataSecretRef: { name: 's' } } }),
      field: `${T}.volumes[1].name`,
      says: 'at most 57 characters',
    },
    ...['a'.repeat(52), 'my.secret'].map((secretName) => ({
      rule: 'run-access-credential-secret-name',
      accepts: credential('a'.repeat(51)),
      refuses: credential(secretName),
      field: `${T}.accessCredentials[0].sshPublicKey.source.secret.secretName`,
      says: 'at most 51 characters',
    })),
    {
      rule: 'run-disk-shareable-cache',
      accepts: { 'D.disks.0': { name: 'root', disk: { bus: 'virtio' }, shareable: true } },
      refuses: { 'D.disks.0': { name: 'root', disk: { bus: 'virtio' }, shareable: true, cache: 'writeback' } },
      field: `${D}.disks[0].cache`,
      says: "with 'shareable'",
    },
    ...(
      [
        [{ disk: { bus: 'sata' } }, 'v1.6.2', `must be 'scsi' or 'virtio', got "sata" for a hotpluggable disk`],
        [{ disk: {} }, 'v1.6.2', `must be 'scsi' or 'virtio', got nothing for a hotpluggable disk`],
        [{ disk: { bus: 'virtio' } }, 'v1.5.3', `must be 'scsi', got "virtio" for a hotpluggable disk`],
      ] as const
    ).map(([disk, release, says]) => ({
      rule: 'run-disk-hotplug-bus',
      release,
      accepts: hotplugged({ disk: { bus: 'scsi' } }),
      refuses: hotplugged(disk),
      field: `${D}.disks[1].disk.bus`,
      says,
    })),
    {
      rule: 'run-disk-hotplug-bus',
      accepts: hotplugged({ cdrom: { bus: 'sata' } }),
      refuses: hotplugged({ lun: { bus: 'virtio' } }),
      field: `${D}.disks[1].lun.bus`,
      says: `must be 'scsi', got "virtio" for a hotpluggable disk`,
    },
    {
      rule: 'run-disk-hotplug-bus',
      accepts: { ...hotplugged({ disk: {} }), 'spec.preference': { name: 'p' } },
      refuses: { ...hotplugged({ disk: { bus: 'sata' } }), 'spec.preference': { name: 'p' } },
      field: `${D}.disks[1].disk.bus`,
      says: `must be 'scsi' or 'virtio', got "sata"`,
    },
    {
      rule: 'run-update-volumes-strategy-known',
      accepts: { 'spec.updateVolumesStrategy': 'Migration' },
      refuses: { 'spec.updateVolumesStrategy': 'Foo' },
      field: 'spec.updateVolumesStrategy',
      says: 'got "Foo"',
    },
    {
      rule: 'run-filesystem-volume-exists',
      accepts: filesystem('v'),
      refuses: { 'D.filesystems': [{ name: 'x', virtiofs: {} }] },
      cluster: FILESYSTEMS,
      field: `${D}.filesystems[0].name`,
      says: 'got "x"',
    },
    {
      rule: 'run-empty-disk-capacity',
      accepts: volume('e', { emptyDisk: { capacity: '1Gi' } }),
      refuses: volume('e', { emptyDisk: { capacity: '-1Gi' } }),
      field: `${T}.volumes[1].emptyDisk.capacity`,
      says: 'got "-1Gi"',
    },
    {
      rule: 'run-cloud-init-single',
      accepts: volume('ci', { cloudInitNoCloud: { userData: 'x' } }),
      refuses: {
        ...volume('ci', { cloudInitNoCloud: { userData: 'x' } }),
        'T.volumes.2': { name: 'other', cloudInitConfigDrive: { userData: 'x' } },
      },
      field: `${T}.volumes[2]`,
      says: 'one volume of cloud-init',
    },
    {
      rule: 'run-data-volume-template-name-unique',
      accepts: { 'T.volumes.0': { name: 'root', dataVolume: { name: 'dv' } }, 'spec.dataVolumeTemplates': [templates] },
      refuses: {
        'T.volumes.0': { name: 'root', dataVolume: { name: 'dv' } },
        'spec.dataVolumeTemplates': [templates, templates],
      },
      field: 'spec.dataVolumeTemplates[1].metadata.name',
      says: 'got "dv"',
    },
  ]);
});
