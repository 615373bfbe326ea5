import { codeOf } from '../code';
import { count } from '../review/format/words';
import type { InputFault } from '../review/manifests/input';
import type { SharedOptions } from '../review/settings/options-file';
import { init, OwnPackage } from './init';
import { ReadingOptions, ReadingWorld, readPaths } from './reading';
import { storageOf } from './storage';

/** An import that is asked for. */
export interface ImportRequest extends ReadingOptions {
  readonly paths: readonly string[];
  /**
   * The folder that the project is written to.
   *
   * @default - the code is printed
   */
  readonly out?: string;
  /** Whether the sources of the project are ES modules. */
  readonly esm: boolean;
  readonly options: SharedOptions;
}

/** What an import gives. */
export interface ImportedCode {
  /** How many objects were read. Without any nothing is written. */
  readonly objects: number;
  /** What is printed. */
  readonly text: string;
  /** What was done, a line each. */
  readonly summary: readonly string[];
  /** What of the input could not be read. */
  readonly faults: readonly InputFault[];
}

/**
 * Imports what stands in files, folders and standard input.
 *
 * @param place Where this package stands, which a new project takes.
 * @throws if a file of the project stands there already.
 */
export async function importPaths(
  request: ImportRequest,
  world: ReadingWorld,
  place: { readonly root: string; readonly own: OwnPackage },
): Promise<ImportedCode> {
  const { input } = await readPaths(request.paths, world, request);
  const { storage: file, ...options } = request.options;
  const storage = storageOf({ storage: file, backends: options.backends }, world.cwd, request.maxBytes)?.text;
  const programs = codeOf(input.manifests, { ...options, storage });
  const sum = (key: keyof (typeof programs)[number]['count']): number =>
    programs.reduce((total, { count }) => total + count[key], 0);
  const objects = sum('objects');
  const [different, owned] = [sum('different'), sum('owned')];
  if (objects === 0 && owned > 0) {
    throw new Error(
      `another object makes each of the ${count(owned, 'object')} in ${request.paths.join(', ')}: import that`,
    );
  }
  if (objects === 0) return { objects, text: '', summary: [], faults: input.faults };
  const [typed, constructs] = [sum('typed'), sum('constructs')];
  const summary = [
    `${count(objects, 'object')}: ${typed} in typed words, ${constructs - typed} with overrides (${count(sum('overridden'), 'field')}), ` +
      `${sum('generated')} by generated classes, ${sum('plain')} as they stand; ${count(sum('secrets'), 'secret')} left out`,
  ];
  if (different > 0) summary.push(`${count(different, 'object')} differ: a comment says so at each`);
  if (owned > 0)
    summary.push(`${count(owned, 'object')} left out, since another object makes ${owned === 1 ? 'it' : 'them'} again`);
  if (request.out === undefined) {
    const text =
      programs.length === 1
        ? programs[0]!.text
        : programs.map(({ name, text: code }) => `// ${name}.ts\n${code}`).join('\n');
    return { objects, text, summary, faults: input.faults };
  }
  const project = { folder: request.out, esm: request.esm, charts: programs };
  const { folder, files } = init(project, world.cwd, place.root, place.own);
  return { objects, text: `${files.length} files → ${folder}/\n`, summary, faults: input.faults };
}
