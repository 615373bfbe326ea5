import { report } from '..';
import { ReviewedManifest } from '../manifests/manifest';
import { parseManifests } from '../manifests/program-input';
import type { Root } from '../manifests/roots/root';
import { eachOf, messages, said, TextCase } from '../testing/said';

const RULES = ['namespace-first', 'needed-first'];

const namespace = (name = 'shop'): string => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n---\n`;
const claim = (spec = 'storageClassName: fast', name = 'data', place = 'shop'): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: ${name}, namespace: ${place} }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }, ${spec} }\n---\n`;
const volume = (storage = 'storageClassName: fast'): string =>
  `apiVersion: cdi.kubevirt.io/v1beta1\nkind: DataVolume\nmetadata: { name: d, namespace: shop }\nspec: { source: { blank: {} }, storage: { resources: { requests: { storage: 1Gi } }, ${storage} } }\n---\n`;
const storageClass = (name = 'fast', metadata = ''): string =>
  `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: ${name}${metadata} }\nprovisioner: csi.example.com\n---\n`;
const DEFAULT = ', annotations: { storageclass.kubernetes.io/is-default-class: "true" }';
const vm = (spec = ''): string =>
  `apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: { name: web, namespace: shop }\nspec: { runStrategy: Always, ${spec} template: { spec: { domain: { devices: {} } } } }\n---\n`;
const instancetype = (kind: string, place = ', namespace: shop'): string =>
  `apiVersion: instancetype.kubevirt.io/v1beta1\nkind: ${kind}\nmetadata: { name: small${place} }\nspec: ${kind.endsWith('Preference') ? '{}' : '{ cpu: { guest: 1 }, memory: { guest: 1Gi } }'}\n---\n`;
const pool = `apiVersion: pool.kubevirt.io/v1beta1\nkind: VirtualMachinePool\nmetadata: { name: workers, namespace: shop }\nspec:\n  replicas: 2\n  selector: { matchLabels: { a: b } }\n  virtualMachineTemplate:\n    metadata: { labels: { a: b } }\n    spec: { runStrategy: Always, instancetype: { kind: VirtualMachineInstancetype, name: small }, template: { metadata: { labels: { a: b } }, spec: { domain: { devices: {} } } } }\n---\n`;
const quota = (kind = 'ResourceQuota', place = 'shop'): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: team, namespace: ${place} }\nspec: ${kind === 'LimitRange' ? '{ limits: [{ type: PersistentVolumeClaim, max: { storage: 5Gi } }] }' : '{ hard: { requests.storage: 10Gi } }'}\n---\n`;
const snapshotClass = `apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshotClass\nmetadata: { name: snap }\ndriver: csi.example.com\ndeletionPolicy: Delete\n---\n`;
const vmSnapshot = `apiVersion: snapshot.kubevirt.io/v1beta1\nkind: VirtualMachineSnapshot\nmetadata: { name: s, namespace: shop }\nspec: { source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web } }\n---\n`;
const volumeSnapshot = (more = ''): string =>
  `apiVersion: snapshot.storage.k8s.io/v1\nkind: VolumeSnapshot\nmetadata: { name: v, namespace: shop }\nspec: { source: { persistentVolumeClaimName: data }${more} }\n---\n`;
const definition = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: kubevirts.kubevirt.io }\nspec: { group: kubevirt.io, names: { kind: KubeVirt, plural: kubevirts }, scope: Namespaced, versions: [] }\n---\n`;
const kubevirt =
  'apiVersion: kubevirt.io/v1\nkind: KubeVirt\nmetadata: { name: kubevirt, namespace: kubevirt }\nspec: {}\n---\n';

const CASES: readonly TextCase[] = [
  ['a Namespace before what stands in it', namespace() + claim(), []],
  [
    'a Namespace behind a claim',
    claim() + namespace(),
    ['namespace-first PersistentVolumeClaim data metadata.namespace'],
    'put the Namespace "shop" first',
  ],
  [
    'a Namespace behind a machine and a quota',
    vm() + quota() + namespace(),
    ['namespace-first VirtualMachine web metadata.namespace', 'needed-first VirtualMachine web metadata.namespace'],
    'and so stand 1 more',
  ],
  ['a Namespace of others', claim() + namespace('other'), []],
  ['a class before its claim', storageClass() + claim(), []],
  [
    'a class behind its claim',
    claim() + storageClass(),
    ['needed-first PersistentVolumeClaim data spec.storageClassName'],
    `'storageClassName' must need nothing that is made behind it, got StorageClass "fast"; a claim gets no volume`,
  ],
  [
    'a class behind a DataVolume',
    volume() + storageClass(),
    ['needed-first DataVolume d spec.storage.storageClassName'],
  ],
  [
    'a class behind the template of a machine',
    vm(
      'dataVolumeTemplates: [{ metadata: { name: a }, spec: { source: { blank: {} }, storage: { storageClassName: fast } } }],',
    ) + storageClass(),
    ['needed-first VirtualMachine web spec.dataVolumeTemplates[0].spec.storage.storageClassName'],
  ],
  ['another class behind a claim', claim() + storageClass('slow'), []],
  [
    'a default class behind a claim without one',
    volume('accessModes: [ReadWriteOnce]') + storageClass('fast', DEFAULT),
    ['needed-first DataVolume d spec.storage'],
  ],
  [
    'a class that is not the default behind a claim without one',
    volume('accessModes: [ReadWriteOnce]') + storageClass(),
    [],
  ],
  ['a default class behind a claim that wants none', claim("storageClassName: ''") + storageClass('fast', DEFAULT), []],
  [
    'a class behind two claims',
    claim() + claim(undefined, 'more') + storageClass(),
    ['needed-first PersistentVolumeClaim data spec.storageClassName'],
    'and so stand 1 more',
  ],
  [
    'an instance type behind its machine',
    vm('instancetype: { kind: VirtualMachineInstancetype, name: small },') + instancetype('VirtualMachineInstancetype'),
    ['needed-first VirtualMachine web spec.instancetype.name'],
    'the machine is taken unchecked, and does not start until it is there; put the VirtualMachineInstancetype "small" first',
  ],
  [
    'an instance type before its machine',
    instancetype('VirtualMachineInstancetype') + vm('instancetype: { kind: VirtualMachineInstancetype, name: small },'),
    [],
  ],
  [
    'an instance type of the cluster behind its machine',
    vm('instancetype: { name: small },') + instancetype('VirtualMachineClusterInstancetype', ''),
    ['needed-first VirtualMachine web spec.instancetype.name'],
  ],
  [
    'an instance type of another namespace behind a machine',
    vm('instancetype: { kind: VirtualMachineInstancetype, name: small },') +
      instancetype('VirtualMachineInstancetype', ', namespace: other'),
    [],
  ],
  [
    'an instance type behind its pool',
    pool + instancetype('VirtualMachineInstancetype'),
    ['needed-first VirtualMachinePool workers spec.virtualMachineTemplate.spec.instancetype.name'],
  ],
  [
    'a preference behind its machine',
    vm('preference: { kind: VirtualMachinePreference, name: small },') + instancetype('VirtualMachinePreference'),
    ['needed-first VirtualMachine web spec.preference.name'],
  ],
  [
    'a preference of the cluster behind its machine',
    vm('preference: { name: small },') + instancetype('VirtualMachineClusterPreference', ''),
    ['needed-first VirtualMachine web spec.preference.name'],
  ],
  ['a quota before what it counts', quota() + volume(), []],
  [
    'a quota behind what it counts',
    volume() + quota(),
    ['needed-first DataVolume d metadata.namespace'],
    'what is made before it is not held against it',
  ],
  ['a quota of another namespace', volume() + quota('ResourceQuota', 'other'), []],
  [
    'a LimitRange behind a claim',
    claim('volumeMode: Block') + quota('LimitRange'),
    ['needed-first PersistentVolumeClaim data metadata.namespace'],
    'does not get its defaults',
  ],
  [
    'a snapshot class behind the snapshot of a machine',
    vmSnapshot + snapshotClass,
    ['needed-first VirtualMachineSnapshot s spec.source'],
    'holds no disk',
  ],
  ['a snapshot class before it', snapshotClass + vmSnapshot, []],
  [
    'a snapshot class behind the snapshot of a claim',
    volumeSnapshot() + snapshotClass,
    ['needed-first VolumeSnapshot v spec.source'],
  ],
  [
    'a snapshot class that is named behind it',
    volumeSnapshot(', volumeSnapshotClassName: snap') + snapshotClass,
    ['needed-first VolumeSnapshot v spec.volumeSnapshotClassName'],
  ],
  ['another snapshot class behind it', volumeSnapshot(', volumeSnapshotClassName: mine') + snapshotClass, []],
  [
    'the definition of a kind behind an object of it',
    kubevirt + definition,
    ['needed-first KubeVirt kubevirt kind'],
    'does not know the kind yet',
  ],
  ['the definition of a kind before an object of it', definition + kubevirt, []],
  [
    'a Secret and a network behind a machine',
    `${vm()}apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: shop }\n---\n`,
    [],
  ],
];

describe('the order of a file', () => {
  test.each(eachOf(CASES))('%s', (_title, text, expected, part) => {
    expect(said(text, RULES)).toEqual(expected);
    expect(messages(text, RULES)).toContain(part);
  });
});

describe('the order of several files', () => {
  /** The rules that find something where each text is a file of its own. */
  const found = (texts: readonly string[], files: readonly string[], root?: Root): string[] => {
    const manifests = texts.flatMap((text, index) =>
      parseManifests(text).map(({ object }) => {
        const manifest = ReviewedManifest.of(object, { file: files[index], document: 0 });
        return root === undefined ? manifest : manifest.within(root);
      }),
    );
    return report(manifests).findings.flatMap(({ rule }) => (RULES.includes(rule) ? rule : []));
  };
  const root = (kind: Root['kind']): Root => ({ name: 'apps', kind, isOpen: false });

  test.each([
    ['steps', ['needed-first']],
    ['kustomization', []],
    ['argo-cd', []],
    ['flux', []],
  ] as const)('of a root of the kind %s', (kind, expected) => {
    expect(found([claim(), storageClass()], ['1-claim.yaml', '2-class.yaml'], root(kind))).toEqual(expected);
  });

  test('of steps is that of their names, not that in which they were read', () => {
    const files = ['2-claim.yaml', '1-class.yaml'];
    expect(found([claim(), storageClass()], files, root('steps'))).toEqual([]);
  });

  test('of a folder without steps is nobody’s', () => {
    expect(found([claim(), storageClass()], ['a.yaml', 'b.yaml'])).toEqual([]);
  });

  test('of what a cluster printed is no order of an apply', () => {
    const live = (text: string): string => text.replace('metadata: {', 'metadata: { uid: "1",');
    expect(said(live(claim()) + live(storageClass()), RULES)).toEqual([]);
  });
});
