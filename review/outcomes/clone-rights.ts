import { namespaceOfSource, serviceAccountOf } from '../cluster/clone-rights';
import { Cluster } from '../cluster/cluster';
import { groupOf, kindNameOf, nameOf, namespaceOf } from '../cluster/identity';
import { diskTemplateField, diskTemplates, Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { objectsAt, textAt, textsIn } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { OutcomeRule } from './rule';

/** Rules that whoever clones from another namespace may do so. */
export const CLONE_RIGHT_RULES: readonly OutcomeRule[] = [
  {
    id: 'clone-right',
    sentence: "A machine's ServiceAccount may clone what its disk templates take from another namespace.",
    source:
      'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vms-admitter.go; CDI, pkg/apiserver/webhooks and doc/RBAC.md',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      let grants: readonly Grant[] | undefined;
      for (const [machine, index, namespace] of foreignTemplates(cluster)) {
        grants ??= grantsOf(cluster);
        const here = grants.filter((grant) => grant.namespace === '' || grant.namespace === namespace);
        const account = serviceAccountOf(machine);
        if (here.length === 0 || here.some((grant) => holds(grant, machine.namespace, account))) continue;
        const message = `'source' must be one that ServiceAccount ${machine.namespace}/${account} may clone: a machine's templates are cloned with its rights, not with those of whoever applies it, and no binding among the manifests gives it 'create' on datavolumes/source in the namespace '${namespace}', got a binding of others`;
        const remedy = `bind the role to ServiceAccount ${account} of the namespace '${machine.namespace}'`;
        note(machine.from, diskTemplateField(machine, index, 'spec', 'source'), message, remedy);
      }
    },
  },
];

/** The disk templates that are cloned from another namespace, and from which. */
function* foreignTemplates(cluster: Cluster): Generator<[machine: Machine, index: number, namespace: string]> {
  if (!cluster.holdsClones) return;
  for (const machine of cluster.sampleMachines) {
    for (const [index, template] of diskTemplates(machine).entries()) {
      const cloned = cluster.end.claim(machine.namespace, textAt(template, 'metadata', 'name'))?.source.clones;
      if (cloned === undefined) continue;
      const namespace = namespaceOfSource(cloned, cluster.end);
      if (namespace !== '' && namespace !== machine.namespace) yield [machine, index, namespace];
    }
  }
}

/** Who may clone what stands in a namespace; empty for every namespace. */
interface Grant {
  readonly namespace: string;
  readonly subjects: readonly Json[];
  /** That of the binding: a ServiceAccount may leave its own out. */
  readonly own: string;
}

const RBAC = 'rbac.authorization.k8s.io';

/** Roles of Kubernetes and CDI that hold the right: CDI aggregates it to admin and edit. */
const GIVEN_ROLES: ReadonlySet<string> = new Set([
  'cluster-admin',
  'admin',
  'edit',
  'cdi.kubevirt.io:admin',
  'cdi.kubevirt.io:edit',
]);

function grantsOf({ objects }: Cluster): Grant[] {
  const rbac = objects.filter((one) => groupOf(one) === RBAC);
  const roles = new Set(rbac.filter(grantsClones).map(roleKey));
  return rbac.flatMap((binding) => {
    if (!kindNameOf(binding).endsWith('RoleBinding')) return [];
    const own = namespaceOf(binding);
    const kind = textAt(binding.object, 'roleRef', 'kind');
    const name = textAt(binding.object, 'roleRef', 'name');
    const isGiven = kind === 'ClusterRole' && GIVEN_ROLES.has(name);
    if (!isGiven && !roles.has(`${kind}/${kind === 'Role' ? own : ''}/${name}`)) return [];
    const namespace = kindNameOf(binding) === 'ClusterRoleBinding' ? '' : own;
    return [{ namespace, own, subjects: objectsAt(binding.object, 'subjects') }];
  });
}

function roleKey(role: Reviewed): string {
  const kind = kindNameOf(role);
  return `${kind}/${kind === 'Role' ? namespaceOf(role) : ''}/${nameOf(role)}`;
}

function grantsClones(role: Reviewed): boolean {
  if (!['Role', 'ClusterRole'].includes(kindNameOf(role))) return false;
  return objectsAt(role.object, 'rules').some(
    (rule) =>
      textsIn(rule, 'apiGroups').some((group) => group === '*' || group === 'cdi.kubevirt.io') &&
      textsIn(rule, 'resources').some(
        (one) => one === '*' || one === 'datavolumes/source' || one === 'datavolumes/*',
      ) &&
      textsIn(rule, 'verbs').some((verb) => verb === '*' || verb === 'create'),
  );
}

/** Whether a grant is that of a ServiceAccount, by itself or as one of a group. */
function holds({ subjects, own }: Grant, namespace: string, account: string): boolean {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return subjects.some((subject) => {
    const name = textAt(subject, 'name');
    switch (textAt(subject, 'kind')) {
      case 'ServiceAccount':
        return name === account && (textAt(subject, 'namespace') || own) === namespace;
      case 'User':
        return name === `system:serviceaccount:${namespace}:${account}`;
      default:
        return groups.includes(name);
    }
  });
}
