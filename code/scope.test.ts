import { App, Chart } from 'cdk8s';
import { DiskSnapshot, Disk } from '../constructs';
import { KnownObjects, Scope } from './scope';

describe('what stands above', () => {
  const known = new KnownObjects();
  const chart = new Chart(new App(), 'test');
  for (const namespace of ['shop', 'other']) {
    const snapshot = new DiskSnapshot(chart, namespace, { disk: Disk.fromClaimName('a'), namespace });
    known.add('snapshot', namespace, 'monday', { variable: `${namespace}Monday`, construct: snapshot });
    known.add('claim', namespace, 'data', { variable: `${namespace}Data`, construct: snapshot });
  }
  const scope = new Scope('shop', known);

  test.each<[unknown, string]>([
    [undefined, 'shopMonday'],
    ['shop', 'shopMonday'],
    ['other', 'otherMonday'],
    ['third', "DiskSnapshot.fromSnapshotName('monday', { namespace: 'third' })"],
  ])('is the snapshot of the namespace %j', (namespace, code) => {
    expect(scope.snapshot('monday', namespace).flat).toBe(code);
  });

  test('is passed as an object, or else named', () => {
    expect(scope.disk('data').flat).toBe('shopData');
    expect(scope.disk('more').flat).toBe("Disk.fromClaimName('more')");
    expect(scope.knownDisk('data', 'other')?.flat).toBe('otherData');
    expect(scope.knownDisk('more')).toBeUndefined();
    expect(scope.namedDisk('data', 'shop').flat).toBe("Disk.fromClaimName('data')");
    expect(scope.namedDisk('data', 'other').flat).toBe("Disk.fromClaimName('data', { namespace: 'other' })");
  });

  test('is the first of what is called the same', () => {
    known.add('claim', 'shop', 'data', { variable: 'second', construct: chart });
    expect(scope.disk('data').flat).toBe('shopData');
  });
});
