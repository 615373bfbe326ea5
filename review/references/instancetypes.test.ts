import { Json } from '../rule';
import { said, stream } from '../testing/outcome-lines';
import { found, machine, object } from '../testing/reference-tester';
import { INSTANCETYPE_CONFLICT_RULES } from './instancetypes';

const CPU_AND_MEMORY = { cpu: { guest: 2 }, memory: { guest: '2Gi' } };
const NAMED = { instancetype: { name: 'u1' } };

function type(spec: Json = {}, kind = 'VirtualMachineClusterInstancetype', namespace = 'n') {
  const made = object(kind, 'u1', { namespace, spec: { ...CPU_AND_MEMORY, ...spec } });
  return { ...made, object: { ...made.object, apiVersion: 'instancetype.kubevirt.io/v1beta1' } };
}

function fields(template: Json, spec: Json = {}, matcher: Json = NAMED): string[] {
  const objects = [machine('m', template, matcher), type(spec)];
  return found(INSTANCETYPE_CONFLICT_RULES, 'instancetype-conflict', objects).map(({ field }) => field);
}

const T = 'spec.template.spec';

describe('instancetype-conflict', () => {
  test('is certain of a machine whose type is there, and said of others as what comes later', () => {
    const [own, elsewhere] = ['u1', 'u2'].map((name) => `instancetype: { name: ${name} },`);
    const spec = (matcher: string | undefined): string =>
      `runStrategy: Always, ${matcher} template: { metadata: { labels: { a: b } }, spec: { domain: { devices: {}, memory: { guest: 1Gi } } } }`;
    const vm = (matcher: string | undefined): string =>
      `apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: { name: m, namespace: n }\nspec: { ${spec(matcher)} }\n`;
    const pool = `apiVersion: pool.kubevirt.io/v1beta1\nkind: VirtualMachinePool\nmetadata: { name: p, namespace: n }\nspec: { replicas: 2, selector: { matchLabels: { a: b } }, virtualMachineTemplate: { metadata: { labels: { a: b } }, spec: { ${spec(own)} } } }\n`;
    const u1 =
      'apiVersion: instancetype.kubevirt.io/v1beta1\nkind: VirtualMachineClusterInstancetype\nmetadata: { name: u1 }\nspec: { cpu: { guest: 2 }, memory: { guest: 2Gi } }\n';
    const severity = (text: string): string | undefined =>
      said(stream(u1, text), ['instancetype-conflict'], { kubevirt: 'v1.9.0' })[0]?.split(' ')[0];
    expect(severity(vm(own))).toBe('error');
    expect(severity(vm(elsewhere))).toBe('warning');
    expect(severity(pool)).toBe('warning');
  });

  test.each([
    ['nothing', {}, {}],
    ['the most sockets', { domain: { cpu: { maxSockets: 4 } } }, {}],
    ['an empty selector of nodes', { nodeSelector: {} }, { nodeSelector: { c: 'd' } }],
    ['a selector of nodes that the type leaves empty', { nodeSelector: { a: 'b' } }, { nodeSelector: {} }],
    ['counts of zero', { domain: { cpu: { cores: 0 } } }, {}],
    ['a model that the type leaves open', { domain: { cpu: { model: 'host-model' } } }, {}],
    ['a scheduler that the type leaves open', { schedulerName: 's' }, { schedulerName: '' }],
    [
      'devices of another kind',
      { domain: { devices: { gpus: [{ name: 'g' }], hostDevices: [] } } },
      { hostDevices: [{ name: 'h' }] },
    ],
    [
      'a placement that is off',
      { domain: { cpu: { dedicatedCpuPlacement: false } } },
      { cpu: { guest: 1, dedicatedCPUPlacement: true } },
    ],
  ])('takes %s', (_title, template, spec) => {
    expect(fields(template, spec)).toEqual([]);
  });

  test.each([
    ['domain.memory', { domain: { memory: { guest: '1Gi' } } }, {}],
    ['domain.memory', { domain: { memory: {} } }, {}],
    ['domain.resources.requests.memory', { domain: { resources: { requests: { memory: '1Gi' } } } }, {}],
    ['domain.resources.limits.memory', { domain: { resources: { limits: { memory: 0 } } } }, {}],
    ['domain.resources.requests.cpu', { domain: { resources: { requests: { cpu: '1' } } } }, {}],
    ['domain.resources.limits.cpu', { domain: { resources: { limits: { cpu: 1 } } } }, {}],
    ['domain.cpu.cores', { domain: { cpu: { cores: 1 } } }, {}],
    ['domain.cpu.sockets', { domain: { cpu: { sockets: 1 } } }, {}],
    ['domain.cpu.threads', { domain: { cpu: { threads: 1 } } }, {}],
    ['domain.cpu.model', { domain: { cpu: { model: 'm' } } }, { cpu: { guest: 1, model: 'n' } }],
    [
      'domain.cpu.dedicatedCPUPlacement',
      { domain: { cpu: { dedicatedCpuPlacement: true } } },
      { cpu: { dedicatedCPUPlacement: false } },
    ],
    ['domain.cpu.numa', { domain: { cpu: { numa: {} } } }, { cpu: { numa: {} } }],
    ['nodeSelector', { nodeSelector: { a: 'b' } }, { nodeSelector: { c: 'd' } }],
    ['schedulerName', { schedulerName: 'a' }, { schedulerName: 'b' }],
    ['domain.ioThreadsPolicy', { domain: { ioThreadsPolicy: 'auto' } }, { ioThreadsPolicy: 'shared' }],
    ['domain.launchSecurity', { domain: { launchSecurity: {} } }, { launchSecurity: { sev: {} } }],
    ['domain.devices.gpus', { domain: { devices: { gpus: [{ name: 'a' }] } } }, { gpus: [{ name: 'b' }] }],
  ])('fails at %s', (field, template, spec) => {
    expect(fields(template, spec)).toEqual([`${T}.${field}`]);
  });

  test('says nothing of a type that a volume names', () => {
    expect(fields({ domain: { memory: {} } }, {}, { instancetype: { inferFromVolume: 'v' } })).toEqual([]);
  });

  test.each([
    ['by a revision', { instancetype: { name: 'u1', revisionName: 'r' } }],
    ['by another name', { instancetype: { name: 'u2' } }],
    ['in its namespace', { instancetype: { name: 'u1', kind: 'VirtualMachineInstancetype' } }],
  ])('knows of a type that is named %s that it sets CPU and memory, and no more', (_title, matcher) => {
    const template = { domain: { memory: {}, ioThreadsPolicy: 'auto' } };
    expect(fields(template, { ioThreadsPolicy: 'shared' }, matcher)).toEqual([`${T}.domain.memory`]);
  });

  test('finds the type of the namespace, by its kind in any form', () => {
    const matcher = { instancetype: { name: 'u1', kind: 'virtualmachineinstancetypes' } };
    const one = machine('m', { domain: { ioThreadsPolicy: 'auto' } }, matcher);
    const of = (namespace: string) => type({ ioThreadsPolicy: 'shared' }, 'VirtualMachineInstancetype', namespace);
    expect(found(INSTANCETYPE_CONFLICT_RULES, 'instancetype-conflict', [one, of('n')])).toHaveLength(1);
    expect(found(INSTANCETYPE_CONFLICT_RULES, 'instancetype-conflict', [one, of('other')])).toEqual([]);
  });
});

describe('instancetype-annotation-conflict', () => {
  const annotated = (value: string) =>
    machine('m', {}, { ...NAMED, template: { metadata: { annotations: { k: value } }, spec: {} } });

  test('takes the same, and others', () => {
    const rule = 'instancetype-annotation-conflict';
    expect(
      found(INSTANCETYPE_CONFLICT_RULES, rule, [annotated('1'), type({ annotations: { k: '1', l: '2' } })]),
    ).toEqual([]);
  });

  test('fails when one has two values', () => {
    const objects = [annotated('1'), type({ annotations: { k: '2' } })];
    expect(found(INSTANCETYPE_CONFLICT_RULES, 'instancetype-annotation-conflict', objects)).toMatchObject([
      { name: 'm', field: 'annotations.k', message: `'k' must be "2", as the instance type says, got "1"` },
    ]);
  });
});
