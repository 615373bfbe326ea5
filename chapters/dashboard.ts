import { Chart } from 'cdk8s';
import { DashboardAccess, DashboardLogin, KubeVirtManager } from 'cdk8s-kubevirt';
import { ServiceType } from 'cdk8s-plus-27';
import { FollowUp } from './chapter';
import { expecting, inNamespace, reference, remove, removeNamespaces, waitForCondition } from './commands';
import { LAB } from './lab';
import { shellWord, WORK_FOLDER } from './shell';

const { dashboard, dashboardUsers: users } = LAB;
const PASSWORD = `${WORK_FOLDER}/dashboard-password`;
const ASK = `curl -s -m 10 -o /dev/null -w '%{http_code}\\n'`;

/** The dashboard of the lab: what its step makes, says and asks. */
export const DASHBOARD = {
  title: 'Open the dashboard',

  text:
    'A web page for the VMs, on a port of every node. The lab installs the bundle of its release, which asks nobody for a password and may read every Secret and bind every role: whoever reaches its port owns the cluster. ' +
    'This one asks for a password, and may look at everything, start, stop, migrate and snapshot VMs and use their consoles; it makes, changes and deletes nothing else. ' +
    'So the definition of images that the bundle brings is left out: only who makes VMs by the dashboard needs it. ' +
    "(The lab's way would be `DashboardLogin.publicDemo()` and `DashboardAccess.secretsAndBindingsOfWholeCluster()`.) " +
    '[A dashboard](../../docs/dashboard.md) lists its rights, and what they can be abused for. The password is made up, and kept in ' +
    `\`${PASSWORD}\`; the pod waits for the Secret that holds its hash. The page itself: counters of nodes, VMs and disks, and on the left ` +
    'a list of each; the lists of VMs and disks are empty until chapter 1.1, and then show state, node and address, with the buttons and the console of each VM. ' +
    `Where a firewall stands before the nodes, \`kubectl port-forward -n ${dashboard.namespace} service/${dashboard.name} 8080\` leads to it at http://localhost:8080.`,

  hangs:
    "**The dashboard's pod stays in ContainerCreating.** " +
    `It waits for the Secret \`${users}\`: \`kubectl describe pod -n ${dashboard.namespace}\` ends with the reason. ` +
    'Where it is ImagePullBackOff instead, name a mirror by the prop `image` of `KubeVirtManager`. ' +
    'Where the apply says that the field of a Deployment is immutable, the bundle of the release is installed: delete it first, with all its bindings ([how](../../docs/dashboard.md)).',

  /** Makes its objects, and says what follows. */
  addTo(chart: Chart): FollowUp {
    new KubeVirtManager(chart, dashboard.name, {
      version: LAB.dashboardVersion,
      access: DashboardAccess.operate(),
      login: DashboardLogin.fromSecretName(users),
      serviceType: ServiceType.NODE_PORT,
      priorityClasses: true,
    });
    return { next: [...makeLogin(), waitForCondition('deployment', dashboard, 'Available', '5m')], look: look() };
  },

  cleanUp: [
    removeNamespaces(dashboard.namespace),
    '# what it made outside its namespace',
    'kubectl delete -f dist/0-lab-prep/4-dashboard.k8s.yaml --ignore-not-found',
  ],
} as const;

/** A password and the Secret with its hash; a second run keeps the password. */
function makeLogin(): string[] {
  return [
    `test -s ${PASSWORD} || (umask 077 && mkdir -p ${WORK_FOLDER} && openssl rand -base64 18 > ${PASSWORD})`,
    remove('secret', { name: users, namespace: dashboard.namespace }),
    `printf 'admin:%s\\n' "$(openssl passwd -6 -in ${PASSWORD})" |`,
    `  kubectl create secret generic ${shellWord(users)}${inNamespace(dashboard)} --from-file=.htpasswd=/dev/stdin`,
  ];
}

function look(): string[] {
  const node = `kubectl get node -l kubernetes.io/os=linux -o jsonpath='{.items[0].status.addresses[?(@.type=="InternalIP")].address}'`;
  const port = `kubectl get ${reference('service', dashboard)} -o jsonpath='{.spec.ports[0].nodePort}'`;
  const login = `-u "admin:$(cat ${PASSWORD})"`;
  return [
    `# its port on the nodes stands after 8080:\nkubectl get${inNamespace(dashboard)} svc`,
    `page=http://$(${node}):$(${port})`,
    '# without the password nobody gets in, to the pages or to the API behind them',
    expecting('401', `${ASK} $page/`),
    expecting('401', `${ASK} $page/k8s/version`),
    '# with it: VMs may be listed, Secrets may not',
    expecting('200', `${ASK} ${login} $page/k8s/apis/kubevirt.io/v1/virtualmachines`),
    expecting('403', `${ASK} ${login} $page/k8s/api/v1/secrets`),
    `# open this in a browser, as admin with this password:\necho $page; cat ${PASSWORD}`,
  ];
}
