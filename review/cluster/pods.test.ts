import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';
import { Cluster, ClusterOptions } from './cluster';
import { Pods, Selector } from './pods';

/** Whether a Service finds machines of a pool by a name. */
function isSelected(name: string, template: Json = {}): boolean {
  const spec = { replicas: 2, virtualMachineTemplate: { spec: { template: { spec: template } } } };
  const metadata = { name: 'web', namespace: 'n' };
  const pool = { apiVersion: 'pool.kubevirt.io/v1beta1', kind: 'VirtualMachinePool', metadata, spec };
  const cluster = new Cluster([{ object: pool, origin: {} }], {});
  return new Pods(cluster).selected('n', [['vm.kubevirt.io/name', name]]).length > 0;
}

describe('the pods of a pool', () => {
  test.each(['web-0', 'web-17'])('are found as %s', (name) => expect(isSelected(name)).toBe(true));

  test.each(['web', 'web-', 'web-x', 'wap-0', 'web-0-1'])('are not found as %s', (name) => {
    expect(isSelected(name)).toBe(false);
  });

  test('are found by the hostname that all of them have, and no more by their names', () => {
    expect(isSelected('www', { hostname: 'www' })).toBe(true);
    expect(isSelected('web-0', { hostname: 'www' })).toBe(false);
  });
});

describe('the pods that a selector finds', () => {
  const of = (apiVersion: string, kind: string, name: string, spec: Json): Reviewed => ({
    object: { apiVersion, kind, metadata: { name, namespace: 'n' }, spec },
    origin: {},
  });
  const template = (labels: Json): Json => ({ template: { metadata: { labels }, spec: {} } });
  const OBJECTS = [
    of('kubevirt.io/v1', 'VirtualMachine', 'web', template({ app: 'web' })),
    of('kubevirt.io/v1', 'VirtualMachine', 'db', template({ app: 'db', 'vmi.kubevirt.io/id': 'own' })),
    of('pool.kubevirt.io/v1beta1', 'VirtualMachinePool', 'farm', {
      replicas: 2,
      virtualMachineTemplate: { spec: template({ app: 'farm' }) },
    }),
  ];
  const found = (selector: Selector, options: ClusterOptions = {}): string[] =>
    new Pods(new Cluster(OBJECTS, options)).selected('n', selector).map(({ name }) => name);

  const ID = 'vmi.kubevirt.io/id';
  const CREATED = 'kubevirt.io/created-by';
  test.each<[string, Selector, string[]]>([
    ['a label of the template', [['app', 'web']], ['web']],
    ['all of several labels', [...([['app', 'web']] as const), ['vm.kubevirt.io/name', 'db']], []],
    // No manifest says what the cluster labels a pod with later: it may be what is asked for.
    ['a label that the cluster sets', [[CREATED, 'x']], ['farm-0', 'web', 'db']],
    ['one beside a label of the template', [...([['app', 'web']] as const), [CREATED, 'x']], ['web']],
    ['one beside a label that no template has', [...([['app', 'x']] as const), [CREATED, 'x']], []],
    ['the label of all of them', [['kubevirt.io', 'virt-launcher']], ['farm-0', 'web', 'db']],
    ['another value of that label', [['kubevirt.io', 'x']], []],
    ['a label and the name of one of a pool', [...([['app', 'farm']] as const), [ID, 'farm-1']], ['farm-0']],
    ['a label of a pool and a name of none', [...([['app', 'farm']] as const), [ID, 'web']], []],
    ['a name and a label of a pool', [...([[ID, 'farm-1']] as const), ['app', 'farm']], ['farm-0']],
    ['a name of one of a pool and a label of none', [...([[ID, 'farm-1']] as const), ['app', 'web']], []],
  ])('by %s', (_, selector, names) => expect(found(selector).sort()).toEqual([...names].sort()));

  test('are those of the clones of a machine, too, as far as these are named', () => {
    const clone = (source: string, target: Json): Reviewed =>
      of('clone.kubevirt.io/v1beta1', 'VirtualMachineClone', `of-${source}`, { source: { name: source }, target });
    const clones = [clone('web', { name: 'web-2' }), clone('db', {}), clone('gone', { name: 'gone-2' })];
    const pods = new Pods(new Cluster([...OBJECTS, ...clones]));
    expect(pods.selected('n', [['app', 'web']]).map(({ name }) => name)).toEqual(['web', 'web-2']);
    expect(pods.machinesIn('n').map(({ name }) => name)).toEqual(['web', 'db', 'farm-0', 'web-2']);
  });

  test('are not all that there are where the manifests hold other workloads', () => {
    const labels = { app: 'web' };
    const others = (...objects: Reviewed[]) => new Pods(new Cluster(objects));
    const asks: Selector = [['app', 'web']];
    const deployment = others(of('apps/v1', 'Deployment', 'a', { template: { metadata: { labels } } }));
    expect([deployment.hasOthers('n'), deployment.hasOthers('m')]).toEqual([true, false]);
    expect([deployment.selectsOther('n', asks), deployment.selectsOther('m', asks)]).toEqual([true, false]);
    expect(deployment.selectsOther('n', [...asks, ['tier', 'front']])).toBe(false);
    const operated = others(of('example.com/v1', 'App', 'a', {}));
    expect([operated.hasOthers('n'), operated.hasOthers('m'), operated.selectsOther('n', asks)]).toEqual([
      ...[true, false, true],
    ]);
  });

  test.each<[string, ClusterOptions, string[]]>([
    ['of an unknown release', {}, ['web']],
    ['of v1.6.2', { release: 'v1.6.2' }, []],
    ['of v1.7.0', { release: 'v1.7.0' }, ['web']],
    ['of v1.6.2 that is assumed', { release: 'v1.6.2', releaseAssumed: true }, ['web']],
  ])('by the name of a machine are labelled by KubeVirt %s, or not', (_, options, names) => {
    expect(found([[ID, 'web']], options)).toEqual(names);
    expect(found([[ID, 'own']], options)).toEqual(['db']);
  });
});
