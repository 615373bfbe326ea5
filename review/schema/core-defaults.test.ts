import { Json } from '../rule';
import { SchemaCheck } from '.';

const check = new SchemaCheck([{ kubevirt: 'v1.9.0', cdi: 'v1.66.0' }]);

const faults = (apiVersion: string, kind: string, rest: Json): string[] =>
  check
    .check({ apiVersion, kind, metadata: { name: 'a', namespace: 'there' }, ...rest })
    .faults.map(({ rule, field }) => `${rule} ${field}`);

const pod = (spec: Json): Json => ({ spec: { containers: [{ name: 'a', image: 'b' }], ...spec } });
const job = (policy: Json): Json => ({
  spec: { template: pod({ restartPolicy: 'Never' }), podFailurePolicy: policy },
});

describe('an object of Kubernetes itself', () => {
  test.each<[string, string, Json]>([
    ['rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { kind: 'Role', name: 'r' } }],
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { roleRef: { kind: 'ClusterRole', name: 'r' } }],
    ['networking.k8s.io/v1', 'NetworkPolicy', { spec: { policyTypes: ['Ingress'] } }],
    ['scheduling.k8s.io/v1', 'PriorityClass', { globalDefault: false }],
    ['storage.k8s.io/v1', 'CSIDriver', {}],
    ['storage.k8s.io/v1', 'CSIDriver', { spec: { tokenRequests: [{ expirationSeconds: 3600 }] } }],
    ['batch/v1', 'Job', job({})],
    ['batch/v1', 'Job', job({ rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] })],
    ['v1', 'LimitRange', { spec: {} }],
    [
      'v1',
      'Pod',
      pod({ volumes: [{ name: 'v', iscsi: { iqn: 'iqn.2001-04.com.example:a', targetPortal: '10.0.0.1' } }] }),
    ],
    ['v1', 'PersistentVolume', { spec: { iscsi: { iqn: 'iqn.2001-04.com.example:a', targetPortal: '10.0.0.1' } } }],
    [
      'v1',
      'Pod',
      pod({ affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } } }),
    ],
    [
      'v1',
      'Pod',
      {
        spec: {
          containers: [{ name: 'a', livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'Host' }] } } }],
        },
      },
    ],
  ])('%s %s may leave out what the API server fills in: %j', (apiVersion, kind, rest) => {
    expect(faults(apiVersion, kind, rest)).toEqual([]);
  });

  test.each<[string, string, Json, string]>([
    ['rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { kind: 'Role' } }, 'roleRef.name'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding', {}, 'roleRef'],
    ['v1', 'Service', { spec: { ports: [{ name: 'ssh' }] } }, 'spec.ports[0].port'],
    ['batch/v1', 'Job', job({ rules: [{}] }), 'spec.podFailurePolicy.rules[0].action'],
    ['storage.k8s.io/v1', 'StorageClass', {}, 'provisioner'],
  ])('fails when %s %s leaves out what its validation asks for: %j', (apiVersion, kind, rest, field) => {
    expect(faults(apiVersion, kind, rest)).toEqual([`schema-required ${field}`]);
  });
});
