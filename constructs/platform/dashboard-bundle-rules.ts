import { k8s } from 'cdk8s-plus-27';

const READ = ['get', 'list'];
const ALL = ['*'];

/**
 * The ClusterRole `kubevirt-manager` of the release's bundle: kubernetes/bundled.yaml (1.5.2). Left out is what grants
 * nothing there: resources of a group that does not have them (`customresourcedefinitions` of the core group), and the
 * singular names `role` and `clusterrole`. The bundle's three other ClusterRoles, which only Cluster API needs, are not here.
 */
export const BUNDLE_RULES: readonly k8s.PolicyRule[] = [
  policy('', ['nodes', 'namespaces', 'pods', 'pods/log'], READ),
  policy('networking.k8s.io', ['networkpolicies'], ALL),
  policy(
    '',
    ['persistentvolumeclaims', 'persistentvolumes', 'services', 'secrets', 'serviceaccounts', 'configmaps'],
    ALL,
  ),
  policy('apps', ['deployments'], ALL),
  policy('rbac.authorization.k8s.io', ['rolebindings', 'clusterrolebindings'], ALL),
  policy('storage.k8s.io', ['storageclasses'], READ),
  policy('apiextensions.k8s.io', ['customresourcedefinitions'], READ),
  policy('k8s.cni.cncf.io', ['network-attachment-definitions'], READ),
  policy('kubevirt.io', ['virtualmachines', 'virtualmachineinstances', 'virtualmachineinstancemigrations'], ALL),
  policy('subresources.kubevirt.io', ALL, ['get', 'list', 'update', 'patch']),
  policy('instancetype.kubevirt.io', ALL, ALL),
  policy('cdi.kubevirt.io', ALL, ALL),
  policy('pool.kubevirt.io', ALL, ALL),
  policy('scheduling.k8s.io', ['priorityclasses'], READ),
  policy('autoscaling', ['horizontalpodautoscalers'], ALL),
  policy('cluster.x-k8s.io', ['clusters', 'machinedeployments'], ALL),
  policy('controlplane.cluster.x-k8s.io', ['kubeadmcontrolplanes'], ALL),
  policy('infrastructure.cluster.x-k8s.io', ['kubevirtmachinetemplates', 'kubevirtclusters'], ALL),
  policy('bootstrap.cluster.x-k8s.io', ['kubeadmconfigtemplates'], ALL),
  policy('addons.cluster.x-k8s.io', ['clusterresourcesets'], ALL),
  policy('kubevirt-manager.io', ['images'], ALL),
];

function policy(apiGroup: string, resources: string[], verbs: string[]): k8s.PolicyRule {
  return { apiGroups: [apiGroup], resources, verbs };
}
