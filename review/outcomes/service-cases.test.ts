import { eachOf, messages, said, TextCase } from '../testing/said';

const RULES = ['service-selects-machine', 'service-port-open'];

/** A VirtualMachine of YAML: its labels, those of its template, its interfaces and networks. */
const vm = (
  name: string,
  more: { own?: string; labels?: string; interfaces?: string; networks?: string; spec?: string } = {},
) => `
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: ${name}, namespace: lab, labels: { ${more.own ?? ''} } }
spec:
  runStrategy: Always
  template:
    metadata: { labels: { ${more.labels ?? ''} } }
    spec:
      ${more.spec ?? 'terminationGracePeriodSeconds: 0'}
      domain:
        memory: { guest: 1Gi }
        devices: { interfaces: [${more.interfaces ?? '{ name: default, masquerade: {} }'}] }
      networks: [${more.networks ?? '{ name: default, pod: {} }'}]
---`;
const service = (selector: string, more = 'ports: [{ port: 22 }]', metadata = '') => `
apiVersion: v1
kind: Service
metadata: { name: ssh, namespace: lab${metadata} }
spec: { selector: { ${selector} }, ${more} }
---`;
const pool = (replicas: number, labels = 'app: web') => `
apiVersion: pool.kubevirt.io/v1beta1
kind: VirtualMachinePool
metadata: { name: web, namespace: lab }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { pool: web } }
  virtualMachineTemplate:
    metadata: { labels: { pool: web } }
    spec:
      template:
        metadata: { labels: { ${labels} } }
        spec: { domain: { memory: { guest: 1Gi } } }
---`;
const replicaSet = (labels: string) => `
apiVersion: kubevirt.io/v1
kind: VirtualMachineInstanceReplicaSet
metadata: { name: web, namespace: lab, labels: { tier: front } }
spec:
  replicas: 2
  selector: { matchLabels: { ${labels} } }
  template: { metadata: { labels: { ${labels} } }, spec: { domain: { memory: { guest: 1Gi } } } }
---`;
const deployment = (labels: string, namespace = 'lab') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ name: c, image: i }] } }
---`;

const NONE = 'service-selects-machine Service ssh spec.selector';
const port = (field = 'ports[0].port') => `service-port-open Service ssh spec.${field}`;
const only = (ports: string, binding = 'masquerade: {}') => `{ name: default, ${binding}, ports: [${ports}] }`;

const CASES: readonly TextCase[] = [
  // What a Service selects.
  ['a label of the template', vm('web', { labels: 'app: web' }) + service('app: web'), []],
  [
    'a label of the machine, not of its template',
    vm('web', { own: 'app: web' }) + service('app: web'),
    [NONE],
    "which VirtualMachine lab/web has itself; its pod gets the labels of its template alone, and the Service selects no pod; write them below 'spec.template.metadata.labels', too",
  ],
  [
    'a label of the machine beside another workload',
    vm('web', { own: 'app: web' }) + deployment('app: proxy') + service('app: web'),
    [NONE],
  ],
  ['another value', vm('web', { labels: 'app: web' }) + service('app: webserver'), [NONE], '"app=webserver"'],
  ['one of two labels', vm('web', { labels: 'app: web' }) + service('app: web, tier: front'), [NONE]],
  ['a part of the labels', vm('web', { labels: 'app: web, tier: front' }) + service('tier: front'), []],
  ['the name that KubeVirt labels', vm('web') + service('vm.kubevirt.io/name: web'), []],
  ['a name with a slip', vm('web') + service('vm.kubevirt.io/name: webb'), [NONE], "'vm.kubevirt.io/name: web'"],
  ['the name label of later releases', vm('web') + service('vmi.kubevirt.io/id: web'), []],
  ['the label that all such pods have', vm('web') + service('kubevirt.io: virt-launcher'), []],
  ['a label of the user guide', vm('web') + service('kubevirt.io/domain: web') + deployment('app: x'), [NONE]],
  [
    'the label of an infrastructure pod',
    vm('web') + service('kubevirt.io: virt-api') + deployment('kubevirt.io: virt-api'),
    [],
  ],
  ['a Deployment beside it', vm('db', { labels: 'app: db' }) + deployment('app: web') + service('app: web'), []],
  ['what a chart may make beside it', vm('db') + deployment('app: other') + service('app: elsewhere'), []],
  [
    'what an unknown operator may make',
    `${vm('db')}\napiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: pg, namespace: lab }\n---${service('cnpg.io/cluster: pg')}`,
    [],
  ],
  ['a Deployment in another namespace', vm('db') + deployment('app: web', 'other') + service('app: web'), [NONE]],
  [
    'nothing',
    `${vm('web')}\napiVersion: v1\nkind: Service\nmetadata: { name: ssh, namespace: lab }\nspec: { ports: [{ port: 22 }] }`,
    [],
  ],
  ['an outer name', vm('web') + service('app: x', 'type: ExternalName, externalName: web.example.com'), []],
  ['a machine of a pool by its label', pool(3) + service('app: web'), []],
  [
    'the label of the machines of a pool',
    pool(3) + service('pool: web'),
    [NONE],
    'spec.virtualMachineTemplate.spec.template.metadata.labels',
  ],
  ['one machine of a pool', pool(3) + service('vm.kubevirt.io/name: web-2'), []],
  ['a pool by the name of one machine', pool(3) + service('vm.kubevirt.io/name: web'), [NONE]],
  ['a pool that has no machine yet', pool(0) + service('app: web'), []],
  ['no label of a pool that has no machine yet, where none is there', pool(0) + service('app: x'), []],
  [
    'a label of no machine',
    vm('db') + service('app: x'),
    [NONE],
    'which no pod of the machine beside it is labelled with',
  ],
  ['a label of none of two', vm('a') + vm('b') + service('app: x'), [NONE], 'which no pod of the 2 machines beside it'],
  ['the machines to come of a pool beside others', vm('db') + pool(0) + service('app: web'), []],
  ['a pool that has no machine yet by another label', vm('db') + pool(0) + service('app: x'), [NONE]],
  ['the labels of a replica set', replicaSet('app: web') + service('app: web'), []],
  ['the labels of the set itself', replicaSet('app: web') + service('tier: front'), [NONE]],
  [
    'an instance that stands alone',
    `apiVersion: kubevirt.io/v1\nkind: VirtualMachineInstance\nmetadata: { name: web, namespace: lab, labels: { app: web } }\nspec: { domain: { memory: { guest: 1Gi } } }\n---${service('app: web')}`,
    [],
  ],
  [
    'the target of a clone',
    `${vm('web', { labels: 'app: web' })}\napiVersion: clone.kubevirt.io/v1beta1\nkind: VirtualMachineClone\nmetadata: { name: c, namespace: lab }\nspec: { source: { apiGroup: kubevirt.io, kind: VirtualMachine, name: web }, target: { apiGroup: kubevirt.io, kind: VirtualMachine, name: copy } }\n---${service('vm.kubevirt.io/name: copy')}`,
    [],
  ],
  [
    'a headless Service for a subdomain',
    vm('web', { labels: 'net: my', spec: 'subdomain: my' }) +
      service('net: my', 'clusterIP: None, ports: [{ port: 1234 }]'),
    [],
  ],
  [
    'a headless Service that finds no pod',
    vm('web', { labels: 'net: my' }) + service('net: mine', 'clusterIP: None'),
    [NONE],
  ],
  // What is let in.
  [
    'a port that the masquerade lets in',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 22 }') }) + service('app: web'),
    [],
  ],
  [
    'a port that it does not let in',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }, { port: 443 }') }) + service('app: web'),
    [port()],
    "'port' must be a port that the interface 'default' lets in (80/TCP, 443/TCP) to the guest of VirtualMachine lab/web, got 22/TCP; what is sent to it never gets there; add '{ port: 22 }'",
  ],
  [
    'the port of the guest, not of the Service',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }') }) +
      service('app: web', 'ports: [{ port: 8080, targetPort: 80 }]'),
    [],
  ],
  [
    'the port of the Service, not of the guest',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }') }) +
      service('app: web', 'ports: [{ port: 80, targetPort: 8080 }]'),
    [port('ports[0].targetPort')],
  ],
  [
    'another protocol',
    vm('dns', { labels: 'app: web', interfaces: only('{ port: 53 }') }) +
      service('app: web', 'ports: [{ port: 53, protocol: UDP }]'),
    [port()],
    "'{ port: 53, protocol: UDP }'",
  ],
  [
    'the second of two ports',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }') }) +
      service('app: web', 'ports: [{ name: a, port: 80 }, { name: b, port: 443 }]'),
    [port('ports[1].port')],
  ],
  [
    'a port within a range',
    vm('web', {
      labels: 'app: web',
      interfaces: '{ name: default, masquerade: {}, portRanges: [{ start: 8000, end: 8100, protocol: TCP }] }',
    }) + service('app: web', 'ports: [{ port: 8080 }]'),
    [],
  ],
  [
    'a port beside a range',
    vm('web', {
      labels: 'app: web',
      interfaces: '{ name: default, masquerade: {}, portRanges: [{ start: 8000, end: 8100, protocol: TCP }] }',
    }) + service('app: web', 'ports: [{ port: 9090 }]'),
    [port()],
  ],
  [
    'any port of a bridge',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }', 'bridge: {}') }) + service('app: web'),
    [],
  ],
  [
    'a port that passt does not let in',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }', 'passtBinding: {}') }) + service('app: web'),
    [port()],
  ],
  [
    'a port that the plugin passt does not let in',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }', 'binding: { name: passt }') }) +
      service('app: web'),
    [port()],
  ],
  [
    'a port of another plugin',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }', 'binding: { name: mine }') }) +
      service('app: web'),
    [],
  ],
  [
    'a name that an interface gives',
    vm('web', { labels: 'app: web', interfaces: only('{ name: http, port: 80 }') }) +
      service('app: web', 'ports: [{ port: 80, targetPort: http }]'),
    [],
  ],
  [
    'a name that no interface gives',
    vm('web', { labels: 'app: web' }) + service('app: web', 'ports: [{ port: 80, targetPort: http }]'),
    [port('ports[0].targetPort')],
    'the Service has no endpoint for it; write the number',
  ],
  [
    'a headless Service with a port that is not let in',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }') }) +
      service('app: web', 'clusterIP: None, ports: [{ port: 1234 }]'),
    [],
  ],
  [
    'a guest that is on other networks alone',
    vm('web', {
      labels: 'app: web',
      interfaces: '{ name: lan, bridge: {} }',
      networks: '{ name: lan, multus: { networkName: lab/lan } }',
    }) + service('app: web'),
    ['service-port-open Service ssh spec.selector'],
    'nobody answers at the address of its pod',
  ],
  [
    'a guest whose default network is of Multus',
    vm('web', {
      labels: 'app: web',
      interfaces: '{ name: lan, bridge: {} }',
      networks: '{ name: lan, multus: { networkName: lab/lan, default: true } }',
    }) + service('app: web'),
    [],
  ],
  [
    'a guest on both networks',
    vm('web', {
      labels: 'app: web',
      interfaces: '{ name: default, masquerade: {} }, { name: lan, bridge: {} }',
      networks: '{ name: default, pod: {} }, { name: lan, multus: { networkName: lab/lan } }',
    }) + service('app: web'),
    [],
  ],
  [
    'a Service of another proxy',
    vm('web', {
      labels: 'app: web',
      interfaces: '{ name: lan, bridge: {} }',
      networks: '{ name: lan, multus: { networkName: lab/lan } }',
    }) + service('app: web', undefined, ', labels: { service.kubernetes.io/service-proxy-name: multus-proxy }'),
    [],
  ],
  [
    'one of two machines that does not let it in',
    vm('a', { labels: 'app: web' }) +
      vm('b', { labels: 'app: web', interfaces: only('{ port: 80 }') }) +
      service('app: web'),
    [port()],
    'VirtualMachine lab/b',
  ],
  [
    'no selector, and has its endpoints from somebody else',
    vm('web', { interfaces: only('{ port: 80 }') }) + service('').replace('selector: {  }', 'selector: {}'),
    [],
  ],
  [
    'a Deployment with the same labels',
    vm('web', { labels: 'app: web', interfaces: only('{ port: 80 }') }) + deployment('app: web') + service('app: web'),
    [],
  ],
];

describe('a Service that leads to', () => {
  test.each(eachOf(CASES))('%s', (_title, text, expected, part) => {
    expect(said(text, RULES)).toEqual(expected);
    expect(messages(text, RULES)).toContain(part);
  });
});
