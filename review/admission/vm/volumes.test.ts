import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { VOLUME_RULES } from './volumes';

const VOLUMES = 'spec.template.spec.volumes';
const HOST_DISK = { featureGates: ['HostDisk'] };
const METRICS = { featureGates: ['DownwardMetrics'] };

function volume(source: object): Json {
  return { 'T.volumes.1': { name: 'v', ...source } };
}

function two(one: object, other: object): Json {
  return { 'T.volumes.1': { name: 'v', ...one }, 'T.volumes.2': { name: 'w', ...other } };
}

function hostDisk(hostDisk: object): Json {
  return volume({ hostDisk });
}

describe('VOLUME_RULES', () => {
  testRules(VOLUME_RULES, [
    {
      rule: 'volume-name-unique',
      accepts: volume({ emptyDisk: { capacity: '1Gi' } }),
      refuses: { 'T.volumes.1': { name: 'root', emptyDisk: { capacity: '1Gi' } } },
      field: `${VOLUMES}[1].name`,
      says: 'volumes[0], got "root"',
    },
    {
      rule: 'volume-source-given',
      accepts: volume({ sysprep: {} }),
      refuses: volume({}),
      field: `${VOLUMES}[1]`,
      says: 'must have a source',
    },
    {
      rule: 'volume-source-single',
      accepts: volume({ persistentVolumeClaim: {} }),
      refuses: volume({ emptyDisk: { capacity: '1Gi' }, containerDisk: { image: 'x' } }),
      field: `${VOLUMES}[1]`,
      says: 'got ["containerDisk","emptyDisk"]',
    },
    {
      rule: 'volume-data-volume-name',
      accepts: volume({ dataVolume: { name: 'd' } }),
      refuses: volume({ dataVolume: {} }),
      field: `${VOLUMES}[1].name`,
      says: "'dataVolume.name' must be given",
    },
    {
      rule: 'volume-config-map-name',
      accepts: volume({ configMap: { name: 'c' } }),
      refuses: volume({ configMap: {} }),
      field: `${VOLUMES}[1].configMap.name`,
      says: "'name' must be given",
    },
    {
      rule: 'volume-secret-name',
      accepts: volume({ secret: { secretName: 's' } }),
      refuses: volume({ secret: { secretName: '' } }),
      field: `${VOLUMES}[1].secret.secretName`,
      says: 'got ""',
    },
    {
      rule: 'volume-service-account-name',
      accepts: volume({ serviceAccount: { serviceAccountName: 's' } }),
      refuses: volume({ serviceAccount: {} }),
      field: `${VOLUMES}[1].serviceAccount.serviceAccountName`,
      says: 'got nothing',
    },
    {
      rule: 'volume-service-account-single',
      accepts: volume({ serviceAccount: { serviceAccountName: 's' } }),
      refuses: two({ serviceAccount: { serviceAccountName: 's' } }, { serviceAccount: { serviceAccountName: 't' } }),
      field: VOLUMES,
      says: 'got ["v","w"]',
    },
    {
      rule: 'volume-memory-dump-single',
      accepts: volume({ memoryDump: {} }),
      refuses: two({ memoryDump: { claimName: 'a' } }, { memoryDump: { claimName: 'b' } }),
      field: VOLUMES,
      says: "'memoryDump'",
    },
    {
      rule: 'volume-downward-metrics-single',
      accepts: { ...volume({ downwardMetrics: {} }), 'D.disks.1': { name: 'v', disk: {} } },
      refuses: two({ downwardMetrics: {} }, { downwardMetrics: {} }),
      cluster: METRICS,
      field: VOLUMES,
      says: "'downwardMetrics'",
    },
    {
      rule: 'volume-host-disk-gate',
      accepts: hostDisk({ path: 'a.img', type: 'DiskOrCreate' }),
      acceptedOn: HOST_DISK,
      refuses: hostDisk({}),
      field: `${VOLUMES}[1]`,
      says: "'HostDisk', which is not listed",
    },
    {
      rule: 'volume-downward-metrics-gate',
      accepts: {},
      refuses: volume({ downwardMetrics: {} }),
      field: `${VOLUMES}[1]`,
      says: "'DownwardMetrics'",
    },
    {
      rule: 'volume-host-disk-path',
      accepts: hostDisk({ path: '/a', type: 'Disk' }),
      refuses: hostDisk({ path: '', type: 'Disk' }),
      cluster: HOST_DISK,
      field: `${VOLUMES}[1].hostDisk.path`,
      says: 'got ""',
    },
    {
      rule: 'volume-host-disk-type',
      accepts: hostDisk({ path: '/a', type: 'Disk' }),
      refuses: hostDisk({ path: '/a', type: 'disk' }),
      cluster: HOST_DISK,
      field: `${VOLUMES}[1].hostDisk.type`,
      says: "'Disk' or 'DiskOrCreate'",
    },
    {
      rule: 'volume-host-disk-capacity',
      accepts: hostDisk({ path: '/a', type: 'Disk', capacity: '0' }),
      refuses: hostDisk({ path: '/a', type: 'Disk', capacity: '1Gi' }),
      cluster: HOST_DISK,
      field: `${VOLUMES}[1].hostDisk.capacity`,
      says: 'got "1Gi"',
    },
    ...['/', 'disk/a.img', '/a/../b', '/a//b', '/./a'].map((path) => ({
      rule: 'volume-container-disk-path',
      accepts: volume({ containerDisk: { image: 'x', path: '/disk/a.img/' } }),
      refuses: volume({ containerDisk: { image: 'x', path } }),
      field: `${VOLUMES}[1].containerDisk`,
      says: `got "${path}"`,
    })),
  ]);

  test('says of a forbidden hostDisk also what else the webhook refuses in it', () => {
    const { path, type } = { path: `${VOLUMES}[1].hostDisk.path`, type: `${VOLUMES}[1].hostDisk.type` };
    expect(refusals(hostDisk({ path: '/a', type: 'Disk' }))).toEqual([`${VOLUMES}[1]`]);
    expect(refusals(hostDisk({}))).toEqual([`${VOLUMES}[1]`, path, type]);
  });
});
