import { cdiIsAtLeast } from '../../constructs/storage/cdi-release';
import { namespaceOfSource, serviceAccountOf } from '../cluster/clone-rights';
import { Cluster } from '../cluster/cluster';
import { OS_IMAGES } from '../cluster/given-objects';
import { groupOf, kindNameOf, nameOf, namespaceOf } from '../cluster/identity';
import { diskTemplateField, diskTemplates } from '../cluster/machine';
import { Severity } from '../finding';
import { objectsAt, textAt, textsIn } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { OutcomeRule } from './rule';

/** Rules that whoever clones from another namespace may do so. */
export const CLONE_RIGHT_RULES: readonly OutcomeRule[] = [
  {
    id: 'clone-right',
    sentence:
      "A machine's ServiceAccount may clone what its disk templates take from another namespace, and that of a DataImportCron what it imports from there.",
    source:
      'KubeVirt, pkg/virt-controller/watch/vm/vm.go:authorizeDataVolume; CDI, pkg/controller/dataimportcron-controller.go:authorizeCloneDataVolume; pkg/apis/core/v1beta1/authorize_utils.go:getResourceAttributesPvc',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      if (!cluster.holdsClones && cluster.ofKind('DataImportCron').length === 0) return;
      // Bindings that are declared external may give the right: of them no more than the name is known.
      const isWhole = cluster.isClosed && !cluster.external.some(({ kind }) => kind.endsWith('RoleBinding'));
      let grants: readonly Grant[] | undefined;
      for (const { from, field, account, namespace, own, why } of foreignClones(cluster)) {
        grants ??= grantsOf(cluster);
        const here = grants.filter((grant) => grant.namespace === '' || grant.namespace === namespace);
        const isGranted = here.some((grant) => holds(grant, own, account));
        // Whoever may do all in the cluster says nothing of who may clone from one namespace.
        const isGivenToOthers = here.some((grant) => grant.isKnown && grant.namespace === namespace);
        if (isGranted || (!isGivenToOthers && !isWhole)) continue;
        const got = isGivenToOthers ? 'a binding of others' : 'no binding of that right';
        const message = `'source' must be one that ServiceAccount ${own}/${account} may clone: ${why}, and no binding among the manifests gives it 'create' on datavolumes/source in the namespace '${namespace}', got ${got}`;
        note(from, field, message, `bind the role to ServiceAccount ${account} of the namespace '${own}'`);
      }
    },
  },
];

/** What is cloned from another namespace with the rights of a ServiceAccount. */
interface ForeignClone {
  readonly from: Reviewed;
  readonly field: string;
  readonly account: string;
  /** Where what is cloned stands. */
  readonly namespace: string;
  /** Where the ServiceAccount does. */
  readonly own: string;
  readonly why: string;
}

function* foreignClones(cluster: Cluster): Generator<ForeignClone> {
  for (const machine of cluster.sampleMachines) {
    const own = machine.namespace;
    for (const [index, template] of diskTemplates(machine).entries()) {
      const cloned = cluster.end.claim(own, textAt(template, 'metadata', 'name'))?.source.clones;
      const namespace = cloned === undefined ? '' : namespaceOfSource(cloned, cluster.end);
      if (own === '' || !isForeign(namespace, own)) continue;
      const field = diskTemplateField(machine, index, 'spec', 'source');
      yield { from: machine.from, field, account: serviceAccountOf(machine), namespace, own, why: OF_MACHINES };
    }
  }
  const crons = cluster.ofKind('DataImportCron');
  if (crons.length === 0 || !cdiIsAtLeast(cluster.end.storage.facts, 'v1.64.0')) return;
  for (const cron of crons) {
    const namespace = textAt(cron.object, ...CRON_SOURCE, 'pvc', 'namespace');
    const own = namespaceOf(cron);
    if (own === '' || !isForeign(namespace, own)) continue;
    const account = textAt(cron.object, 'spec', 'serviceAccountName') || 'default';
    yield { from: cron, field: CRON_SOURCE.join('.'), account, namespace, own, why: OF_CRONS };
  }
}

/** Whether a right of one's own is needed there. */
function isForeign(namespace: string, own: string): boolean {
  return namespace !== '' && namespace !== own && !OS_IMAGES.has(namespace);
}

const CRON_SOURCE = ['spec', 'template', 'spec', 'source'] as const;
const OF_MACHINES = "a machine's templates are cloned with its rights, not with those of whoever applies it";
const OF_CRONS = 'a cron clones with its rights, not with those of whoever applies it';

/** Who may clone what stands in a namespace; empty for every namespace. */
interface Grant {
  readonly namespace: string;
  readonly subjects: readonly Json[];
  /** That of the binding: a ServiceAccount may leave its own out. */
  readonly own: string;
  /** Whether its role is known to hold the right; of a role that is not among the manifests it is not known. */
  readonly isKnown: boolean;
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
  const standing = rbac.filter((one) => ROLES.includes(kindNameOf(one)));
  const [known, holding] = [standing, standing.filter(grantsClones)].map((roles) => new Set(roles.map(roleKey)));
  return rbac.flatMap((binding) => {
    if (!kindNameOf(binding).endsWith('RoleBinding')) return [];
    const own = namespaceOf(binding);
    const kind = textAt(binding.object, 'roleRef', 'kind');
    const name = textAt(binding.object, 'roleRef', 'name');
    const key = `${kind}/${kind === 'Role' ? own : ''}/${name}`;
    const isKnown = holding!.has(key) || (kind === 'ClusterRole' && GIVEN_ROLES.has(name));
    if (!isKnown && (known!.has(key) || HARMLESS_ROLES.has(name))) return [];
    const namespace = kindNameOf(binding) === 'ClusterRoleBinding' ? '' : own;
    return [{ namespace, own, isKnown, subjects: objectsAt(binding.object, 'subjects') }];
  });
}

const ROLES = ['Role', 'ClusterRole'];

/** Roles of Kubernetes that let nobody clone. */
const HARMLESS_ROLES: ReadonlySet<string> = new Set(['view', 'cdi.kubevirt.io:view', 'kubevirt.io:view']);

function roleKey(role: Reviewed): string {
  const kind = kindNameOf(role);
  return `${kind}/${kind === 'Role' ? namespaceOf(role) : ''}/${nameOf(role)}`;
}

/** Who may make pods beside a claim may clone it, too. */
function grantsClones(role: Reviewed): boolean {
  return objectsAt(role.object, 'rules').some((rule) => {
    const has = (key: string, ...words: readonly string[]): boolean =>
      textsIn(rule, key).some((word) => word === '*' || words.includes(word));
    if (!has('verbs', 'create')) return false;
    const clones = has('apiGroups', 'cdi.kubevirt.io') && has('resources', 'datavolumes/source', 'datavolumes/*');
    return clones || (has('apiGroups', '') && has('resources', 'pods'));
  });
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
