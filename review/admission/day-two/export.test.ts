import { Json } from '../../rule';
import { Example, notes, testRules } from '../../testing/rule-tester';
import { EXPORT_RULES } from './export';

const vm = { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm' };
const object = (source: Json = vm, more: Json = {}): Json => ({ spec: { source, ...more } });

const rows: Example[] = [
  {
    rule: 'export-gate',
    accepts: object(),
    refuses: object(),
    acceptedOn: { featureGates: ['VMExport'] },
    field: 'kind',
    says: `feature gate 'VMExport'`,
  },
  {
    rule: 'export-source-kind',
    accepts: object(),
    refuses: object({ ...vm, kind: 'VirtualMachineInstance' }),
    field: 'spec.source.kind',
    says: 'got "VirtualMachineInstance"',
  },
  {
    rule: 'export-source-kind',
    release: 'v1.8.4',
    accepts: object({ apiGroup: 'backup.kubevirt.io', kind: 'VirtualMachineBackup', name: 'b' }),
    refuses: object({ apiGroup: 'template.kubevirt.io', kind: 'VirtualMachineTemplate', name: 't' }),
    field: 'spec.source.kind',
    says: 'got "VirtualMachineTemplate"',
  },
  {
    rule: 'export-source-template-gate',
    release: 'v1.9.0',
    accepts: object({ apiGroup: 'template.kubevirt.io', kind: 'VirtualMachineTemplate', name: 't' }),
    acceptedOn: { featureGates: ['OCIExport'] },
    refuses: object({ apiGroup: 'template.kubevirt.io', kind: 'VirtualMachineTemplate', name: 't' }),
    field: 'spec.source.kind',
    says: "feature gate 'OCIExport'",
  },
  {
    rule: 'export-source-api-group',
    accepts: object({ kind: 'PersistentVolumeClaim', name: 'v' }),
    refuses: object({ apiGroup: 'v1', kind: 'PersistentVolumeClaim', name: 'v' }),
    field: 'spec.source.apiGroup',
    serverField: 'spec.source.APIGroup',
    says: 'be empty for a PersistentVolumeClaim, got "v1"',
  },
  {
    rule: 'export-source-api-group',
    accepts: object({ apiGroup: 'snapshot.kubevirt.io', kind: 'VirtualMachineSnapshot', name: 'v' }),
    refuses: object({ kind: 'VirtualMachine', name: 'v' }),
    field: 'spec.source.apiGroup',
    serverField: 'spec.source.APIGroup',
    says: `'kubevirt.io' for a VirtualMachine, got nothing`,
  },
  {
    rule: 'export-source-name',
    accepts: object(),
    refuses: object({ ...vm, name: '' }),
    field: 'spec.source.name',
    says: 'not be empty',
  },
  {
    rule: 'export-ttl',
    accepts: object(vm, { ttlDuration: '2h' }),
    refuses: object(vm, { ttlDuration: '2d' }),
    field: 'spec.ttlDuration',
    says: 'got "2d"',
  },
  {
    rule: 'export-spec-immutable',
    accepts: object(),
    refuses: object({ ...vm, name: 'z' }),
    old: object(),
    field: 'spec',
    says: 'of a VirtualMachineExport must stay',
  },
];

describe('VirtualMachineExport', () => testRules(EXPORT_RULES, rows));

describe('VirtualMachineExport that is updated', () => {
  test.each([
    ['export-source-kind', object({ ...vm, kind: 'VirtualMachineInstance' }), 'v1.6.2'],
    ['export-source-template-gate', object({ kind: 'VirtualMachineTemplate', name: 't' }), 'v1.9.0'],
    ['export-source-api-group', object({ kind: 'VirtualMachine', name: 'v' }), 'v1.6.2'],
    ['export-source-name', object({ ...vm, name: '' }), 'v1.6.2'],
  ])('is not asked by %s', (rule, written, release) => {
    const cluster = { release, featureGates: ['VMExport'] };
    expect(notes(EXPORT_RULES, rule, written, undefined, cluster)).not.toEqual([]);
    expect(notes(EXPORT_RULES, rule, written, written, cluster)).toEqual([]);
  });

  test.each(['export-source-kind', 'export-source-api-group', 'export-source-name'])(
    'leaves a source without a kind to the schema: %s',
    (rule) => expect(notes(EXPORT_RULES, rule, object({ name: '' }))).toEqual([]),
  );
});
