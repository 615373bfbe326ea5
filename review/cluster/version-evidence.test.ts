import { ReviewedManifest } from '../manifests/manifest';
import { objectsOf } from '../manifests/objects';
import { Json } from '../rule';
import { versionEvidence } from './version-evidence';

function evidence(...objects: readonly Json[]): string[] {
  const reviewed = objects.flatMap((object) => objectsOf(ReviewedManifest.of(object, { file: 'a.yaml' })).objects);
  return versionEvidence(reviewed).map(({ component, version, place }) => `${component} ${version}: ${place}`);
}

const metadata = { name: 'a', namespace: 'ns' };
const kubevirt = (spec: Json, status: Json = {}): Json => ({
  apiVersion: 'kubevirt.io/v1',
  kind: 'KubeVirt',
  metadata,
  spec,
  status,
});

describe('versionEvidence', () => {
  test.each<[string, Json, string]>([
    [
      'what KubeVirt runs before what it is told',
      kubevirt({ imageTag: 'v1.7.0' }, { observedKubeVirtVersion: 'v1.6.2', operatorVersion: 'v1.7.0' }),
      'kubevirt v1.6.2: status.observedKubeVirtVersion of KubeVirt ns/a in a.yaml',
    ],
    [
      'the tag of KubeVirt',
      kubevirt({ imageTag: 'v1.7.0' }),
      'kubevirt v1.7.0: spec.imageTag of KubeVirt ns/a in a.yaml',
    ],
    [
      'the status of CDI',
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'CDI',
        metadata: { name: 'cdi' },
        status: { observedVersion: 'v1.63.1' },
      },
      'cdi v1.63.1: status.observedVersion of CDI cdi in a.yaml',
    ],
    [
      'the operator of a HyperConverged',
      {
        apiVersion: 'hco.kubevirt.io/v1beta1',
        kind: 'HyperConverged',
        metadata,
        status: {
          versions: [
            { name: 'other', version: '9' },
            { name: 'operator', version: '1.16.0' },
          ],
        },
      },
      'hco 1.16.0: status.versions of HyperConverged ns/a in a.yaml',
    ],
    [
      'the image of the operator',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'virt-operator' },
        spec: { template: { spec: { containers: [{ image: 'quay.io:443/kubevirt/virt-operator:v1.6.2' }] } } },
      },
      'kubevirt v1.6.2: the image of Deployment virt-operator in a.yaml',
    ],
    [
      "virt-operator's mark on what it made",
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', annotations: { 'kubevirt.io/install-strategy-version': 'v1.8.4' } },
      },
      'kubevirt v1.8.4: metadata.annotations.kubevirt.io/install-strategy-version of ConfigMap a in a.yaml',
    ],
    [
      "CDI's mark on what it made",
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', labels: { 'operator.cdi.kubevirt.io/createVersion': 'v1.62.0' } },
      },
      'cdi v1.62.0: metadata.labels.operator.cdi.kubevirt.io/createVersion of ConfigMap a in a.yaml',
    ],
  ])('reads %s', (_title, object, found) => {
    expect(evidence(object)).toEqual([found]);
  });

  test.each<[string, Json]>([
    ['a KubeVirt without a version', kubevirt({ configuration: {} })],
    [
      'the label of a product',
      { ...kubevirt({ imageTag: '' }), metadata: { ...metadata, labels: { 'app.kubernetes.io/version': '4.18.1' } } },
    ],
    [
      'the image of another Deployment, or one without a tag',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'cdi-operator' },
        spec: { template: { spec: { containers: [{ image: 'quay.io/kubevirt/cdi-operator@sha256:aa' }, {}] } } },
      },
    ],
    [
      'an API version',
      {
        kind: 'VirtualMachine',
        metadata: { name: 'a', annotations: { 'kubevirt.io/latest-observed-api-version': 'v1' } },
      },
    ],
    [
      'a kind that every JavaScript object has a member of',
      { apiVersion: 'v1', kind: 'toString', metadata: { name: 'a' } },
    ],
  ])('reads nothing from %s', (_title, object) => {
    expect(evidence(object)).toEqual([]);
  });

  test('takes the newest image of what runs machines, where nothing else names a version of KubeVirt', () => {
    const instance = (image: string): Json => ({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstance',
      metadata,
      status: { launcherContainerImageVersion: image },
    });
    const [old, now] = [
      instance('quay.io/kubevirt/virt-launcher:v1.6.2'),
      instance('example.com:5000/virt-launcher:v1.7.4@sha256:0f'),
    ];
    const named = 'kubevirt v1.7.4: status.launcherContainerImageVersion of VirtualMachineInstance ns/a in a.yaml';
    expect(evidence(old, now, old)).toEqual([named]);
    expect(evidence(now, kubevirt({ imageTag: 'v1.9.0' }))).toEqual([
      'kubevirt v1.9.0: spec.imageTag of KubeVirt ns/a in a.yaml',
    ]);
    expect(evidence(instance('registry.example.com/virt-launcher@sha256:0f'))).toEqual([]);
    expect(evidence(instance('registry.example.com/virt-launcher:v4.18.3'))).toEqual([]);
  });
});
