import { Json } from '../rule';
import { ExampleCluster, findings } from '../testing/rule-tester';
import { KINDS } from './kinds';

/** How many faults a rule finds in an object, or in an update of it. */
interface Row {
  readonly rule: string;
  readonly kind: string;
  readonly is: Json;
  readonly was?: Json;
  readonly on?: ExampleCluster;
  readonly faults: number;
}

const object = (kind: string, more: Json): Json => {
  const { apiGroup } = KINDS.find((one) => one.kind === kind)!;
  return { apiVersion: `${apiGroup}/v1`, kind, metadata: { name: 'a', namespace: 'b' }, ...more };
};

const config = (configuration: Json): Json => ({ spec: { configuration } });
const developer = (developerConfiguration: Json): Json => config({ developerConfiguration });
const replicas = (value: unknown): Json => ({ spec: { infra: { replicas: value } } });
const selfSigned = (value: Json): Json => ({ spec: { certificateRotateStrategy: { selfSigned: value } } });
const HCO = 'hco.kubevirt.io/v1beta1';
const tls = (custom: Json): Json => ({ apiVersion: HCO, spec: { tlsSecurityProfile: { type: 'Custom', custom } } });
const mediated = (mediatedDevicesConfiguration: Json): Json => ({
  apiVersion: HCO,
  spec: { mediatedDevicesConfiguration },
});
const downtime = (maxDowntimeMs?: number): Json => config({ migrations: { maxDowntimeMs } });
const guest = (maxGuest?: string): Json => ({ spec: { domain: { memory: { guest: '1Gi', maxGuest } } } });
const type = (spec: Json): Json => ({ spec });
const pool = (maxUnavailable: unknown): Json => ({ spec: { maxUnavailable } });
const plugged = (disk: Json): Json => ({
  spec: {
    volumes: [{ name: 'h', persistentVolumeClaim: { claimName: 'c', hotpluggable: true } }],
    domain: { devices: { disks: [{ name: 'h', ...disk }] } },
  },
});
const started: Json = { spec: { volumes: [], domain: { devices: { disks: [] } } } };
const late: ExampleCluster = { release: 'v1.9.0' };

const ROWS: readonly Row[] = [
  ...(
    [
      [1, 0],
      [255, 0],
      [0, 1],
      [256, 1],
      [1.5, 1],
      ['2', 0],
    ] as const
  ).map(([value, faults]) => ({ rule: 'kubevirt-replicas-on-create', kind: 'KubeVirt', is: replicas(value), faults })),
  ...(
    [
      [0, 0],
      [-1, 1],
      ['-1', 0],
    ] as const
  ).flatMap(([value, faults]) =>
    ['memoryOvercommit', 'cpuAllocationRatio'].map((key) => ({
      rule: 'kubevirt-overcommit-positive',
      kind: 'KubeVirt',
      is: developer({ [key]: value }),
      faults,
    })),
  ),
  ...(
    [
      [0, 0],
      [100, 0],
      [-1, 1],
      [101, 1],
      ['101', 0],
    ] as const
  ).map(([value, faults]) => ({
    rule: 'kubevirt-less-space-percent',
    kind: 'KubeVirt',
    is: developer({ pvcTolerateLessSpaceUpToPercent: value }),
    faults,
  })),
  ...(
    [
      ['1', 0],
      ['0.9', 1],
      ['nan', 0],
      ['-NaN', 0],
      ['inf', 0],
      ['+Infinity', 0],
      ['-inf', 1],
      ['1e400', 1],
      ['1.', 0],
      ['.5e1', 0],
      ['x', 1],
    ] as const
  ).map(([value, faults]) => ({
    rule: 'kubevirt-memory-overhead-ratio-on-create',
    kind: 'KubeVirt',
    is: config({ additionalGuestMemoryOverheadRatio: value }),
    faults,
  })),
  { rule: 'kubevirt-certificates-ca-renewal-on-create', kind: 'KubeVirt', is: selfSigned({}), faults: 0 },
  { rule: 'kubevirt-certificates-server-renewal-on-create', kind: 'KubeVirt', is: selfSigned({}), faults: 0 },
  {
    rule: 'kubevirt-certificates-server-within-ca-on-create',
    kind: 'KubeVirt',
    is: selfSigned({ server: { duration: '168h' } }),
    faults: 0,
  },
  {
    rule: 'kubevirt-certificates-server-within-ca-on-create',
    kind: 'KubeVirt',
    is: selfSigned({ server: { duration: '169h' } }),
    faults: 1,
  },
  {
    rule: 'kubevirt-certificates-server-within-ca-on-create',
    kind: 'KubeVirt',
    is: selfSigned({ ca: { duration: '24h' } }),
    faults: 0,
  },
  {
    rule: 'kubevirt-certificates-server-within-ca-on-create',
    kind: 'KubeVirt',
    is: selfSigned({ ca: { duration: '23h' } }),
    faults: 1,
  },
  {
    rule: 'kubevirt-certificates-ca-renewal-on-create',
    kind: 'KubeVirt',
    is: selfSigned({ ca: { renewBefore: '168h' } }),
    faults: 0,
  },
  {
    rule: 'kubevirt-certificates-ca-renewal-on-create',
    kind: 'KubeVirt',
    is: selfSigned({ ca: { renewBefore: '169h' } }),
    faults: 1,
  },
  {
    rule: 'kubevirt-migration-downtime-gate',
    kind: 'KubeVirt',
    is: downtime(5),
    was: downtime(4),
    on: late,
    faults: 1,
  },
  {
    rule: 'kubevirt-migration-downtime-gate',
    kind: 'KubeVirt',
    is: downtime(5),
    was: downtime(5),
    on: late,
    faults: 0,
  },
  { rule: 'kubevirt-migration-downtime-gate', kind: 'KubeVirt', is: downtime(), was: downtime(5), on: late, faults: 0 },
  { rule: 'kubevirt-migration-downtime-gate', kind: 'KubeVirt', is: downtime(5), on: late, faults: 0 },
  {
    rule: 'hyperconverged-tls-http2',
    kind: 'HyperConverged',
    is: tls({ minTLSVersion: 'VersionTLS12', ciphers: ['x'] }),
    faults: 1,
  },
  {
    rule: 'hyperconverged-tls-http2',
    kind: 'HyperConverged',
    is: tls({ minTLSVersion: 'VersionTLS13', ciphers: ['x'] }),
    faults: 0,
  },
  {
    rule: 'hyperconverged-tls-http2',
    kind: 'HyperConverged',
    is: tls({ minTLSVersion: 'TLS', ciphers: ['x'] }),
    faults: 0,
  },
  {
    rule: 'hyperconverged-mediated-device-types',
    kind: 'HyperConverged',
    is: mediated({ mediatedDevicesTypes: ['a'] }),
    faults: 0,
  },
  {
    rule: 'hyperconverged-mediated-device-types',
    kind: 'HyperConverged',
    is: mediated({ mediatedDeviceTypes: ['a'] }),
    faults: 0,
  },
  { rule: 'instance-max-guest-kept', kind: 'VirtualMachineInstance', is: guest('2Gi'), was: guest('3Gi'), faults: 1 },
  {
    rule: 'instance-max-guest-kept',
    kind: 'VirtualMachineInstance',
    is: guest('2Gi'),
    was: guest('2048Mi'),
    faults: 0,
  },
  { rule: 'instance-max-guest-kept', kind: 'VirtualMachineInstance', is: guest(), was: guest('3Gi'), faults: 0 },
  { rule: 'instance-max-guest-kept', kind: 'VirtualMachineInstance', is: guest('2Gi'), was: guest(), faults: 0 },
  { rule: 'hotplug-lun-bus', kind: 'VirtualMachineInstance', is: plugged({ lun: {} }), was: started, faults: 1 },
  {
    rule: 'hotplug-lun-bus',
    kind: 'VirtualMachineInstance',
    is: plugged({ lun: { bus: 'scsi' } }),
    was: started,
    faults: 0,
  },
  {
    rule: 'hotplug-lun-bus',
    kind: 'VirtualMachineInstance',
    is: plugged({ lun: { bus: 'sata' }, disk: {} }),
    was: started,
    faults: 0,
  },
  {
    rule: 'hotplug-lun-bus',
    kind: 'VirtualMachineInstance',
    is: plugged({ disk: { bus: 'scsi' } }),
    was: started,
    faults: 0,
  },
  ...(
    [
      [1, 1],
      [100, 1],
      [0, 0],
      [101, 0],
    ] as const
  ).map(([overcommitPercent, faults]) => ({
    rule: 'instancetype-overcommit-hugepages',
    kind: 'VirtualMachineInstancetype',
    is: type({ memory: { guest: '1Gi', hugepages: {}, overcommitPercent } }),
    faults,
  })),
  ...(
    [
      [0, 0],
      [4294967295, 0],
      [4294967296, 1],
      [-1, 1],
      [1.5, 1],
    ] as const
  ).map(([count, faults]) => ({
    rule: 'instancetype-cpu-count',
    kind: 'VirtualMachineInstancetype',
    is: type({ cpu: { guest: count } }),
    faults,
  })),
  ...(
    [
      [1, 0],
      [0, 1],
      ['0%', 1],
      ['1%', 0],
      ['100%', 0],
      ['101%', 1],
      ['+5%', 0],
      ['5', 1],
      [true, 1],
    ] as const
  ).map(([value, faults]) => ({
    rule: 'pool-max-unavailable',
    kind: 'VirtualMachinePool',
    is: pool(value),
    on: late,
    faults,
  })),
];

describe('an object at the boundaries of its rules', () => {
  test.each(ROWS)('has $faults faults of $rule (%#)', ({ rule, kind, is, was, on, faults }) => {
    const found = findings(object(kind, is), on, was && object(kind, was)).filter(({ id }) => id === rule);
    expect(found.map(({ message }) => message)).toHaveLength(faults);
  });
});
