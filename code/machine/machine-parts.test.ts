import type { Json } from '../../review/rule';
import type { Code } from '../language/expression';
import { features, firmware } from './firmware';
import { credential, probe } from './guest-access';
import { cpuFeatures, hasSizes } from './hardware';
import { networks } from './networks';
import { dns, scheduling, toleration } from './scheduling';
import { clock, hyperv } from './windows';

const text = (code: Code | undefined): string | undefined => code?.print(0, 0);

describe('where a machine may run', () => {
  test.each<[unknown, string | undefined]>([
    [{}, undefined],
    [{ priorityClassName: 'a', schedulerName: 'b' }, "{ priorityClassName: 'a', schedulerName: 'b' }"],
    [
      { tolerations: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] },
      "{ tolerations: [Toleration.equals('a', 'b', TaintEffect.NO_SCHEDULE)] }",
    ],
    [
      { tolerations: [{ key: 'a', operator: 'Exists' }, { operator: 'Exists' }] },
      "{ tolerations: [Toleration.exists('a'), Toleration.everything()] }",
    ],
    [
      { tolerations: [{ key: 'a', value: 'b', effect: 'NoExecute', tolerationSeconds: 60 }] },
      `{
  tolerations: [
    Toleration.equals('a', 'b', TaintEffect.NO_EXECUTE, { duration: Duration.minutes(1) }),
  ],
}`,
    ],
    [
      { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }] },
      "{ tolerations: [Toleration.exists('a', TaintEffect.NO_EXECUTE, { duration: Duration.minutes(1) })] }",
    ],
    [{ tolerations: [{ key: 'a', value: 'b', effect: 'Never' }] }, undefined],
    [
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'z', operator: 'In', values: ['a'] }] }],
            },
          },
        },
      },
      "{ affinity: [Affinity.toNodes([LabelRule.in('z', ['a'])])] }",
    ],
    [
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }],
            },
          },
        },
      },
      "{ affinity: [Affinity.toNode('n1')] }",
    ],
    [
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.other', operator: 'In', values: ['n1'] }] }],
            },
          },
        },
      },
      undefined,
    ],
    [
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchFields: [
                    { key: 'metadata.name', operator: 'In', values: ['n1'] },
                    { key: 'metadata.name', operator: 'In', values: ['n2'] },
                  ],
                },
              ],
            },
          },
        },
      },
      undefined,
    ],
    [
      {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 5, preference: { matchExpressions: [{ key: 'z', operator: 'Exists' }] } },
            ],
          },
        },
      },
      "{ affinity: [Affinity.toNodes([LabelRule.exists('z')], { weight: 5 })] }",
    ],
    [
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { a: 'b' } } },
            ],
          },
        },
      },
      "{ affinity: [Affinity.toPods([LabelRule.in('a', ['b'])])] }",
    ],
    [
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              {
                topologyKey: 'zone',
                labelSelector: { matchLabels: { a: 'b' } },
                namespaces: ['n'],
                namespaceSelector: {},
              },
            ],
          },
        },
      },
      `{
  affinity: [
    Affinity.toPods([LabelRule.in('a', ['b'])], {
      topologyKey: 'zone',
      namespaces: ['n'],
      namespaceRules: [],
    }),
  ],
}`,
    ],
    [
      {
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 3,
                podAffinityTerm: {
                  topologyKey: 'zone',
                  labelSelector: { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] },
                  namespaceSelector: { matchLabels: { c: 'd' } },
                },
              },
            ],
          },
        },
      },
      `{
  affinity: [
    Affinity.apartFromPods([LabelRule.doesNotExist('a')], {
      topologyKey: 'zone',
      weight: 3,
      namespaceRules: [LabelRule.in('c', ['d'])],
    }),
  ],
}`,
    ],
    [{ affinity: { nodeAffinity: {} } }, undefined],
    [
      {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { a: 'b' } },
          },
        ],
      },
      `{
  topologySpread: [
    {
      topologyKey: 'zone',
      maxSkew: 1,
      whenUnsatisfiable: WhenUnsatisfiable.DO_NOT_SCHEDULE,
      matchLabels: { a: 'b' },
    },
  ],
}`,
    ],
    [
      {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] },
            minDomains: 2,
            nodeAffinityPolicy: 'Ignore',
            nodeTaintsPolicy: 'Honor',
            matchLabelKeys: ['k'],
          },
        ],
      },
      `{
  topologySpread: [
    {
      topologyKey: 'zone',
      maxSkew: 1,
      whenUnsatisfiable: WhenUnsatisfiable.SCHEDULE_ANYWAY,
      rules: [LabelRule.exists('a')],
      matchLabelKeys: ['k'],
      minDomains: 2,
      nodeAffinityPolicy: NodeInclusion.IGNORE,
      nodeTaintsPolicy: NodeInclusion.HONOR,
    },
  ],
}`,
    ],
  ])('%j', (written, code) => expect(text(scheduling(written as Json))).toBe(code));
});

describe('how a guest resolves names', () => {
  test.each<[unknown, string | undefined]>([
    [{}, undefined],
    [
      {
        dnsPolicy: 'None',
        dnsConfig: {
          nameservers: ['1.1.1.1'],
          searches: ['a'],
          options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
        },
      },
      `{
  policy: DnsPolicy.NONE,
  nameservers: ['1.1.1.1'],
  searches: ['a'],
  options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
}`,
    ],
    [{ dnsConfig: { options: ['x'] } }, undefined],
  ])('%j', (written, code) => expect(text(dns(written as Json))).toBe(code));
});

describe('a taint that is put up with', () => {
  test.each<[unknown, string | undefined]>([
    [{ key: 'a', value: 'b', tolerationSeconds: 60 }, undefined],
    [{ operator: 'Exists', key: 'a', tolerationSeconds: 60 }, undefined],
  ])('%j', (written, code) => expect(text(toleration(written))).toBe(code));
});

describe('how a machine starts', () => {
  test.each<[unknown, string | undefined]>([
    [undefined, undefined],
    [{}, undefined],
    [{ uuid: 'a', serial: 'b' }, undefined],
    [{ bootloader: { efi: {} } }, 'Firmware.secureBoot()'],
    [{ bootloader: { efi: { secureBoot: false } } }, 'Firmware.uefi()'],
    [{ bootloader: { efi: { persistent: true } } }, 'Firmware.secureBoot({ persistent: true })'],
    [{ bootloader: { efi: { persistent: false } } }, 'Firmware.secureBoot()'],
    [{ bootloader: { efi: { secureBoot: true, persistent: true } }, uuid: 'a' }, undefined],
    [{ bootloader: { efi: { secureBoot: false, persistent: false } } }, 'Firmware.uefi()'],
    [{ bootloader: { bios: {} } }, 'Firmware.bios()'],
    [{ bootloader: { bios: { useSerial: true } }, serial: 's' }, "Firmware.bios({ serial: 's', useSerial: true })"],
    [
      {
        kernelBoot: {
          kernelArgs: 'a=b',
          container: {
            image: 'q/x:1',
            kernelPath: '/k',
            initrdPath: '/i',
            imagePullPolicy: 'Always',
            imagePullSecret: 's',
          },
        },
      },
      `Firmware.leftOpen({
  kernelBoot: KernelBoot.fromImage('q/x:1', {
    kernelPath: '/k',
    initrdPath: '/i',
    kernelArgs: 'a=b',
    imagePullPolicy: ImagePullPolicy.ALWAYS,
    imagePullSecret: 's',
  }),
})`,
    ],
    [{ kernelBoot: {} }, undefined],
  ])('%j', (written, code) => expect(text(firmware(written))).toBe(code));
});

describe('a key that is brought into the guest', () => {
  test.each<[unknown, string | undefined]>([
    [
      { userPassword: { source: { secret: { secretName: 's' } }, propagationMethod: { qemuGuestAgent: {} } } },
      "AccessCredential.passwordsByGuestAgent('s')",
    ],
    [
      { sshPublicKey: { source: { secret: { secretName: 's' } }, propagationMethod: { noCloud: {} } } },
      "AccessCredential.sshKeysByCloudInit('s')",
    ],
    [
      { sshPublicKey: { source: { secret: { secretName: 's' } }, propagationMethod: { configDrive: {} } } },
      "AccessCredential.sshKeysByConfigDrive('s')",
    ],
    [
      {
        sshPublicKey: {
          source: { secret: { secretName: 's' } },
          propagationMethod: { qemuGuestAgent: { users: ['u'] } },
        },
      },
      "AccessCredential.sshKeysByGuestAgent('s', ['u'])",
    ],
    [{ sshPublicKey: { source: { secret: { secretName: 's' } } } }, undefined],
  ])('%j', (written, code) => expect(text(credential(written))).toBe(code));
});

describe('how a guest is asked', () => {
  test.each<[unknown, string | undefined]>([
    [undefined, undefined],
    [{}, undefined],
    [{ httpGet: { port: 80 } }, 'GuestProbe.httpGet(80)'],
    [
      {
        httpGet: { port: 80, path: '/x', host: 'h' },
        initialDelaySeconds: 1,
        periodSeconds: 2,
        timeoutSeconds: 3,
        failureThreshold: 4,
        successThreshold: 5,
      },
      `GuestProbe.httpGet(80, {
  path: '/x',
  host: 'h',
  initialDelay: Duration.seconds(1),
  period: Duration.seconds(2),
  timeout: Duration.seconds(3),
  failureThreshold: 4,
  successThreshold: 5,
})`,
    ],
    [{ tcpSocket: { port: 80 } }, 'GuestProbe.tcpSocket(80)'],
    [
      { tcpSocket: { port: 80, host: 'h' }, periodSeconds: 90 },
      "GuestProbe.tcpSocket(80, { host: 'h', period: Duration.seconds(90) })",
    ],
    [{ exec: { command: ['a'] } }, "GuestProbe.exec(['a'])"],
    [{ guestAgentPing: {} }, 'GuestProbe.guestAgentPing()'],
  ])('%j', (written, code) => expect(text(probe(written))).toBe(code));
});

describe('what of Hyper-V a guest finds', () => {
  test.each<[unknown, string | undefined]>([
    [{}, undefined],
    [{ hypervPassthrough: {} }, 'HyperV.passthrough()'],
    [{ hypervPassthrough: { enabled: false } }, undefined],
    [
      { hyperv: { relaxed: {}, vapic: { enabled: true }, spinlocks: { spinlocks: 8191 } } },
      'HyperV.of({ relaxed: true, vapic: true, spinlockRetries: 8191 })',
    ],
    [{ hyperv: { relaxed: { enabled: false } } }, 'HyperV.of({ relaxed: false })'],
    [
      {
        hyperv: {
          vendorid: { vendorid: 'a' },
          synictimer: { direct: {} },
          synic: {},
          vpindex: {},
          tlbflush: { extended: {}, direct: { enabled: false } },
        },
      },
      `HyperV.of({
  synic: true,
  synicTimer: true,
  tlbFlush: true,
  vpIndex: true,
  synicTimerDirect: true,
  tlbFlushDirect: false,
  tlbFlushExtended: true,
  vendorId: 'a',
})`,
    ],
  ])('%j', (written, code) => expect(text(hyperv(written))).toBe(code));
});

describe('the clock of a guest', () => {
  test.each<[unknown, string | undefined]>([
    [undefined, undefined],
    [{ timezone: 'Europe/Zurich' }, "Clock.inTimezone('Europe/Zurich')"],
    [{ utc: {} }, 'Clock.utc()'],
    [{ utc: { offsetSeconds: 5 } }, 'Clock.utc({ offsetSeconds: 5 })'],
    [
      {
        utc: {},
        timer: {
          hpet: { present: false },
          hyperv: {},
          kvm: { present: false },
          pit: { tickPolicy: 'delay' },
          rtc: { tickPolicy: 'catchup', track: 'guest' },
        },
      },
      `Clock.utc({
  timers: {
    hpet: { present: false },
    hyperv: true,
    kvm: false,
    pit: { tickPolicy: TickPolicy.DELAY },
    rtc: { tickPolicy: TickPolicy.CATCHUP, track: RtcTrack.GUEST },
  },
})`,
    ],
    [
      {
        timezone: 'UTC',
        timer: { hpet: { present: false }, hyperv: {}, pit: { tickPolicy: 'delay' }, rtc: { tickPolicy: 'catchup' } },
      },
      "Clock.inTimezone('UTC', { timers: Clock.windowsTimers() })",
    ],
  ])('%j', (written, code) => expect(text(clock(written))).toBe(code));
});

describe('the networks of a machine', () => {
  test.each<[Json, Json, string | undefined]>([
    [{}, {}, '[GuestNetwork.leftToCluster()]'],
    [{}, { interfaces: [{ name: 'default', masquerade: {} }] }, undefined],
    [{ networks: [{ name: 'default', pod: {} }] }, {}, undefined],
    [{}, { autoattachPodInterface: false, interfaces: [{ name: 'default', masquerade: {} }] }, undefined],
    [{}, { autoattachPodInterface: false }, '[]'],
    [{ networks: [{ name: 'default', pod: {} }] }, { interfaces: [{ name: 'default', masquerade: {} }] }, undefined],
    [
      { networks: [{ name: 'a', pod: {} }] },
      { interfaces: [{ name: 'a', masquerade: {} }] },
      "[GuestNetwork.pod({ name: 'a' })]",
    ],
    [
      { networks: [{ name: 'default', pod: {} }] },
      { interfaces: [{ name: 'default', bridge: {} }] },
      '[GuestNetwork.pod({ binding: NetworkBinding.BRIDGE })]',
    ],
    [
      { networks: [{ name: 'default', pod: {} }] },
      {
        interfaces: [
          {
            name: 'default',
            masquerade: {},
            model: 'e1000',
            macAddress: '02:00:00:00:00:01',
            bootOrder: 2,
            acpiIndex: 3,
            state: 'down',
            tag: 't',
          },
        ],
      },
      `[
  GuestNetwork.pod({
    model: InterfaceModel.E1000,
    macAddress: '02:00:00:00:00:01',
    acpiIndex: 3,
    bootOrder: 2,
    state: InterfaceState.DOWN,
    tag: 't',
  }),
]`,
    ],
    [
      { networks: [{ name: 'default', pod: {} }] },
      {
        interfaces: [
          {
            name: 'default',
            masquerade: {},
            ports: [
              { port: 80, protocol: 'TCP' },
              { port: 443, protocol: 'TCP' },
            ],
          },
        ],
      },
      '[GuestNetwork.pod({ tcpPorts: [80, 443] })]',
    ],
    [
      { networks: [{ name: 'default', pod: {} }] },
      {
        interfaces: [
          {
            name: 'default',
            masquerade: {},
            ports: [
              { port: 80, protocol: 'TCP' },
              { port: 53, protocol: 'UDP' },
            ],
          },
        ],
      },
      '[GuestNetwork.pod({ ports: [{ port: 80 }, { port: 53, protocol: Protocol.UDP }] })]',
    ],
    [
      { networks: [{ name: 'default', pod: {} }] },
      { interfaces: [{ name: 'default', masquerade: {}, ports: [{ port: 80 }] }] },
      '[GuestNetwork.pod({ ports: [{ port: 80 }] })]',
    ],
    [
      { networks: [{ name: 'default', pod: {} }] },
      {
        interfaces: [
          {
            name: 'default',
            masquerade: {},
            ports: [
              { port: 80, name: 'http', protocol: 'TCP' },
              { port: 53, protocol: 'UDP' },
            ],
          },
        ],
      },
      "[GuestNetwork.pod({ ports: [{ port: 80, name: 'http' }, { port: 53, protocol: Protocol.UDP }] })]",
    ],
    [
      { networks: [{ name: 'default', pod: {} }] },
      {
        interfaces: [
          {
            name: 'default',
            masquerade: {},
            portRanges: [
              { start: 1, end: 2, protocol: 'TCP' },
              { start: 3, end: 4, protocol: 'UDP' },
            ],
          },
        ],
      },
      `[
  GuestNetwork.pod({
    portRanges: [{ start: 1, end: 2 }, { start: 3, end: 4, protocol: Protocol.UDP }],
  }),
]`,
    ],
    [
      { networks: [{ name: 'default', pod: { vmNetworkCIDR: '10.1.0.0/24' } }] },
      { interfaces: [{ name: 'default', masquerade: {} }] },
      "[GuestNetwork.pod({ vmNetworkCidr: '10.1.0.0/24' })]",
    ],
    [
      { networks: [{ name: 'a-b', multus: { networkName: 'n/a.b' } }] },
      { interfaces: [{ name: 'a-b', bridge: {} }] },
      "[GuestNetwork.multus('n/a.b')]",
    ],
    [
      { networks: [{ name: 'c', multus: { networkName: 'n/a.b', default: true } }] },
      { interfaces: [{ name: 'c', sriov: {}, pciAddress: '0000:01:00.0' }] },
      `[
  GuestNetwork.multus('n/a.b', {
    name: 'c',
    binding: NetworkBinding.SRIOV,
    pciAddress: '0000:01:00.0',
    isDefault: true,
  }),
]`,
    ],
    [
      {
        networks: [
          { name: 'default', pod: {} },
          { name: 'b', multus: { networkName: 'b' } },
        ],
      },
      {
        interfaces: [
          { name: 'default', masquerade: {} },
          { name: 'b', bridge: {} },
        ],
      },
      "[GuestNetwork.pod(), GuestNetwork.multus('b')]",
    ],
    [
      { networks: [{ name: 'default', pod: {} }] },
      { interfaces: [{ name: 'default', binding: { name: 'passt' } }] },
      "[GuestNetwork.pod({ bindingPlugin: 'passt' })]",
    ],
    [{ networks: [{ name: 'default', pod: {} }] }, { interfaces: [{ name: 'other', masquerade: {} }] }, undefined],
    [
      { networks: [{ name: 'default', pod: {} }] },
      {
        interfaces: [
          {
            name: 'default',
            masquerade: {},
            dhcpOptions: {
              bootFileName: 'f',
              tftpServerName: 't',
              ntpServers: ['1.1.1.1'],
              privateOptions: [{ option: 240, value: 'x' }],
            },
          },
        ],
      },
      `[
  GuestNetwork.pod({
    dhcp: {
      bootFileName: 'f',
      tftpServerName: 't',
      ntpServers: ['1.1.1.1'],
      privateOptions: [{ option: 240, value: 'x' }],
    },
  }),
]`,
    ],
    [
      { networks: [{ name: 'c', resourceClaim: { claimName: 'c', requestName: 'r' } }] },
      { interfaces: [{ name: 'c', sriov: {} }] },
      "[GuestNetwork.resourceClaim('c', 'r')]",
    ],
    [
      { networks: [{ name: 'd', resourceClaim: { claimName: 'c', requestName: 'r' } }] },
      { interfaces: [{ name: 'd', sriov: {}, model: 'virtio' }] },
      "[GuestNetwork.resourceClaim('c', 'r', { name: 'd', model: InterfaceModel.VIRTIO })]",
    ],
  ])('%j with %j', (one, other, code) => expect(text(networks(one, other))).toBe(code));
});

describe('what a virtual board can do', () => {
  test.each<[Json, Json, string | undefined]>([
    [{}, {}, undefined],
    [
      { acpi: {}, apic: { endOfInterrupt: true }, kvm: { hidden: true }, pvspinlock: { enabled: false }, smm: {} },
      {},
      '{ acpi: true, apic: true, apicEndOfInterrupt: true, kvmHidden: true, pvSpinlock: false, smm: true }',
    ],
    [{ smm: {} }, { bootloader: { efi: {} } }, undefined],
    [{ smm: { enabled: false } }, { bootloader: { efi: {} } }, '{ smm: false }'],
    [{ smm: {} }, { bootloader: { efi: { secureBoot: false } } }, '{ smm: true }'],
  ])('%j with %j', (one, other, code) => expect(text(features(one, other))).toBe(code));
});

describe('features of processors', () => {
  test.each<[unknown, string | undefined]>([
    [
      [{ name: 'a', policy: 'require' }, { name: 'b' }],
      "[{ name: 'a', policy: CpuFeaturePolicy.REQUIRE }, { name: 'b' }]",
    ],
    [[{ policy: 'require' }], undefined],
  ])('%j', (written, code) => expect(text(cpuFeatures(written))).toBe(code));
});

test.each<[Json, boolean]>([
  [{}, false],
  [{ cpu: { cores: 1 } }, true],
  [{ cpu: { model: 'a' } }, false],
  [{ resources: { limits: { cpu: 1 } } }, true],
  [{ resources: { requests: { memory: '1Gi' } } }, true],
  [{ memory: { guest: '1Gi' } }, true],
  [{ memory: {} }, true],
])('%j says what an instance type brings: %j', (domain, has) => expect(hasSizes(domain)).toBe(has));
