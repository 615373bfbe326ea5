import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { IDisk } from '../constructs';
import { printable } from '../constructs/shared/printable';
import { isObject, textAt } from '../review/manifests/json';
import { Json } from '../review/rule';
import { literal } from './expression';
import { stated } from './meaning';
import { classNameOf, Names, variableNameOf } from './names';
import { make, Made, titleOf } from './objects';
import { KnownDisk, Scope } from './scope';
import { withoutSecrets } from './secrets';

/** An object to be said in code. */
export interface Imported {
  readonly object: Json;
  /** What the review says of it, a line each. */
  readonly findings: readonly string[];
}

/** What an import did. */
export interface ImportCount {
  /** Objects that were read. */
  readonly objects: number;
  /** Objects that a construct makes. */
  readonly constructs: number;
  /** Those of them of which every field is a prop. */
  readonly typed: number;
  /** Objects of kinds that no construct makes. */
  readonly plain: number;
  /** Values and Secrets that stay out of the code. */
  readonly secrets: number;
  /** Fields that stand in `overrides`. */
  readonly overridden: number;
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

/** The order in which objects are made: what others refer to comes first. */
const RANKS = ['Namespace', 'StorageClass', 'VirtualMachineClusterInstancetype', 'PersistentVolumeClaim', 'DataVolume'];

/** The chart of objects that are applied together. */
export function programOf(name: string, imported: readonly Imported[]): Program {
  const className = classNameOf(name);
  const chart = new Chart(new App(), 'proof');
  const ids = new Names('-');
  const variables = new Names('');
  const disks = new Map<string, KnownDisk>();
  const count = { objects: 0, constructs: 0, typed: 0, plain: 0, secrets: 0, overridden: 0 };
  const blocks: Block[] = [];
  for (const { object: given, findings } of inOrder(imported)) {
    count.objects++;
    const { object, notes } = withoutSecrets(stated(given));
    const [objectName, namespace] = [textAt(object, 'metadata', 'name'), textAt(object, 'metadata', 'namespace')];
    if (object.kind === 'Secret') {
      count.secrets++;
      blocks.push({ notes: [secretNote(object), ...findings] });
      continue;
    }
    const id = ids.of(objectName || String(object.kind).toLowerCase());
    const scope = new Scope(namespace || undefined, disks);
    const made = make(chart, id, object, scope);
    count.secrets += notes.length;
    if (made.type === 'ApiObject') count.plain++;
    else {
      count.constructs++;
      if (made.overridden.length === 0) count.typed++;
      count.overridden += made.overridden.length;
    }
    const variable = 'claimName' in made.construct ? variables.of(variableNameOf(objectName)) : undefined;
    if (variable !== undefined) {
      disks.set(`${namespace}/${objectName}`, { variable, disk: made.construct as IDisk & Construct });
    }
    const said = made.overridden.length === 0 ? [] : [`No prop says ${made.overridden.join(', ')}.`];
    blocks.push({ notes: [...findings, ...notes, ...said], made, id, variable });
  }
  return { name, className, text: print(className, blocks), count };
}

interface Block {
  readonly notes: readonly string[];
  readonly made?: Made;
  readonly id?: string;
  readonly variable?: string;
}

function inOrder(imported: readonly Imported[]): readonly Imported[] {
  const rank = ({ object }: Imported): number => {
    const found = RANKS.indexOf(String(object.kind));
    return found < 0 ? RANKS.length : found;
  };
  return [...imported].sort((a, b) => rank(a) - rank(b));
}

function secretNote(object: Json): string {
  const keys = ['data', 'stringData'].flatMap((part) => Object.keys(isObject(object[part]) ? object[part] : {}));
  const name = textAt(object, 'metadata', 'name');
  const namespace = textAt(object, 'metadata', 'namespace');
  const literals = keys.map((key) => `--from-file=${key}=…`).join(' ');
  return `${titleOf(object)} is yours to make: kubectl create secret generic ${name}${namespace === '' ? '' : ` -n ${namespace}`} ${literals}`;
}

const PACKAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['ApiObject', 'Duration', 'Size'].map((name) => [name, 'cdk8s'])),
  ...Object.fromEntries(
    ['Cpu', 'DnsPolicy', 'ImagePullPolicy', 'Protocol', 'TaintEffect'].map((name) => [name, 'cdk8s-plus-27']),
  ),
};

function print(className: string, blocks: readonly Block[]): string {
  const names = new Map<string, Set<string>>([['cdk8s', new Set(['Chart'])]]);
  const used = new Set<string>();
  const statements = blocks.map(({ made, id = '', variable, notes }) => {
    const comments = notes.map((note) => `    // ${printable(note)}\n`).join('');
    if (made === undefined) return { comments, text: '', variable };
    for (const name of [made.type, ...made.props.names]) {
      if (/^[a-z]/.test(name)) {
        used.add(name);
        continue;
      }
      const from = PACKAGES[name] ?? 'cdk8s-kubevirt';
      names.set(from, (names.get(from) ?? new Set()).add(name));
    }
    const isBare = Object.keys(made.props.value as object).length === 0;
    const head = `new ${made.type}(this, ${literal(id).flat}${isBare ? '' : ', '}`;
    return { comments, text: `${head}${isBare ? '' : made.props.print(4, 4 + head.length)});\n`, variable };
  });
  const body = statements.map(({ comments, text, variable }) => {
    const begin = variable !== undefined && used.has(variable) ? `const ${variable} = ` : '';
    return `${comments}${text === '' ? '' : `    ${begin}${text}`}`;
  });
  const imports = [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, all]) => importLine([...all].sort(), from));
  imports.push(importLine(['Construct'], 'constructs'));
  const constructor = `  public constructor(scope: Construct, id: string) {\n    super(scope, id);\n\n${body.join('\n')}  }\n`;
  return `${imports.join('')}\nexport class ${className} extends Chart {\n${constructor}}\n`;
}

function importLine(names: readonly string[], from: string): string {
  const flat = `import { ${names.join(', ')} } from '${from}';\n`;
  return flat.length <= 101 ? flat : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';\n`;
}
