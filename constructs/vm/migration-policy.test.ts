import { Duration, Size } from 'cdk8s';
import { Overrides } from '../shared/overrides';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { MigrationCompression, MigrationPolicy, MigrationPolicyProps } from './migration-policy';
import { StallDetector } from './stall-detector';

const DETECTOR: Required<StallDetector> = {
  stallMargin: 5,
  ewmaAlpha: 0.25,
  stallProgressTimeout: Duration.minutes(1),
  switchoverTimeout: Duration.seconds(90),
  precopyPossibleFactor: 2.5,
  patienceWindowDecayFactor: 0,
  searchLocalMinima: false,
  completionTimeoutFactor: 1,
};

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
      stallDetector: DETECTOR,
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
        experimental: {
          compression: 'zstd',
          stallDetector: {
            stallMargin: 5,
            ewmaAlpha: '0.25',
            stallProgressTimeout: 60,
            switchoverTimeout: 90,
            precopyPossibleFactor: '2.5',
            patienceWindowDecayFactor: '0',
            searchLocalMinima: false,
            completionTimeoutFactor: '1',
          },
        },
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

  test('takes the largest weight and decay', () => {
    const stallDetector = { ewmaAlpha: 1, patienceWindowDecayFactor: 1 };
    expect(manifest(new MigrationPolicy(testChart(), 'policy', { stallDetector })).spec).toMatchObject({
      experimental: { stallDetector: { ewmaAlpha: '1', patienceWindowDecayFactor: '1' } },
    });
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
    [
      'half a millisecond of downtime',
      { maxDowntime: Duration.seconds(0.0005) },
      "'maxDowntime' must be 1 millisecond to 2000 seconds",
    ],
    ['a downtime in numbers', { maxDowntime: 300 }, "'maxDowntime' must be a Duration of cdk8s, got 300"],
    ['an unknown compression', { compression: 'gzip' }, "'compression' must be 'none' or 'zstd', got \"gzip\""],
    ['a margin of 101', { stallDetector: { stallMargin: 101 } }, "'stallDetector.stallMargin' must be a whole number"],
    [
      'a weight of nothing',
      { stallDetector: { ewmaAlpha: 0 } },
      "'stallDetector.ewmaAlpha' must be a number above 0 and at most 1, of at most three decimals, got 0",
    ],
    [
      'a factor that is written with an exponent',
      { stallDetector: { precopyPossibleFactor: 1e21 } },
      "'stallDetector.precopyPossibleFactor' must be a number of at least 1",
    ],
    ['a weight above 1', { stallDetector: { ewmaAlpha: 1.1 } }, "'stallDetector.ewmaAlpha' must be a number above 0"],
    ['four decimals', { stallDetector: { ewmaAlpha: 0.1234 } }, "'stallDetector.ewmaAlpha' must be a number above 0"],
    [
      'a factor below 1',
      { stallDetector: { precopyPossibleFactor: 0.999 } },
      "'stallDetector.precopyPossibleFactor' must be a number of at least 1",
    ],
    [
      'a factor that is text',
      { stallDetector: { completionTimeoutFactor: '2' } },
      "'stallDetector.completionTimeoutFactor' must be a number of at least 1",
    ],
    [
      'a decay above 1',
      { stallDetector: { patienceWindowDecayFactor: 1.001 } },
      "'stallDetector.patienceWindowDecayFactor' must be a number from 0 to 1",
    ],
    ['text for a flag', { allowPostCopy: 'no' }, "'allowPostCopy' must be true or false"],
  ])('fails when given %s', (_, props, message) => {
    const make = () => new MigrationPolicy(testChart(), 'policy', untyped<MigrationPolicyProps>(props));
    expect(failureOf(make)).toContain(message);
  });
});
