import { imported } from '../testing/run';

const pool = (spec: string): ReturnType<typeof imported> => {
  const one = imported(`
apiVersion: pool.kubevirt.io/v1beta1
kind: VirtualMachinePool
metadata: { name: web }
spec:
  replicas: 2
  ${spec}
  selector: { matchLabels: { kubevirt.io/vmpool: web } }
  virtualMachineTemplate:
    metadata: { labels: { kubevirt.io/vmpool: web } }
    spec:
      runStrategy: Always
      template:
        metadata: { labels: { kubevirt.io/vmpool: web } }
        spec:
          domain: { memory: { guest: 1Gi }, devices: { disks: [{ name: rootdisk, disk: { bus: virtio } }] } }
          volumes: [{ name: rootdisk, containerDisk: { image: "example.com/a:1" } }]
`);
  expect(one.count).toMatchObject({ constructs: 1, typed: 1, overridden: 0 });
  return one;
};

describe('a pool', () => {
  test.each([
    ['scaleInStrategy: { unmanaged: {} }', 'scaleInStrategy: PoolScaleIn.unmanaged()'],
    ['scaleInStrategy: { opportunistic: {} }', 'scaleInStrategy: PoolScaleIn.opportunistic()'],
    [
      'scaleInStrategy: { opportunistic: { statePreservation: Offline } }',
      'scaleInStrategy: PoolScaleIn.opportunistic(PoolStatePreservation.OFFLINE)',
    ],
    ['scaleInStrategy: { proactive: {} }', 'scaleInStrategy: PoolScaleIn.proactive()'],
    [
      'scaleInStrategy: { proactive: { selectionPolicy: { sortPolicy: Random } } }',
      'scaleInStrategy: PoolScaleIn.proactive({ selection: { sortPolicy: PoolSortPolicy.RANDOM } })',
    ],
    ['updateStrategy: { unmanaged: {} }', 'updateStrategy: PoolUpdate.unmanaged()'],
    ['updateStrategy: { opportunistic: {} }', 'updateStrategy: PoolUpdate.opportunistic()'],
    ['updateStrategy: { proactive: {} }', 'updateStrategy: PoolUpdate.proactive()'],
    [
      'updateStrategy: { proactive: { selectionPolicy: { selectors: { nodeSelectorRequirementMatcher: [{ key: a, operator: Exists }] } } } }',
      "updateStrategy: PoolUpdate.proactive({ nodeRules: [LabelRule.exists('a')] })",
    ],
    [
      'updateStrategy: { proactive: { selectionPolicy: { selectors: { labelSelector: { matchLabels: { a: b } } } } } }',
      "updateStrategy: PoolUpdate.proactive({ matchLabels: { a: 'b' } })",
    ],
    ['maxUnavailable: 1', 'maxUnavailable: PercentOrAbsolute.absolute(1)'],
    ['maxUnavailable: 50%', 'maxUnavailable: PercentOrAbsolute.percent(50)'],
    ['nameGeneration: { appendIndexToSecretRefs: true }', 'nameGeneration: { appendIndexToSecretRefs: true }'],
    [
      'autohealing: { startUpFailureThreshold: 3, minFailingToStartDuration: 5m }',
      'autohealing: { startUpFailureThreshold: 3, minFailingToStartDuration: Duration.minutes(5) }',
    ],
  ])('says %s in typed words', (spec, code) => expect(pool(spec).code).toContain(code));
});
