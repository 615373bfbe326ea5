import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { WEBHOOK_ENUM_RULES } from './webhook-enums';

const T = 'spec.template.spec';

function storage(change: object): Json {
  return {
    'T.volumes.0': { name: 'root', dataVolume: { name: 'dv' } },
    'spec.dataVolumeTemplates': [{ metadata: { name: 'dv' }, spec: { source: { blank: {} }, storage: change } }],
  };
}

function populated(dataSourceRef: object): Json {
  return {
    'T.volumes.0': { name: 'root', dataVolume: { name: 'dv' } },
    'spec.dataVolumeTemplates': [{ metadata: { name: 'dv' }, spec: { storage: { dataSourceRef } } }],
  };
}

function nodeAffinity(affinity: object): Json {
  return { 'T.affinity': { nodeAffinity: affinity } };
}

const spread = { maxSkew: 1, topologyKey: 'z', whenUnsatisfiable: 'DoNotSchedule' };

describe('WEBHOOK_ENUM_RULES', () => {
  testRules(WEBHOOK_ENUM_RULES, [
    {
      rule: 'data-volume-template-access-mode-known',
      accepts: storage({ accessModes: ['ReadWriteMany'] }),
      refuses: storage({ accessModes: ['ReadWriteMany', 'RWO'] }),
      field: 'spec.dataVolumeTemplates[0].spec.storage.accessModes[1]',
      says: "'accessModes' must be",
    },
    {
      rule: 'data-volume-template-volume-mode-known',
      accepts: storage({ volumeMode: 'Block' }),
      refuses: storage({ volumeMode: 'block' }),
      field: 'spec.dataVolumeTemplates[0].spec.storage.volumeMode',
      says: 'got "block"',
    },
    {
      rule: 'container-disk-pull-policy-known',
      accepts: { 'T.volumes.1': { name: 'c', containerDisk: { image: 'x', imagePullPolicy: '' } } },
      refuses: { 'T.volumes.1': { name: 'c', containerDisk: { image: 'x', imagePullPolicy: 'always' } } },
      field: `${T}.volumes[1].containerDisk.imagePullPolicy`,
      says: 'got "always"',
    },
    {
      rule: 'kernel-boot-pull-policy-known',
      accepts: { 'T.domain.firmware.kernelBoot.container': { image: 'x', kernelPath: '/k', imagePullPolicy: 'Never' } },
      refuses: { 'T.domain.firmware.kernelBoot.container': { image: 'x', kernelPath: '/k', imagePullPolicy: 'no' } },
      field: `${T}.domain.firmware.kernelBoot.container.imagePullPolicy`,
      says: 'got "no"',
    },
    ...['', 'default'].map((dnsPolicy) => ({
      rule: 'dns-policy-known',
      accepts: { 'T.dnsPolicy': 'Default' },
      refuses: { 'T.dnsPolicy': dnsPolicy },
      field: `${T}.dnsPolicy`,
      says: `got ${JSON.stringify(dnsPolicy)}`,
    })),
    {
      rule: 'toleration-effect-known',
      accepts: { 'T.tolerations': [{ operator: 'Exists' }] },
      refuses: { 'T.tolerations': [{ operator: 'Exists', effect: '' }] },
      field: `${T}.tolerations[0].effect`,
      says: 'got ""',
    },
    {
      rule: 'toleration-operator-known',
      accepts: { 'T.tolerations': [{ key: 'a' }] },
      refuses: { 'T.tolerations': [{ key: 'a', operator: 'In' }] },
      field: `${T}.tolerations[0].operator`,
      says: "'Equal' or 'Exists'",
    },
    {
      rule: 'probe-scheme-known',
      accepts: { 'T.readinessProbe': { httpGet: { port: 80, scheme: 'HTTP' } } },
      refuses: { 'T.readinessProbe': { httpGet: { port: 80, scheme: 'http' } } },
      field: `${T}.readinessProbe.httpGet.scheme`,
      says: 'got "http"',
    },
    {
      rule: 'topology-spread-node-policy-known',
      accepts: { 'T.topologySpreadConstraints': [{ ...spread, nodeTaintsPolicy: 'Honor' }] },
      refuses: { 'T.topologySpreadConstraints': [{ ...spread, nodeTaintsPolicy: 'x' }] },
      field: `${T}.topologySpreadConstraints[0].nodeTaintsPolicy`,
      says: "'Honor' or 'Ignore'",
    },
    {
      rule: 'topology-spread-when-unsatisfiable-known',
      accepts: { 'T.topologySpreadConstraints': [spread] },
      refuses: { 'T.topologySpreadConstraints': [{ ...spread, whenUnsatisfiable: 'Never' }] },
      field: `${T}.topologySpreadConstraints[0].whenUnsatisfiable`,
      says: 'got "Never"',
    },
    {
      rule: 'topology-spread-when-unsatisfiable-known',
      accepts: { 'T.topologySpreadConstraints': [{ ...spread, whenUnsatisfiable: 'ScheduleAnyway' }] },
      refuses: { 'T.topologySpreadConstraints': [{ maxSkew: 1, topologyKey: 'z' }] },
      field: `${T}.topologySpreadConstraints[0].whenUnsatisfiable`,
      says: 'got ""',
    },
    {
      rule: 'node-affinity-required-operator-known',
      accepts: nodeAffinity({
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
        },
      }),
      refuses: nodeAffinity({
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] }],
        },
      }),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator',
      serverField: `${T}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator`,
      says: 'got "in"',
    },
    {
      rule: 'node-affinity-preferred-operator-known',
      accepts: nodeAffinity({
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] } },
        ],
      }),
      refuses: nodeAffinity({
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchFields: [{ key: 'metadata.name', operator: '=', values: ['n'] }] } },
        ],
      }),
      field:
        'spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchFields[0].operator',
      serverField: `${T}.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchFields[0].operator`,
      says: 'got "="',
    },
    {
      rule: 'node-affinity-required-operator-known',
      accepts: nodeAffinity({
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['n'] }] }],
        },
      }),
      refuses: nodeAffinity({
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', values: ['n'] }] }],
        },
      }),
      field:
        'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].operator',
      serverField: `${T}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].operator`,
      says: 'got ""',
    },
    {
      rule: 'node-affinity-preferred-operator-known',
      accepts: nodeAffinity({
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
        ],
      }),
      refuses: nodeAffinity({
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchExpressions: [{ key: 'a' }] } },
        ],
      }),
      field:
        'spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].operator',
      serverField: `${T}.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].operator`,
      says: 'got ""',
    },
    {
      rule: 'data-volume-template-data-source-api-group',
      accepts: populated({ apiGroup: '', kind: 'PersistentVolumeClaim', name: 'x' }),
      refuses: populated({ kind: 'PersistentVolumeClaim', name: 'x' }),
      field: 'spec.dataVolumeTemplates[0].spec.storage.dataSourceRef.apiGroup',
      says: "'apiGroup' must be given",
    },
  ]);
});
