import * as fs from 'node:fs';
import * as path from 'node:path';
import { Severity } from '../finding';
import { Input, InputFault } from './input';
import { KUSTOMIZATION_FILES, withKustomizations } from './kustomize';
import { ReviewedManifest } from './manifest';
import { parseManifests } from './parser';

/** The path that stands for standard input. */
export const STDIN = '-';

/** The name of standard input in findings. */
export const STDIN_NAME = 'standard input';

/** The files that are read in a folder; a file named on the command line may have any extension. */
const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Skipped below a named folder: they hold no manifests of the user. */
const PASSED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** The largest file that is read: a string of Node holds no more than this many characters. */
const LARGEST_FILE = 500 * 2 ** 20;

/** Where relative paths start, and what standard input holds. */
export interface InputWorld {
  readonly cwd: string;
  readonly stdin: () => Buffer;
}

/** The manifests of files, of folders (all their .yaml, .yml and .json files, recursively) and of standard input (`-`). */
export function readManifests(paths: readonly string[], world: InputWorld): Input {
  const manifests: ReviewedManifest[] = [];
  const faults: InputFault[] = [];
  const lines = new Map<string, readonly number[]>();
  for (const source of new Map(
    paths.flatMap((given) => sources(given, world)).map((one) => [one.file, one]),
  ).values()) {
    const input = source.read();
    for (const manifest of input.manifests) manifests.push(manifest);
    for (const fault of input.faults) faults.push(fault);
    for (const [file, before] of input.lines) lines.set(file, before);
  }
  return withKustomizations({ manifests, faults, lines }, world.cwd);
}

interface Source {
  readonly file: string;
  readonly read: () => Input;
}

function sources(given: string, world: InputWorld): Source[] {
  if (given === STDIN) return [source(STDIN_NAME, world.stdin)];
  const at = path.resolve(world.cwd, given);
  try {
    if (!fs.statSync(at).isDirectory()) return [source(given, () => bytesOf(at))];
  } catch (thrown) {
    return [{ file: given, read: () => unreadable(given, thrown) }];
  }
  const folder = new Folder(given, world.cwd);
  const found = folder.sources('');
  if (found.length > 0) return found;
  const message = `must hold files that end in ${EXTENSIONS.join(', ')}`;
  return [{ file: given, read: () => faulty({ file: given, severity: Severity.WARNING, message }) }];
}

/** A folder that is walked in the order of names; a link to a folder is not followed. */
class Folder {
  constructor(
    private readonly given: string,
    private readonly cwd: string,
  ) {}

  public sources(below: string): Source[] {
    const name = slashed(path.join(this.given, below));
    const at = path.resolve(this.cwd, this.given, below);
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(at, { withFileTypes: true });
    } catch (thrown) {
      return [{ file: name, read: () => unreadable(name, thrown) }];
    }
    const isChart = entries.some((entry) => entry.isFile() && entry.name === CHART_FILE);
    return entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        if (entry.isDirectory() && isChart && entry.name === CHART_TEMPLATES) return [chart(name)];
        if (entry.isDirectory())
          return PASSED_FOLDERS.has(entry.name) ? [] : this.sources(path.join(below, entry.name));
        if (!isRead(entry.name)) return [];
        return [source(slashed(path.join(name, entry.name)), () => bytesOf(path.join(at, entry.name)))];
      });
  }
}

/** https://helm.sh/docs/topics/charts/#the-chart-file-structure */
const CHART_FILE = 'Chart.yaml';
const CHART_TEMPLATES = 'templates';

function chart(folder: string): Source {
  const file = `${folder}/${CHART_TEMPLATES}`;
  const message = `holds the templates of a Helm chart, which are not reviewed: helm template ${folder} | cdk8s-kubevirt check -`;
  return { file, read: () => faulty({ file, severity: Severity.WARNING, message }) };
}

function isRead(name: string): boolean {
  if (KUSTOMIZATION_FILES.includes(name)) return true;
  return EXTENSIONS.includes(path.extname(name).toLowerCase()) && name !== METADATA_FILE;
}

/** Written by cdk8s beside the manifests, for validation plugins. */
const METADATA_FILE = 'construct-metadata.json';

function source(file: string, bytes: () => Buffer): Source {
  return {
    file,
    read: () => {
      let content: Buffer;
      try {
        content = bytes();
      } catch (thrown) {
        return unreadable(file, thrown);
      }
      return parseManifests(file, content);
    },
  };
}

function bytesOf(at: string): Buffer {
  const { size } = fs.statSync(at);
  if (size <= LARGEST_FILE) return fs.readFileSync(at);
  throw new Error(`it is larger than ${LARGEST_FILE / 2 ** 20} MiB`);
}

function unreadable(file: string, thrown: unknown): Input {
  // Not by `instanceof`: what Node's own modules throw inside Jest is of another realm.
  const { code, message } = thrown as NodeJS.ErrnoException;
  return faulty({
    file,
    severity: Severity.ERROR,
    message: `must be a file or folder that can be read: ${code ?? message}`,
  });
}

function faulty(fault: InputFault): Input {
  return { manifests: [], faults: [fault], lines: new Map() };
}

function slashed(name: string): string {
  return path.sep === '/' ? name : name.replaceAll(path.sep, '/');
}
