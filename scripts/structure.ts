import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { Refusal } from './refusal';

const USAGE = `Usage: npm run structure

Prints how the sources lie from their imports: the files of each folder and the longest chain of imports among them.
scripts/layers.json says what each folder may import, how long a chain may be, and how many lines an interface may have.

Exit codes: 0 as it should be, 1 a circle, an import against the layers, or a chain or an interface that is too long, 2 wrong command
line.
`;

/** Where the house is written down: ESLint reads it, too. */
const LAYERS = 'scripts/layers.json';

/** What scripts/layers.json says. */
export interface Layers {
  /** By folder: the folders and files whose files its own may import, besides each other. */
  readonly mayImport: Readonly<Record<string, readonly string[]>>;
  /** By folder: the most files that a chain of imports within it may have. */
  readonly longestChain: Readonly<Record<string, number>>;
  /** By folder: the most lines that an interface of its files may have, with its comments: a screen. */
  readonly longestInterface: Readonly<Record<string, number>>;
}

/** An interface with its lines, from its name to its end. */
export interface InterfaceSize {
  readonly file: string;
  readonly name: string;
  readonly lines: number;
}

/** The imports of each source file, by its path below the project. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** A folder with what its files make of it. */
export interface FolderStructure {
  readonly folder: string;
  readonly files: number;
  /** The longest chain of imports within the folder, the importing file first. */
  readonly chain: readonly string[];
}

/** The structure of a project, and what is wrong with it. */
export interface Structure {
  readonly folders: readonly FolderStructure[];
  readonly faults: readonly string[];
}

/** The structure of a project by the imports of its files. */
export function structureOf(imports: Imports, { mayImport, longestChain }: Layers): Structure {
  const names = Object.keys(mayImport);
  const circles = circlesOf(imports).map((circle) => `a circle: ${[...circle, circle[0]].join(' → ')}`);
  const turned = [...imports].flatMap(([file, targets]) => {
    const folder = folderOf(file, names);
    if (folder === undefined) return [];
    const allowed = [folder, ...mayImport[folder]!];
    return targets
      .filter((target) => !allowed.some((one) => isWithin(target, one)))
      .map((target) => `an import against the layers: ${file} → ${target} (${folder} may import ${list(allowed)})`);
  });
  // A circle has no longest chain.
  const folders = circles.length > 0 ? [] : names.map((folder) => folderStructure(folder, imports));
  const long = folders.flatMap(({ folder, chain }) => {
    const most = longestChain[folder] ?? Infinity;
    return chain.length <= most ? [] : [`a chain of ${chain.length} in ${folder}, at most ${most}: ${arrows(chain)}`];
  });
  return { folders, faults: [...circles, ...turned, ...long] };
}

/** The interfaces that are longer than their folder has them. */
export function longInterfaces(sizes: readonly InterfaceSize[], { longestInterface }: Layers): string[] {
  return sizes.flatMap(({ file, name, lines }) => {
    const folder = folderOf(file, Object.keys(longestInterface));
    const most = folder === undefined ? Infinity : longestInterface[folder]!;
    if (lines <= most) return [];
    return [
      `an interface of ${lines} lines, at most ${most}: ${name} in ${file}; give a group of its props one of their own`,
    ];
  });
}

/** The interfaces of the sources of a folder. */
export function readInterfaces(root: string, folder: string): InterfaceSize[] {
  return sourcesIn(root, folder).flatMap((file) => {
    const source = ts.createSourceFile(file, fs.readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest);
    const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
    return source.statements.filter(ts.isInterfaceDeclaration).map((declaration) => ({
      file,
      name: declaration.name.text,
      lines: lineOf(declaration.end) - lineOf(declaration.getStart(source)) + 1,
    }));
  });
}

/** Reads the imports of every source below these folders; tests and their helpers may import what they test. */
export function readImports(root: string, folders: readonly string[]): Imports {
  const entries = entryPoints(root);
  const imports = new Map<string, readonly string[]>();
  for (const folder of folders) {
    for (const file of sourcesIn(root, folder)) {
      const { importedFiles } = ts.preProcessFile(fs.readFileSync(path.join(root, file), 'utf8'), true, true);
      const targets = importedFiles.map(({ fileName }) => resolved(root, file, fileName, entries));
      imports.set(file, [...new Set(targets.filter((target) => target !== undefined && target !== file))] as string[]);
    }
  }
  return imports;
}

function sourcesIn(root: string, folder: string): string[] {
  const names = fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((file) => /(?<!\.test|\.d)\.ts$/.test(file) && !/(^|\/)testing(\/|\.ts$)/.test(file))
    .sort();
}

/** The sources of the entry points by the names that a package knows them by. */
function entryPoints(root: string): ReadonlyMap<string, string> {
  const { name, exports } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
  const sources = Object.entries(exports).flatMap(([key, entry]) => {
    const source = typeof entry === 'string' ? undefined : entry[`${name}-source`];
    return source === undefined ? [] : [[path.posix.join(name, key), path.posix.normalize(source)] as const];
  });
  return new Map(sources);
}

/** The file that an import names, below the project; undefined for a package, or for a file that is not a source. */
function resolved(root: string, file: string, name: string, entries: ReadonlyMap<string, string>): string | undefined {
  const entry =
    entries.get(name) ?? entries.get(`${path.posix.dirname(name)}/*`)?.replace('*', path.posix.basename(name));
  if (entry === undefined && !/^\.\.?(\/|$)/.test(name)) return undefined;
  const base = entry ?? path.posix.join(path.posix.dirname(file), name);
  return [base, `${base}.ts`, `${base}/index.ts`].find(
    (one) => one.endsWith('.ts') && fs.existsSync(path.join(root, one)),
  );
}

/** Of the folders of the house the innermost that holds a file. */
function folderOf(file: string, folders: readonly string[]): string | undefined {
  return folders.filter((folder) => isWithin(file, folder)).sort((a, b) => b.length - a.length)[0];
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

function folderStructure(folder: string, imports: Imports): FolderStructure {
  const files = [...imports.keys()].filter((file) => isWithin(file, folder));
  const known = new Map<string, readonly string[]>();
  const chainFrom = (file: string): readonly string[] => {
    const found = known.get(file);
    if (found !== undefined) return found;
    const below = imports.get(file)!.filter((target) => files.includes(target));
    const chain = [file, ...longest(below.map(chainFrom))];
    known.set(file, chain);
    return chain;
  };
  return { folder, files: files.length, chain: longest(files.map(chainFrom)) };
}

function longest(chains: readonly (readonly string[])[]): readonly string[] {
  return chains.reduce((best, chain) => (chain.length > best.length ? chain : best), []);
}

/** Every circle that a walk along the imports closes, each once. */
function circlesOf(imports: Imports): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) circles.push(way.slice(at));
    if (at >= 0 || done.has(file)) return;
    for (const target of imports.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

function arrows(chain: readonly string[]): string {
  return chain.map((file) => path.posix.basename(file, '.ts')).join(' → ');
}

function list(words: readonly string[]): string {
  return words.length === 1 ? 'itself alone' : words.slice(1).join(', ');
}

/** Runs the command in a project; lines go to `say` and `complain`. */
export function main(argv: readonly string[], root: string, say: Say, complain: Say): number {
  if (argv.length > 0) {
    const isHelp = argv.every((word) => word === '--help' || word === '-h');
    (isHelp ? say : complain)(USAGE);
    return isHelp ? 0 : 2;
  }
  const layers = JSON.parse(fs.readFileSync(path.join(root, LAYERS), 'utf8')) as Layers;
  const present = Object.keys(layers.mayImport).filter((folder) => fs.existsSync(path.join(root, folder)));
  if (present.length === 0) throw Refusal.of(LAYERS, "'mayImport' must name folders of the project", undefined);
  const outer = present.filter((folder) => !present.some((other) => other !== folder && isWithin(folder, other)));
  const structure = structureOf(readImports(root, outer), layers);
  const { folders } = structure;
  const measured = Object.keys(layers.longestInterface).filter((folder) => fs.existsSync(path.join(root, folder)));
  const sizes = measured.flatMap((folder) => readInterfaces(root, folder));
  const faults = [...structure.faults, ...longInterfaces(sizes, layers)];
  for (const { folder, files, chain } of folders.filter((one) => one.files > 0)) {
    say(
      `${folder.padEnd(24)} ${String(files).padStart(3)} files, longest chain ${String(chain.length).padStart(2)}: ${arrows(chain)}`,
    );
  }
  for (const fault of faults) complain(fault);
  say(
    faults.length === 0
      ? 'no circle, no import against the layers, no interface longer than a screen'
      : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`,
  );
  return faults.length === 0 ? 0 : 1;
}

type Say = (line: string) => void;

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), path.join(__dirname, '..'), console.log, console.error);
}
