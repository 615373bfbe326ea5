import { printable } from '../../constructs/shared/printable';
import { GENERATED_MODULES } from '../kinds/generated-class';
import { literal, WIDTH } from '../language/expression';
import { inOrderOf } from '../language/order';
import { withConstants } from './constants';
import { variablesOf, withName } from './loops';
import { Section } from './statement';

/** A file: one class of a chart. */
export interface File {
  readonly className: string;
  /** The namespace that the chart gives its objects. */
  readonly namespace: string | undefined;
  readonly sections: readonly Section[];
}

const PACKAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['ApiObject', 'Cron', 'Duration', 'JsonPatch', 'Size'].map((name) => [name, 'cdk8s'])),
  ...Object.fromEntries(
    ['Cpu', 'DnsPolicy', 'ImagePullPolicy', 'PercentOrAbsolute', 'Protocol', 'ServiceType', 'TaintEffect'].map(
      (name) => [name, 'cdk8s-plus-27'],
    ),
  ),
};

/** The text of a file. */
export function printProgram({ className, namespace, sections }: File): string {
  const taken = takenNames(sections);
  const printed: string[] = [];
  let before: Section | undefined;
  for (const section of sections) {
    const text =
      section.names === undefined ? printSection(section, taken, 4) : printLoop(section, section.names, taken);
    if (text === '') continue;
    if (before !== undefined && !isRun(before, section)) printed.push('\n');
    printed.push(text);
    before = section;
  }
  const options = namespace === undefined ? '' : `, { namespace: ${literal(namespace).flat} }`;
  const constructor = `  public constructor(scope: Construct, id: string) {\n    super(scope, id${options});\n\n${printed.join('')}  }\n`;
  const { constants, body } = withConstants(constructor, [...taken, className]);
  return `${importLines(taken)}\n${constants}export class ${className} extends Chart {\n${body}}\n`;
}

/** One-line statements of one class stand without a blank line between them. */
function isRun(before: Section, section: Section): boolean {
  const isPlain = ({ statements: [first, ...others], names }: Section): boolean =>
    names === undefined && others.length === 0 && first?.notes.length === 0 && first.made?.props.flat !== undefined;
  return (
    isPlain(before) &&
    isPlain(section) &&
    before.statements[0]?.made?.way.type === section.statements[0]?.made?.way.type
  );
}

function printLoop(section: Section, names: readonly string[], used: ReadonlySet<string>): string {
  const list = literal(names).print(4, 4 + 'for (const name of '.length);
  const text = withName(printSection(section, used, 6), section.name!, variablesOf(section));
  return `    for (const name of ${filled(list)}) {\n${text}    }\n`;
}

/** A list of names with as many on a line as it holds. */
function filled(list: string): string {
  if (!list.includes('\n')) return list;
  const lines: string[] = [];
  for (const item of list
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim())) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length < 94) lines[lines.length - 1] = `${last} ${item}`;
    else lines.push(item);
  }
  return `[\n${lines.map((line) => `      ${line}\n`).join('')}    ]`;
}

function takenNames(sections: readonly Section[]): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const { statements } of sections) {
    for (const { made, variable } of statements) {
      if (made === undefined) continue;
      taken.add(made.way.type.split('.', 1)[0]!);
      for (const patch of made.patches) for (const name of patch.names) taken.add(name);
      if (made.patches.length > 0 && made.by === 'construct') taken.add('ApiObject').add(variable!);
      for (const name of made.props.names) taken.add(name);
    }
  }
  return taken;
}

function printSection({ statements }: Section, used: ReadonlySet<string>, indent: number): string {
  const pad = ' '.repeat(indent);
  return statements
    .map(({ notes, made, id = '', variable }) => {
      const comments = notes.map((note) => comment(printable(note), pad)).join('');
      if (made === undefined) return comments;
      const { way, props } = made;
      const begin = variable !== undefined && used.has(variable) ? `const ${variable} = ` : '';
      const call = way.owner === undefined ? `new ${way.type}(this, ${literal(id).flat}` : `${way.type}(`;
      const isBare = way.isBare === true && Object.keys(props.value as object).length === 0;
      if (isBare) return `${comments}${pad}${begin}${call});\n`;
      const head = `${begin}${call}${way.owner === undefined ? ', ' : ''}`;
      const text = `${comments}${pad}${head}${props.print(indent, indent + head.length + 2)})`;
      if (made.patches.length === 0) return `${text};\n`;
      const patched = `addJsonPatch(${made.patches.map(({ flat }) => flat).join(', ')})`;
      return made.by === 'construct'
        ? `${text};\n${pad}ApiObject.of(${variable}).${patched};\n`
        : `${text}.${patched};\n`;
    })
    .join('');
}

/** A comment in lines of at most 100 characters, but for words that are longer. */
function comment(note: string, pad: string): string {
  const lines: string[] = [];
  for (const word of note.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && pad.length + last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? `// ${word}` : `//   ${word}`);
  }
  return lines.map((line) => `${pad}${line}\n`).join('');
}

function importLines(taken: ReadonlySet<string>): string {
  const names = new Map<string, Set<string>>([['cdk8s', new Set(['Chart'])]]);
  const modules = new Map<string, string>();
  for (const name of taken) {
    const module = GENERATED_MODULES.get(name);
    if (module !== undefined) modules.set(module, name);
    else if (!/^[a-z]/.test(name)) {
      const from = PACKAGES[name] ?? 'cdk8s-kubevirt';
      names.set(from, (names.get(from) ?? new Set()).add(name));
    }
  }
  const lines = [...names].map(([from, all]) => [from, importLine([...all].sort(), from)] as const);
  lines.push(...[...modules].map(([from, alias]) => [from, `import * as ${alias} from '${from}';\n`] as const));
  lines.push(['constructs', importLine(['Construct'], 'constructs')]);
  return inOrderOf(lines, ([from]) => from)
    .map(([, line]) => line)
    .join('');
}

function importLine(names: readonly string[], from: string): string {
  const flat = `import { ${names.join(', ')} } from '${from}';`;
  const lines = names.map((name) => `  ${name},\n`).join('');
  return flat.length <= WIDTH ? `${flat}\n` : `import {\n${lines}} from '${from}';\n`;
}
