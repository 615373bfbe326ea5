import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Size } from 'cdk8s';
import {
  BootableVM,
  CloudInit,
  DataVolumeImport,
  DataVolumeSource,
  Disk,
  DiskClone,
  DiskSnapshot,
  LiveMigration,
  ManifestApp,
  RegistryCredentials,
  Sysprep,
  VirtualMachine,
} from '../index';

let outdir: string;
beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), 'external-'))));
afterEach(() => rmSync(outdir, { recursive: true }));

/** What the metadata of an app says to be in the cluster, with the construct that was given it. */
function external(build: (chart: Chart) => void): Record<string, string> {
  const app = new ManifestApp({ outdir, recordConstructMetadata: true });
  build(new Chart(app, 'shop', { namespace: 'shop' }));
  app.synth();
  const { resources } = JSON.parse(readFileSync(join(outdir, 'construct-metadata.json'), 'utf8')) as {
    resources: Record<string, { path: string }>;
  };
  const found = Object.entries(resources).filter(([name]) => name.startsWith('cdk8s-kubevirt:external '));
  return Object.fromEntries(found.map(([name, { path }]) => [name.slice('cdk8s-kubevirt:external '.length), path]));
}

const memory = Size.gibibytes(1);

describe('what from… says to be in the cluster', () => {
  it('is the disk of a machine, in its namespace, and one that is attached', () => {
    const found = external((chart) => {
      const vm = new BootableVM(chart, 'web', { memory, bootDisk: Disk.fromClaimName('boot') });
      vm.attach(Disk.fromClaimName('data'));
    });
    expect(found).toEqual({
      'PersistentVolumeClaim shop/boot': 'shop/web',
      'PersistentVolumeClaim shop/data': 'shop/web',
    });
  });

  it('is the source of a clone, in its own namespace, and of a snapshot', () => {
    const found = external((chart) => {
      const golden = Disk.fromClaimName('golden', { namespace: 'images', size: Size.gibibytes(10) });
      new DiskClone(chart, 'a', { source: DataVolumeSource.claim(golden) });
      const snapshot = DiskSnapshot.fromSnapshotName('nightly', { namespace: 'images' });
      new DiskClone(chart, 'b', { source: DataVolumeSource.snapshot(snapshot), size: Size.gibibytes(10) });
    });
    expect(found).toEqual({
      'PersistentVolumeClaim images/golden': 'shop/a',
      'VolumeSnapshot images/nightly': 'shop/b',
    });
  });

  it('is a Secret with a login, of cloud-init and of sysprep, and a machine that is migrated', () => {
    const found = external((chart) => {
      new DataVolumeImport(chart, 'boot', {
        source: DataVolumeSource.registry('docker://quay.io/a/b:1', {
          credentials: RegistryCredentials.fromSecretName('login'),
        }),
        size: Size.gibibytes(10),
      });
      new BootableVM(chart, 'web', {
        memory,
        bootDisk: Disk.fromClaimName('boot'),
        cloudInit: CloudInit.fromSecretName('userdata'),
        secondaryDisks: [{ disk: Sysprep.fromConfigMapName('unattend') }],
      });
      new LiveMigration(chart, 'move', { vm: VirtualMachine.fromName('db') });
    });
    expect(found).toEqual({
      'Secret shop/login': 'shop/boot',
      'PersistentVolumeClaim shop/boot': 'shop/web',
      'Secret shop/userdata': 'shop/web',
      'ConfigMap shop/unattend': 'shop/web',
      'VirtualMachine shop/db': 'shop/move',
    });
  });
});
