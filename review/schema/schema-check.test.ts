import { Json } from '../rule';
import { allPairs, LAB, SchemaCheck } from '.';

const lab = new SchemaCheck([LAB]);
const all = new SchemaCheck([LAB, ...allPairs().filter(({ kubevirt }) => kubevirt !== LAB.kubevirt)]);

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
      unchecked: [
        'no schema of k8s.cni.cncf.io/v1 NetworkAttachmentDefinition in KubeVirt v1.6.2, CDI v1.63.1, external-snapshotter v8.2.0',
      ],
    });
    expect(lab.check({}).unchecked[0]).toMatch(/^no schema of no apiVersion and no kind in /);
  });

  test('checks a kind in the releases that have a schema of it, and says which have none', () => {
    const source = { apiVersion: 'cdi.kubevirt.io/v1beta1', kind: 'VolumeUploadSource', metadata: { name: 'a' } };
    const { faults, unchecked } = all.check({ ...source, spec: { contentTyp: 'kubevirt' } });
    expect(faults.map(({ field, releases }) => [field, releases])).toEqual([['spec.contentTyp', undefined]]);
    expect(unchecked).toHaveLength(4);
  });

  test('takes v1alpha3 of KubeVirt for v1, and knows nothing about other versions', () => {
    const faults = lab.check({ ...vm({ hostname: 5 }), apiVersion: 'kubevirt.io/v1alpha3' }).faults;
    expect(faults.map(({ rule }) => rule)).toEqual(['schema-type']);
    const { faults: none, unchecked } = lab.check({ ...vm({ hostname: 5 }), apiVersion: 'kubevirt.io/v2' });
    expect(none).toEqual([]);
    expect(unchecked[0]).toMatch(
      /^no schema of kubevirt.io\/v2 VirtualMachine in .*, which have one of kubevirt.io\/v1$/,
    );
  });

  test('answers with the object that the first release stores', () => {
    const object = vm({ volumes: [{ name: 'a', containerPath: { path: '/a' } }] });
    expect(all.check(object).object).toEqual(vm({ volumes: [{ name: 'a' }] }));
  });
});
