import { Duration, Size } from 'cdk8s';
import { LabelRule } from '../shared/label-rule';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Disk } from '../storage/disk';
import { AccessCredential } from './access-credential';
import { Affinity } from './affinity';
import { BootableVM } from './bootable-vm';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { GuestNetwork } from './guest-network';
import { NetworkBinding } from './guest-network-options';
import { GuestProbe } from './guest-probe';
import { TopologySpread, WhenUnsatisfiable } from './scheduling';
import { EVERY_LIFECYCLE_PROP } from './testing/every-prop';

function made(props: Partial<BootableVMProps>): Record<string, unknown> {
  const cloudInit = CloudInit.fromSecretName('user');
  const least = { bootDisk: Disk.fromClaimName('boot'), memory: Size.gibibytes(4), cloudInit };
  const { spec } = manifest(new BootableVM(testChart(), 'web', { ...least, ...props })) as {
    readonly spec?: { readonly template: { readonly spec: Record<string, unknown> } };
  };
  return spec?.template.spec ?? {};
}

const ROLE = { key: 'app', operator: 'In', values: ['db'] };

describe('the lifecycle of a BootableVM', () => {
  test('is all that its props say', () => {
    const spec = made(EVERY_LIFECYCLE_PROP);
    expect(spec).toMatchObject({
      terminationGracePeriodSeconds: 120,
      subdomain: 'shop',
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['192.0.2.1'],
        searches: ['example.com'],
        options: [{ name: 'ndots', value: '2' }],
      },
      priorityClassName: 'high',
      schedulerName: 'second',
      serviceAccountName: 'robot',
      domain: { rebootPolicy: 'Terminate' },
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'vm', effect: 'NoSchedule' }],
    });
    expect(spec.topologySpreadConstraints).toEqual([
      {
        topologyKey: 'zone',
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: {
          matchLabels: { app: 'db' },
          matchExpressions: [{ key: 'tier', operator: 'In', values: ['front'] }],
        },
        matchLabelKeys: ['pod-template-hash'],
        minDomains: 2,
        nodeAffinityPolicy: 'Ignore',
        nodeTaintsPolicy: 'Honor',
      },
    ]);
    expect(spec.readinessProbe).toEqual({
      httpGet: {
        port: 8080,
        path: '/ready',
        host: 'web.example.com',
        scheme: 'HTTPS',
        httpHeaders: [{ name: 'Accept', value: 'text/plain' }],
      },
      initialDelaySeconds: 120,
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 4,
      successThreshold: 1,
    });
    expect(spec.livenessProbe).toMatchObject({ guestAgentPing: {}, periodSeconds: 20 });
    expect(spec.accessCredentials).toEqual([
      { sshPublicKey: { source: { secret: { secretName: 'keys' } }, propagationMethod: { noCloud: {} } } },
      {
        sshPublicKey: {
          source: { secret: { secretName: 'keys' } },
          propagationMethod: { qemuGuestAgent: { users: ['root'] } },
        },
      },
      { userPassword: { source: { secret: { secretName: 'passwords' } }, propagationMethod: { qemuGuestAgent: {} } } },
    ]);
  });

  test('draws it to nodes and pods, and keeps it away', () => {
    expect(made(EVERY_LIFECYCLE_PROP).affinity).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'gpu', operator: 'Exists' },
                { key: 'zone', operator: 'NotIn', values: ['b'] },
              ],
            },
          ],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            preference: {
              matchExpressions: [
                { key: 'old', operator: 'DoesNotExist' },
                { key: 'zone', operator: 'In', values: ['a'] },
              ],
            },
          },
        ],
      },
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchExpressions: [ROLE] }, topologyKey: 'zone', namespaces: ['apps'] },
        ],
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 1,
            podAffinityTerm: { labelSelector: { matchExpressions: [ROLE] }, topologyKey: 'kubernetes.io/hostname' },
          },
        ],
      },
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchExpressions: [ROLE] }, topologyKey: 'kubernetes.io/hostname' },
        ],
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 50, podAffinityTerm: { labelSelector: { matchExpressions: [ROLE] }, topologyKey: 'zone' } },
        ],
      },
    });
  });

  test('leaves out what is not said', () => {
    const spec = made({ scheduling: {}, dns: {}, accessCredentials: [] });
    const fields = ['affinity', 'tolerations', 'topologySpreadConstraints', 'dnsConfig', 'dnsPolicy', 'readinessProbe'];
    for (const field of [...fields, 'accessCredentials']) {
      expect(spec).not.toHaveProperty(field);
    }
  });

  test.each([[{ nameservers: ['192.0.2.1'] }], [{ searches: ['example.com'] }], [{ options: [{ name: 'ndots' }] }]])(
    'asks for names as it says, and no more: %j',
    (dns) => expect(made({ dns }).dnsConfig).toEqual(dns),
  );

  test.each<[GuestProbe, object]>([
    [GuestProbe.httpGet(80), { httpGet: { port: 80 } }],
    [GuestProbe.tcpSocket(22), { tcpSocket: { port: 22 } }],
    [GuestProbe.exec(['cat', '/ready']), { exec: { command: ['cat', '/ready'] } }],
  ])('is asked by probe %#', (readinessProbe, expected) => {
    expect(made({ readinessProbe }).readinessProbe).toEqual(expected);
  });

  const [inZone, ofZone] = [
    { matchExpressions: [{ key: 'zone', operator: 'Exists' }] },
    { labelSelector: { matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, topologyKey: 'zone' },
  ];
  const rules = [LabelRule.exists('zone')];
  test.each<[string, Affinity, object]>([
    [
      'must be on a node',
      Affinity.toNodes(rules),
      { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [inZone] } } },
    ],
    [
      'is better on a node',
      Affinity.toNodes(rules, { weight: 5 }),
      { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, preference: inZone }] } },
    ],
    [
      'must be beside pods',
      Affinity.toPods(rules, { topologyKey: 'zone' }),
      { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [ofZone] } },
    ],
    [
      'is better beside pods',
      Affinity.toPods(rules, { topologyKey: 'zone', weight: 5 }),
      { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, podAffinityTerm: ofZone }] } },
    ],
  ])('%s, and nothing else is said', (_, affinity, expected) => {
    expect(made({ scheduling: { affinity: [affinity] } }).affinity).toEqual(expected);
  });

  test.each<[Partial<TopologySpread>, object]>([
    [{}, {}],
    [{ matchLabels: { app: 'a' } }, { labelSelector: { matchLabels: { app: 'a' } } }],
    [{ rules }, { labelSelector: inZone }],
  ])('is spread among the pods of %j', (pods, expected) => {
    const spread = { topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: WhenUnsatisfiable.DO_NOT_SCHEDULE };
    expect(made({ scheduling: { topologySpread: [{ ...spread, ...pods }] } }).topologySpreadConstraints).toEqual([
      { topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', ...expected },
    ]);
  });

  test('stands apart from all pods where no rule is given', () => {
    const affinity = [Affinity.apartFromPods([], { topologyKey: 'zone' })];
    expect(made({ scheduling: { affinity } })).toMatchObject({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: {}, topologyKey: 'zone' }],
        },
      },
    });
  });

  test('ties a card by a plug-in, and starts from it', () => {
    const networks = [GuestNetwork.pod({ bindingPlugin: 'passt', bootOrder: 1 })];
    expect(made({ networks })).toMatchObject({
      domain: { devices: { interfaces: [{ name: 'default', binding: { name: 'passt' }, bootOrder: 1 }] } },
    });
  });

  test.each<[string, () => unknown, string]>([
    ['a rule has no values', () => LabelRule.in('a', []), "'values' must hold a value, got []"],
    [
      'a key is not one',
      () => LabelRule.exists('-a'),
      `'key' must be of the form 'name' or 'dns.prefix/name', got "-a"`,
    ],
    [
      'a domain ends with a dot, which KubeVirt refuses',
      () => made({ dns: { searches: ['svc.cluster.local.'] } }),
      "'dns.searches[0]' must be a DNS name in lower case",
    ],
    ['an affinity has no rule', () => Affinity.toNodes([]), "'rules' must hold a rule, got []"],
    [
      'a rule is plain',
      () => Affinity.toPods([untyped({ key: 'a' })]),
      "'rules[0]' must be a LabelRule, got an object",
    ],
    ['a weight is 0', () => Affinity.toNodes([LabelRule.exists('a')], { weight: 0 }), 'from 1 to 100, got 0'],
    [
      'a weight is 101',
      () => Affinity.apartFromPods([LabelRule.exists('a')], { weight: 101 }),
      'from 1 to 100, got 101',
    ],
    ['keys go to nobody', () => AccessCredential.sshKeysByGuestAgent('keys', []), "'users' must name a user, got []"],
    ['a Secret has no name', () => AccessCredential.passwordsByGuestAgent(''), "'secretName' must be a DNS label"],
    ['a port is 0', () => GuestProbe.tcpSocket(0), "'port' must be a whole number from 1 to 65535, got 0"],
    ['a command is text', () => GuestProbe.exec(untyped('cat')), "'command' must be a list of words"],
    ['a period is nothing', () => GuestProbe.guestAgentPing({ period: Duration.seconds(0) }), 'of at least 1, got 0'],
    [
      'a plug-in stands beside a binding',
      () => GuestNetwork.pod({ bindingPlugin: 'passt', binding: NetworkBinding.BRIDGE }),
      `'binding' must be left out beside 'bindingPlugin', got "bridge"`,
    ],
    [
      'a liveness probe must succeed twice',
      () => made({ livenessProbe: GuestProbe.tcpSocket(22, { successThreshold: 2 }) }),
      "'livenessProbe' must have a successThreshold of 1, got 2",
    ],
    [
      'a spread lacks its skew',
      () => made({ scheduling: { topologySpread: [untyped({ topologyKey: 'a' })] } }),
      "'scheduling.topologySpread[0].maxSkew' must be given, got nothing",
    ],
    [
      'a toleration is plain',
      () => made({ scheduling: { tolerations: [untyped({ key: 'a' })] } }),
      'must be a Toleration',
    ],
    ['a policy is unknown', () => made({ dns: untyped({ policy: 'none' }) }), "'dns.policy' must be"],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});
