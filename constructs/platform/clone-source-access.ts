import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  addObject,
  checkOverrides,
  checkProps,
  OBJECT_PROPS,
  objectName,
  objectNamespace,
  ObjectProps,
} from '../shared/api-object';
import { checkLabel, checkName, checkText } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { Faults, kindOf } from '../shared/refusal';
import { placed } from '../shared/scope';

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/**
 * Who may clone: a user, a group, or a service account.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
export class CloneSubject {
  /**
   * A user, as the cluster's authentication names it.
   *
   * @throws if the name is empty.
   */
  public static user(name: string): CloneSubject {
    checkSubject('CloneSubject.user', (faults) => checkText(faults, 'name', name));
    return new CloneSubject({ kind: 'User', name, apiGroup: RBAC_GROUP });
  }

  /**
   * A group of users; every service account of a namespace is `system:serviceaccounts:NAMESPACE`.
   *
   * @throws if the name is empty.
   */
  public static group(name: string): CloneSubject {
    checkSubject('CloneSubject.group', (faults) => checkText(faults, 'name', name));
    return new CloneSubject({ kind: 'Group', name, apiGroup: RBAC_GROUP });
  }

  /**
   * A service account, by its namespace first: `serviceAccount('shop')` is `default` of the namespace `shop`. Disks that a VM makes by a template of its own are cloned as the service
   * account of the VM: `default` in its namespace, unless the VM names another.
   *
   * @param namespace Of the service account, which for such a disk is that of the VM.
   * @throws if Kubernetes does not accept namespace or name.
   */
  public static serviceAccount(namespace: string, name = 'default'): CloneSubject {
    checkSubject('CloneSubject.serviceAccount', (faults) => {
      checkLabel(faults, 'namespace', namespace);
      checkName(faults, 'name', name);
    });
    return new CloneSubject({ kind: 'ServiceAccount', name, namespace });
  }

  private constructor(private readonly subject: k8s.Subject) {}

  /** @internal */
  public _render(): k8s.Subject {
    return { ...this.subject };
  }
}

/** Props of `CloneSourceAccess`: who may clone the disks and snapshots of a namespace. */
export interface CloneSourceAccessProps extends ObjectProps {
  /** Who may clone, at least one: whoever makes the DataVolume. */
  readonly subjects: CloneSubject[];

  /**
   * The escape hatch of the RoleBinding; `overrides` is that of the Role.
   *
   * @default - no changes
   */
  readonly roleBindingOverrides?: { readonly [field: string]: unknown };
}

const PROPS: KnownKeys<CloneSourceAccessProps> = { ...OBJECT_PROPS, subjects: true, roleBindingOverrides: true };

/**
 * The Role and RoleBinding that clones into other namespaces need: `create` on `datavolumes/source` in the namespace of
 * the source, which is that of this construct. CDI refuses the clone without it.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/clone-datavolume.md
 */
export class CloneSourceAccess extends Construct {
  /** Name of the Role and of the RoleBinding. */
  public readonly name: string;

  /** Namespace whose disks may be cloned. */
  public readonly namespace?: string;

  /**
   * The right to clone the disks and snapshots of a namespace.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the Role and of the RoleBinding, unless `name` says otherwise.
   * @param props Who may clone; `namespace` is that of the disks.
   * @throws if nobody is named, or Kubernetes does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: CloneSourceAccessProps) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS);
    checkSubjects(faults, props.subjects);
    checkOverrides(faults, 'roleBindingOverrides', props.roleBindingOverrides);
    this.namespace = objectNamespace(faults, scope, props);
    faults.refuse();
    this.name = objectName(id, props);
    addObject(this, k8s.KubeRole, props, { rules: [RULE] });
    const binding = {
      roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name: this.name },
      subjects: props.subjects.map((subject) => subject._render()),
    };
    const ofBinding = { ...props, overrides: props.roleBindingOverrides };
    addObject(this, k8s.KubeRoleBinding, ofBinding, binding, { id: 'RoleBinding' });
  }
}

/** CDI: pkg/apiserver/webhooks/datavolume-mutate.go, and authorize.go of its API module (v1.63.1). */
const RULE: k8s.PolicyRule = { apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes/source'], verbs: ['create'] };

function checkSubjects(faults: Faults, subjects: unknown): void {
  const remedy = "write for example [CloneSubject.serviceAccount('shop')], for the namespace 'shop'";
  if (!Array.isArray(subjects) || subjects.length === 0) {
    faults.add('subjects', 'be a list of who may clone', subjects, remedy);
    return;
  }
  subjects.forEach((subject: unknown, index) => {
    if (subject instanceof CloneSubject) return;
    const namespace = typeof subject === 'string' ? subject : '…';
    const meant = `write CloneSubject.serviceAccount('${namespace}'), where '${namespace}' is its namespace`;
    faults.note(`'subjects[${index}]' must be a CloneSubject, got ${kindOf(subject)}; ${meant}`);
  });
}

function checkSubject(factory: string, check: (faults: Faults) => void): void {
  const faults = new Faults(factory);
  check(faults);
  faults.refuse();
}
