import { diff } from '..';
import { Json } from '../../rule';

function service(ports: readonly Json[]): Json {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports },
  };
}

const said = (old: Json, next: Json): string[] =>
  diff([old], [next]).changes.map(({ consequence, field, message, reason, remedy = '' }) =>
    [consequence, field, message, reason, remedy].join(' | '),
  );

test('of several ports of a Service each must have a name', () => {
  const named = { name: 'http', port: 80 };
  const refused = 'refused | spec.ports[1].name | a port without a name | of several ports each must have a name | ';
  const found = said(service([named]), service([named, { port: 443 }]));
  expect(found.some((one) => one.startsWith(refused.trimEnd().slice(0, -2)))).toBe(true);
  expect(said(service([named]), service([named, { name: 'https', port: 443 }])).join()).not.toContain('refused');
  expect(said(service([named]), service([{ port: 443 }])).join()).not.toContain('refused');
});

test('ports without a name are a fault of a Service alone', () => {
  const policy = (ports: readonly Json[]): Json => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { podSelector: {}, ports },
  });
  const found = said(policy([{ port: 80 }]), policy([{ port: 80 }, { port: 443 }]));
  expect(found.join()).not.toContain('a port without a name');
});

test('a binding keeps its role', () => {
  const binding = (name: string): Json => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'web', namespace: 'shop' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [],
  });
  expect(said(binding('a'), binding('b'))).toEqual([
    expect.stringMatching(/^refused \| roleRef.* \| roleRef\.name a → b \|/),
  ]);
});

test('a claim keeps its class, and says how to come to another one', () => {
  const claim = (storageClassName?: string): Json => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'boot', namespace: 'shop' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      ...(storageClassName === undefined ? {} : { storageClassName }),
    },
  });
  const way = 'make a claim of another name in the new class, and move the data (updateVolumesStrategy: Migration)';
  expect(said(claim('a'), claim('b'))).toEqual([
    `refused | spec.storageClassName | storageClassName a → b | a claim keeps its class | ${way}`,
  ]);
});
