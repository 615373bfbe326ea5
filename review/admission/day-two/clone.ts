import { objectAt, textAt, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { whileGateIsOn } from '../shared/gate-rule';
import { topic } from '../shared/topic';
import { alternatives, must } from '../shared/wording';

const FILE = 'KubeVirt, pkg/virt-api/webhooks/validating-webhook/admitters/vmclone-admitter.go';
const SOURCE_KINDS = ['VirtualMachine', 'VirtualMachineSnapshot'];

/** Lists of filters, and what the webhook's answers call them. */
const FILTERS: readonly (readonly [path: readonly string[], field: string])[] = [
  [['annotationFilters'], 'spec.annotations'],
  [['labelFilters'], 'spec.labels'],
  [['template', 'annotationFilters'], 'spec.template.annotations'],
  [['template', 'labelFilters'], 'spec.template.labels'],
];

/** net.ParseMAC: 6, 8 or 20 octets with colons or dashes, or as many in pairs with dots. */
const MAC = /^(?:[\da-f]{2}(?:([:-])[\da-f]{2}(?:\1[\da-f]{2}){4}(?:(?:\1[\da-f]{2}){2}|(?:\1[\da-f]{2}){14})?))$/i;
const DOTTED_MAC = /^[\da-f]{4}(?:\.[\da-f]{4}){2}(?:(?:\.[\da-f]{4})|(?:\.[\da-f]{4}){7})?$/i;

/** Rules for VirtualMachineClones: all but the gate are asked on updates too. */
export const CLONE_RULES: readonly Rule[] = topic({ kinds: ['VirtualMachineClone'] }, [
  {
    id: 'clone-gate',
    sentence: 'A clone is made while the feature gate of snapshots is on.',
    source: `${FILE}:Admit`,
    check: whileGateIsOn('VirtualMachineClone', 'Snapshot'),
  },
  {
    id: 'clone-source-kind',
    sentence: 'The source of a clone is a VirtualMachine or a snapshot of one.',
    source: `${FILE}:validateSourceAndTargetKind`,
    check: ofSpec((spec, note) => {
      const kind = valueAt(spec, 'source', 'kind');
      if (kind === undefined || SOURCE_KINDS.includes(kind as string)) return;
      note('spec.source.kind', must('kind', `be ${alternatives(SOURCE_KINDS)}`, kind), undefined, 'spec.Source.Kind');
    }),
  },
  {
    id: 'clone-target-kind',
    sentence: 'The target of a clone is a VirtualMachine.',
    source: `${FILE}:validateSourceAndTargetKind`,
    check: ofSpec((spec, note) => {
      const kind = valueAt(spec, 'target', 'kind');
      if (kind === undefined || kind === 'VirtualMachine') return;
      note('spec.target.kind', must('kind', `be 'VirtualMachine'`, kind), undefined, 'spec.Target.Kind');
    }),
  },
  {
    id: 'clone-source-complete',
    sentence: 'The source of a clone has an API group, a kind and a name.',
    source: `${FILE}:validateSource`,
    check: ofSpec((spec, note) => {
      const source = objectAt(spec, 'source');
      if (source === undefined) return;
      if (textAt(source, 'apiGroup') === '') {
        const message = must('apiGroup', 'be given', source.apiGroup);
        note('spec.source.apiGroup', message, `for a VirtualMachine: 'kubevirt.io'`, 'spec.Source.APIGroup');
      }
      if (source.kind === '') note('spec.source.kind', must('kind', 'not be empty', ''), undefined, 'spec.Source');
      if (source.name === '') note('spec.source.name', must('name', 'not be empty', ''), undefined, 'spec.Source.Name');
    }),
  },
  {
    id: 'clone-target-other',
    sentence: 'A clone of a machine has another name than its source.',
    source: `${FILE}:validateTarget`,
    check: ofSpec((spec, note) => {
      const [source, target] = [objectAt(spec, 'source'), objectAt(spec, 'target')];
      if (source?.kind !== 'VirtualMachine' || target?.kind !== 'VirtualMachine') return;
      // The mutating webhook names a target without a name.
      if (textAt(target, 'name') === '' || target.name !== source.name) return;
      note('spec.target.name', must('name', 'be another than that of the source', target.name));
    }),
  },
  {
    id: 'clone-mac-address',
    sentence: 'The new MAC addresses of a clone are MAC addresses.',
    source: `${FILE}:validateNewMacAddresses`,
    check: ofSpec((spec, note) => {
      for (const [name, mac] of Object.entries(objectAt(spec, 'newMacAddresses') ?? {})) {
        if (typeof mac !== 'string' || mac === '' || MAC.test(mac) || DOTTED_MAC.test(mac)) continue;
        note(`spec.newMacAddresses.${name}`, must(name, 'be a MAC address', mac));
      }
    }),
  },
  {
    id: 'clone-patch-json',
    since: 'v1.6.2',
    sentence: 'A patch of a clone is JSON.',
    source: `${FILE}:validatePatches`,
    check: ofSpec((spec, note) => {
      for (const [index, patch] of textsOf(spec.patches).entries()) {
        if (!isJson(patch)) note(`spec.patches[${index}]`, must('patches', 'be JSON', patch));
      }
    }),
  },
  {
    id: 'clone-filter',
    sentence: "A filter of labels or annotations has '!' at the start and '*' at the end only.",
    source: `${FILE}:validateFilters`,
    check: ofSpec((spec, note) => {
      eachFilter(
        spec,
        (filter, key, say) => {
          if (filter === '!') say(must(key, `have a name behind '!'`, filter));
          if (filter.length < 2) return;
          if (filter.slice(1).includes('!')) say(must(key, `have '!' at the start only`, filter));
          if (filter.slice(0, -1).includes('*')) say(must(key, `have '*' at the end only`, filter));
        },
        note,
      );
    }),
  },
  {
    id: 'clone-filter-empty',
    sentence: 'A filter of labels or annotations is not empty.',
    source: `${FILE}:validateFilters (the webhook panics, and its request fails)`,
    check: ofSpec((spec, note) => {
      eachFilter(
        spec,
        (filter, key, say) => {
          if (filter === '') say(must(key, 'not be empty', ''));
        },
        note,
      );
    }),
  },
]);

function ofSpec(check: (spec: Json, note: Note) => void): Rule['check'] {
  return ({ object }, note) => check(objectAt(object, 'spec') ?? {}, note);
}

/** Calls back with each filter, the key of its list, and how to note a fault of it. */
function eachFilter(
  spec: Json,
  visit: (filter: string, key: string, say: (message: string) => void) => void,
  note: Note,
): void {
  for (const [path, serverField] of FILTERS) {
    for (const [index, filter] of textsOf(valueAt(spec, ...path)).entries()) {
      const field = `spec.${path.join('.')}[${index}]`;
      visit(filter, path.at(-1) ?? '', (message) => note(field, message, undefined, serverField));
    }
  }
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map((item) => (typeof item === 'string' ? item : 'null')) : [];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
