import { claim, dataVolume, machine, said, storage, stream } from '../testing/outcome-lines';

const RULES = ['machine-limit-range', 'filling-pod-limits'];
const range = (limits: string, type = 'Container'): string => `
apiVersion: v1
kind: LimitRange
metadata: { name: team, namespace: lab }
spec: { limits: [{ type: ${type}, ${limits} }] }
`;
const quota = (hard: string): string => `
apiVersion: v1
kind: ResourceQuota
metadata: { name: team, namespace: lab }
spec: { hard: { ${hard} } }
`;
const kubevirt = (configuration: string): string => `
apiVersion: kubevirt.io/v1
kind: KubeVirt
metadata: { name: kubevirt, namespace: kubevirt }
spec: { configuration: { ${configuration} } }
`;
const CDI = `
apiVersion: cdi.kubevirt.io/v1beta1
kind: CDI
metadata: { name: cdi }
spec: { config: { podResourceRequirements: { requests: { cpu: 200m, memory: 300M }, limits: { cpu: "1", memory: 600M } } } }
`;
const HCO = `
apiVersion: hco.kubevirt.io/v1beta1
kind: HyperConverged
metadata: { name: kubevirt-hyperconverged, namespace: kubevirt-hyperconverged }
spec: {}
`;
const HTTP = '{ http: { url: "https://x.example/a.qcow2" } }';
const SILENT = 'logSerialConsole: false';
const LIMITS = 'resources: { requests: { cpu: 500m, memory: 1Gi }, limits: { cpu: "1", memory: 2Gi } }';
const ofImage = machine('vm', { devices: SILENT }).replace(
  'volumes: []',
  'volumes: [{ name: root, containerDisk: { image: quay.io/containerdisks/fedora:41 } }]',
);
const VM = 'warning spec.template.spec.domain machine-limit-range';
const DISK = 'warning spec.pvc filling-pod-limits';

/** A title, what is said of which field, and the manifests. */
const CASES: readonly (readonly [title: string, expected: readonly string[], text: string, says?: string])[] = [
  // What KubeVirt adds to the pod of a machine.
  [
    'a range whose min is above what the log of the console requests',
    [VM],
    stream(range('min: { cpu: 50m }'), machine('vm')),
    "'domain' must keep to LimitRange 'team' (Container), got the container 'guest-console-log', which requests cpu of 5m where 'min' is 50m; its pod is never made",
  ],
  ['the same without that log', [], stream(range('min: { cpu: 50m }'), machine('vm', { devices: SILENT }))],
  [
    'the same without a serial console',
    [],
    stream(range('min: { cpu: 50m }'), machine('vm', { devices: 'autoattachSerialConsole: false' })),
  ],
  [
    'the same where the cluster logs no console',
    [],
    stream(
      range('min: { cpu: 50m }'),
      kubevirt('virtualMachineOptions: { disableSerialConsoleLog: {} }'),
      machine('vm'),
    ),
  ],
  ['the same of HyperConverged, which logs none', [], stream(range('min: { cpu: 50m }'), HCO, machine('vm'))],
  [
    'the same where the KubeVirt object gives the log more',
    [],
    stream(
      range('min: { cpu: 50m }'),
      kubevirt(
        'supportContainerResources: [{ type: guest-console-log, resources: { requests: { cpu: 50m }, limits: { cpu: 100m } } }]',
      ),
      machine('vm'),
    ),
  ],
  [
    'a min of memory above what the log of the console requests',
    [VM],
    stream(range('min: { memory: 64Mi }'), machine('vm')),
    'requests memory of 35M where',
  ],
  ['a min of memory that it keeps', [], stream(range('min: { memory: 32Mi }'), machine('vm'))],
  [
    'a min of memory above what the image of a disk requests',
    [VM],
    stream(range('min: { memory: 16Mi }'), ofImage),
    "the container 'container-disk', which requests memory of 1M where 'min' is 16Mi",
  ],
  ['a min of memory that it keeps', [], stream(range('min: { memory: 1M }'), ofImage)],
  [
    'a machine with less than the min of processors',
    [VM],
    stream(range('min: { cpu: 200m }'), machine('vm', { devices: SILENT })),
    "a machine that requests cpu of 100m where 'min' is 200m",
  ],
  [
    'a machine of two processors, as much as the min',
    [],
    stream(range('min: { cpu: 200m }'), machine('vm', { domain: 'cpu: { cores: 2 }', devices: SILENT })),
  ],
  [
    'a ratio of limits where the machine has none',
    [VM],
    stream(range('maxLimitRequestRatio: { cpu: "4" }'), machine('vm')),
    "a machine without a limit of cpu where 'maxLimitRequestRatio' is 4",
  ],
  [
    'a ratio of limits that the machine keeps',
    [],
    stream(range('maxLimitRequestRatio: { cpu: "4", memory: "4" }'), machine('vm', { domain: LIMITS })),
  ],
  [
    'a ratio of limits that the default limit keeps',
    [],
    stream(range('default: { cpu: 200m }, maxLimitRequestRatio: { cpu: "4" }'), machine('vm')),
  ],
  [
    'a ratio of limits that the default limit breaks',
    [VM],
    stream(range('default: { cpu: "1" }, maxLimitRequestRatio: { cpu: "4" }'), machine('vm')),
    "a machine whose limit of cpu is 10 times what it requests where 'maxLimitRequestRatio' is 4",
  ],
  [
    'a ratio of limits that the image of a disk breaks',
    [VM],
    stream(range('maxLimitRequestRatio: { memory: "10" }'), ofImage.replace('memory: { guest: 1Gi }', LIMITS)),
    "the container 'container-disk', whose limit of memory is 40 times",
  ],
  [
    'the same of a machine whose limits are its requests',
    [],
    stream(
      range('maxLimitRequestRatio: { memory: "10" }'),
      ofImage.replace(
        'memory: { guest: 1Gi }',
        'resources: { requests: { cpu: 1, memory: 1Gi }, limits: { cpu: 1, memory: 1Gi } }',
      ),
    ),
  ],
  ['a range of another namespace', [], stream(range('min: { cpu: 50m }').replace('lab', 'other'), machine('vm'))],
  // The pods with which CDI fills a claim.
  [
    'an import where no container may have 600M',
    [DISK],
    stream(range('max: { memory: 512Mi }'), dataVolume('d', HTTP)),
    "'pvc' must be filled by a pod that keeps to LimitRange 'team' (Container), got the container 'importer' with a limit of memory of 600M where 'max' is 512Mi; CDI never makes it, and the claim is never filled",
  ],
  [
    'an import in a quota that has room for its pod',
    [],
    stream(
      quota('limits.memory: 600M, limits.cpu: 750m, requests.memory: 60M, requests.cpu: 100m'),
      dataVolume('d', HTTP),
    ),
  ],
  ['an import in a quota that has not', [DISK], stream(quota('limits.memory: 599M'), dataVolume('d', HTTP))],
  ['an import where it may', [], stream(range('max: { memory: 1Gi }'), dataVolume('d', HTTP))],
  [
    'an upload where no container may request less than 200m',
    [DISK],
    stream(range('min: { cpu: 200m }'), dataVolume('d', '{ upload: {} }')),
    "which requests cpu of 100m where 'min' is 200m",
  ],
  [
    'an empty disk where a limit is four times the request at most',
    [DISK],
    stream(range('maxLimitRequestRatio: { memory: "4" }'), dataVolume('d')),
    "whose limit of memory is 10 times what it requests where 'maxLimitRequestRatio' is 4",
  ],
  [
    'an import where no pod may have 600M',
    [DISK],
    stream(range('max: { memory: 512Mi }', 'Pod'), dataVolume('d', HTTP)),
  ],
  ['an import with what the CDI object says', [], stream(range('min: { cpu: 200m }'), CDI, dataVolume('d', HTTP))],
  [
    'an import out of a range beside a quota that has room for it',
    [DISK],
    stream(range('max: { memory: 512Mi }'), quota('limits.memory: 4Gi'), dataVolume('d', HTTP)),
    "keeps to LimitRange 'team'",
  ],
  [
    'three imports, which are said once',
    [DISK],
    stream(range('max: { memory: 512Mi }'), dataVolume('a', HTTP), dataVolume('b', HTTP), dataVolume('c', HTTP)),
    'and so are 2 more',
  ],
  ['a claim that CDI does not fill', [], stream(range('max: { memory: 512Mi }'), claim('d'))],
  [
    'an import into a quota of less than one pod',
    [DISK],
    stream(quota('limits.memory: 500M'), dataVolume('d', HTTP)),
    "fits into ResourceQuota 'team' (limits.memory 500M), got the container 'importer', which takes 600M",
  ],
  ['an import into a quota of more', [], stream(quota('limits.memory: 4Gi, limits.cpu: "4"'), dataVolume('d', HTTP))],
  [
    'a clone that is copied',
    ['warning spec.pvc filling-pod-limits'],
    stream(
      range('max: { memory: 512Mi }'),
      claim('g', { class: 'h' }),
      dataVolume('c', '{ pvc: { namespace: lab, name: g } }'),
    ),
  ],
  [
    'a clone that the driver makes',
    [],
    stream(range('max: { memory: 512Mi }'), claim('g'), dataVolume('c', '{ pvc: { namespace: lab, name: g } }')),
  ],
  [
    'the template of a machine',
    ['warning spec.dataVolumeTemplates[0].spec.storage filling-pod-limits'],
    stream(
      range('max: { memory: 512Mi }'),
      machine('vm', {
        domain: 'resources: { requests: { memory: 256Mi }, limits: { memory: 512Mi } }',
        spec: `dataVolumeTemplates: [{ metadata: { name: r }, spec: { source: ${HTTP}, storage: { resources: { requests: { storage: 1Gi } } } } }]`,
        disks: { r: 'r' },
      }).replace('memory: { guest: 1Gi }', ''),
    ),
  ],
];

const GIVEN = storage(
  '{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: h }, provisioner: csi.b }',
  '{ apiVersion: cdi.kubevirt.io/v1beta1, kind: StorageProfile, metadata: { name: f }, spec: {}, status: { storageClass: f, provisioner: csi.a, cloneStrategy: csi-clone, claimPropertySets: [{ accessModes: [ReadWriteMany], volumeMode: Block }] } }',
  '{ apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: { name: csi.a }, spec: {} }',
);

describe('a pod of a namespace with limits:', () => {
  test.each(CASES.map(([title, expected, text, says = '']) => [title, expected, text, says] as const))(
    '%s: %j',
    (_title, expected, text, says) => {
      const lines = said(text, RULES, { storage: GIVEN, kubevirt: 'v1.9.0', cdi: 'v1.66.0' });
      expect(lines.map((line) => line.replace(/: .*$/s, ''))).toEqual(expected);
      expect(lines.join('\n')).toContain(says);
    },
  );
});
