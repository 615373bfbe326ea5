import { Size } from 'cdk8s';
import { Cpu, DnsPolicy } from 'cdk8s-plus-27';
import { failureOf, testChart } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { AccessCredential } from './access-credential';
import { Architecture } from './architecture';
import { BlockSize } from './block-size';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { isData } from './cloud-init-settings';
import { GuestNetwork } from './guest-network';
import { HyperV } from './hyperv';
import { vmSourceMeant } from './vm-source-remedy';
import { Volume } from './volume';

/** What is wrong with a machine of these props; undefined if nothing is. */
function fault(props: Partial<BootableVMProps>): string | undefined {
  const made = { bootDisk: Disk.fromClaimName('boot'), memory: Size.gibibytes(2), ...props };
  return faultOf(() => new BootableVM(testChart(), 'vm', made));
}

function faultOf(make: () => unknown): string | undefined {
  try {
    make();
    return undefined;
  } catch {
    return failureOf(make).replace(/^\[[^\]]*\] /, '');
  }
}

const mebi = (amount: number): Size => Size.mebibytes(amount);
const gibi = (amount: number): Size => Size.gibibytes(amount);
const dedicated = (cores: number, resources: BootableVMProps['resources']): Partial<BootableVMProps> => ({
  cpu: { cores, dedicated: true },
  resources,
});
const dns = (nameservers: number, searches: string[] = []): Partial<BootableVMProps> => ({
  dns: { policy: DnsPolicy.NONE, nameservers: Array.from({ length: nameservers }, () => '1.1.1.1'), searches },
});
const SERVERS = '["1.1.1.1","1.1.1.1","1.1.1.1","1.1.1.1"]';
const ONES = '["a","a","a","a","a","a","a"]';
const LONG = `["${'a'.repeat(118)}…`;
const domains = (...lengths: number[]): string[] => lengths.map((length) => 'a'.repeat(length));
const ranges = (...list: readonly (readonly [number, number])[]): Partial<BootableVMProps> => ({
  networks: [GuestNetwork.pod({ portRanges: list.map(([start, end]) => ({ start, end })) })],
});
const many = (count: number) => Array.from({ length: count }, (_, index) => [index * 10 + 1, index * 10 + 2] as const);

const MACHINES: readonly (readonly [title: string, make: () => Partial<BootableVMProps>, says?: string])[] = [
  ['as many sockets as it may have', () => ({ cpu: { sockets: 2, maxSockets: 2 } })],
  [
    'more sockets than it may have',
    () => ({ cpu: { sockets: 3, maxSockets: 2 } }),
    "'cpu.maxSockets' must be at least 'cpu.sockets' (3), got 2",
  ],
  ['as much memory as it may have', () => ({ memory: gibi(2), maxMemory: gibi(2) })],
  [
    'more memory than it may have',
    () => ({ memory: gibi(4), maxMemory: gibi(2) }),
    `'maxMemory' must be at least the 'memory' of the guest "4Gi", got "2Gi"`,
  ],
  ['the least memory that grows', () => ({ memory: gibi(1), maxMemory: gibi(2) })],
  [
    'less memory than what grows',
    () => ({ memory: mebi(512), maxMemory: gibi(2) }),
    `'memory' must be at least '1Gi' with 'maxMemory', got "512Mi"`,
  ],
  ['three name servers', () => dns(3)],
  ['four name servers', () => dns(4), `'dns.nameservers' must name at most 3 servers, got ${SERVERS}`],
  [
    'no name server, with the policy None',
    () => dns(0),
    `'dns.nameservers' must name a server with the policy 'None', got []`,
  ],
  ['six search domains', () => dns(1, domains(1, 1, 1, 1, 1, 1))],
  [
    'seven search domains',
    () => dns(1, domains(1, 1, 1, 1, 1, 1, 1)),
    `'dns.searches' must name at most 6 domains, got ${ONES}`,
  ],
  ['search domains of 256 characters', () => dns(1, domains(127, 128))],
  [
    'search domains of 257 characters',
    () => dns(1, domains(128, 128)),
    `'dns.searches' must have at most 256 characters, got ${LONG}`,
  ],
  ['whole processors', () => dedicated(2, { cpuRequest: Cpu.units(2), cpuLimit: Cpu.units(2) })],
  [
    'a part of a processor',
    () => dedicated(2, { cpuRequest: Cpu.millis(2500), cpuLimit: Cpu.units(2) }),
    `'resources.cpuRequest' must be whole processors with dedicated ones, got "2500m"
[test/vm] 'resources.cpuRequest' must equal the limit "2" with dedicated processors, got "2500m"
[test/vm] 'resources.cpuRequest' must be at most the limit "2", got "2500m"`,
  ],
  ['a request alone', () => dedicated(2, { cpuRequest: Cpu.units(2) })],
  ['a limit alone', () => dedicated(2, { cpuLimit: Cpu.units(2) })],
  [
    'a request of other processors',
    () => dedicated(2, { cpuRequest: Cpu.units(3) }),
    `'resources.cpuRequest' must be the 2 processors of the guest with dedicated ones, got "3"; leave it out`,
  ],
  [
    'a limit of other processors',
    () => dedicated(2, { cpuLimit: Cpu.units(3) }),
    `'resources.cpuLimit' must be the 2 processors of the guest with dedicated ones, got "3"; leave it out`,
  ],
  [
    'a request without a number of processors',
    () => ({ cpu: { dedicated: true }, resources: { cpuRequest: Cpu.units(3) } }),
  ],
  ['no request', () => dedicated(2, {})],
  ['ten ranges of ports', () => ranges(...many(10))],
  ['eleven ranges of ports', () => ranges(...many(11)), "'portRanges' must have at most 10 ranges, got 11"],
  ['a range of one port', () => ranges([5, 5])],
  [
    'a range that ends before it starts',
    () => ranges([5, 4]),
    "'portRanges[0].end' must be at least 'start' (5), got 4",
  ],
  ['ranges that touch', () => ranges([1, 5], [5, 9]), `'portRanges' must not overlap, got "1-5 and 5-9"`],
  ['ranges in another order', () => ranges([6, 9], [1, 5])],
  [
    'ranges in another order that touch',
    () => ranges([5, 9], [1, 5]),
    `'portRanges' must not overlap, got "1-5 and 5-9"`,
  ],
  [
    'a machine type of another architecture',
    () => ({ architecture: Architecture.ARM64, machineType: 'q35' }),
    `'machineType' must be one of arm64, got "q35"`,
  ],
  ['a machine type of no architecture', () => ({ architecture: Architecture.ARM64, machineType: 'own' })],
];

describe('a machine at the boundaries of its props', () => {
  const machines = MACHINES.map(([title, make, says]) => ({ title, make, says }));

  test.each(machines)('with $title', ({ make, says }) => {
    expect(faultOf(make) ?? fault(make())).toBe(says);
  });
});

describe('other classes at the boundaries of their props', () => {
  const block = (logical: number, physical: number, discardGranularity?: number) => () =>
    BlockSize.custom({ logical, physical, discardGranularity });
  const enlightened = (features: object) => () => HyperV.of(features);

  const rows: readonly (readonly [title: string, make: () => unknown, says?: string])[] = [
    ['the smallest and the largest block', block(512, 2_097_152)],
    ['a smaller block', block(256, 512), "'logical' must be a power of two from 512 to 2097152, got 256"],
    ['a larger block', block(512, 4_194_304), "'physical' must be a power of two from 512 to 2097152, got 4194304"],
    ['a block of 513', block(513, 1024), "'logical' must be a power of two from 512 to 2097152, got 513"],
    ['a block larger than the physical one', block(1024, 512), "'logical' must be at most 'physical' (512), got 1024"],
    ['blocks given back together', block(512, 512, 1024)],
    [
      'half a block given back',
      block(512, 512, 768),
      "'discardGranularity' must be a multiple of 'logical' (512), got 768",
    ],
    ['the longest path', () => Volume.containerPath(`/${'a'.repeat(4095)}`)],
    [
      'a longer path',
      () => Volume.containerPath(`/${'a'.repeat(4096)}`),
      `'path' must be a path that starts with '/' and has no '..', got "/${'a'.repeat(118)}…`,
    ],
    ['the longest name of a Secret', () => AccessCredential.sshKeysByCloudInit('a'.repeat(51))],
    [
      'a longer name of a Secret',
      () => AccessCredential.sshKeysByCloudInit('a'.repeat(52)),
      `'secretName' must be at most 51 characters, got "${'a'.repeat(52)}"`,
    ],
    ['timers that are there', enlightened({ synicTimer: true, synicTimerDirect: true })],
    [
      'a timer without the one it needs',
      enlightened({ synicTimer: false, synicTimerDirect: true }),
      "'features.synicTimerDirect' must be left out without 'synicTimer', got true",
    ],
    [
      'a flush without the one it needs',
      enlightened({ tlbFlushExtended: true }),
      "'features.tlbFlushExtended' must be left out without 'tlbFlush', got true",
    ],
    ['flushes that are there', enlightened({ tlbFlush: true, tlbFlushDirect: true, tlbFlushExtended: true })],
    [
      'a feature that is off where it is needed',
      enlightened({ ipi: true, vpIndex: false }),
      "'features.vpIndex' must be left out or true with 'ipi', got false",
    ],
    ['the longest name of its maker', enlightened({ vendorId: 'a'.repeat(12) })],
  ];

  test.each(rows.map(([title, make, says]) => ({ title, make, says })))('with $title', ({ make, says }) => {
    expect(faultOf(make)).toBe(says);
  });
});

describe('isData', () => {
  const nested = (depth: number, leaf: unknown): unknown => (depth === 0 ? leaf : { a: nested(depth - 1, leaf) });
  const listed = (depth: number, leaf: unknown): unknown => (depth === 0 ? leaf : [listed(depth - 1, leaf)]);

  test.each<[unknown, boolean]>([
    [nested(32, 1), true],
    [nested(32, {}), false],
    [listed(32, 1), true],
    [listed(32, []), false],
    [Object.create(null), true],
    [Object.create({}), false],
    [new Map(), false],
    [new Date(0), false],
    [NaN, false],
    [{ a: undefined }, true],
    [[undefined], false],
  ])('%#', (value, is) => expect(isData(value)).toBe(is));
});

describe('vmSourceMeant', () => {
  test.each<[unknown, string]>([
    ['web', "X.vm(VirtualMachine.fromName('web'))"],
    ['', "for example X.vm(VirtualMachine.fromName('web'))"],
    [5, "for example X.vm(VirtualMachine.fromName('web'))"],
    [{ name: 'a' }, 'X.vm(it)'],
    [{ claimName: 'a' }, 'X.claim(it)'],
    [{ virtualMachineSnapshotName: 'a' }, 'X.snapshot(it)'],
  ])('of %j is %s', (value, meant) => expect(vmSourceMeant('X', value)).toBe(meant));
});
