import { Chart, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { ClaimSelection } from '../disks/claim-selection';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeSourceKind } from '../disks/data-volume-source-kind';
import { ImportOptions } from '../disks/import-options';
import { Overrides } from '../shared/overrides';
import { failureOf, manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { StorageCatalog } from '../storage/catalog';
import { AccessMode, ClaimApi, ContentType, VolumeMode } from '../storage/claim-modes';
import { CloudInit } from './cloud-init';
import { DiskTemplate, DiskTemplateProps, TemplateSnapshotOptions } from './disk-template';
import { Firmware } from './firmware';
import { TemplateCatalogue } from './template-catalogue';
import { defaultVmSpec } from './testing/default-vm';

const SOURCE = DataVolumeSource.registry('docker://quay.io/containerdisks/alpine:3');
const LEAST = { source: SOURCE, size: Size.gibibytes(1), memory: Size.gibibytes(1) };
const OWN = { 'kubevirt.io/template': 'true', template: 'alpine' };

describe('DiskTemplate', () => {
  test('is a disk and a VM of one name, which say that they are a template', () => {
    const template = new TemplateCatalogue(testChart('templates'), 'catalogue').addTemplate('alpine', LEAST);
    expect(manifests(template)).toEqual([
      {
        apiVersion: 'cdi.kubevirt.io/v1beta1',
        kind: 'DataVolume',
        metadata: { name: 'alpine', namespace: 'templates', labels: OWN },
        spec: {
          source: { registry: { url: 'docker://quay.io/containerdisks/alpine:3' } },
          pvc: {
            accessModes: ['ReadWriteMany'],
            resources: { requests: { storage: '1Gi' } },
            volumeMode: 'Block',
          },
        },
      },
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachine',
        metadata: { name: 'alpine', namespace: 'templates', labels: OWN },
        spec: defaultVmSpec('alpine', '1Gi'),
      },
    ]);
  });

  test('takes all props', () => {
    const props: Required<Omit<DiskTemplateProps, keyof ClaimSelection | keyof ImportOptions>> = {
      source: SOURCE,
      size: Size.gibibytes(2),
      accessModes: [AccessMode.READ_WRITE_ONCE],
      volumeMode: VolumeMode.FILESYSTEM,
      storageClassName: 'fast',
      catalog: StorageCatalog.of({ storageClasses: [{ name: 'fast', provisioner: 'csi.example.com' }] }),
      contentType: ContentType.KUBEVIRT,
      claimApi: ClaimApi.STORAGE,
      bindImmediately: true,
      cloudInit: CloudInit.of({ packages: ['nginx'] }),
      cpu: { cores: 2 },
      memory: Size.gibibytes(1),
      resources: { cpuRequest: Cpu.millis(250) },
      firmware: Firmware.uefi(),
      labels: { 'kubevirt.io/os': 'linux' },
      diskOverrides: { spec: { priorityClassName: 'high', unknownField: Overrides.unknownField({ kept: 1 }) } },
      vmOverrides: { spec: { runStrategy: 'Manual', unknownField: Overrides.unknownField({ kept: 2 }) } },
      namespace: 'templates',
      snapshotClassName: 'csi-snap',
    };
    const [disk, vm] = manifests(new DiskTemplate(testChart(), 'alpine', props));
    const labels = { ...OWN, 'kubevirt.io/os': 'linux' };
    expect(disk).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'DataVolume',
      metadata: {
        name: 'alpine',
        namespace: 'templates',
        labels,
        annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' },
      },
      spec: {
        source: { registry: { url: 'docker://quay.io/containerdisks/alpine:3' } },
        storage: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '2Gi' } },
          storageClassName: 'fast',
          volumeMode: 'Filesystem',
        },
        contentType: 'kubevirt',
        priorityClassName: 'high',
        unknownField: { kept: 1 },
      },
    });
    expect(vm).toMatchObject({
      metadata: { name: 'alpine', namespace: 'templates', labels },
      spec: {
        runStrategy: 'Manual',
        unknownField: { kept: 2 },
        template: {
          spec: {
            domain: {
              cpu: { cores: 2 },
              memory: { guest: '1Gi' },
              resources: { requests: { cpu: '250m' } },
              firmware: { bootloader: { efi: { secureBoot: false } } },
            },
            volumes: [
              { name: 'rootdisk' },
              { name: 'cloudinitdisk', cloudInitNoCloud: { userData: '#cloud-config\npackages:\n  - nginx\n' } },
            ],
          },
        },
      },
    });
  });

  test('is cloned from its disk until a snapshot is taken, then from that', () => {
    const chart = testChart('templates');
    const template = new TemplateCatalogue(chart, 'catalogue').addTemplate('alpine', LEAST);
    expect(template.source.kind).toBe(DataVolumeSourceKind.CLAIM);
    expect(template.source.disk).toBe(template.disk);
    template.takeSnapshot(chart, 'alpine');
    expect(template.source.kind).toBe(DataVolumeSourceKind.SNAPSHOT);
    expect(template.source.disk).toBe(template.disk);
  });

  test('takes a snapshot of its name and labels in its namespace, in the chart of a later step', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'templates', { namespace: 'vm-templates' });
    const template = new TemplateCatalogue(chart, 'catalogue').addTemplate('alpine', LEAST);
    const snapshot = template.takeSnapshot(new Chart(app, 'snapshots'), 'later');
    expect(manifest(snapshot)).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: { name: 'alpine', namespace: 'vm-templates', labels: OWN },
      spec: { source: { persistentVolumeClaimName: 'alpine' } },
    });
  });

  test('takes a snapshot with all options', () => {
    const chart = testChart('templates');
    const template = new TemplateCatalogue(chart, 'catalogue', { snapshotClassName: 'usual' });
    const options: Required<TemplateSnapshotOptions> = {
      name: 'alpine-v1',
      namespace: 'templates',
      snapshotClassName: 'csi-snap',
      labels: { version: '1' },
      annotations: { note: 'yes' },
      overrides: { spec: { unknownField: Overrides.unknownField({ kept: true }), volumeSnapshotClassName: 'wins' } },
    };
    expect(manifest(template.addTemplate('alpine', LEAST).takeSnapshot(chart, 'snapshot', options))).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: {
        name: 'alpine-v1',
        namespace: 'templates',
        labels: { ...OWN, version: '1' },
        annotations: { note: 'yes' },
      },
      spec: {
        source: { persistentVolumeClaimName: 'alpine' },
        volumeSnapshotClassName: 'wins',
        unknownField: { kept: true },
      },
    });
  });

  test.each<[string, unknown, string]>([
    ['another namespace', { namespace: 'other' }, "'disk' must be in the snapshot's namespace 'other'"],
    ['null', null, "'options' must be an object, got null"],
    ['an unknown option', { class: 'x' }, `'options' must have known keys only, got "class"`],
    ['wrong labels', { labels: 'x' }, "'labels' must be an object"],
  ])('fails when a snapshot is given %s, and keeps its source', (_, options, message) => {
    const chart = testChart('templates');
    const template = new TemplateCatalogue(chart, 'catalogue').addTemplate('alpine', LEAST);
    expect(
      failureOf(() => template.takeSnapshot(chart, 'snapshot', untyped<TemplateSnapshotOptions>(options))),
    ).toContain(message);
    expect(template.source.kind).toBe(DataVolumeSourceKind.CLAIM);
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, "[test/alpine] 'props' must be an object, got nothing"],
    ['wrong labels', { ...LEAST, labels: 'a=b' }, "[test/alpine] 'labels' must be an object"],
    ['a misspelt option', { ...LEAST, cloudinit: 1 }, `got "cloudinit"; write 'cloudInit'`],
    ['no source', { ...LEAST, source: undefined }, "[test/alpine/Disk] 'source' must be a DataVolumeSource"],
    ['no size', { ...LEAST, size: undefined }, "[test/alpine/Disk] 'size' must be given"],
    ['no memory', { ...LEAST, memory: undefined }, "[test/alpine/Vm] 'memory' must be given"],
    ['text for cloud-init', { ...LEAST, cloudInit: 'x' }, "[test/alpine/Vm] 'cloudInit' must be a CloudInit"],
    ['wrong overrides', { ...LEAST, vmOverrides: 'x' }, "[test/alpine/Vm] 'overrides' must be a plain object"],
  ])('fails when given %s', (_, props, message) => {
    const failure = failureOf(() => new DiskTemplate(testChart(), 'alpine', untyped<DiskTemplateProps>(props)));
    expect(failure).toContain(message);
  });
});
