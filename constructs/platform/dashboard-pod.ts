import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { quantity } from '../shared/quantity';

/** The port of its web server: conf/default.conf (1.5.2). */
export const DASHBOARD_PORT = 8080;

/** The user and the group that the release's Deployment runs as: kubernetes/deployment.yaml (1.5.2). */
const USER = 10000;
const GROUP = 30000;

/** What nginx writes to, where the root file system is read-only: kubernetes/deployment.yaml (1.5.2). */
const WRITTEN = { 'cache-volume': '/var/cache/nginx', 'run-volume': '/var/run' };

/** Where the login's Secret is mounted, and the key that holds the users. */
const SECRET_FOLDER = '/etc/nginx/secret.d';
const USERS = '.htpasswd';

/** Files of this folder are read into the `server` block of nginx: conf/default.conf (1.5.2). */
const SERVER_FOLDER = '/etc/nginx/location.d';

/**
 * The login, for the whole web server. The release reads its own (`auth.d`) into `location /` alone, which guards the
 * pages and not `/k8s`, the way to the API server: conf/default.conf (1.5.2).
 */
export const LOGIN_CONFIG = {
  'login.conf': `auth_basic "KubeVirt Manager";\nauth_basic_user_file ${SECRET_FOLDER}/${USERS};\n`,
};

/** What the dashboard's pod is made of. */
export interface DashboardPod {
  readonly image: string;
  readonly serviceAccountName: string;
  readonly nodeSelector: { readonly [label: string]: string };
  readonly resources?: ContainerResources;
  /** The ConfigMap and the Secret of the login; undefined where nobody is asked. */
  readonly login?: { readonly configMapName: string; readonly secretName: string };
}

/** The pod, by the Pod Security Standard "restricted". */
export function renderDashboardPod(pod: DashboardPod): k8s.PodSpec {
  const volumes = [...Object.keys(WRITTEN).map((name) => ({ name, emptyDir: {} })), ...loginVolumes(pod.login)];
  return {
    serviceAccountName: pod.serviceAccountName,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    nodeSelector: { ...pod.nodeSelector },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: GROUP,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [renderContainer(pod)],
    volumes,
  };
}

function renderContainer({ image, resources, login }: DashboardPod): k8s.Container {
  const written = Object.entries(WRITTEN).map(([name, mountPath]) => ({ name, mountPath }));
  return {
    name: 'kubevirtmgr',
    image,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', containerPort: DASHBOARD_PORT }],
    // No HTTP request: it would be asked for a password.
    readinessProbe: { tcpSocket: { port: k8s.IntOrString.fromNumber(DASHBOARD_PORT) } },
    resources: renderResources(resources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [...written, ...(login === undefined ? [] : LOGIN_MOUNTS)],
  };
}

const LOGIN_MOUNTS: k8s.VolumeMount[] = [
  { name: 'login', mountPath: SERVER_FOLDER, readOnly: true },
  { name: 'users', mountPath: SECRET_FOLDER, readOnly: true },
];

function loginVolumes(login: DashboardPod['login']): k8s.Volume[] {
  if (login === undefined) return [];
  return [
    { name: 'login', configMap: { name: login.configMapName } },
    { name: 'users', secret: { secretName: login.secretName, items: [{ key: USERS, path: USERS }] } },
  ];
}

function renderResources(resources: ContainerResources | undefined): k8s.ResourceRequirements | undefined {
  if (resources === undefined) return undefined;
  return { requests: amounts(resources, 'request'), limits: amounts(resources, 'limit') };
}

function amounts(
  { cpu, memory, ephemeralStorage }: ContainerResources,
  kind: 'request' | 'limit',
): { [resource: string]: k8s.Quantity } | undefined {
  const all: { [resource: string]: k8s.Quantity } = {};
  const cores = cpu?.[kind];
  if (cores !== undefined) all.cpu = k8s.Quantity.fromString(cores.amount);
  for (const [name, size] of Object.entries({
    memory: memory?.[kind],
    'ephemeral-storage': ephemeralStorage?.[kind],
  })) {
    if (size !== undefined) all[name] = quantity(k8s.Quantity, size);
  }
  return Object.keys(all).length > 0 ? all : undefined;
}
