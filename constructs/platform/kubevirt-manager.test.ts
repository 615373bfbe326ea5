import { Size } from 'cdk8s';
import { Cpu, ServiceType } from 'cdk8s-plus-27';
import { Overrides } from '../shared/overrides';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, Manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { DashboardAccess } from './dashboard-access';
import { DashboardLogin } from './dashboard-login';
import { KubeVirtManager } from './kubevirt-manager';
import { KubeVirtManagerProps } from './kubevirt-manager-props';

const make = (props?: KubeVirtManagerProps) => new KubeVirtManager(testChart('lab'), 'kubevirt-manager', props);
const made = (props?: KubeVirtManagerProps) => manifests(make(props));
const kinds = (all: Manifest[]) => all.map(({ kind, metadata }) => `${kind}/${String(metadata.name)}`);
const only = (kind: string, all: Manifest[]): Manifest => {
  const [found, ...others] = all.filter((object) => object.kind === kind);
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} objects of kind ${kind}`);
  return found;
};

const LABELS = { app: 'kubevirt-manager', 'kubevirt-manager.io/version': '1.5.4' };
const METADATA = { name: 'kubevirt-manager', namespace: 'kubevirt-manager', labels: LABELS };
const LOGIN = DashboardLogin.fromSecretName('users');

describe('KubeVirtManager', () => {
  test('is reached by port-forward alone and may only be looked at, unless more is said', () => {
    const all = made();
    expect(kinds(all)).toEqual([
      'Namespace/kubevirt-manager',
      'ServiceAccount/kubevirt-manager',
      'ClusterRole/kubevirt-manager',
      'ClusterRoleBinding/kubevirt-manager',
      'Deployment/kubevirt-manager',
      'NetworkPolicy/kubevirt-manager',
      'Service/kubevirt-manager',
    ]);
    const { rules } = only('ClusterRole', all) as unknown as { rules: { verbs: string[] }[] };
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list']));
    expect(only('NetworkPolicy', all).spec).toEqual({
      podSelector: { matchLabels: { app: 'kubevirt-manager' } },
      policyTypes: ['Ingress'],
    });
    expect(only('Service', all)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: METADATA,
      spec: {
        type: 'ClusterIP',
        selector: { app: 'kubevirt-manager' },
        ports: [{ name: 'http', protocol: 'TCP', port: 8080, targetPort: 8080 }],
      },
    });
  });

  test('runs as the release does, by the Pod Security Standard "restricted"', () => {
    const all = made();
    expect(only('Namespace', all)).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kubevirt-manager', labels: { ...LABELS, 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    expect(only('Deployment', all)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: METADATA,
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: { app: 'kubevirt-manager' } },
        template: {
          metadata: { labels: LABELS },
          spec: {
            serviceAccountName: 'kubevirt-manager',
            automountServiceAccountToken: true,
            enableServiceLinks: false,
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 10000,
              runAsGroup: 30000,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name: 'kubevirtmgr',
                image: 'docker.io/kubevirtmanager/kubevirt-manager:1.5.4',
                imagePullPolicy: 'IfNotPresent',
                ports: [{ name: 'http', containerPort: 8080 }],
                readinessProbe: { tcpSocket: { port: 8080 } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                volumeMounts: [
                  { name: 'cache-volume', mountPath: '/var/cache/nginx' },
                  { name: 'run-volume', mountPath: '/var/run' },
                ],
              },
            ],
            volumes: [
              { name: 'cache-volume', emptyDir: {} },
              { name: 'run-volume', emptyDir: {} },
            ],
          },
        },
      },
    });
  });

  test('mounts the token of its service account in its pod alone', () => {
    expect(only('ServiceAccount', made())).toEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: METADATA,
      automountServiceAccountToken: false,
    });
  });

  test('writes every prop', () => {
    const props: Required<KubeVirtManagerProps> = {
      name: 'dashboard',
      namespace: 'tools',
      labels: { team: 'a' },
      annotations: { note: 'yes' },
      version: '1.5.2',
      image: 'mirror.example/kubevirt-manager@sha256:0123',
      access: DashboardAccess.operate({ namespaces: ['shop'], viewsWholeCluster: true }),
      login: LOGIN,
      serviceType: ServiceType.LOAD_BALANCER,
      nodeSelector: { zone: 'b' },
      resources: {
        cpu: { request: Cpu.millis(50), limit: Cpu.units(1) },
        memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
        ephemeralStorage: { limit: Size.gibibytes(1) },
      },
      imageDefinition: true,
      priorityClasses: true,
      overrides: { spec: { revisionHistoryLimit: 2 } },
      serviceOverrides: { spec: { loadBalancerClass: 'inner' } },
      networkPolicyOverrides: { spec: { policyTypes: Overrides.replaceList(['Ingress', 'Egress']) } },
    };
    const all = manifests(new KubeVirtManager(testChart('lab'), 'x', props));
    expect(kinds(all)).toEqual([
      'CustomResourceDefinition/images.kubevirt-manager.io',
      'PriorityClass/vm-standard',
      'PriorityClass/vm-preemptible',
      'Namespace/tools',
      'ServiceAccount/dashboard',
      'ClusterRole/dashboard',
      'ClusterRoleBinding/dashboard',
      'Role/dashboard',
      'RoleBinding/dashboard',
      'ConfigMap/dashboard-login',
      'Deployment/dashboard',
      'NetworkPolicy/dashboard',
      'Service/dashboard',
    ]);
    const labels = { team: 'a', app: 'dashboard', 'kubevirt-manager.io/version': '1.5.2' };
    for (const { metadata } of all) expect(metadata).toMatchObject({ labels, annotations: { note: 'yes' } });
    expect(only('RoleBinding', all)).toMatchObject({
      metadata: { namespace: 'shop' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'dashboard' },
      subjects: [{ kind: 'ServiceAccount', name: 'dashboard', namespace: 'tools' }],
    });
    expect(only('ClusterRoleBinding', all)).toMatchObject({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'dashboard' },
      subjects: [{ kind: 'ServiceAccount', name: 'dashboard', namespace: 'tools' }],
    });
    expect(only('Deployment', all).spec).toMatchObject({
      revisionHistoryLimit: 2,
      template: {
        metadata: { labels },
        spec: {
          nodeSelector: { zone: 'b' },
          containers: [
            {
              image: 'mirror.example/kubevirt-manager@sha256:0123',
              resources: {
                requests: { cpu: '50m', memory: '64Mi' },
                limits: { cpu: '1', memory: '256Mi', 'ephemeral-storage': '1Gi' },
              },
            },
          ],
        },
      },
    });
    expect(only('Service', all).spec).toMatchObject({ type: 'LoadBalancer', loadBalancerClass: 'inner' });
    expect(only('NetworkPolicy', all).spec).toEqual({
      podSelector: { matchLabels: { app: 'dashboard' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ protocol: 'TCP', port: 8080 }] }],
    });
  });

  test('sets the limits alone where no request is given', () => {
    const resources = { memory: { limit: Size.mebibytes(256) } };
    const all = manifests(make({ resources }));
    const spec = only('Deployment', all).spec as { template: { spec: { containers: { resources: object }[] } } };
    expect(spec.template.spec.containers[0]?.resources).toEqual({ limits: { memory: '256Mi' } });
  });

  test('asks for the login before its pages and before the way to the API server', () => {
    const all = made({ login: LOGIN, serviceType: ServiceType.NODE_PORT });
    expect(only('ConfigMap', all).data).toEqual({
      'login.conf': 'auth_basic "KubeVirt Manager";\nauth_basic_user_file /etc/nginx/secret.d/.htpasswd;\n',
    });
    const { volumes, containers } = (only('Deployment', all).spec as PodHolder).template.spec;
    expect(volumes).toEqual([
      { name: 'cache-volume', emptyDir: {} },
      { name: 'run-volume', emptyDir: {} },
      { name: 'login', configMap: { name: 'kubevirt-manager-login' } },
      { name: 'users', secret: { secretName: 'users', items: [{ key: '.htpasswd', path: '.htpasswd' }] } },
    ]);
    expect(containers[0]?.volumeMounts).toEqual([
      { name: 'cache-volume', mountPath: '/var/cache/nginx' },
      { name: 'run-volume', mountPath: '/var/run' },
      { name: 'login', mountPath: '/etc/nginx/location.d', readOnly: true },
      { name: 'users', mountPath: '/etc/nginx/secret.d', readOnly: true },
    ]);
  });

  test.each([
    ['nobody is asked', undefined, undefined],
    ['a login is asked for', LOGIN, [{ ports: [{ protocol: 'TCP', port: 8080 }] }]],
    ['everybody is meant', DashboardLogin.publicDemo(), [{ ports: [{ protocol: 'TCP', port: 8080 }] }]],
  ])('lets in where %s: the web server alone, or nobody', (_, login, ingress) => {
    expect((only('NetworkPolicy', made({ login })).spec as { ingress?: unknown }).ingress).toEqual(ingress);
  });

  test('keeps its pods apart from those that a label of the user would add', () => {
    const all = made({ labels: { app: 'other' } });
    expect(only('Deployment', all).metadata.labels).toMatchObject({ app: 'other' });
    expect(only('Deployment', all).spec).toMatchObject({
      selector: { matchLabels: { app: 'kubevirt-manager' } },
      template: { metadata: { labels: { app: 'kubevirt-manager' } } },
    });
  });

  test('makes the definition of images, and the PriorityClasses that its pages list', () => {
    const all = made({ imageDefinition: true, priorityClasses: true });
    const definition = only('CustomResourceDefinition', all);
    expect(definition.metadata).toEqual({ name: 'images.kubevirt-manager.io', labels: LABELS });
    const text = { type: 'string' };
    const address = { type: 'object', properties: { url: text } };
    expect(definition.spec).toEqual({
      group: 'kubevirt-manager.io',
      scope: 'Namespaced',
      names: { kind: 'Image', plural: 'images', singular: 'image', shortNames: ['img'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          additionalPrinterColumns: [
            { name: 'Type', type: 'string', jsonPath: '.spec.type' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  required: ['type', 'readableName'],
                  oneOf: [
                    { required: ['http'] },
                    { required: ['registry'] },
                    { required: ['s3'] },
                    { required: ['gcs'] },
                    { required: ['pvc'] },
                  ],
                  properties: {
                    type: { type: 'string', enum: ['http', 'registry', 's3', 'gcs', 'pvc'] },
                    credentials: text,
                    readableName: text,
                    readableDescription: text,
                    http: address,
                    registry: address,
                    s3: address,
                    gcs: address,
                    pvc: { type: 'object', properties: { name: text, namespace: text } },
                  },
                },
              },
            },
          },
        },
      ],
    });
    expect(all.filter(({ kind }) => kind === 'PriorityClass')).toMatchObject([
      { metadata: { name: 'vm-standard' }, preemptionPolicy: 'Never', value: 999999999 },
      { metadata: { name: 'vm-preemptible' }, preemptionPolicy: 'PreemptLowerPriority', value: 1000000 },
    ]);
    for (const { kind, metadata } of all) {
      if (kind === 'PriorityClass')
        expect(metadata.labels).toEqual({ ...LABELS, 'kubevirt-manager.io/managed': 'true' });
    }
  });

  test('gives no cluster-scoped object the namespace of its chart', () => {
    const all = made({ imageDefinition: true, priorityClasses: true });
    const scoped = ['CustomResourceDefinition', 'PriorityClass', 'Namespace', 'ClusterRole', 'ClusterRoleBinding'];
    expect(all.filter(({ kind }) => scoped.includes(kind))).toHaveLength(6);
    for (const { kind, metadata } of all) {
      expect([kind, metadata.namespace]).toEqual([kind, scoped.includes(kind) ? undefined : 'kubevirt-manager']);
    }
  });

  test('says its name, its namespace and its port', () => {
    expect(make({ name: 'a', namespace: 'b' })).toMatchObject({ name: 'a', namespace: 'b', port: 8080 });
    expect(make()).toMatchObject({ name: 'kubevirt-manager', namespace: 'kubevirt-manager', port: 8080 });
  });

  const loginNeeded = (type: string) =>
    `[test/kubevirt-manager] 'login' must be given for a Service of type '${type}', got nothing; ` +
    "write DashboardLogin.fromSecretName('…'), or DashboardLogin.publicDemo() where everybody may do all that 'access' allows";

  test.each([ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER])(
    'fails when a Service of type %s leads to it and nobody is asked for a login',
    (serviceType) => {
      expect(failureOf(() => make({ serviceType }))).toBe(loginNeeded(serviceType));
      expect(() => make({ serviceType, login: LOGIN })).not.toThrow();
      expect(() => make({ serviceType, login: DashboardLogin.publicDemo() })).not.toThrow();
    },
  );

  test.each([
    [null, `'props' must be an object, got null`],
    [{ name: '1a' }, `'name' must be a DNS label that starts with a letter`],
    [{ namespace: 'A' }, `'namespace' must be a DNS label`],
    [{ version: 'v1.5.4' }, `'version' must be a release such as '1.5.4', got "v1.5.4"; write '1.5.4'`],
    [{ version: 'latest' }, `'version' must be a release such as '1.5.4', got "latest"`],
    [{ version: 1.5 }, `'version' must be a release such as '1.5.4', got 1.5`],
    [{ image: 'docker://a' }, `'image' must be a container image such as 'registry/name:tag'`],
    [{ image: 'a b' }, `'image' must be a container image`],
    [{ image: '' }, `'image' must be a container image`],
    [{ access: 'view' }, `'access' must be a DashboardAccess, got "view"; write for example DashboardAccess.view()`],
    [{ login: { secretName: 'a' } }, `'login' must be a DashboardLogin, got an object; write DashboardLogin.from`],
    [{ serviceType: 'ExternalName' }, `'serviceType' must be 'ClusterIP', 'NodePort' or 'LoadBalancer', got "Ext`],
    [{ nodeSelector: { os: 1 } }, `'nodeSelector["os"]' must be text`],
    [{ resources: 1 }, `'resources' must be an object, got a value of type 'number'`],
    [{ resources: { gpu: {} } }, `'resources' must have known keys only, got "gpu"`],
    [{ resources: { cpu: { max: 1 } } }, `'resources.cpu' must have known keys only, got "max"`],
    [
      { resources: { cpu: { request: '1' } } },
      `'resources.cpu.request' must be a Cpu of cdk8s-plus, got "1"; write for`,
    ],
    [{ resources: { cpu: { limit: {} } } }, `'resources.cpu.limit' must be a Cpu of cdk8s-plus, got an object`],
    [{ resources: { memory: { limit: '1Gi' } } }, `'resources.memory.limit' must be a Size of cdk8s, got "1Gi"`],
    [{ imageDefinition: 'yes' }, `'imageDefinition' must be true or false, got "yes"`],
    [{ priorityClasses: 1 }, `'priorityClasses' must be true or false, got 1`],
    [{ serviceOverrides: 'x' }, `'serviceOverrides' must be a plain object`],
    [{ networkPolicyOverrides: [] }, `'networkPolicyOverrides' must be a plain object, got a list`],
    [{ type: 'NodePort' }, `'props' must have known keys only, got "type"`],
  ])('fails when the props are %j', (props, message) => {
    expect(failureOf(() => make(untyped<KubeVirtManagerProps>(props)))).toContain(message);
  });

  test.each([
    ['kubevirt-manager', undefined],
    ['tools', 'tools'],
  ])('fails when VMs may be made beside it, in %s', (own, namespace) => {
    const access = DashboardAccess.administer({ namespaces: ['shop', own] });
    expect(failureOf(() => make({ access, namespace }))).toBe(
      `[test/kubevirt-manager] 'access' must administer other namespaces than the dashboard's own, got "${own}"; ` +
        'keep VMs and the dashboard apart',
    );
    expect(() => make({ access, namespace: 'elsewhere' })).not.toThrow();
  });

  test('says all faults in one error', () => {
    const props = { version: 1, image: 1, access: 1, login: 1, serviceType: 1, nodeSelector: 1, resources: 1 };
    expect(failureOf(() => make(untyped<KubeVirtManagerProps>(props))).split('\n')).toHaveLength(7);
  });

  test('takes no access and no login in words', () => {
    // @ts-expect-error an access is made by DashboardAccess
    expect(() => make({ access: 'view' })).toThrow("'access'");
    // @ts-expect-error a login is made by DashboardLogin
    expect(() => make({ login: 'users' })).toThrow("'login'");
  });
});

describe('the overrides of a KubeVirtManager', () => {
  const last = (kind: string) => (construct: Parameters<typeof manifests>[0]) => {
    const names = ['Other', kind];
    const found = manifests(construct).find((object) => names.includes(object.kind));
    return found ?? untyped<Manifest>({});
  };

  describe('of the Deployment', () => testEscapeHatch((overrides) => make({ overrides }), last('Deployment')));
  describe('of the Service', () => testEscapeHatch((serviceOverrides) => make({ serviceOverrides }), last('Service')));
  describe('of the NetworkPolicy', () =>
    testEscapeHatch((networkPolicyOverrides) => make({ networkPolicyOverrides }), last('NetworkPolicy')));
});

interface PodHolder {
  readonly template: {
    readonly spec: {
      readonly volumes: unknown[];
      readonly containers: readonly { readonly volumeMounts: unknown[] }[];
    };
  };
}
