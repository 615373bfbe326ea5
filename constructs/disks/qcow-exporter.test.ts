import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifests, testChart, untyped } from '../shared/testing/manifests';
import { VolumeMode } from '../storage/claim-modes';
import { Disk } from '../storage/disk';
import { QcowExporter, QcowExporterProps } from './qcow-exporter';

const BOOT = Disk.fromClaimName('boot', { namespace: 'lab', volumeMode: VolumeMode.BLOCK });
const SCRIPT = (port: number) => `set -e
mkdir -p /data
qemu-img convert -f raw -O qcow2 /dev/srcdisk /data/src.qcow2
python3 -m http.server ${port} --directory /data
`;

describe('QcowExporter', () => {
  test('is a Pod that converts the disk and a Service that serves it', () => {
    const exporter = new QcowExporter(testChart('lab'), 'exporter', { disk: BOOT });
    expect(manifests(exporter)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'exporter', namespace: 'lab', labels: { app: 'exporter' } },
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'exporter',
              image: 'quay.io/kubevirt/container-disk-v1alpha:latest',
              command: ['/bin/sh', '-c', SCRIPT(8080)],
              volumeDevices: [{ name: 'src', devicePath: '/dev/srcdisk' }],
              ports: [{ containerPort: 8080 }],
            },
          ],
          volumes: [{ name: 'src', persistentVolumeClaim: { claimName: 'boot' } }],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'exporter', namespace: 'lab' },
        spec: { selector: { app: 'exporter' }, ports: [{ port: 8080, targetPort: 8080 }] },
      },
    ]);
    expect(exporter.url).toBe('http://exporter.lab.svc.cluster.local:8080/src.qcow2');
  });

  test('writes every prop', () => {
    const props: Required<QcowExporterProps> = {
      name: 'out',
      namespace: 'lab',
      labels: { app: 'mine', team: 'a' },
      annotations: { note: 'yes' },
      disk: BOOT,
      image: 'tools:1',
      port: 9090,
      overrides: { spec: { nodeName: 'n1' } },
      serviceOverrides: { spec: { type: 'NodePort' } },
    };
    const exporter = new QcowExporter(testChart(), 'exporter', props);
    expect(manifests(exporter)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'out',
          namespace: 'lab',
          labels: { app: 'mine', team: 'a' },
          annotations: { note: 'yes' },
        },
        spec: {
          restartPolicy: 'Never',
          nodeName: 'n1',
          containers: [
            {
              name: 'exporter',
              image: 'tools:1',
              command: ['/bin/sh', '-c', SCRIPT(9090)],
              volumeDevices: [{ name: 'src', devicePath: '/dev/srcdisk' }],
              ports: [{ containerPort: 9090 }],
            },
          ],
          volumes: [{ name: 'src', persistentVolumeClaim: { claimName: 'boot' } }],
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: 'out',
          namespace: 'lab',
          labels: { app: 'mine', team: 'a' },
          annotations: { note: 'yes' },
        },
        spec: { type: 'NodePort', selector: { app: 'mine' }, ports: [{ port: 9090, targetPort: 9090 }] },
      },
    ]);
    expect(exporter.url).toBe('http://out.lab.svc.cluster.local:9090/src.qcow2');
    expect([exporter.name, exporter.namespace]).toEqual(['out', 'lab']);
  });

  test('stands in the namespace of the disk where nothing else says one', () => {
    expect(new QcowExporter(testChart(), 'exporter', { disk: BOOT }).namespace).toBe('lab');
  });

  test('is the source of a DataVolume', () => {
    expect(new QcowExporter(testChart('lab'), 'exporter', { disk: BOOT }).source._render('lab')).toEqual({
      http: { url: 'http://exporter.lab.svc.cluster.local:8080/src.qcow2' },
    });
  });

  test.each([
    [0, false],
    [1, true],
    [2, true],
    [65534, true],
    [65535, true],
    [65536, false],
  ])('takes port %i: %p', (port, taken) => {
    const make = () => new QcowExporter(testChart('lab'), 'exporter', { disk: BOOT, port });
    if (taken) expect(make).not.toThrow();
    else expect(failureOf(make)).toBe(`[test/exporter] 'port' must be a whole number from 1 to 65535, got ${port}`);
  });

  test.each([
    [undefined, `'props' must be an object, got nothing`],
    [{}, `'disk' must be a disk, got nothing`],
    [{ disk: 'boot' }, `'disk' must be a disk, got "boot"; write Disk.fromClaimName("boot")`],
    [{ disk: BOOT, name: '1st' }, `'name' must be a DNS label that starts with a letter`],
    [{ disk: BOOT, name: 'a.b' }, `'name' must be a DNS label that starts with a letter`],
    [{ disk: BOOT, port: '8080' }, `'port' must be a whole number from 1 to 65535, got "8080"`],
    [{ disk: BOOT, image: '' }, `'image' must be text, got ""`],
    [{ disk: BOOT, serviceOverrides: [] }, `'serviceOverrides' must be a plain object, got a list`],
    [{ disk: BOOT, namespace: 'other' }, `'disk' must be in the exporter's namespace 'other', got "lab/boot"`],
    [{ disk: Disk.fromClaimName('boot') }, `'namespace' must be given, got nothing; its address needs one`],
    [
      { disk: Disk.fromClaimName('boot', { namespace: 'lab', volumeMode: VolumeMode.FILESYSTEM }) },
      `'disk' must be of volume mode 'Block', got "Filesystem"`,
    ],
  ])('fails when the props are %p', (props, message) => {
    const make = () => new QcowExporter(testChart(), 'exporter', untyped<QcowExporterProps>(props));
    expect(failureOf(make)).toContain(`[test/exporter] ${message}`);
  });

  describe.each([
    ['overrides', 0],
    ['serviceOverrides', 1],
  ])('%s', (prop, index) => {
    testEscapeHatch(
      (overrides) => new QcowExporter(testChart('lab'), 'exporter', { disk: BOOT, [prop]: overrides }),
      (exporter) => manifests(exporter)[index] ?? { apiVersion: '', kind: '', metadata: {} },
    );
  });
});
