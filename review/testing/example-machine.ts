import { Json } from '../rule';

/**
 * A machine with one disk, changed.
 *
 * @param changes Assignments, each a path and its value, `undefined` removes. `T` stands for spec.template.spec, `D` for the
 *   devices in it.
 */
export function machineWith(changes: Json): Json {
  const vm = {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: 'vm1', namespace: 'default' },
    spec: {
      runStrategy: 'Halted',
      template: {
        metadata: { labels: { a: 'b' } },
        spec: {
          domain: { devices: { disks: [{ name: 'root', disk: { bus: 'virtio' } }] }, memory: { guest: '2Gi' } },
          volumes: [{ name: 'root', persistentVolumeClaim: { claimName: 'p' } }],
        },
      },
    },
  };
  for (const [path, value] of Object.entries(changes)) assign(vm, path.split('.'), value);
  return vm;
}

const SHORT: Readonly<Record<string, readonly string[]>> = {
  T: ['spec', 'template', 'spec'],
  D: ['spec', 'template', 'spec', 'domain', 'devices'],
};

function assign(vm: object, [first = '', ...rest]: readonly string[], value: unknown): void {
  const path = [...(SHORT[first] ?? [first]), ...rest];
  const last = path.pop() ?? '';
  const parent = path.reduce((at, key) => (at[key] ??= {}) as Record<string, unknown>, vm as Record<string, unknown>);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}
