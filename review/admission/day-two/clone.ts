import { Severity } from '../../finding';
import { objectAt, textAt, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { gateRule } from '../shared/gate-rule';
import { alternatives, must } from '../shared/wording';

const FILE = 'KubeVirt v1.6.2, pkg/virt-api/webhooks/validating-webhook/admitters/vmclone-admitter.go';
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
export const CLONE_RULES: readonly Rule[] = [
  gateRule('clone-gate', 'VirtualMachineClone', 'Snapshot', `${FILE}:Admit`),
  rule('clone-source-kind', 'validateSourceAndTargetKind', (spec, note) => {
    const kind = valueAt(spec, 'source', 'kind');
    if (kind === undefined || SOURCE_KINDS.includes(kind as string)) return;
    note('spec.Source.Kind', must('kind', `be ${alternatives(SOURCE_KINDS)}`, kind));
  }),
  rule('clone-target-kind', 'validateSourceAndTargetKind', (spec, note) => {
    const kind = valueAt(spec, 'target', 'kind');
    if (kind === undefined || kind === 'VirtualMachine') return;
    note('spec.Target.Kind', must('kind', `be 'VirtualMachine'`, kind));
  }),
  rule('clone-source-complete', 'validateSource', (spec, note) => {
    const source = objectAt(spec, 'source');
    if (source === undefined) return;
    if (textAt(source, 'apiGroup') === '') {
      note(
        'spec.Source.APIGroup',
        must('apiGroup', 'be given', source.apiGroup),
        `for a VirtualMachine: 'kubevirt.io'`,
      );
    }
    if (source.kind === '') note('spec.Source', must('kind', 'not be empty', ''));
    if (source.name === '') note('spec.Source.Name', must('name', 'not be empty', ''));
  }),
  rule('clone-target-other', 'validateTarget', (spec, note) => {
    const [source, target] = [objectAt(spec, 'source'), objectAt(spec, 'target')];
    if (source?.kind !== 'VirtualMachine' || target?.kind !== 'VirtualMachine') return;
    // The mutating webhook names a target without a name.
    if (textAt(target, 'name') === '' || target.name !== source.name) return;
    note('spec.target.name', must('name', 'be another than that of the source', target.name));
  }),
  rule('clone-mac-address', 'validateNewMacAddresses', (spec, note) => {
    for (const [name, mac] of Object.entries(objectAt(spec, 'newMacAddresses') ?? {})) {
      if (typeof mac !== 'string' || mac === '' || MAC.test(mac) || DOTTED_MAC.test(mac)) continue;
      note(`spec.newMacAddresses.${name}`, must(name, 'be a MAC address', mac));
    }
  }),
  rule('clone-patch-json', 'validatePatches', (spec, note) => {
    for (const [index, patch] of textsOf(spec.patches).entries()) {
      if (!isJson(patch)) note(`spec.patches[${index}]`, must('patches', 'be JSON', patch));
    }
  }),
  rule('clone-filter', 'validateFilters', (spec, note) => {
    for (const [path, field] of FILTERS) {
      const key = path.at(-1) ?? '';
      for (const filter of textsOf(valueAt(spec, ...path))) {
        if (filter === '!') note(field, must(key, `have a name behind '!'`, filter));
        if (filter.length < 2) continue;
        if (filter.slice(1).includes('!')) note(field, must(key, `have '!' at the start only`, filter));
        if (filter.slice(0, -1).includes('*')) note(field, must(key, `have '*' at the end only`, filter));
      }
    }
  }),
  rule('clone-filter-empty', 'validateFilters (the webhook panics, and its request fails)', (spec, note) => {
    for (const [path, field] of FILTERS) {
      if (textsOf(valueAt(spec, ...path)).includes('')) note(field, must(path.at(-1) ?? '', 'not be empty', ''));
    }
  }),
];

function rule(id: string, source: string, check: (spec: Json, note: Note) => void): Rule {
  return {
    id,
    source: `${FILE}:${source}`,
    severity: Severity.ERROR,
    check: ({ object }, note) => check(objectAt(object, 'spec') ?? {}, note),
  };
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
