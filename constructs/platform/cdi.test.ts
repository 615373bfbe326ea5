import { Size } from 'cdk8s';
import { Cpu, ImagePullPolicy, TaintEffect } from 'cdk8s-plus-27';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Toleration } from '../shared/toleration';
import { CloneStrategy } from '../storage/facts';
import { Cdi, CdiProps } from './cdi';

describe('Cdi', () => {
  test('changes nothing of what CDI does by itself, and carries no namespace', () => {
    expect(manifest(new Cdi(testChart('lab'), 'cdi'))).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'CDI',
      metadata: { name: 'cdi' },
      spec: { config: {} },
    });
  });

  test('writes every prop', () => {
    const props: Required<CdiProps> = {
      name: 'other',
      labels: { app: 'cdi' },
      annotations: { note: 'yes' },
      uploadProxyUrl: 'https://192.168.0.212:443',
      insecureRegistries: ['registry.demo.netapp.com', 'localhost:5000'],
      scratchSpaceStorageClassName: 'economy',
      cloneStrategyOverride: CloneStrategy.CSI_CLONE,
      filesystemOverhead: 0.055,
      featureGates: ['HonorWaitForFirstConsumer'],
      infrastructure: {
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [
          Toleration.exists('CriticalAddonsOnly'),
          Toleration.exists('gpu', TaintEffect.NO_SCHEDULE),
          Toleration.equals('example.com/team', 'storage', TaintEffect.NO_EXECUTE),
        ],
      },
      workloads: { nodeSelector: { zone: 'a' }, tolerations: [Toleration.equals('lab', '')] },
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      podResources: {
        cpu: { request: Cpu.millis(200), limit: Cpu.units(2) },
        memory: { request: Size.mebibytes(60), limit: Size.gibibytes(1) },
        ephemeralStorage: { limit: Size.gibibytes(2) },
      },
      preallocation: true,
      logVerbosity: 4,
      overrides: { spec: { config: { dataVolumeTTLSeconds: 60 } } },
    };
    expect(manifest(new Cdi(testChart('lab'), 'cdi', props))).toEqual({
      apiVersion: 'cdi.kubevirt.io/v1beta1',
      kind: 'CDI',
      metadata: { name: 'other', labels: { app: 'cdi' }, annotations: { note: 'yes' } },
      spec: {
        cloneStrategyOverride: 'csi-clone',
        config: {
          uploadProxyURLOverride: 'https://192.168.0.212:443',
          insecureRegistries: ['registry.demo.netapp.com', 'localhost:5000'],
          scratchSpaceStorageClass: 'economy',
          filesystemOverhead: { global: '0.055' },
          featureGates: ['HonorWaitForFirstConsumer'],
          preallocation: true,
          dataVolumeTTLSeconds: 60,
          logVerbosity: 4,
          podResourceRequirements: {
            requests: { cpu: '200m', memory: '60Mi' },
            limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '2Gi' },
          },
        },
        imagePullPolicy: 'Always',
        infra: {
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            { key: 'gpu', operator: 'Exists', effect: 'NoSchedule' },
            { key: 'example.com/team', operator: 'Equal', value: 'storage', effect: 'NoExecute' },
          ],
        },
        workload: { nodeSelector: { zone: 'a' }, tolerations: [{ key: 'lab', operator: 'Equal', value: '' }] },
      },
    });
  });

  test.each([
    [-0.001, false, "0.055 for '5.5%'"],
    [0, true],
    [0.001, true],
    [0.055, true],
    [0.999, true],
    [1, true],
    [1.001, false, '0.01'],
    [5, false, '0.05'],
    [101, false, "0.055 for '5.5%'"],
    [0.0554, false, '0.055'],
    [1e-7, false, "0.055 for '5.5%'"],
    [NaN, false, "0.055 for '5.5%'"],
  ])('takes an overhead of %p: %p', (filesystemOverhead, taken, remedy = '') => {
    const make = () => new Cdi(testChart(), 'cdi', { filesystemOverhead });
    if (taken) {
      expect(manifest(make())).toMatchObject({
        spec: { config: { filesystemOverhead: { global: `${filesystemOverhead}` } } },
      });
    } else {
      expect(failureOf(make)).toBe(
        `[test/cdi] 'filesystemOverhead' must be a fraction from 0 to 1 of at most three decimals, got ${filesystemOverhead}; write ${remedy}`,
      );
    }
  });

  test.each([
    [{ cpu: { request: Cpu.millis(200), limit: undefined } }, { requests: { cpu: '200m' } }],
    [{ memory: { limit: Size.gibibytes(1) } }, { limits: { memory: '1Gi' } }],
  ])('writes of the resources of its pods what is said: %#', (podResources, written) => {
    expect(manifest(new Cdi(testChart(), 'cdi', { podResources }))).toEqual(
      expect.objectContaining({ spec: { config: { podResourceRequirements: written } } }),
    );
  });

  test.each([
    [null, `'props' must be an object, got null`],
    [
      { filesystemOverhead: '5.5%' },
      `'filesystemOverhead' must be a fraction from 0 to 1 of at most three decimals, got`,
    ],
    [{ filesystemOverhead: '0.06' }, `got "0.06"; write 0.06`],
    [
      { uploadProxyUrl: '192.168.0.212' },
      `'uploadProxyUrl' must be an address that starts with 'https://', got "192.1`,
    ],
    [{ uploadProxyUrl: 'http://proxy' }, `'uploadProxyUrl' must be an address that starts with 'https://', got "http:`],
    [{ uploadProxyUrl: 'https://a b' }, `'uploadProxyUrl' must be an address`],
    [{ uploadProxyUrl: null }, `'uploadProxyUrl' must be an address that starts with 'https://', got null`],
    [{ podResources: '1Gi' }, `'podResources' must be an object, got a value of type 'string'`],
    [{ podResources: { storage: {} } }, `'podResources' must have known keys only, got "storage"`],
    [{ podResources: { cpu: 1 } }, `'podResources.cpu' must be an object, got a value of type 'number'`],
    [{ podResources: { cpu: { request: '1' } } }, `'podResources.cpu.request' must be a Cpu of cdk8s-plus, got "1"`],
    [{ podResources: { cpu: { request: { amount: 1 } } } }, `'podResources.cpu.request' must be a Cpu of cdk8s-plus`],
    [{ podResources: { memory: { limit: '1Gi' } } }, `'podResources.memory.limit' must be a Size of cdk8s, got "1Gi"`],
    [
      { insecureRegistries: 'registry' },
      `'insecureRegistries' must be a list of text, got "registry"; write ["registry"]`,
    ],
    [{ insecureRegistries: null }, `'insecureRegistries' must be a list of text, got null`],
    [{ insecureRegistries: [5000] }, `'insecureRegistries[0]' must be text, got 5000`],
    [{ insecureRegistries: ['a', 'a'] }, `'insecureRegistries' must name each value once, got ["a","a"]`],
    [
      { insecureRegistries: ['a', 'docker://b:5000/c'] },
      `'insecureRegistries[1]' must be 'HOST' or 'HOST:PORT', got "docker://b:5000/c"; write 'b:5000'`,
    ],
    [{ insecureRegistries: ['/'] }, `'insecureRegistries[0]' must be 'HOST' or 'HOST:PORT', got "/"`],
    [{ scratchSpaceStorageClassName: 'Slow' }, `'scratchSpaceStorageClassName' must be a DNS name`],
    [
      { cloneStrategyOverride: 'smart' },
      `'cloneStrategyOverride' must be 'copy', 'snapshot' or 'csi-clone', got "smart"`,
    ],
    [{ featureGates: 'A' }, `'featureGates' must be a list of text, got "A"; write ["A"]`],
    [{ featureGates: ['A', 'A'] }, `'featureGates' must name each value once, got ["A","A"]`],
    [{ infrastructure: 'linux' }, `'infrastructure' must be an object, got a value of type 'string'`],
    [{ infrastructure: { nodeselector: {} } }, `got "nodeselector"; write 'nodeSelector'`],
    [{ workloads: { nodeSelector: { zone: 1 } } }, `'workloads.nodeSelector["zone"]' must be text`],
    [
      { workloads: { tolerations: Toleration.exists('a') } },
      `'workloads.tolerations' must be a list of Tolerations, got a Toleration; write for example [`,
    ],
    [
      { infrastructure: { tolerations: [{ key: 'a', operator: 'Exists' }] } },
      `'infrastructure.tolerations[0]' must be a Toleration, got an object; write for example [Toleration.exists(`,
    ],
  ])('fails when the props are %j', (props, message) => {
    expect(failureOf(() => new Cdi(testChart(), 'cdi', untyped<CdiProps>(props)))).toContain(message);
  });

  test('says all faults in one error', () => {
    const props = {
      name: 'CDI',
      uploadProxyUrl: 1,
      insecureRegistries: 1,
      cloneStrategyOverride: 1,
      filesystemOverhead: 2,
    };
    expect(failureOf(() => new Cdi(testChart(), 'cdi', untyped<CdiProps>(props))).split('\n')).toHaveLength(5);
  });

  test('takes no strategy that CDI does not know', () => {
    // @ts-expect-error clone strategies are an enum
    expect(() => new Cdi(testChart(), 'cdi', { cloneStrategyOverride: 'smart' })).toThrow('cloneStrategyOverride');
    // @ts-expect-error the object belongs to no namespace
    expect(() => new Cdi(testChart(), 'cdi', { namespace: 'cdi' })).toThrow('got "namespace"');
  });

  testEscapeHatch((overrides) => new Cdi(testChart('lab'), 'cdi', { overrides }));
});
