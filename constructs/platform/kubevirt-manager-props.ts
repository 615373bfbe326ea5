import { ServiceType } from 'cdk8s-plus-27';
import { checkOverrides, checkProps, CLUSTER_OBJECT_PROPS, ClusterObjectProps } from '../shared/api-object';
import { checkBoolean, checkLabels, checkOneOf, checkServiceName } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';
import { checkResources } from './container-resources';
import { DashboardAccess } from './dashboard-access';
import { DashboardLogin } from './dashboard-login';
import { DashboardWorkload } from './dashboard-workload';

/** The types that lead to pods: `ExternalName` does not. */
const { CLUSTER_IP, NODE_PORT, LOAD_BALANCER } = ServiceType;
const TYPES = { CLUSTER_IP, NODE_PORT, LOAD_BALANCER };

/** Props of `KubeVirtManager`: the dashboard, who may do what by it, and how it is reached. */
export interface KubeVirtManagerProps extends ClusterObjectProps, DashboardWorkload {
  /**
   * Namespace of the dashboard. It is made with it, and its pods must meet the Pod Security Standard "restricted".
   *
   * @default 'kubevirt-manager'
   */
  readonly namespace?: string;

  /**
   * What everybody who reaches the dashboard may do.
   *
   * @default DashboardAccess.view()
   */
  readonly access?: DashboardAccess;

  /**
   * How the dashboard asks who somebody is.
   *
   * @default - nobody is asked, and a NetworkPolicy lets nobody in: `kubectl port-forward` alone reaches it
   */
  readonly login?: DashboardLogin;

  /**
   * Type of the Service. `NODE_PORT` and `LOAD_BALANCER` need a `login`.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly serviceType?: ServiceType;

  /**
   * Whether the CustomResourceDefinition `images.kubevirt-manager.io` is made: the images that VMs can be made from.
   *
   * @default false
   */
  readonly imageDefinition?: boolean;

  /**
   * Whether the PriorityClasses `vm-standard` and `vm-preemptible` are made, which the dashboard offers for VMs.
   *
   * @default false
   */
  readonly priorityClasses?: boolean;

  /**
   * The escape hatch of the Service; `overrides` is that of the Deployment.
   *
   * @default - no changes
   */
  readonly serviceOverrides?: { readonly [field: string]: unknown };

  /**
   * The escape hatch of the NetworkPolicy.
   *
   * @default - no changes
   */
  readonly networkPolicyOverrides?: { readonly [field: string]: unknown };
}

const PROPS: KnownKeys<KubeVirtManagerProps> = {
  ...CLUSTER_OBJECT_PROPS,
  namespace: true,
  version: true,
  image: true,
  access: true,
  login: true,
  serviceType: true,
  nodeSelector: true,
  resources: true,
  imageDefinition: true,
  priorityClasses: true,
  serviceOverrides: true,
  networkPolicyOverrides: true,
};

/** Refuses what is wrong with the props, all faults in one error. */
export function checkManager(faults: Faults, id: string, props: KubeVirtManagerProps, defaultNamespace: string): void {
  checkProps(faults, id, props, PROPS, checkServiceName);
  checkImage(faults, props);
  checkReach(faults, props);
  checkOwnNamespace(faults, props.access, props.namespace ?? defaultNamespace);
  checkLabels(faults, 'nodeSelector', props.nodeSelector);
  checkResources(faults, 'resources', props.resources);
  checkBoolean(faults, 'imageDefinition', props.imageDefinition);
  checkBoolean(faults, 'priorityClasses', props.priorityClasses);
  checkOverrides(faults, 'serviceOverrides', props.serviceOverrides);
  checkOverrides(faults, 'networkPolicyOverrides', props.networkPolicyOverrides);
  faults.refuse();
}

function checkImage(faults: Faults, { version, image }: KubeVirtManagerProps): void {
  if (version !== undefined && (typeof version !== 'string' || !/^\d+\.\d+\.\d+$/.test(version))) {
    const words = typeof version === 'string' ? version.split(/[^\d.]+/) : [];
    const number = words.map((word) => /^\d+\.\d+\.\d+/.exec(word)?.[0]).find((one) => one !== undefined);
    faults.add('version', "be a release such as '1.5.4'", version, number && `write '${number}'`);
  }
  if (image !== undefined && (typeof image !== 'string' || !/^[^\s:/@]\S*$/.test(image) || image.includes('://'))) {
    faults.add('image', "be a container image such as 'registry/name:tag' or 'registry/name@sha256:…'", image);
  }
}

/** Refuses a dashboard that everybody would reach whom nobody asked. */
function checkReach(faults: Faults, { access, login, serviceType }: KubeVirtManagerProps): void {
  checkOneOf(faults, 'serviceType', serviceType, TYPES);
  if (access !== undefined && !(access instanceof DashboardAccess)) {
    addKind(faults, 'access', 'be a DashboardAccess', access, 'write for example DashboardAccess.view()');
  }
  const remedy =
    "write DashboardLogin.fromSecretName('…'), or DashboardLogin.publicDemo() where everybody may do all that 'access' allows";
  if (login !== undefined && !(login instanceof DashboardLogin)) {
    addKind(faults, 'login', 'be a DashboardLogin', login, remedy);
  } else if (login === undefined && (serviceType === NODE_PORT || serviceType === LOAD_BALANCER)) {
    faults.add('login', `be given for a Service of type '${serviceType}'`, login, remedy);
  }
}

/** Refuses the right to make VMs beside the dashboard: they would read its token and the Secret of its login. */
function checkOwnNamespace(faults: Faults, access: unknown, namespace: string): void {
  if (access instanceof DashboardAccess && access._administered().includes(namespace)) {
    const remedy = 'keep VMs and the dashboard apart';
    faults.add('access', "administer other namespaces than the dashboard's own", namespace, remedy);
  }
}
