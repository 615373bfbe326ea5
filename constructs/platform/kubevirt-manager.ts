import { k8s, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addClusterObject, addObject, objectName, ObjectProps } from '../shared/api-object';
import { declareExternals } from '../shared/external';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';
import { DashboardAccess } from './dashboard-access';
import { DASHBOARD_PRIORITIES, MANAGED, renderImageDefinition } from './dashboard-catalogue';
import { DASHBOARD_PORT, LOGIN_CONFIG, renderDashboardPod } from './dashboard-pod';
import { checkManager, KubeVirtManagerProps } from './kubevirt-manager-props';

const RBAC_GROUP = 'rbac.authorization.k8s.io';
const DEFAULT_VERSION = '1.5.4';
const DEFAULT_NAMESPACE = 'kubevirt-manager';
const IMAGE = 'docker.io/kubevirtmanager/kubevirt-manager';

/**
 * A dashboard for VMs: kubevirt-manager, in a namespace of its own, with the rights that its `access` needs and no more.
 *
 * Every user of it acts as its one service account, so its `access` is the right of everybody who reaches it. A
 * NetworkPolicy closes all ports but that of its web server: behind it, on port 8001, stands a proxy to the API server that
 * asks nobody for a password. It holds where the cluster's network plugin honours NetworkPolicies.
 *
 * The facts are those of release 1.5.2, the newest whose source could be read (commit 4cb83af); those of 1.5.4 that are
 * known are the same.
 *
 * @see https://github.com/kubevirt-manager/kubevirt-manager
 */
export class KubeVirtManager extends Construct {
  /** Name of the Deployment, the Service, the service account and its roles. */
  public readonly name: string;

  /** Namespace of the dashboard. */
  public readonly namespace: string;

  /** Port of the Service. */
  public readonly port: number = DASHBOARD_PORT;

  private readonly props: KubeVirtManagerProps;

  /**
   * A dashboard for VMs.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of its objects, unless `name` says otherwise.
   * @param props Who may do what, and how it is reached.
   * @throws if it would be reached from outside without a login, or Kubernetes refuses a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: KubeVirtManagerProps = {}) {
    super(...placed(scope, id));
    checkManager(new Faults(this.node.path), id, props, DEFAULT_NAMESPACE);
    this.name = objectName(id, props);
    this.namespace = props.namespace ?? DEFAULT_NAMESPACE;
    this.props = props;
    if (props.imageDefinition === true) this.addImageDefinition();
    if (props.priorityClasses === true) this.addPriorityClasses();
    this.addNamespace();
    this.addServiceAccount(props.access ?? DashboardAccess.view());
    this.addDeployment(props.login?._secretName());
    this.addNetworkPolicy();
    this.addService();
  }

  private get selector(): { [label: string]: string } {
    return { app: this.name };
  }

  private get labels(): { [label: string]: string } {
    return { 'kubevirt-manager.io/version': this.props.version ?? DEFAULT_VERSION, ...this.selector };
  }

  /** What all its objects share. */
  private get shared(): ObjectProps {
    const { annotations, labels } = this.props;
    return { name: this.name, namespace: this.namespace, annotations, labels: { ...this.labels, ...labels } };
  }

  private addImageDefinition(): void {
    const props = { ...this.shared, name: 'images.kubevirt-manager.io' };
    const body = { spec: renderImageDefinition() };
    addClusterObject(this, k8s.KubeCustomResourceDefinition, props, body, { id: 'ImageDefinition' });
  }

  private addPriorityClasses(): void {
    for (const { name, ...priority } of DASHBOARD_PRIORITIES) {
      const props = { ...this.shared, name, labels: { ...this.shared.labels, ...MANAGED } };
      addClusterObject(this, k8s.KubePriorityClass, props, priority, { id: name });
    }
  }

  private addNamespace(): void {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', ...this.shared.labels };
    const props = { ...this.shared, name: this.namespace, labels };
    addClusterObject(this, k8s.KubeNamespace, props, {}, { id: 'Namespace' });
  }

  /** The service account and its roles. The token is mounted by the one pod that needs it. */
  private addServiceAccount(access: DashboardAccess): void {
    const { name, shared } = this;
    const account = { automountServiceAccountToken: false };
    addObject(this, k8s.KubeServiceAccount, shared, account, { id: 'ServiceAccount' });
    const subjects = [{ kind: 'ServiceAccount', name, namespace: this.namespace }];
    const rules = access._clusterRules();
    if (rules !== undefined) {
      const binding = { roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name }, subjects };
      addClusterObject(this, k8s.KubeClusterRole, shared, { rules }, { id: 'ClusterRole' });
      addClusterObject(this, k8s.KubeClusterRoleBinding, shared, binding, { id: 'ClusterRoleBinding' });
    }
    const namespaced = access._namespacedRules();
    for (const namespace of namespaced.namespaces) {
      const props = { ...shared, namespace };
      const binding = { roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name }, subjects };
      addObject(this, k8s.KubeRole, props, { rules: namespaced.rules }, { id: `Role-${namespace}` });
      addObject(this, k8s.KubeRoleBinding, props, binding, { id: `RoleBinding-${namespace}` });
    }
  }

  private addDeployment(secretName: string | undefined): void {
    const { image, nodeSelector, overrides, resources, version = DEFAULT_VERSION } = this.props;
    const configMapName = `${this.name}-login`;
    if (secretName !== undefined) {
      const props = { ...this.shared, name: configMapName };
      addObject(this, k8s.KubeConfigMap, props, { data: LOGIN_CONFIG }, { id: 'Login' });
    }
    const pod = renderDashboardPod({
      image: image ?? `${IMAGE}:${version}`,
      serviceAccountName: this.name,
      nodeSelector: nodeSelector ?? { 'kubernetes.io/os': 'linux' },
      resources,
      login: secretName === undefined ? undefined : { configMapName, secretName },
    });
    // The version is no part of the selector, as it is in the release: a selector cannot be changed.
    const spec = {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: this.selector },
      template: { metadata: { labels: { ...this.props.labels, ...this.labels } }, spec: pod },
    };
    addObject(this, k8s.KubeDeployment, { ...this.shared, overrides }, { spec });
    declareExternals(this, this.props, this.namespace);
  }

  /** Lets others in to the web server where it asks for a login or is meant for everybody; port 8001 stays closed. */
  private addNetworkPolicy(): void {
    const port = k8s.IntOrString.fromNumber(DASHBOARD_PORT);
    const spec = {
      podSelector: { matchLabels: this.selector },
      policyTypes: ['Ingress'],
      ingress: this.props.login === undefined ? undefined : [{ ports: [{ protocol: 'TCP', port }] }],
    };
    const props = { ...this.shared, overrides: this.props.networkPolicyOverrides };
    addObject(this, k8s.KubeNetworkPolicy, props, { spec }, { id: 'NetworkPolicy' });
  }

  private addService(): void {
    const targetPort = k8s.IntOrString.fromNumber(DASHBOARD_PORT);
    const spec = {
      type: this.props.serviceType ?? ServiceType.CLUSTER_IP,
      selector: this.selector,
      ports: [{ name: 'http', protocol: 'TCP', port: this.port, targetPort }],
    };
    const props = { ...this.shared, overrides: this.props.serviceOverrides };
    addObject(this, k8s.KubeService, props, { spec }, { id: 'Service' });
  }
}
