import { Json } from '../rule';
import { ADMISSION_PAIR, allPairs, SchemaCheck } from '.';

const lab = new SchemaCheck([ADMISSION_PAIR]);
const all = new SchemaCheck([
  ADMISSION_PAIR,
  ...allPairs().filter(({ kubevirt }) => kubevirt !== ADMISSION_PAIR.kubevirt),
]);

function vm(spec: Json): Json {
  const template = { spec: { domain: { devices: {} }, ...spec } };
  return { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: { name: 'a' }, spec: { template } };
}

describe('SchemaCheck', () => {
  test('knows five pairs of releases', () => {
    expect(allPairs().map(({ kubevirt, cdi }) => `${kubevirt} ${cdi}`)).toEqual([
      'v1.5.3 v1.62.0',
      'v1.6.2 v1.63.1',
      'v1.7.4 v1.64.0',
      'v1.8.4 v1.65.0',
      'v1.9.0 v1.66.0',
    ]);
  });

  test('names the releases of what not every one of them says', () => {
    const object = vm({ volumes: [{ name: 'a', containerPath: { path: '/a', readOnly: true } }] });
    const [fault, ...more] = all.check(object).faults;
    expect(more).toEqual([]);
    expect(fault).toMatchObject({
      rule: 'schema-unknown-field',
      field: 'spec.template.spec.volumes[0].containerPath',
      releases: ['KubeVirt v1.6.2', 'KubeVirt v1.5.3', 'KubeVirt v1.7.4'],
    });
  });

  test('names no release where all agree', () => {
    expect(all.check(vm({ hostname: 5 })).faults).toEqual([
      {
        rule: 'schema-type',
        field: 'spec.template.spec.hostname',
        message: "'hostname' must be text, got 5",
        remedy: 'quote it',
      },
    ]);
  });

  test('says what it has no schema of', () => {
    const network = { apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition', metadata: { name: 'A' } };
    expect(lab.check(network)).toEqual({
      object: network,
      faults: [],
      unchecked: ['no schema of k8s.cni.cncf.io/v1 NetworkAttachmentDefinition'],
    });
    expect(all.check(network).unchecked).toEqual(['no schema of k8s.cni.cncf.io/v1 NetworkAttachmentDefinition']);
  });

  test.each([
    [{ replicas: 1 }, 'no Kubernetes object (no apiVersion and no kind)'],
    [{ apiVersion: 'v2', name: 'chart' }, 'no Kubernetes object (no kind)'],
    [{ kind: 'Thing' }, 'no Kubernetes object (no apiVersion)'],
  ])('says what is no object: %j', (object, reason) => {
    expect(lab.check(object)).toEqual({ object, faults: [], unchecked: [reason] });
  });

  test('checks a kind in the releases that have a schema of it, and says which have none', () => {
    const source = { apiVersion: 'cdi.kubevirt.io/v1beta1', kind: 'VolumeUploadSource', metadata: { name: 'a' } };
    const { faults, unchecked } = all.check({ ...source, spec: { contentTyp: 'kubevirt' } });
    expect(faults.map(({ field, releases }) => [field, releases])).toEqual([['spec.contentTyp', undefined]]);
    expect(unchecked).toEqual([
      'no schema of cdi.kubevirt.io/v1beta1 VolumeUploadSource in CDI v1.62.0, CDI v1.64.0, CDI v1.65.0, CDI v1.66.0',
    ]);
  });

  test('takes v1alpha3 of KubeVirt for v1', () => {
    const faults = lab.check({ ...vm({ hostname: 5 }), apiVersion: 'kubevirt.io/v1alpha3' }).faults;
    expect(faults.map(({ rule }) => rule)).toEqual(['schema-type']);
  });

  test.each([
    ['snapshot.kubevirt.io/v1alpha1', 'VirtualMachineSnapshot'],
    ['export.kubevirt.io/v1alpha1', 'VirtualMachineExport'],
    ['clone.kubevirt.io/v1alpha1', 'VirtualMachineClone'],
    ['instancetype.kubevirt.io/v1alpha1', 'VirtualMachineInstancetype'],
    ['instancetype.kubevirt.io/v1alpha2', 'VirtualMachineClusterPreference'],
  ])('takes %s of %s for the version that is stored', (apiVersion, kind) => {
    const { faults, unchecked } = lab.check({ apiVersion, kind, metadata: { name: 'a' }, spec: { wrong: 1 } });
    expect(unchecked).toEqual([]);
    expect(faults.map(({ rule, field }) => [rule, field])).toContainEqual(['schema-unknown-field', 'spec.wrong']);
  });

  test.each([
    ['kubevirt.io/v2', 'VirtualMachine', "'kubevirt.io/v1' or 'kubevirt.io/v1alpha3'"],
    ['kubevirt.io/v1alpha2', 'VirtualMachine', "'kubevirt.io/v1' or 'kubevirt.io/v1alpha3'"],
    ['snapshot.kubevirt.io/v1', 'VirtualMachineSnapshot', "'snapshot.kubevirt.io/v1beta1' or"],
    ['cdi.kubevirt.io/v1alpha1', 'DataVolume', "'cdi.kubevirt.io/v1beta1' for DataVolume"],
    ['kubevirt/v1', 'VirtualMachine', "'kubevirt.io/v1' or 'kubevirt.io/v1alpha3'"],
    ['kubevirt.io/v1alpha1', 'MigrationPolicy', "'migrations.kubevirt.io/v1alpha1' for"],
    ['flavor.kubevirt.io/v1alpha1', 'VirtualMachinePreference', "'instancetype.kubevirt.io/v1beta1'"],
    ['v1', 'VirtualMachine', "'kubevirt.io/v1' or 'kubevirt.io/v1alpha3'"],
    [undefined, 'VirtualMachine', 'got nothing'],
  ])('fails when nobody serves %s %s', (apiVersion, kind, says) => {
    const { faults, unchecked } = lab.check({ ...vm({}), apiVersion, kind });
    expect(faults).toMatchObject([{ rule: 'schema-version', field: 'apiVersion' }]);
    expect(faults[0]?.message).toContain(says);
    expect(unchecked).toEqual([]);
  });

  test.each([
    ['kubevirt.io/v1', 'VirtualMachines', 'VirtualMachine'],
    ['kubevirt.io/v1', 'virtualmachine', 'VirtualMachine'],
    ['cdi.kubevirt.io/v1beta1', 'Datavolume', 'DataVolume'],
  ])('fails when a kind is mistyped: %s %s', (apiVersion, kind, meant) => {
    expect(lab.check({ ...vm({}), apiVersion, kind }).faults).toMatchObject([
      { rule: 'schema-kind', field: 'kind', remedy: `write '${meant}'` },
    ]);
  });

  test.each([
    ['pool.kubevirt.io/v1beta1', 'VirtualMachinePool'],
    ['export.kubevirt.io/v1', 'VirtualMachineExport'],
    ['kubevirt.io/v1', 'VirtualMachineInstancePreset'],
    ['vmoperator.vmware.com/v1alpha2', 'VirtualMachine'],
    ['forklift.cdi.kubevirt.io/v1beta1', 'OvirtVolumePopulator'],
    ['upload.cdi.kubevirt.io/v1beta1', 'UploadTokenRequest'],
  ])('says nothing of what another release or project serves: %s %s', (apiVersion, kind) => {
    const { faults, unchecked } = lab.check({ ...vm({}), apiVersion, kind });
    expect([faults, unchecked]).toEqual([[], [`no schema of ${apiVersion} ${kind}`]]);
  });

  test('passes by what SOPS encrypted', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'ENC[AES256_GCM,data:x]' } };
    const { faults, unchecked } = lab.check({ ...secret, sops: { mac: 'ENC[x]', version: '3.9.0' } });
    expect([faults, unchecked]).toEqual([[], [expect.stringContaining('encrypted by SOPS')]]);
  });

  test.each([
    ['with the label', { 'cdi.kubevirt.io/applyStorageProfile': 'true' }, []],
    ['without it', {}, ['schema-enum']],
  ])("leaves CDI's webhook its volumeMode %s", (_title, labels, rules) => {
    const resources = { requests: { storage: '1Gi' } };
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'a', labels },
      spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'FromStorageProfile', resources },
    };
    expect(lab.check(claim).faults.map(({ rule }) => rule)).toEqual(rules);
  });

  test('answers with the object that the first release stores', () => {
    const object = vm({ volumes: [{ name: 'a', containerPath: { path: '/a' } }] });
    expect(all.check(object).object).toEqual(vm({ volumes: [{ name: 'a' }] }));
  });
});
