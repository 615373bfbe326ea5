import { Duration, Size } from 'cdk8s';
import { Overrides } from '../shared/overrides';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { MigrationCompression, MigrationPolicy, MigrationPolicyProps } from './migration-policy';

describe('MigrationPolicy', () => {
  test('is for all VMs, in no namespace', () => {
    const policy = new MigrationPolicy(testChart('shop'), 'all', { allowPostCopy: false });
    expect(manifest(policy)).toEqual({
      apiVersion: 'migrations.kubevirt.io/v1alpha1',
      kind: 'MigrationPolicy',
      metadata: { name: 'all' },
      spec: { selectors: {}, allowPostCopy: false },
    });
    expect(policy.name).toBe('all');
  });

  test('takes all props', () => {
    const props: Required<MigrationPolicyProps> = {
      namespaceSelector: { team: 'blue' },
      virtualMachineInstanceSelector: { size: 'large' },
      allowAutoConverge: true,
      allowPostCopy: true,
      allowWorkloadDisruption: true,
      bandwidthPerMigration: Size.mebibytes(512),
      completionTimeoutPerGiB: Duration.minutes(2),
      maxDowntime: Duration.millis(300),
      compression: MigrationCompression.ZSTD,
      name: 'large',
      labels: { team: 'blue' },
      annotations: { note: 'yes' },
      overrides: { spec: { unknownField: Overrides.unknownField(1), allowAutoConverge: null } },
    };
    expect(manifest(new MigrationPolicy(testChart(), 'policy', props))).toEqual({
      apiVersion: 'migrations.kubevirt.io/v1alpha1',
      kind: 'MigrationPolicy',
      metadata: { name: 'large', labels: { team: 'blue' }, annotations: { note: 'yes' } },
      spec: {
        selectors: { namespaceSelector: { team: 'blue' }, virtualMachineInstanceSelector: { size: 'large' } },
        allowPostCopy: true,
        allowWorkloadDisruption: true,
        bandwidthPerMigration: '512Mi',
        completionTimeoutPerGiB: 120,
        maxDowntimeMs: 300,
        experimental: { compression: 'zstd' },
        unknownField: 1,
      },
    });
  });

  test.each([
    [Duration.millis(1), 1],
    [Duration.seconds(2000), 2_000_000],
  ])('takes a downtime of %p', (maxDowntime, maxDowntimeMs) => {
    const policy = new MigrationPolicy(testChart(), 'policy', { maxDowntime });
    expect(manifest(policy).spec).toEqual({ selectors: {}, maxDowntimeMs });
  });

  test.each<[string, object, string]>([
    ['a namespace', { namespace: 'shop' }, `'props' must have known keys only, got "namespace"`],
    ['a label that is a number', { namespaceSelector: { a: 1 } }, `'namespaceSelector["a"]' must be text`],
    ['a bandwidth that is text', { bandwidthPerMigration: '64Mi' }, "'bandwidthPerMigration' must be a Size of cdk8s"],
    [
      'half a second',
      { completionTimeoutPerGiB: Duration.millis(500) },
      "'completionTimeoutPerGiB' must be a whole number",
    ],
    ['no downtime', { maxDowntime: Duration.millis(0) }, "'maxDowntime' must be 1 millisecond to 2000 seconds"],
    [
      'a long downtime',
      { maxDowntime: Duration.millis(2_000_001) },
      "'maxDowntime' must be 1 millisecond to 2000 seconds",
    ],
    ['a downtime in numbers', { maxDowntime: 300 }, "'maxDowntime' must be a Duration of cdk8s, got 300"],
    ['an unknown compression', { compression: 'gzip' }, "'compression' must be 'none' or 'zstd', got \"gzip\""],
    ['text for a flag', { allowPostCopy: 'no' }, "'allowPostCopy' must be true or false"],
  ])('fails when given %s', (_, props, message) => {
    const make = () => new MigrationPolicy(testChart(), 'policy', untyped<MigrationPolicyProps>(props));
    expect(failureOf(make)).toContain(message);
  });
});
