import { k8s } from 'cdk8s-plus-27';
import { checkBoolean, checkLabel, checkTextList } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { BUNDLE_RULES } from './dashboard-bundle-rules';
import { DASHBOARD_RULES, policyRules } from './dashboard-rules';

/** Where an access holds. */
export interface DashboardAccessOptions {
  /**
   * The namespaces that the access holds in: a Role in each, and no ClusterRole. The dashboard's lists ask for the whole
   * cluster, so they stay empty then, unless `viewsWholeCluster` is set.
   *
   * @default - the whole cluster, by a ClusterRole
   */
  readonly namespaces?: string[];

  /**
   * Whether everything in the whole cluster may be viewed besides, so that the dashboard's lists work, while the rest of
   * the access holds in `namespaces`.
   *
   * @default false
   */
  readonly viewsWholeCluster?: boolean;
}

/** Where the right to administer holds. */
export interface DashboardAdministrationOptions {
  /**
   * The namespaces: a Role in each. Whoever may administer VMs in a namespace can read all its Secrets through a VM, and
   * act as each of its service accounts.
   */
  readonly namespaces: string[];

  /**
   * Whether everything in the whole cluster may be viewed besides, so that the dashboard's lists work.
   *
   * @default false
   */
  readonly viewsWholeCluster?: boolean;
}

const OPTIONS: KnownKeys<DashboardAccessOptions> = { namespaces: true, viewsWholeCluster: true };

/**
 * What everybody who reaches the dashboard may do: it asks the API server by one service account, its own, whoever its
 * user is. The page "A dashboard" (docs/dashboard.md) lists the rights of each access, and what they can be abused for.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class DashboardAccess {
  /**
   * To look at everything, without changing anything.
   *
   * @throws if an option is unknown or wrong.
   */
  public static view(options: DashboardAccessOptions = {}): DashboardAccess {
    checkOptions('DashboardAccess.view', options);
    return new DashboardAccess('view', options);
  }

  /**
   * To view, and to start, stop, pause, migrate and snapshot VMs, and to use their consoles.
   *
   * @throws if an option is unknown or wrong.
   */
  public static operate(options: DashboardAccessOptions = {}): DashboardAccess {
    checkOptions('DashboardAccess.operate', options);
    return new DashboardAccess('operate', options);
  }

  /**
   * To operate, and to make, change and delete VMs, disks, pools, load balancers and images, in some namespaces.
   *
   * @throws if no namespace is named, if service accounts of one own the cluster, or if an option is unknown or wrong.
   */
  public static administer(options: DashboardAdministrationOptions): DashboardAccess {
    checkOptions('DashboardAccess.administer', options, true);
    return new DashboardAccess('administer', options);
  }

  /**
   * To administer in every namespace. It is as good as owning the cluster: a VM in `kube-system` reads every Secret that
   * stands there, and acts as each service account.
   */
  public static administerWholeCluster(): DashboardAccess {
    return new DashboardAccess('administer', {});
  }

  /**
   * The ClusterRole of the release's bundle: every verb on the Secrets, ConfigMaps, service accounts, Deployments and
   * bindings of the whole cluster. Whoever reaches the dashboard owns the cluster.
   */
  public static secretsAndBindingsOfWholeCluster(): DashboardAccess {
    return new DashboardAccess('bundle', {});
  }

  private readonly options: DashboardAccessOptions;

  private constructor(
    private readonly level: keyof typeof DASHBOARD_RULES | 'bundle',
    options: DashboardAccessOptions,
  ) {
    this.options = { ...options, namespaces: options.namespaces && [...options.namespaces] };
  }

  /**
   * The namespaces that it administers by name.
   *
   * @internal
   */
  public _administered(): string[] {
    return this.level === 'administer' ? [...(this.options.namespaces ?? [])] : [];
  }

  /**
   * The rules of the ClusterRole; undefined if the access does not need one.
   *
   * @internal
   */
  public _clusterRules(): k8s.PolicyRule[] | undefined {
    if (this.level === 'bundle') return [...BUNDLE_RULES];
    const { namespaces, viewsWholeCluster } = this.options;
    if (namespaces === undefined) return policyRules(DASHBOARD_RULES[this.level]);
    return viewsWholeCluster === true ? policyRules(DASHBOARD_RULES.view) : undefined;
  }

  /**
   * The namespaces with a Role, and the rules of each; what has no namespace is left out, and what the ClusterRole gives.
   *
   * @internal
   */
  public _namespacedRules(): { readonly namespaces: string[]; readonly rules: k8s.PolicyRule[] } {
    const { namespaces = [], viewsWholeCluster } = this.options;
    if (this.level === 'bundle') return { namespaces: [], rules: [] };
    const given = viewsWholeCluster === true ? DASHBOARD_RULES.view : [];
    const rules = DASHBOARD_RULES[this.level].filter((rule) => rule.ofCluster !== true && !given.includes(rule));
    return { namespaces: rules.length > 0 ? [...namespaces] : [], rules: policyRules(rules) };
  }
}

/** Namespaces whose service accounts may do everything, or make themselves able to: a VM there acts as they do. */
const OWNERS = ['kube-system', 'kubevirt', 'cdi'];

function checkOptions(factory: string, options: unknown, isAdministration = false): void {
  const faults = new Faults(factory);
  if (checkKeys(faults, 'options', options, OPTIONS)) {
    const { namespaces, viewsWholeCluster } = options;
    checkNamespaces(faults, namespaces, isAdministration);
    checkBoolean(faults, 'viewsWholeCluster', viewsWholeCluster);
    if (viewsWholeCluster === true && namespaces === undefined && !isAdministration) {
      faults.note("'viewsWholeCluster' must stand beside 'namespaces', got no namespaces; leave it out");
    }
  }
  faults.refuse();
}

function checkNamespaces(faults: Faults, namespaces: unknown, isAdministration: boolean): void {
  if (namespaces === undefined && !isAdministration) return;
  if (!Array.isArray(namespaces) || namespaces.length === 0) {
    const remedy = isAdministration
      ? 'for the whole cluster write DashboardAccess.administerWholeCluster()'
      : undefined;
    faults.add('namespaces', 'be a list of namespaces, at least one', namespaces, remedy);
    return;
  }
  checkTextList(faults, 'namespaces', namespaces);
  namespaces.forEach((namespace: unknown, index) => {
    if (typeof namespace !== 'string' || namespace === '') return;
    checkLabel(faults, `namespaces[${index}]`, namespace);
    if (isAdministration && OWNERS.includes(namespace)) {
      const must = 'not be a namespace whose service accounts own the cluster';
      const remedy = 'write DashboardAccess.administerWholeCluster() if that is meant';
      faults.add(`namespaces[${index}]`, must, namespace, remedy);
    }
  });
}
