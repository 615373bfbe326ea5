import { diff, DiffOptions, RolloutStrategy } from '..';
import { Json } from '../../rule';
import { machine } from '../../testing/update-tester';

type Fields = Readonly<Record<string, unknown>>;

const KEEPS = 'the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)';
const PLUGS_MEMORY =
  'live spec.template.spec.domain.memory.guest: memory of the guest 2Gi → 4Gi; the memory is plugged, by a live migration';
const SOCKETS = 'spec.template.spec.domain.cpu.sockets: sockets';
const cpu = (sockets: number): Fields => ({ 'D.cpu': { cores: 1, sockets, threads: 1 } });

function said(was: Fields, is: Fields, options: DiffOptions = {}, beside: readonly Json[] = []): string[] {
  const cluster = { configuration: {}, migratable: true, kubevirt: 'v1.9.0', cdi: 'v1.66.0' };
  return diff([machine(was), ...beside], [machine(is), ...beside], { ...cluster, ...options }).changes.map(
    ({ consequence, field, message, reason }) => `${consequence} ${field}: ${message}; ${reason}`,
  );
}

describe('what a machine that runs gets', () => {
  test.each<[string, Fields, Fields, string]>([
    [
      'processors that are plugged',
      cpu(1),
      cpu(2),
      `live ${SOCKETS} 1 → 2; the processors are plugged, by a live migration`,
    ],
    ['no processors by a first topology', { 'D.cpu': null }, cpu(2), `restart ${SOCKETS} (absent) → 2; ${KEEPS}`],
    [
      'the memory of its requests, newly stated',
      { 'D.memory': null, 'D.resources': { requests: { memory: '4Gi' } } },
      { 'D.memory': { guest: '4Gi' }, 'D.resources': { requests: { memory: '4Gi' } } },
      'in-place spec.template.spec.domain.memory.guest: memory of the guest (absent) → 4Gi; it is what the running machine has already',
    ],
  ])('%s', (_what, was, is, says) => expect(said(was, is)).toContain(says));

  test('is nothing with Stage', () => {
    expect(said(cpu(1), cpu(2), { rolloutStrategy: RolloutStrategy.STAGE })).toEqual([
      `restart ${SOCKETS} 1 → 2; vmRolloutStrategy is Stage: nothing is changed in a running machine, and KubeVirt asks for a restart (RestartRequired)`,
    ]);
  });

  test('is memory, beside processors that cannot be unplugged', () => {
    expect(said(cpu(2), { ...cpu(1), 'D.memory.guest': '4Gi' })).toEqual([
      `restart ${SOCKETS} 2 → 1; processors cannot be unplugged`,
      PLUGS_MEMORY,
    ]);
  });

  test('are processors, beside memory that cannot be unplugged', () => {
    expect(said(cpu(1), { ...cpu(2), 'D.memory.guest': '1Gi' })).toEqual([
      'restart spec.template.spec.domain.memory.guest: memory of the guest 2Gi → 1Gi; it is less than the machine started with',
      `live ${SOCKETS} 1 → 2; the processors are plugged, by a live migration`,
    ]);
  });
});

describe('another instance type', () => {
  const type = (name: string, guest: string): Json => ({
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineInstancetype',
    metadata: { name, namespace: 'shop' },
    spec: { cpu: { guest: 1 }, memory: { guest } },
  });
  const [small, big] = [type('small', '2Gi'), type('big', '4Gi')];
  const of = (name: string): Fields => ({
    'D.cpu': null,
    'D.memory': null,
    'spec.instancetype': { kind: 'VirtualMachineInstancetype', name },
  });
  const hostname: Fields = { 'T.hostname': 'www' };
  const HOSTNAME = `restart spec.template.spec.hostname: hostname (absent) → www; ${KEEPS}`;

  test('is told of what it changes, at the field that names it, beside what the template changes', () => {
    expect(said(of('small'), { ...of('big'), ...hostname }, {}, [small, big])).toEqual([
      'restart spec.instancetype: instancetype small → big: memory of the guest 2Gi → 4Gi; it could be live, and waits for the restart that another part of this change asks for: hostname (absent) → www',
      HOSTNAME,
      'in-place spec.instancetype: instancetype small → big; what it changes in the machine stands beside this',
    ]);
  });

  test('that is the first one has none before it', () => {
    const messages = said({ 'D.cpu': null, 'D.memory': null }, of('small'), {}, [small]);
    expect(messages.join('\n')).toContain('instancetype (absent) → small: memory of the guest');
  });

  test('that is not known is told of once, beside what the template changes', () => {
    expect(said(of('small'), { ...of('big'), ...hostname }, {}, [])).toEqual([
      'unknown spec.instancetype: instancetype small → big; VirtualMachineInstancetype small and VirtualMachineInstancetype big are not among the manifests: whether it is live or waits for a restart depends on that',
      HOSTNAME,
    ]);
    expect(said(of('small'), of('big'), {}, [big])).toEqual([
      'unknown spec.instancetype: instancetype small → big; VirtualMachineInstancetype small is not among the manifests: whether it is live or waits for a restart depends on that',
    ]);
  });

  test('that others of its kind stand beside is taken not to exist', () => {
    expect(said(of('small'), of('big'), {}, [small])).toEqual([
      'later spec.instancetype: instancetype small → big; the running machine goes on as it is, and KubeVirt changes nothing in it and does not start it again, until VirtualMachineInstancetype big exists',
    ]);
  });
});

describe('labels and annotations', () => {
  const evict = 'descheduler.alpha.kubernetes.io/evict';

  test.each<[string, Json, string]>([
    [
      'of the machine are named where they change',
      { 'metadata.labels': { team: 'a', x: 'y' } },
      'in-place metadata.labels: labels of the machine: x; they are those of the VirtualMachine: the running machine and its pod do not get them',
    ],
    [
      'of the template are live where the descheduler reads them',
      { 'spec.template.metadata.annotations': { [evict]: 'true' } },
      `live spec.template.metadata.annotations: annotations of the template: ${evict}; they are copied to the running machine`,
    ],
    [
      'of the template wait, if they are labels',
      { 'spec.template.metadata.labels': { app: 'web', [evict]: 'true' } },
      `later spec.template.metadata.labels: labels of the template: ${evict}; they reach the running machine and its pod with the next start, which nothing asks for`,
    ],
  ])('%s', (_what, is, says) => expect(said({}, is)).toEqual([says]));
});
