import { failureOf, Manifest, manifests, testChart, untyped } from '../shared/testing/manifests';
import { DashboardAccess } from './dashboard-access';
import { KubeVirtManager } from './kubevirt-manager';

/** A request to the API server: verb, group, resource with its subresource, and the namespace; `*` for all of them. */
type Call = readonly [verb: string, group: string, resource: string, namespace?: string];

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

const ROLES = new Map<DashboardAccess, Manifest[]>();

function rolesOf(access: DashboardAccess): Manifest[] {
  const known = ROLES.get(access);
  if (known !== undefined) return known;
  const all = manifests(new KubeVirtManager(testChart(), 'kubevirt-manager', { access })).filter(({ rules }) => rules);
  ROLES.set(access, all);
  return all;
}

/** Whether the roles that the dashboard is given allow a request, as Kubernetes decides it (RBAC only ever adds). */
function allows(access: DashboardAccess, [verb, group, resource, namespace]: Call): boolean {
  const holds = (words: string[], word: string) => words.includes('*') || words.includes(word);
  return rolesOf(access).some(({ kind, metadata, rules }) => {
    if (kind !== 'ClusterRole' && !(kind === 'Role' && metadata.namespace === namespace)) return false;
    return (rules as Rule[]).some(
      (rule) => holds(rule.apiGroups, group) && holds(rule.resources, resource) && holds(rule.verbs, verb),
    );
  });
}

const view = DashboardAccess.view();
const operate = DashboardAccess.operate();
const administer = DashboardAccess.administer({ namespaces: ['shop'], viewsWholeCluster: true });
const whole = DashboardAccess.administerWholeCluster();
const bundle = DashboardAccess.secretsAndBindingsOfWholeCluster();

const VMS = 'kubevirt.io';
const SUB = 'subresources.kubevirt.io';
const POOLS = 'pool.kubevirt.io';
const TYPES = 'instancetype.kubevirt.io';

/** The calls of the dashboard's pages (src/app/services of 1.5.2): `all` for every list, `shop` for what it does in a namespace. */
const PAGES: Record<'view' | 'operate' | 'administer' | 'whole cluster', Call[]> = {
  view: [
    ['list', '', 'nodes'],
    ['list', '', 'namespaces'],
    ['list', VMS, 'virtualmachines'],
    ['get', VMS, 'virtualmachines', 'shop'],
    ['list', VMS, 'virtualmachineinstances'],
    ['get', VMS, 'virtualmachineinstances', 'shop'],
    ['list', POOLS, 'virtualmachinepools'],
    ['get', POOLS, 'virtualmachinepools', 'shop'],
    ['list', 'cdi.kubevirt.io', 'datavolumes'],
    ['get', 'cdi.kubevirt.io', 'datavolumes', 'shop'],
    ['list', '', 'persistentvolumeclaims', 'shop'],
    ['get', '', 'persistentvolumeclaims', 'shop'],
    ['get', '', 'persistentvolumes'],
    ['list', '', 'services'],
    ['get', '', 'services', 'shop'],
    ['list', 'networking.k8s.io', 'networkpolicies'],
    ['list', 'autoscaling', 'horizontalpodautoscalers'],
    ['list', 'k8s.cni.cncf.io', 'network-attachment-definitions'],
    ['list', 'storage.k8s.io', 'storageclasses'],
    ['list', 'scheduling.k8s.io', 'priorityclasses'],
    ['list', 'apiextensions.k8s.io', 'customresourcedefinitions'],
    ['list', TYPES, 'virtualmachineclusterinstancetypes'],
    ['get', TYPES, 'virtualmachineclusterinstancetypes'],
    ['list', 'kubevirt-manager.io', 'images'],
    ['get', 'kubevirt-manager.io', 'images', 'shop'],
  ],
  operate: [
    ['update', SUB, 'virtualmachines/start', 'shop'],
    ['update', SUB, 'virtualmachines/stop', 'shop'],
    ['update', SUB, 'virtualmachines/restart', 'shop'],
    ['update', SUB, 'virtualmachineinstances/pause', 'shop'],
    ['update', SUB, 'virtualmachineinstances/unpause', 'shop'],
    ['get', SUB, 'virtualmachineinstances/vnc', 'shop'],
    ['get', SUB, 'virtualmachineinstances/console', 'shop'],
    ['create', VMS, 'virtualmachineinstancemigrations', 'shop'],
    ['create', 'snapshot.kubevirt.io', 'virtualmachinesnapshots', 'shop'],
    ['list', 'snapshot.kubevirt.io', 'virtualmachinesnapshots', 'shop'],
  ],
  administer: [
    ['create', VMS, 'virtualmachines', 'shop'],
    ['patch', VMS, 'virtualmachines', 'shop'],
    ['delete', VMS, 'virtualmachines', 'shop'],
    ['update', SUB, 'virtualmachineinstances/addvolume', 'shop'],
    ['update', SUB, 'virtualmachineinstances/removevolume', 'shop'],
    ['create', POOLS, 'virtualmachinepools', 'shop'],
    ['patch', POOLS, 'virtualmachinepools', 'shop'],
    ['delete', POOLS, 'virtualmachinepools', 'shop'],
    ['create', 'cdi.kubevirt.io', 'datavolumes', 'shop'],
    ['delete', 'cdi.kubevirt.io', 'datavolumes', 'shop'],
    ['patch', '', 'persistentvolumeclaims', 'shop'],
    ['create', '', 'services', 'shop'],
    ['patch', '', 'services', 'shop'],
    ['delete', '', 'services', 'shop'],
    ['create', 'autoscaling', 'horizontalpodautoscalers', 'shop'],
    ['patch', 'autoscaling', 'horizontalpodautoscalers', 'shop'],
    ['delete', 'autoscaling', 'horizontalpodautoscalers', 'shop'],
    ['create', 'kubevirt-manager.io', 'images', 'shop'],
    ['patch', 'kubevirt-manager.io', 'images', 'shop'],
    ['delete', 'kubevirt-manager.io', 'images', 'shop'],
    ['list', '', 'pods', 'shop'],
    ['get', '', 'pods/log', 'shop'],
  ],
  'whole cluster': [
    ['delete', '', 'persistentvolumeclaims', 'shop'],
    ['delete', '', 'persistentvolumes'],
    ['create', TYPES, 'virtualmachineclusterinstancetypes'],
    ['patch', TYPES, 'virtualmachineclusterinstancetypes'],
    ['delete', TYPES, 'virtualmachineclusterinstancetypes'],
  ],
};

const WHO: [string, DashboardAccess][] = [
  ['view', view],
  ['operate', operate],
  ['administer', administer],
  ['whole cluster', whole],
];

describe.each(Object.entries(PAGES))('the calls of %s', (needed, calls) => {
  const least = WHO.findIndex(([name]) => name === needed);

  test.each(WHO.map(([name, access], rank) => [name, access, rank] as const))(
    'are allowed to %s exactly if it includes them',
    (_, access, rank) => {
      for (const call of calls) expect([call, allows(access, call)]).toEqual([call, rank >= least]);
    },
  );
});

/** What takes over a cluster, or a step on the way: none of it is the business of a dashboard. */
const ATTACKS: Call[] = [
  ['get', '', 'secrets', 'kube-system'],
  ['list', '', 'secrets', 'shop'],
  ['create', '', 'secrets', 'shop'],
  ['get', '', 'configmaps', 'shop'],
  ['create', '', 'configmaps', 'kubevirt-manager'],
  ['create', '', 'serviceaccounts', 'shop'],
  ['create', '', 'serviceaccounts/token', 'kube-system'],
  ['impersonate', '', 'users'],
  ['impersonate', '', 'groups'],
  ['impersonate', '', 'serviceaccounts', 'kube-system'],
  ['create', 'rbac.authorization.k8s.io', 'rolebindings', 'shop'],
  ['create', 'rbac.authorization.k8s.io', 'clusterrolebindings'],
  ['bind', 'rbac.authorization.k8s.io', 'clusterroles'],
  ['escalate', 'rbac.authorization.k8s.io', 'clusterroles'],
  ['update', 'rbac.authorization.k8s.io', 'roles', 'shop'],
  ['create', '', 'pods', 'shop'],
  ['create', '', 'pods/exec', 'shop'],
  ['get', '', 'pods/exec', 'shop'],
  ['create', '', 'pods/attach', 'shop'],
  ['create', '', 'pods/portforward', 'shop'],
  ['update', '', 'pods/ephemeralcontainers', 'shop'],
  ['create', '', 'pods/eviction', 'shop'],
  ['delete', '', 'pods', 'shop'],
  ['get', '', 'pods/proxy', 'shop'],
  ['get', '', 'services/proxy', 'shop'],
  ['get', '', 'nodes/proxy'],
  ['patch', '', 'nodes'],
  ['create', '', 'persistentvolumes'],
  ['create', 'apps', 'deployments', 'shop'],
  ['create', 'batch', 'jobs', 'shop'],
  ['create', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations'],
  ['create', 'apiextensions.k8s.io', 'customresourcedefinitions'],
  ['create', 'certificates.k8s.io', 'certificatesigningrequests'],
  ['create', 'cdi.kubevirt.io', 'datavolumes/source', 'shop'],
  ['patch', 'cdi.kubevirt.io', 'cdis'],
  ['patch', VMS, 'kubevirts', 'kubevirt'],
  ['create', VMS, 'virtualmachineinstances', 'shop'],
  ['create', 'export.kubevirt.io', 'virtualmachineexports', 'shop'],
  ['create', 'snapshot.kubevirt.io', 'virtualmachinerestores', 'shop'],
  ['delete', 'snapshot.kubevirt.io', 'virtualmachinesnapshots', 'shop'],
  ['get', SUB, 'virtualmachineinstances/portforward', 'shop'],
  ['get', SUB, 'virtualmachineinstances/usbredir', 'shop'],
  ['update', SUB, 'virtualmachines/memorydump', 'shop'],
];

describe('what takes over a cluster', () => {
  test.each(WHO)('is allowed to nobody by %s', (_, access) => {
    expect(ATTACKS.filter((call) => allows(access, call))).toEqual([]);
  });

  test('is allowed by the rights of the bundle, which their name says', () => {
    const allowed = ATTACKS.filter((call) => allows(bundle, call)).map(([verb, , resource]) => `${verb} ${resource}`);
    expect(allowed).toEqual([
      'get secrets',
      'list secrets',
      'create secrets',
      'get configmaps',
      'create configmaps',
      'create serviceaccounts',
      'impersonate serviceaccounts',
      'create rolebindings',
      'create clusterrolebindings',
      'create persistentvolumes',
      'create deployments',
      'create datavolumes/source',
      'patch cdis',
      'create virtualmachineinstances',
      'get virtualmachineinstances/portforward',
      'get virtualmachineinstances/usbredir',
      'update virtualmachines/memorydump',
    ]);
  });

  test('is nowhere hidden in a wildcard, but in the rights of the bundle', () => {
    for (const [, access] of WHO) {
      const words = (rolesOf(access).flatMap(({ rules }) => rules) as Rule[]).flatMap((rule) =>
        Object.values(rule).flat(),
      );
      expect(words.filter((word) => String(word).includes('*'))).toEqual([]);
    }
  });
});

describe('DashboardAccess', () => {
  const roles = (access: DashboardAccess) =>
    rolesOf(access).map(({ kind, metadata: { namespace = '' } }) => `${kind}/${String(namespace)}`);

  test('holds in the whole cluster, unless it names namespaces', () => {
    for (const access of [view, operate, whole, bundle]) expect(roles(access)).toEqual(['ClusterRole/']);
  });

  test('is a Role in each namespace that it names, and no ClusterRole', () => {
    const namespaces = ['shop', 'desk'];
    for (const access of [
      DashboardAccess.view({ namespaces }),
      DashboardAccess.operate({ namespaces }),
      DashboardAccess.administer({ namespaces }),
    ]) {
      expect(roles(access)).toEqual(['Role/shop', 'Role/desk']);
      expect(allows(access, ['get', VMS, 'virtualmachines', 'shop'])).toBe(true);
      expect(allows(access, ['get', VMS, 'virtualmachines', 'bank'])).toBe(false);
      expect(allows(access, ['list', VMS, 'virtualmachines'])).toBe(false);
      expect(allows(access, ['list', '', 'nodes'])).toBe(false);
    }
  });

  test('views the whole cluster besides, where that is wanted, and acts in its namespaces alone', () => {
    const access = DashboardAccess.operate({ namespaces: ['shop'], viewsWholeCluster: true });
    expect(roles(access)).toEqual(['ClusterRole/', 'Role/shop']);
    expect(allows(access, ['list', VMS, 'virtualmachines'])).toBe(true);
    expect(allows(access, ['update', SUB, 'virtualmachines/stop', 'shop'])).toBe(true);
    expect(allows(access, ['update', SUB, 'virtualmachines/stop', 'bank'])).toBe(false);
    expect(roles(DashboardAccess.view({ namespaces: ['shop'], viewsWholeCluster: true }))).toEqual(['ClusterRole/']);
  });

  test('deletes no claim of a disk in a namespace, since its volume would stay and CDI would make the claim again', () => {
    expect(allows(administer, ['delete', '', 'persistentvolumeclaims', 'shop'])).toBe(false);
    expect(allows(whole, ['delete', '', 'persistentvolumeclaims', 'shop'])).toBe(true);
  });

  test('keeps the namespaces that it was given', () => {
    const namespaces = ['shop'];
    const access = DashboardAccess.operate({ namespaces });
    namespaces.push('bank');
    expect(roles(access)).toEqual(['Role/shop']);
  });

  test.each<[string, () => unknown, string]>([
    [
      'the options are text',
      () => DashboardAccess.view(untyped('shop')),
      `[DashboardAccess.view] 'options' must be an`,
    ],
    ['an option is unknown', () => DashboardAccess.view(untyped({ namespace: 'a' })), `write 'namespaces'`],
    ['the list is empty', () => DashboardAccess.operate({ namespaces: [] }), `at least one, got []`],
    [
      'the list is text',
      () => DashboardAccess.operate({ namespaces: untyped('shop') }),
      `[DashboardAccess.operate] 'namespaces' must be a list of namespaces, at least one, got "shop"`,
    ],
    ['a namespace stands twice', () => DashboardAccess.view({ namespaces: ['a', 'a'] }), `must name each value once`],
    [
      'a namespace is a number',
      () => DashboardAccess.view({ namespaces: untyped([1]) }),
      `'namespaces[0]' must be text`,
    ],
    ['a namespace is upper-case', () => DashboardAccess.view({ namespaces: ['Shop'] }), `write 'shop'`],
    ['a namespace is all of them', () => DashboardAccess.view({ namespaces: ['*'] }), `must be a DNS label`],
    [
      'viewsWholeCluster is text',
      () => DashboardAccess.view({ namespaces: ['a'], viewsWholeCluster: untyped('yes') }),
      `'viewsWholeCluster' must be true or false, got "yes"`,
    ],
    [
      'viewsWholeCluster stands alone',
      () => DashboardAccess.view({ viewsWholeCluster: true }),
      `'viewsWholeCluster' must stand beside 'namespaces', got no namespaces; leave it out`,
    ],
    [
      'nobody says where to administer',
      () => DashboardAccess.administer(untyped({})),
      `[DashboardAccess.administer] 'namespaces' must be a list of namespaces, at least one, got nothing; ` +
        'for the whole cluster write DashboardAccess.administerWholeCluster()',
    ],
  ])('fails when %s', (_, act, message) => {
    expect(failureOf(act)).toContain(message);
  });

  test.each([1, ''])('fails once when a namespace is %j', (namespace) => {
    expect(failureOf(() => DashboardAccess.view({ namespaces: untyped([namespace]) }))).toBe(
      `[DashboardAccess.view] 'namespaces[0]' must be text, got ${JSON.stringify(namespace)}`,
    );
  });

  test.each(['kube-system', 'kubevirt', 'cdi'])(
    'fails when VMs may be made in %s, but not when they are operated',
    (name) => {
      expect(failureOf(() => DashboardAccess.administer({ namespaces: ['shop', name] }))).toBe(
        `[DashboardAccess.administer] 'namespaces[1]' must not be a namespace whose service accounts own the cluster, ` +
          `got "${name}"; write DashboardAccess.administerWholeCluster() if that is meant`,
      );
      expect(() => DashboardAccess.operate({ namespaces: [name] })).not.toThrow();
    },
  );

  test('administers nowhere without the names of namespaces', () => {
    // @ts-expect-error the namespaces are needed
    expect(() => DashboardAccess.administer({})).toThrow("'namespaces'");
  });
});
