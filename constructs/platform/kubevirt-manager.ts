import { k8s, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { applyOverrides, clearNamespace, objectMeta, objectName } from '../shared/api-object';
import { Faults } from '../shared/refusal';
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
    super(scope, id);
    checkManager(new Faults(this.node.path), id, props);
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

  private meta(name = this.name): k8s.ObjectMeta {
    const { annotations, labels } = objectMeta(this.node.id, this.props);
    return { name, namespace: this.namespace, annotations, labels: { ...this.labels, ...labels } };
  }

  private addImageDefinition(): void {
    const definition = new k8s.KubeCustomResourceDefinition(this, 'ImageDefinition', {
      metadata: this.meta('images.kubevirt-manager.io'),
      spec: renderImageDefinition(),
    });
    clearNamespace(definition);
  }

  private addPriorityClasses(): void {
    for (const { name, ...priority } of DASHBOARD_PRIORITIES) {
      const meta = this.meta(name);
      const metadata = { ...meta, labels: { ...meta.labels, ...MANAGED } };
      clearNamespace(new k8s.KubePriorityClass(this, name, { metadata, ...priority }));
    }
  }

  private addNamespace(): void {
    const meta = this.meta(this.namespace);
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', ...meta.labels };
    clearNamespace(new k8s.KubeNamespace(this, 'Namespace', { metadata: { ...meta, labels } }));
  }

  /** The service account and its roles. The token is mounted by the one pod that needs it. */
  private addServiceAccount(access: DashboardAccess): void {
    const { name } = this;
    new k8s.KubeServiceAccount(this, 'ServiceAccount', { metadata: this.meta(), automountServiceAccountToken: false });
    const subjects = [{ kind: 'ServiceAccount', name, namespace: this.namespace }];
    const rules = access._clusterRules();
    if (rules !== undefined) {
      const metadata = this.meta();
      const roleRef = { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name };
      clearNamespace(new k8s.KubeClusterRole(this, 'ClusterRole', { metadata, rules }));
      clearNamespace(new k8s.KubeClusterRoleBinding(this, 'ClusterRoleBinding', { metadata, roleRef, subjects }));
    }
    const namespaced = access._namespacedRules();
    for (const namespace of namespaced.namespaces) {
      const metadata = { ...this.meta(), namespace };
      const roleRef = { apiGroup: RBAC_GROUP, kind: 'Role', name };
      new k8s.KubeRole(this, `Role-${namespace}`, { metadata, rules: namespaced.rules });
      new k8s.KubeRoleBinding(this, `RoleBinding-${namespace}`, { metadata, roleRef, subjects });
    }
  }

  private addDeployment(secretName: string | undefined): void {
    const { image, nodeSelector, resources, version = DEFAULT_VERSION } = this.props;
    const configMapName = `${this.name}-login`;
    if (secretName !== undefined) {
      new k8s.KubeConfigMap(this, 'Login', { metadata: this.meta(configMapName), data: LOGIN_CONFIG });
    }
    const spec = renderDashboardPod({
      image: image ?? `${IMAGE}:${version}`,
      serviceAccountName: this.name,
      nodeSelector: nodeSelector ?? { 'kubernetes.io/os': 'linux' },
      resources,
      login: secretName === undefined ? undefined : { configMapName, secretName },
    });
    const deployment = new k8s.KubeDeployment(this, 'Resource', {
      metadata: this.meta(),
      // The version is no part of the selector, as it is in the release: a selector cannot be changed.
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: this.selector },
        template: { metadata: { labels: { ...this.props.labels, ...this.labels } }, spec },
      },
    });
    applyOverrides(deployment, this.props.overrides);
  }

  /** Lets others in to the web server where it asks for a login or is meant for everybody; port 8001 stays closed. */
  private addNetworkPolicy(): void {
    const port = k8s.IntOrString.fromNumber(DASHBOARD_PORT);
    const policy = new k8s.KubeNetworkPolicy(this, 'NetworkPolicy', {
      metadata: this.meta(),
      spec: {
        podSelector: { matchLabels: this.selector },
        policyTypes: ['Ingress'],
        ingress: this.props.login === undefined ? undefined : [{ ports: [{ protocol: 'TCP', port }] }],
      },
    });
    applyOverrides(policy, this.props.networkPolicyOverrides);
  }

  private addService(): void {
    const targetPort = k8s.IntOrString.fromNumber(DASHBOARD_PORT);
    const service = new k8s.KubeService(this, 'Service', {
      metadata: this.meta(),
      spec: {
        type: this.props.serviceType ?? ServiceType.CLUSTER_IP,
        selector: this.selector,
        ports: [{ name: 'http', protocol: 'TCP', port: this.port, targetPort }],
      },
    });
    applyOverrides(service, this.props.serviceOverrides);
  }
}
