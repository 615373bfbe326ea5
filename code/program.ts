import { ApiObject, App, Chart } from 'cdk8s';
import * as k from '../constructs';
import { isObject, textAt } from '../review/manifests/json';
import { Json } from '../review/rule';
import { belongings, Group, isMachine, namespaceOf, SelectedMachines } from './belongings';
import { isPlain } from './file/loops';
import { printProgram } from './file/printing';
import { Section, Statement } from './file/statement';
import { make } from './kinds/making';
import { podLabels } from './kinds/services';
import { Beside, Made } from './kinds/way';
import { classNameOf, Names, variableNameOf } from './language/names';
import { overridesFor } from './meaning/overrides';
import { isOwned, OF_CLUSTER, stated } from './meaning/stated';
import { machineName, Repetition, repetitionsOf } from './repetitions';
import { KnownObjects, Scope } from './scope';
import { withoutSecrets } from './secrets';

/** An object to be said in code. */
export interface Imported {
  readonly object: Json;
  /** What the review says of it, a line each. */
  readonly findings: readonly string[];
}

/** What an import did. */
export interface ImportCount {
  /** Objects that were read, but for those that another one owns. */
  readonly objects: number;
  /** Objects that another one owns, and makes again: they are not restated. */
  readonly owned: number;
  /** Objects that a construct makes. */
  readonly constructs: number;
  /** Those of them of which every field is a prop. */
  readonly typed: number;
  /** Objects of a kind that no construct makes, by the class that is generated from its schema. */
  readonly generated: number;
  /** Objects as they stand: no construct and no generated class makes them, or takes what they say. */
  readonly plain: number;
  /** Secrets, and values of others, that stay out of the code. */
  readonly secrets: number;
  /** Fields that stand in `overrides`. */
  readonly overridden: number;
  /** Objects that the code makes otherwise than they were read, apart from secrets: a comment says so at each. */
  readonly different: number;
}

/** A file of TypeScript: a chart that makes the objects. */
export interface Program {
  /** Name of the chart, and of its file without the extension. */
  readonly name: string;
  /** The class that the file exports. */
  readonly className: string;
  /** The text of the file. */
  readonly text: string;
  /** What became of the objects. */
  readonly count: ImportCount;
}

/** An object without what the server wrote and without its secrets. */
interface Item {
  readonly object: Json;
  readonly notes: readonly string[];
  readonly secrets: number;
}

/** The chart of objects that are applied together, for a release of KubeVirt: `v1.9.0`. */
export function programOf(name: string, imported: readonly Imported[], kubevirt: string): Program {
  const written = imported.filter(({ object }) => !isOwned(object));
  const items = written.map(({ object, findings }): Item => {
    const own = stated(object, kubevirt);
    // Of a Secret nothing is restated but its keys.
    const { object: free, notes } = own.kind === 'Secret' ? { object: own, notes: [] } : withoutSecrets(own);
    return { object: free, notes: [...findings, ...notes], secrets: notes.length };
  });
  const groups = belongings(items);
  const className = classNameOf(
    name,
    (wanted) => wanted in k || ['Chart', 'Construct', 'Size', 'Duration'].includes(wanted),
  );
  const namespace = usualNamespace(items);
  const writer = new Writer(items, namespace);
  const sections = writer.sections(groups);
  const text = printProgram({ className, namespace, sections });
  return { name, className, text, count: { ...writer.count, owned: imported.length - written.length } };
}

/** The namespace that all objects of a file share, where there are several. */
function usualNamespace(items: readonly Item[]): string | undefined {
  const placed = items.filter(({ object }) => !OF_CLUSTER.test(String(object.kind)));
  const namespaces = new Set(placed.map(({ object }) => namespaceOf(object)));
  const [only] = namespaces;
  return placed.length > 1 && namespaces.size === 1 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(only ?? '')
    ? only
    : undefined;
}

/** What tells an object by its kind, where its name is taken. */
const WORDS: ReadonlyMap<unknown, string> = new Map([
  ['PersistentVolumeClaim', 'disk'],
  ['DataVolume', 'disk'],
  ['VirtualMachine', 'vm'],
  ['VirtualMachineInstance', 'instance'],
  ['VirtualMachinePool', 'pool'],
  ['VirtualMachineInstanceReplicaSet', 'replicas'],
  ['VolumeSnapshot', 'snapshot'],
  ['VirtualMachineSnapshot', 'snapshot'],
  ['VirtualMachineInstanceMigration', 'migration'],
  ['DataImportCron', 'image'],
  ['DataSource', 'image'],
]);

/** Ids that no construct may have: the tree of constructs is an object, which has these already. */
const OF_EVERY_OBJECT: readonly string[] = Object.getOwnPropertyNames(Object.prototype);

/** Makes the objects of a file, one after the other, and counts what became of them. */
class Writer {
  public readonly count = {
    objects: 0,
    constructs: 0,
    typed: 0,
    generated: 0,
    plain: 0,
    secrets: 0,
    overridden: 0,
    different: 0,
  };
  private readonly chart: Chart;
  private readonly ids = new Names('-', OF_EVERY_OBJECT);
  private readonly variables = new Names('');
  private readonly known = new KnownObjects();
  private readonly beside: Beside;
  /** Objects that the construct of another one makes with it. */
  private readonly twins = new Set<Json>();
  private readonly idOf = new Map<Json, string>();
  /** What the first object of a name is. */
  private readonly holders = new Map<string, string>();

  public constructor(
    items: readonly Item[],
    private readonly namespace: string | undefined,
  ) {
    this.chart = new Chart(new App(), 'proof', namespace === undefined ? {} : { namespace });
    this.beside = besideIn(items, this.twins);
    // A machine has its own name, and what is called the same gets a word behind.
    for (const { object } of items) if (isMachine(object)) this.name(object);
    for (const { object } of items) if (!isMachine(object) && object.kind !== 'Secret') this.name(object);
  }

  /** The sections that make groups; one for all that are equal but for the names of their machines. */
  public sections(groups: readonly Group<Item>[]): readonly Section[] {
    const repetitions = repetitionsOf(groups, (object) => this.idOf.get(object));
    const said = new Map<Repetition<Item>['groups'], boolean>();
    const made = new Map<Group<Item>, Section>();
    const sections: Section[] = [];
    for (const group of groups) {
      const repetition = repetitions.get(group);
      if (repetition !== undefined && !said.has(repetition.groups)) {
        const { longest, names } = repetition;
        const section = this.section(longest);
        const isLoop = isPlain(section);
        said.set(repetition.groups, isLoop);
        if (isLoop) {
          sections.push({ ...section, names });
          this.tallyAgain(longest, names.length - 1);
        } else made.set(longest, section);
      }
      if (repetition === undefined || said.get(repetition.groups) === false) {
        sections.push(made.get(group) ?? this.section(group));
      }
    }
    return sections;
  }

  /** The statements that make a group. */
  private section(group: Group<Item>): Section {
    const statements = group.items.flatMap((item) => this.statement(item) ?? []);
    return { name: machineName(group), statements };
  }

  /** Counts what is equal to a group whose every field is a prop. */
  private tallyAgain({ items }: Group<Item>, times: number): void {
    const more = items.length * times;
    this.count.objects += more;
    this.count.constructs += more;
    this.count.typed += more;
  }

  private name(object: Json): void {
    const name = textAt(object, 'metadata', 'name');
    const word = WORDS.get(object.kind) ?? String(object.kind).toLowerCase();
    const namespace = namespaceOf(object);
    const holder = this.holders.get(name) ?? word;
    this.holders.set(name, holder);
    const wishes = name === '' ? [word] : [name];
    const isTaken = holder !== word || OF_EVERY_OBJECT.includes(name);
    if (isTaken && name !== '') wishes.push(`${name}-${word}`);
    if (namespace !== undefined) wishes.push(`${name === '' ? word : name}-${namespace}`);
    this.idOf.set(object, this.ids.of(...wishes));
  }

  private statement({ object, notes, secrets }: Item): Statement | undefined {
    if (this.twins.has(object)) return undefined;
    this.count.objects++;
    this.count.secrets += secrets;
    if (object.kind === 'Secret') {
      this.count.secrets++;
      return { notes: [secretNote(object), ...notes] };
    }
    try {
      return this.statementOf(object, notes);
    } catch {
      // cdk8s cannot write an object that has a key such as `constructor`.
      this.count.plain++;
      this.count.different++;
      return { notes: [...notes, `${titleOf(object)} is left out: cdk8s cannot write it.`] };
    }
  }

  private statementOf(object: Json, notes: readonly string[]): Statement {
    const id = this.idOf.get(object)!;
    const namespace = namespaceOf(object);
    const made = make(this.chart, id, object, new Scope(namespace, this.known, this.namespace), this.beside);
    const differences = this.differences(made, object);
    this.tally(made);
    const said = made.overridden.length === 0 ? [] : [`No prop says ${made.overridden.join(', ')}.`];
    if (made.refusal !== undefined) said.push(made.refusal);
    return { notes: [...notes, ...said, ...differences], made, id, variable: this.keep(made, object, id) };
  }

  private tally({ by, overridden, way }: Made): void {
    const isTwin = way.twin !== undefined;
    if (isTwin) this.count.objects++;
    if (by === 'generated') this.count.generated++;
    else if (by === 'plain') this.count.plain++;
    else {
      this.count.constructs += isTwin ? 2 : 1;
      if (overridden.length === 0) this.count.typed += isTwin ? 2 : 1;
      this.count.overridden += overridden.length;
    }
  }

  /** What is said otherwise than it was read: of an object as it stands nothing, unless cdk8s itself changes it. */
  private differences({ by, construct }: Made, object: Json): readonly string[] {
    if (by !== 'plain') return [];
    const difference = overridesFor((construct as ApiObject).toJson(), object);
    if (difference === undefined) return [];
    this.count.different++;
    return [`What this makes differs from what was read in ${difference.paths.join(', ')}.`];
  }

  /** Gives a variable to what others may name. */
  private keep({ way, construct, patches }: Made, object: Json, id: string): string | undefined {
    const [namespace, name] = [namespaceOf(object), knownName(object)];
    if (way.twin !== undefined) this.twins.add(this.beside.dataSource(namespace, name)!);
    const { knownAs = [] } = way;
    // Of an object without a name, patches are applied to the variable.
    if (knownAs.length === 0 && patches.length === 0) return undefined;
    const variable = this.variables.of(variableNameOf(id, WORDS.get(object.kind) ?? 'made'));
    for (const kind of knownAs) this.known.add(kind, namespace, name, { variable, construct });
    return variable;
  }
}

/** What others call an object by: a DataImportCron by its DataSource. */
function knownName(object: Json): string {
  return object.kind === 'DataImportCron'
    ? textAt(object, 'spec', 'managedDataSource')
    : textAt(object, 'metadata', 'name');
}

function besideIn(items: readonly Item[], twins: ReadonlySet<Json>): Beside {
  const dataSources = new Map<string, Json>();
  const machines = new Map<string | undefined, { item: Item; labels: Json }[]>();
  for (const item of items) {
    const { object } = item;
    const key = `${namespaceOf(object) ?? ''}/${textAt(object, 'metadata', 'name')}`;
    if (object.kind === 'DataSource') dataSources.set(key, object);
    if (!isMachine(object)) continue;
    const known = machines.get(namespaceOf(object));
    const one = { item, labels: podLabels(object) };
    if (known === undefined) machines.set(namespaceOf(object), [one]);
    else known.push(one);
  }
  const selected = new SelectedMachines(machines);
  return {
    dataSource: (namespace, name) => {
      const found = dataSources.get(`${namespace ?? ''}/${name}`);
      return found && (twins.has(found) ? undefined : found);
    },
    selected: (namespace, selector) =>
      selected.selected(namespace, selector).map(({ object }) => textAt(object, 'metadata', 'name')),
  };
}

function secretNote(object: Json): string {
  const keys = ['data', 'stringData'].flatMap((part) => Object.keys(isObject(object[part]) ? object[part] : {}));
  const name = textAt(object, 'metadata', 'name');
  const namespace = namespaceOf(object);
  const literals = keys.map((key) => ` --from-file=${key}=…`).join('');
  return `${titleOf(object)} is yours to make: kubectl create secret generic ${name}${namespace === undefined ? '' : ` -n ${namespace}`}${literals}`;
}

/** `VirtualMachine shop/web`. */
function titleOf(object: Json): string {
  const namespace = namespaceOf(object);
  return `${String(object.kind)} ${namespace === undefined ? '' : `${namespace}/`}${textAt(object, 'metadata', 'name')}`;
}
