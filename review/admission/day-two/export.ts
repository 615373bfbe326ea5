import { gateIsOn } from '../../cluster/config';
import { isAtLeast } from '../../cluster/release-order';
import { objectAt, textAt, valueAt, valueFor, wordOf } from '../../manifests/json';
import { Rule, Subject } from '../../rule';
import { whileGateIsOn } from '../shared/gate-rule';
import { parseDuration } from '../shared/go-duration';
import { specStays } from '../shared/immutable-spec';
import { topic } from '../shared/topic';
import { alternatives, must, show, listGate, needsGate } from '../shared/wording';

const FILE = 'KubeVirt, pkg/storage/admitters/vmexport.go';

/** API group of each kind that can be exported; of a claim it is empty. */
const GROUPS: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: '',
  VirtualMachineSnapshot: 'snapshot.kubevirt.io',
  VirtualMachine: 'kubevirt.io',
};

/** A backup can be exported from this release on. */
const BACKUPS = 'v1.8.4';

/** A template can be exported from this release on, while two gates are on. */
const TEMPLATES = 'v1.9.0';

function groupsOf({ config }: Subject): Readonly<Record<string, string>> {
  const has = (least: string): boolean => isAtLeast(config.release ?? '', least);
  return {
    ...GROUPS,
    ...(has(BACKUPS) ? { VirtualMachineBackup: 'backup.kubevirt.io' } : {}),
    ...(has(TEMPLATES) ? { VirtualMachineTemplate: 'template.kubevirt.io' } : {}),
  };
}

/** Rules for VirtualMachineExports. */
export const EXPORT_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineExport'] }, [
  {
    id: 'export-gate',
    sentence: 'An export is made while its feature gate is on.',
    source: `${FILE}:Admit`,
    check: whileGateIsOn('VirtualMachineExport', 'VMExport'),
  },
  {
    id: 'export-source-kind',
    sentence: 'The source of an export is a claim, a snapshot, a machine, or a backup or a template of one.',
    source: `${FILE}:Admit`,
    check: (subject, note) => {
      const { object, old } = subject;
      const groups = groupsOf(subject);
      const kind = valueAt(object, 'spec', 'source', 'kind');
      if (old !== undefined || kind === undefined || valueFor(groups, wordOf(kind)) !== undefined) return;
      note('spec.source.kind', must('kind', `be ${alternatives(Object.keys(groups))}`, kind));
    },
  },
  {
    id: 'export-source-template-gate',
    since: TEMPLATES,
    sentence: 'A template is exported while its feature gates are on.',
    source: `${FILE}:Admit`,
    check: ({ object, old, config }, note) => {
      if (old !== undefined || valueAt(object, 'spec', 'source', 'kind') !== 'VirtualMachineTemplate') return;
      for (const gate of ['OCIExport', 'Template']) {
        if (!gateIsOn(config, gate))
          note('spec.source.kind', needsGate('VirtualMachineTemplate', gate), listGate(gate));
      }
    },
  },
  {
    id: 'export-source-api-group',
    sentence: "The API group of an export's source fits its kind.",
    source: `${FILE}:validatePVCApiGroup, validateVMSnapshotApiGroup, validateVMApiGroup`,
    check: (subject, note) => {
      const { object, old } = subject;
      const groups = groupsOf(subject);
      const source = objectAt(object, 'spec', 'source') ?? {};
      const group = valueFor(groups, textAt(source, 'kind'));
      if (old !== undefined || group === undefined || textAt(source, 'apiGroup') === group) return;
      const what = `be ${group === '' ? 'empty' : `'${group}'`} for a ${textAt(source, 'kind')}`;
      const message = `'apiGroup' must ${what}, got ${show(source.apiGroup)}`;
      note('spec.source.apiGroup', message, undefined, 'spec.source.APIGroup');
    },
  },
  {
    id: 'export-source-name',
    sentence: 'The source of an export has a name.',
    source: `${FILE}:validatePVCName, validateVMSnapshotName, validateVMName`,
    check: (subject, note) => {
      const { object, old } = subject;
      const groups = groupsOf(subject);
      const source = objectAt(object, 'spec', 'source') ?? {};
      if (old !== undefined || valueFor(groups, textAt(source, 'kind')) === undefined || source.name !== '') return;
      note('spec.source.name', must('name', 'not be empty', source.name));
    },
  },
  {
    id: 'export-ttl',
    sentence: 'The time to live of an export is a Go duration.',
    source: `${FILE}:Admit (metav1.Duration)`,
    check: ({ object }, note) => {
      const ttl = valueAt(object, 'spec', 'ttlDuration');
      if (ttl === undefined || parseDuration(ttl) !== undefined) return;
      note('spec.ttlDuration', must('ttlDuration', `be a duration such as '2h'`, ttl));
    },
  },
  {
    id: 'export-spec-immutable',
    sentence: 'The spec of an export stays what it was.',
    source: `${FILE}:Admit`,
    check: specStays({ kind: 'VirtualMachineExport', serverField: 'spec' }),
  },
]);
