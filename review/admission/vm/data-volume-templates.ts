import { childIn, has, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { must, show } from '../shared/wording';
import { cite, entryRule, Machine, machineRule } from './machine';

const FILE = 'pkg/storage/admitters/data-volume-template.go';
/** The webhook's name for the list lacks its last letter, and it names the keys of the Go type. */
const TEMPLATES = 'spec.dataVolumeTemplate';

/**
 * What KubeVirt itself asks of a template; everything else is CDI's, at the time when the DataVolume is made.
 * Of one template the webhook names the first fault only.
 */
export const DATA_VOLUME_TEMPLATE_RULES: readonly Rule[] = [
  machineRule(
    'data-volume-template-namespace',
    cite(FILE, 'validateVirtualMachineDataVolumeTemplateNamespace'),
    ({ volumeTemplates }, note, { raw, old }) => {
      if (old !== undefined && sameTemplates(raw, old)) return;
      const own = textIn(childIn(raw, 'metadata'), 'namespace');
      volumeTemplates.forEach((template, index) => {
        const namespace = textIn(childIn(template, 'metadata'), 'namespace');
        // Without a namespace in the manifest it is the client that decides.
        if (namespace === '' || own === '' || namespace === own) return;
        const message = must('namespace', `be the machine's own (${show(own)})`, namespace);
        note(`spec.dataVolumeTemplates[${index}]`, message, 'leave it out');
      });
    },
  ),
  template('data-volume-template-name', 'validateDataVolume', 'name', (entry, path, note) => {
    note(`${path}.name`, must('metadata.name', 'be given', valueAt(entry, 'metadata', 'name')));
  }),
  template('data-volume-template-storage-given', 'validateDataVolume', 'no-storage', (_entry, path, note) => {
    note(`${path}.PVC.Storage`, must('storage', "be given, or 'pvc'", undefined), "write 'storage' with the size");
  }),
  template('data-volume-template-storage-single', 'validateDataVolume', 'two-storages', (_entry, path, note) => {
    note(`${path}.PVC.Storage`, "'storage' must stand alone, without 'pvc', got both", "remove 'pvc'");
  }),
  template('data-volume-template-populator-exclusive', 'validateDataVolume', 'two-origins', (_entry, path, note) => {
    const message = "'dataSource' and 'dataSourceRef' must stand alone, without 'source' and 'sourceRef', got both";
    note(`${path}.source`, message, 'remove one of them');
  }),
  template('data-volume-template-source-given', 'validateDataVolume', 'no-origin', (_entry, path, note) => {
    const message = must('source', "be given, or 'sourceRef', or the storage's 'dataSourceRef'", undefined);
    note(`${path}.source.sourceRef`, message, "write 'source: {blank: {}}' for an empty disk");
  }),
  template('data-volume-template-source-kind', 'validateNumberOfSources', 'no-source', (_entry, path, note) => {
    note(`${path}.source`, must('source', 'name where the data comes from', {}));
  }),
  template('data-volume-template-source-single', 'validateNumberOfSources', 'two-sources', (entry, path, note) => {
    note(`${path}.source`, `'source' must have one kind, got ${show(sourceKinds(entry))}`);
  }),
  template('data-volume-template-used', 'ValidateDataVolumeTemplate', 'unused', (entry, path, note) => {
    const message = must('metadata.name', 'be named by a volume', textIn(childIn(entry, 'metadata'), 'name'));
    note(path, message, "add a volume with 'dataVolume: {name: …}', or make it a DataVolume of its own");
  }),
];

type Fault =
  | 'name'
  | 'no-storage'
  | 'two-storages'
  | 'two-origins'
  | 'no-origin'
  | 'no-source'
  | 'two-sources'
  | 'unused'
  | undefined;

function template(id: string, name: string, fault: Fault, say: (entry: Json, path: string, note: Note) => void): Rule {
  return entryRule('volumeTemplates', id, cite(FILE, name), (entry, index, note, machine) => {
    if (faultOf(entry, machine) === fault) say(entry, `${TEMPLATES}[${index}]`, note);
  });
}

/** The first fault of a template, in the order of the webhook. */
function faultOf(entry: Json, { volumes }: Machine): Fault {
  const name = textIn(childIn(entry, 'metadata'), 'name');
  if (name === '') return 'name';
  const spec = childIn(entry, 'spec');
  // Which is the schema's to refuse.
  if (spec === undefined) return undefined;
  const [pvc, storage] = [childIn(spec, 'pvc'), childIn(spec, 'storage')];
  if (pvc === undefined && storage === undefined) return 'no-storage';
  if (pvc !== undefined && storage !== undefined) return 'two-storages';
  const claim = pvc ?? storage;
  const populated = has(claim, 'dataSource') || has(claim, 'dataSourceRef');
  const sourced = has(spec, 'source') || has(spec, 'sourceRef');
  if (populated && sourced) return 'two-origins';
  if (!populated && !sourced) return 'no-origin';
  if (has(spec, 'source')) {
    const kinds = sourceKinds(entry).length;
    if (kinds !== 1) return kinds === 0 ? 'no-source' : 'two-sources';
  }
  const used = volumes.some(
    (volume) =>
      textIn(childIn(volume, 'dataVolume'), 'name') === name ||
      textIn(childIn(volume, 'persistentVolumeClaim'), 'claimName') === name,
  );
  return used ? undefined : 'unused';
}

function sourceKinds(entry: Json): readonly string[] {
  const source = childIn(childIn(entry, 'spec'), 'source') ?? {};
  return Object.keys(source).filter((kind) => has(source, kind));
}

function sameTemplates(raw: Json, old: Json): boolean {
  const [now, then] = [raw, old].map((vm) => valueAt(vm, 'spec', 'dataVolumeTemplates') ?? []);
  return semanticEqual(now, then);
}
