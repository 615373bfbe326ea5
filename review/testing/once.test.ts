import { ADMISSION_PAIR, review } from '..';
import { Json } from '../rule';
import { readCases, runCase, title } from './cases';

const META = { name: 'o', namespace: 'default' };
const domain = (devices: Json = {}) => ({ devices, memory: { guest: '2Gi' } });

function machine(spec: Json, more: Json = {}): Json {
  const template = { spec: { domain: domain(), ...spec } };
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: META,
    spec: { runStrategy: 'Halted', template, ...more },
  };
}

function of(apiVersion: string, kind: string, spec: Json, name = 'o'): Json {
  return { apiVersion, kind, metadata: { ...META, name }, spec };
}

const ssh = (method: Json) => ({
  accessCredentials: [{ sshPublicKey: { source: { secret: { secretName: 's' } }, ...method } }],
});
const disk = (more: Json) =>
  machine({
    domain: domain({ disks: [{ name: 'd', disk: { bus: 'virtio' }, ...more }] }),
    volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'p' } }],
  });
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const options = {
  featureGates: ['Snapshot', 'DecentralizedLiveMigration'],
  external: [{ kind: 'PersistentVolumeClaim', name: 'p' }],
};

describe('one fault is one finding', () => {
  // The API server answers by the schema, and no webhook is asked.
  test.each([
    ['schema-required', 'a credential without its method', machine(ssh({}))],
    ['schema-required', 'a credential without users', machine(ssh({ propagationMethod: { qemuGuestAgent: {} } }))],
    [
      'schema-required',
      'a template without a spec',
      machine(
        { volumes: [{ name: 'v', dataVolume: { name: 'd' } }] },
        { dataVolumeTemplates: [{ metadata: { name: 'd' } }] },
      ),
    ],
    ['schema-required', 'an affinity without terms', machine({ affinity: { nodeAffinity: { [REQUIRED]: {} } } })],
    ['schema-range', 'a boot order below 0', disk({ bootOrder: -1 })],
    ['schema-range', 'a block size below 0', disk({ blockSize: { custom: { logical: -1, physical: 512 } } })],
    [
      'metadata-name',
      'a name that is too long',
      of(
        'cdi.kubevirt.io/v1beta1',
        'DataVolume',
        { source: { blank: {} }, storage: { resources: { requests: { storage: '1Gi' } } } },
        'n'.repeat(254),
      ),
    ],
    [
      'schema-required',
      'a snapshot without a source',
      of('snapshot.kubevirt.io/v1beta1', 'VirtualMachineSnapshot', {}),
    ],
    [
      'schema-required',
      'a restore without a target',
      of('snapshot.kubevirt.io/v1beta1', 'VirtualMachineRestore', { virtualMachineSnapshotName: 's' }),
    ],
    [
      'schema-required',
      'a migration without its id',
      of('kubevirt.io/v1', 'VirtualMachineInstanceMigration', {
        vmiName: 'v',
        sendTo: { migrationID: 'a', connectURL: 'x' },
        receive: {},
      }),
    ],
    [
      'schema-required',
      'a DataImportCron without a template',
      of('cdi.kubevirt.io/v1beta1', 'DataImportCron', { schedule: '', managedDataSource: 'd' }),
    ],
    [
      'schema-enum',
      'a content that is unknown',
      of('cdi.kubevirt.io/v1beta1', 'DataVolume', {
        contentType: 'iso',
        source: { registry: { url: 'docker://q/x' } },
        storage: { resources: { requests: { storage: '1Gi' } } },
      }),
    ],
    [
      'schema-range',
      'an overcommit below 0',
      of('instancetype.kubevirt.io/v1beta1', 'VirtualMachineInstancetype', {
        cpu: { guest: 1 },
        memory: { guest: '1Gi', overcommitPercent: -1, hugepages: { pageSize: '2Mi' } },
      }),
    ],
  ])('%s for %s', (rule, _title, object) => {
    const errors = review([object], { ...ADMISSION_PAIR, ...options }).filter(({ severity }) => severity === 'error');
    expect(errors.map((finding) => finding.rule)).toEqual([rule]);
  });

  test('for every verdict: a field of which the schema speaks has no other error', () => {
    const doubled = readCases().flatMap((one) => {
      const { errors } = runCase(one);
      const bySchema = new Set(errors.filter(({ rule }) => /^(schema|metadata)-/.test(rule)).map(({ field }) => field));
      return errors
        .filter(({ rule, field }) => !/^(schema|metadata)-/.test(rule) && bySchema.has(field))
        .map(({ rule }) => `${title(one)}: ${rule}`);
    });
    expect(doubled).toEqual([]);
  });
});
