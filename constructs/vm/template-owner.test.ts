import { App, Chart, Size } from 'cdk8s';
import { DataVolumeSource } from '../disks/data-volume-source';
import { DataVolumeTemplate } from '../disks/data-volume-template';
import { failureOf, testChart } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { BootableVM } from './bootable-vm';

const memory = Size.gibibytes(1);

function template(name = 'boot'): DataVolumeTemplate {
  return DataVolumeTemplate.of(name, { source: DataVolumeSource.blank(), size: Size.gibibytes(1) });
}

describe('a DataVolumeTemplate of a VM', () => {
  test('fails when another VM of the namespace has it', () => {
    const chart = testChart('shop');
    const bootDisk = template();
    new BootableVM(chart, 'web-1', { bootDisk, memory });
    expect(failureOf(() => new BootableVM(chart, 'web-2', { bootDisk, memory }))).toBe(
      `[test/web-2] 'bootDisk' must be a template of this VM only; 'web-1' makes it already, got "boot"; call DataVolumeTemplate.of for each VM`,
    );
  });

  test('fails when it is attached to another VM of the namespace, which stays as it was', () => {
    const chart = testChart('shop');
    const data = template('data');
    new BootableVM(chart, 'web-1', { bootDisk: template(), memory, secondaryDisks: [{ disk: data }] });
    const other = new BootableVM(chart, 'web-2', { bootDisk: template('boot-2'), memory });
    expect(failureOf(() => other.attach(data))).toContain(
      `[test/web-2] 'disk' must be a template of this VM only; 'web-1' makes it already, got "data"`,
    );
    expect(other.disks).toHaveLength(1);
  });

  test('stands in every step that states its VM anew', () => {
    const app = new App();
    const bootDisk = template();
    for (const step of ['1', '2']) {
      const chart = new Chart(app, step, { namespace: 'shop' });
      expect(() => new BootableVM(chart, 'web', { bootDisk, memory })).not.toThrow();
    }
  });

  test('serves a VM of each namespace, and of each app', () => {
    const app = new App();
    const bootDisk = template();
    for (const namespace of ['shop', 'bank', undefined]) {
      const chart = new Chart(app, `of-${namespace}`, { namespace });
      expect(() => new BootableVM(chart, `web-${namespace}`, { bootDisk, memory })).not.toThrow();
    }
    expect(() => new BootableVM(testChart('shop'), 'other', { bootDisk, memory })).not.toThrow();
  });

  test('is free again where the VM was refused', () => {
    const chart = testChart('shop');
    const bootDisk = template();
    expect(() => new BootableVM(chart, 'web-1', { bootDisk, memory: Size.kibibytes(1) })).toThrow("'memory'");
    expect(() => new BootableVM(chart, 'web-2', { bootDisk, memory })).not.toThrow();
  });

  test.each(['shop', undefined])('fails when it is a clone of itself, in the namespace %p', (namespace) => {
    const source = DataVolumeSource.claim(Disk.fromClaimName('boot', { size: Size.gibibytes(1) }));
    const bootDisk = DataVolumeTemplate.of('boot', { source });
    expect(failureOf(() => new BootableVM(testChart(namespace), 'web', { bootDisk, memory }))).toContain(
      `[test/web] 'source' must be another disk than the clone itself, got "${namespace === undefined ? '' : 'shop/'}boot"; give the clone another 'name'`,
    );
  });

  test('may have the name of the disk of another namespace that it clones', () => {
    const source = DataVolumeSource.claim(Disk.fromClaimName('boot', { namespace: 'images', size: Size.gibibytes(1) }));
    const bootDisk = DataVolumeTemplate.of('boot', { source });
    expect(() => new BootableVM(testChart('shop'), 'web', { bootDisk, memory })).not.toThrow();
  });
});
