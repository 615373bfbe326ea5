import { childIn, has, textIn, valueAt } from '../../manifests/json';
import { Json, Rule } from '../../rule';
import { MACHINE, MACHINES } from '../shared/holders';
import { semanticEqual } from '../shared/semantic-equal';
import { topic } from '../shared/topic';
import { must, show } from '../shared/wording';
import { cite, each, Machine, MachineCheck } from './machine';

const FILE = 'pkg/storage/admitters/data-volume-template.go';
const TEMPLATES = 'spec.dataVolumeTemplates';
/** The webhook's name for the list lacks its last letter, and it names the keys of the Go type. */
const SERVER_TEMPLATES = 'spec.dataVolumeTemplate';

/**
 * What KubeVirt itself asks of a template; everything else is CDI's, at the time when the DataVolume is made.
 * Of one template the webhook names the first fault only.
 */
export const DATA_VOLUME_TEMPLATE_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: MACHINES, about: ['dataVolumeTemplates'] },
  [
    {
      id: 'data-volume-template-namespace',
      kinds: [MACHINE],
      sentence: 'A dataVolumeTemplate is in the namespace of its machine.',
      source: cite(FILE, 'validateVirtualMachineDataVolumeTemplateNamespace'),
      check: ({ volumeTemplates, subject: { raw, old } }, note) => {
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
    },
    {
      id: 'data-volume-template-name',
      sentence: 'A dataVolumeTemplate has a name.',
      source: cite(FILE, 'validateDataVolume'),
      check: template('name', 'metadata.name', '.name', (entry) => [
        must('metadata.name', 'be given', valueAt(entry, 'metadata', 'name')),
      ]),
    },
    {
      id: 'data-volume-template-storage-given',
      sentence: 'A dataVolumeTemplate has storage or pvc.',
      source: cite(FILE, 'validateDataVolume'),
      check: template('no-storage', 'spec.storage', '.PVC.Storage', () => [
        must('storage', "be given, or 'pvc'", undefined),
        "write 'storage' with the size",
      ]),
    },
    {
      id: 'data-volume-template-storage-single',
      sentence: 'A dataVolumeTemplate has storage or pvc, not both.',
      source: cite(FILE, 'validateDataVolume'),
      check: template('two-storages', 'spec.pvc', '.PVC.Storage', () => [
        "'storage' must stand alone, without 'pvc', got both",
        "remove 'pvc'",
      ]),
    },
    {
      id: 'data-volume-template-populator-exclusive',
      sentence: 'A dataVolumeTemplate has a populator or a source, not both.',
      source: cite(FILE, 'validateDataVolume'),
      check: template('two-origins', 'spec', '.source', () => [
        "'dataSource' and 'dataSourceRef' must stand alone, without 'source' and 'sourceRef', got both",
        'remove one of them',
      ]),
    },
    {
      id: 'data-volume-template-source-given',
      sentence: 'A dataVolumeTemplate says what fills its disk.',
      source: cite(FILE, 'validateDataVolume'),
      check: template('no-origin', 'spec.source', '.source.sourceRef', () => [
        must('source', "be given, or 'sourceRef', or the storage's 'dataSourceRef'", undefined),
        "write 'source: {blank: {}}' for an empty disk",
      ]),
    },
    {
      id: 'data-volume-template-source-kind',
      sentence: 'The source of a dataVolumeTemplate has a kind.',
      source: cite(FILE, 'validateNumberOfSources'),
      check: template('no-source', 'spec.source', '.source', () => [
        must('source', 'name where the data comes from', {}),
      ]),
    },
    {
      id: 'data-volume-template-source-single',
      sentence: 'The source of a dataVolumeTemplate has one kind.',
      source: cite(FILE, 'validateNumberOfSources'),
      check: template('two-sources', 'spec.source', '.source', (entry) => [
        `'source' must have one kind, got ${show(sourceKinds(entry))}`,
      ]),
    },
    {
      id: 'data-volume-template-used',
      sentence: 'Every dataVolumeTemplate is named by a volume.',
      source: cite(FILE, 'ValidateDataVolumeTemplate'),
      check: template('unused', 'metadata.name', '', (entry) => [
        must('metadata.name', 'be named by a volume', textIn(childIn(entry, 'metadata'), 'name')),
        "add a volume with 'dataVolume: {name: …}', or make it a DataVolume of its own",
      ]),
    },
  ],
);

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

/** A fault of a template, in the field `key`, which the answer of the webhook calls `serverKey`. */
function template(
  fault: Fault,
  key: string,
  serverKey: string,
  say: (entry: Json) => readonly [message: string, remedy?: string],
): MachineCheck {
  return each('volumeTemplates', (entry, index, note, machine) => {
    if (faultOf(entry, machine) !== fault) return;
    const [message, remedy] = say(entry);
    note(`${TEMPLATES}[${index}].${key}`, message, remedy, `${SERVER_TEMPLATES}[${index}]${serverKey}`);
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
  return namedBy(volumes).has(name) ? undefined : 'unused';
}

/** The claims and DataVolumes that volumes name, read once for all templates of a machine. */
function namedBy(volumes: readonly Json[]): ReadonlySet<string> {
  const known = NAMED.get(volumes);
  if (known !== undefined) return known;
  const named = new Set(
    volumes.flatMap((volume) => [
      textIn(childIn(volume, 'dataVolume'), 'name'),
      textIn(childIn(volume, 'persistentVolumeClaim'), 'claimName'),
    ]),
  );
  NAMED.set(volumes, named);
  return named;
}

const NAMED = new WeakMap<readonly Json[], ReadonlySet<string>>();

function sourceKinds(entry: Json): readonly string[] {
  const source = childIn(childIn(entry, 'spec'), 'source') ?? {};
  return Object.keys(source).filter((kind) => has(source, kind));
}

function sameTemplates(raw: Json, old: Json): boolean {
  const [now, then] = [raw, old].map((vm) => valueAt(vm, 'spec', 'dataVolumeTemplates') ?? []);
  return semanticEqual(now, then);
}
