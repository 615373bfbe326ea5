import { Chart, Size } from 'cdk8s';
import { DataVolumeImport } from '../disks/data-volume-import';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DiskClone } from '../disks/disk-clone';
import { QcowExporter } from '../disks/qcow-exporter';
import { RegistryCredentials } from '../disks/registry-credentials';
import { SecondaryDisk } from '../disks/secondary-disk';
import { DiskSnapshot } from '../disks/snapshot';
import { UploadTarget } from '../disks/upload-target';
import { failureOf, testChart } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from '../vm/bootable-vm';
import { LiveMigration } from '../vm/live-migration';
import { SshService } from '../vm/ssh-service';
import { TemplateCatalogue } from '../vm/template-catalogue';
import { CloneSourceAccess, CloneSubject } from './clone-source-access';
import { KubeVirt } from './kubevirt';
import { StorageProfile } from './storage-profile';
import { UploadProxyService } from './upload-proxy-service';

type Place = { readonly namespace?: string };

const size = Size.gibibytes(1);
const disk = Disk.fromClaimName('golden', { size });
const subjects = [CloneSubject.serviceAccount('shop')];
const login = { accessKeyId: 'a', secretKey: 'b' };

const NAMESPACED: [string, (chart: Chart, place: Place) => unknown][] = [
  ['DataVolumeImport', (c, p) => new DataVolumeImport(c, 'x', { source: DataVolumeSource.blank(), size, ...p })],
  ['DiskClone', (c, p) => new DiskClone(c, 'x', { source: DataVolumeSource.claim(disk), ...p })],
  ['UploadTarget', (c, p) => new UploadTarget(c, 'x', { size, ...p })],
  ['SecondaryDisk', (c, p) => new SecondaryDisk(c, 'x', { size, ...p })],
  ['DiskSnapshot', (c, p) => new DiskSnapshot(c, 'x', { disk, ...p })],
  ['QcowExporter', (c, p) => new QcowExporter(c, 'x', { disk, ...p })],
  ['RegistryCredentials', (c, p) => RegistryCredentials.publicDemoValues(c, 'x', { ...login, ...p })],
  ['BootableVM', (c, p) => new BootableVM(c, 'x', { bootDisk: disk, memory: size, ...p })],
  ['LiveMigration', (c, p) => new LiveMigration(c, 'x', { vm: { name: 'web' }, ...p })],
  ['SshService', (c, p) => new SshService(c, 'x', { vm: { name: 'web' }, ...p })],
  ['TemplateCatalogue', (c, p) => new TemplateCatalogue(c, 'x', p)],
  ['CloneSourceAccess', (c, p) => new CloneSourceAccess(c, 'x', { subjects, ...p })],
  ['KubeVirt', (c, p) => new KubeVirt(c, 'x', p)],
  ['UploadProxyService', (c, p) => new UploadProxyService(c, 'x', p)],
];

describe('the namespace of a chart', () => {
  test.each(NAMESPACED)(
    'fails when it is upper-case and a %s gets it, once and with the name that it can have',
    (_, make) => {
      expect(failureOf(() => make(testChart('Shop'), {}))).toBe(
        "[test/x] 'chart.namespace' must be a DNS label (lower-case letters, digits and '-', at most 63 characters), " +
          `got "Shop"; write 'shop'`,
      );
    },
  );

  test.each(NAMESPACED)('is not looked at where a %s names its own', (_, make) => {
    expect(() => make(testChart('Shop'), { namespace: 'shop' })).not.toThrow();
  });

  test('is not looked at by an object of the cluster, which does not get it', () => {
    expect(() => new StorageProfile(testChart('Shop'), 'fast', {})).not.toThrow();
  });
});
