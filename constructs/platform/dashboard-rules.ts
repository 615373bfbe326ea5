import { k8s } from 'cdk8s-plus-27';

/** A right that the dashboard needs, and why. */
export interface DashboardRule {
  readonly apiGroup: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Whether only a ClusterRole gives it: its resource has no namespace, or it is of use beside such a rule alone. */
  readonly ofCluster?: true;
  readonly reason: string;
}

/** A group of the Kubernetes API without a name: Services, claims, Pods. */
const CORE = '';
const KUBEVIRT = 'kubevirt.io';
const SUBRESOURCES = 'subresources.kubevirt.io';
const POOLS = 'pool.kubevirt.io';
const INSTANCETYPES = 'instancetype.kubevirt.io';
const CDI = 'cdi.kubevirt.io';
const IMAGES = 'kubevirt-manager.io';

// The calls of kubevirt-manager 1.5.2 (commit 4cb83af): src/app/services/*.service.ts, and the pages that make them in
// src/app/components. It watches nothing. A PUT of a subresource is the verb `update`, a WebSocket is `get`.

/** What is only read. */
const READING: readonly DashboardRule[] = [
  rule(KUBEVIRT, ['virtualmachines', 'virtualmachineinstances'], ['get', 'list'], 'the VMs and what runs of them'),
  rule(POOLS, ['virtualmachinepools'], ['get', 'list'], 'the page of VM pools'),
  rule(CDI, ['datavolumes'], ['get', 'list'], 'the page of disks'),
  rule(CORE, ['persistentvolumeclaims'], ['get', 'list'], 'the claim behind each disk'),
  rule(CORE, ['services'], ['get', 'list'], 'the page of load balancers'),
  rule('networking.k8s.io', ['networkpolicies'], ['list'], 'the page of firewall rules'),
  rule('autoscaling', ['horizontalpodautoscalers'], ['list'], 'the page of auto scaling'),
  rule('k8s.cni.cncf.io', ['network-attachment-definitions'], ['list'], 'the page of networks, where Multus is there'),
  rule(IMAGES, ['images'], ['get', 'list'], 'the page of images'),
  ofCluster(CORE, ['nodes'], ['list'], 'the start page and the page of nodes'),
  ofCluster(CORE, ['namespaces'], ['list'], 'the namespaces to choose from in the forms'),
  ofCluster(CORE, ['persistentvolumes'], ['get'], 'the volume behind the claim of a disk'),
  ofCluster('storage.k8s.io', ['storageclasses'], ['list'], 'the storage classes to choose from'),
  ofCluster('scheduling.k8s.io', ['priorityclasses'], ['list'], 'the priority classes to choose from'),
  ofCluster(
    INSTANCETYPES,
    ['virtualmachineclusterinstancetypes'],
    ['get', 'list'],
    'the size of a VM with such a type',
  ),
  ofCluster('apiextensions.k8s.io', ['customresourcedefinitions'], ['list'], 'the menu shows what the cluster knows'),
];

/** What a running VM is worked with. */
const OPERATION: readonly DashboardRule[] = [
  rule(
    SUBRESOURCES,
    ['virtualmachines/start', 'virtualmachines/stop', 'virtualmachines/restart'],
    ['update'],
    'the buttons to start, stop and restart',
  ),
  rule(
    SUBRESOURCES,
    ['virtualmachineinstances/pause', 'virtualmachineinstances/unpause'],
    ['update'],
    'the buttons to pause and go on',
  ),
  rule(
    SUBRESOURCES,
    ['virtualmachineinstances/console', 'virtualmachineinstances/vnc'],
    ['get'],
    'the serial console and the screen',
  ),
  rule(KUBEVIRT, ['virtualmachineinstancemigrations'], ['create'], 'the button to migrate'),
  rule(
    'snapshot.kubevirt.io',
    ['virtualmachinesnapshots'],
    ['get', 'list', 'create'],
    'snapshots, by clients of its API; 1.5.2 has no page for them',
  ),
];

/** What makes, changes and deletes. */
const ADMINISTRATION: readonly DashboardRule[] = [
  rule(KUBEVIRT, ['virtualmachines'], ['create', 'patch', 'delete'], 'making, changing and deleting VMs'),
  rule(
    SUBRESOURCES,
    ['virtualmachineinstances/addvolume', 'virtualmachineinstances/removevolume'],
    ['update'],
    'plugging disks in and out',
  ),
  rule(
    POOLS,
    ['virtualmachinepools'],
    ['create', 'patch', 'delete'],
    'making, changing, starting, stopping and deleting pools',
  ),
  rule(CDI, ['datavolumes'], ['create', 'delete'], 'making disks, and deleting those that are not yet filled'),
  rule(CORE, ['persistentvolumeclaims'], ['patch'], 'growing disks'),
  rule(CORE, ['services'], ['create', 'patch', 'delete'], 'making, changing and deleting load balancers'),
  rule('autoscaling', ['horizontalpodautoscalers'], ['create', 'patch', 'delete'], 'auto scaling of pools'),
  rule(IMAGES, ['images'], ['create', 'patch', 'delete'], 'making, changing and deleting images'),
  rule(CORE, ['pods'], ['list'], "finding a VM's pod, for the log of its serial console"),
  rule(CORE, ['pods/log'], ['get'], "the log of a VM's serial console"),
  // disk-list.component.ts, applyDelete: the claim, then its volume, then the DataVolume. Where the second call is
  // forbidden the third is not made, and CDI makes the claim again, empty: better that the first is forbidden too.
  ofCluster(CORE, ['persistentvolumeclaims'], ['delete'], 'deleting a filled disk: first its claim'),
  ofCluster(CORE, ['persistentvolumes'], ['delete'], 'deleting a filled disk: then its volume'),
  ofCluster(
    INSTANCETYPES,
    ['virtualmachineclusterinstancetypes'],
    ['create', 'patch', 'delete'],
    'making, changing and deleting instance types',
  ),
];

/** The rights of each access; each has those of the one before it. */
export const DASHBOARD_RULES = {
  view: READING,
  operate: [...READING, ...OPERATION],
  administer: [...READING, ...OPERATION, ...ADMINISTRATION],
} as const;

/** One row of a Role for each rule. */
export function policyRules(rules: readonly DashboardRule[]): k8s.PolicyRule[] {
  return rules.map(({ apiGroup, resources, verbs }) => ({
    apiGroups: [apiGroup],
    resources: [...resources],
    verbs: [...verbs],
  }));
}

function rule(apiGroup: string, resources: readonly string[], verbs: readonly string[], reason: string): DashboardRule {
  return { apiGroup, resources, verbs, reason };
}

function ofCluster(...parts: Parameters<typeof rule>): DashboardRule {
  return { ...rule(...parts), ofCluster: true };
}
