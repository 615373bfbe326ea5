import { report } from '..';
import { ruleEntries } from '../rules';
import { naming, releaseIn } from './named-release';

describe('releaseIn', () => {
  test.each([
    ['KubeVirt v1.6.2, pkg/a.go:check', 'KubeVirt v1.6.2'],
    ['CDI v1.63.1, the schema of cdi.kubevirt.io/v1beta1 DataVolume', 'CDI v1.63.1'],
    [
      'HyperConverged Cluster Operator v1.18.1, the schema of hco.kubevirt.io/v1 HyperConverged',
      'HyperConverged Cluster Operator v1.18.1',
    ],
    ['SSP v0.25.0, webhooks/ssp_webhook.go:validateCluster', 'SSP v0.25.0'],
    ['Kubernetes, the schema of v1 Service', undefined],
    ['QEMU, block/mirror.c', undefined],
    [undefined, undefined],
  ])('of %j is %j', (source, release) => expect(releaseIn(source)).toBe(release));
});

describe('naming', () => {
  test('adds the releases to a message that names none', () => {
    expect(naming('it is wrong', ['KubeVirt v1.6.2'])).toBe('it is wrong (KubeVirt v1.6.2)');
    expect(naming('it is wrong', ['KubeVirt v1.7.4', 'KubeVirt v1.8.4'])).toBe(
      'it is wrong (KubeVirt v1.7.4, KubeVirt v1.8.4)',
    );
    expect(naming('it is wrong', [])).toBe('it is wrong');
  });

  test('leaves a message that names a release of the same project', () => {
    expect(naming('KubeVirt v1.6.2 leaves it off', ['KubeVirt v1.6.2'])).toBe('KubeVirt v1.6.2 leaves it off');
    expect(naming('KubeVirt since v1.7.4 serves it', ['KubeVirt v1.6.2'])).toMatch(/ \(KubeVirt v1\.6\.2\)$/);
  });
});

describe('a finding of every kind of rule', () => {
  const manifests = [
    {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'web', namespace: 'there' },
      spec: {
        running: 'yes',
        runStrategy: 'Halted',
        colour: 'blue',
        template: {
          spec: {
            evictionStrategy: 'LiveMigrate',
            hostname: 'Web',
            domain: {
              memory: { guest: '1Gi' },
              devices: { disks: [{ name: 'a', disk: {} }], hostDevices: [{ name: 'h', deviceName: 'x/y' }] },
            },
            volumes: [{ name: 'a', containerDisk: { image: 'b' } }],
          },
        },
      },
    },
    {
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: { name: 'disk', namespace: 'there' },
      spec: { source: { blank: {}, http: { url: 'https://a.example' } }, storage: {} },
    },
    { apiVersion: 'snapshot.kubevirt.io/v1beta1', kind: 'Snapshot', metadata: { name: 's', namespace: 'there' } },
    { apiVersion: 'backup.kubevirt.io/v1alpha1', kind: 'VirtualMachineBackup', metadata: { name: 'b' } },
    {
      apiVersion: 'ssp.kubevirt.io/v1beta3',
      kind: 'SSP',
      metadata: { name: 'ssp', namespace: 'there' },
      spec: { commonTemplates: { dataImportCronTemplates: [{ spec: {} }] } },
    },
  ];

  test.each([
    ['v1.6.2', 'v1.63.1', 'v0.24.1'],
    ['v1.8.4', 'v1.65.0', 'v0.25.0'],
  ])('says which release it is of, under %s', (kubevirt, cdi, ssp) => {
    const { findings } = report(manifests, { kubevirt, cdi });
    const named = [`KubeVirt ${kubevirt}`, `CDI ${cdi}`, `SSP ${ssp}`, 'no release that is held'];
    expect(findings.filter(({ message }) => !named.some((title) => message.includes(title)))).toEqual([]);
    const rules = findings.map(({ rule }) => rule);
    expect(rules).toEqual(
      expect.arrayContaining([
        ...['schema-unknown-field', 'schema-type', 'schema-kind', 'hostname-label', 'eviction-live-migrate'],
        ...['data-volume-source-kind-single', 'ssp-cron-template-name'],
      ]),
    );
    expect(findings.filter(({ source }) => source === undefined)).toEqual([]);
  });

  test('has a source that names no release by itself where it is of a project of a pair', () => {
    const fixed = [...ruleEntries().values()].filter(({ source }) =>
      /\b(KubeVirt|CDI|SSP|HyperConverged) v\d/.test(source),
    );
    expect(fixed.map(({ id }) => id)).toEqual([]);
  });
});
