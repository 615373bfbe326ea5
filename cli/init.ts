import * as fs from 'node:fs';
import * as path from 'node:path';
import { shellWord } from '../constructs/shared/printable';
import { withoutEnd } from '../constructs/shared/wording';
import { ProjectChart, projectFiles } from './project/files';
import { packageSource } from './project/package-source';

/** A project that is asked for. */
export interface InitRequest {
  /**
   * The folder that it is written to.
   *
   * @default - the working folder
   */
  readonly folder?: string;
  /** Whether the sources are ES modules; else they are CommonJS. */
  readonly esm: boolean;
  /**
   * Its charts.
   *
   * @default - one chart with one VM
   */
  readonly charts?: readonly ProjectChart[];
}

/** What was written. */
export interface Initialized {
  /** The folder from the working folder; `.` if it is that. */
  readonly folder: string;
  /** Paths in the folder. */
  readonly files: readonly string[];
  /** What to do next, as a line for a shell. */
  readonly next: string;
}

/** What package.json of cdk8s-kubevirt says, as far as a new project repeats it. */
export interface OwnPackage {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly repository: { readonly url: string };
}

/**
 * Writes a project that synthesizes, checks and tests. What stands in the folder stays.
 *
 * @param root Folder of the package that this program belongs to.
 * @throws if a file of the project stands there already, the folder's name makes no package name, or nobody knows where
 *   the project would get cdk8s-kubevirt from.
 */
export function init(
  { folder = '.', esm, charts }: InitRequest,
  cwd: string,
  root: string,
  own: OwnPackage,
): Initialized {
  const target = path.resolve(cwd, folder);
  const files = projectFiles({
    name: packageName(path.basename(target), folder === '.'),
    esm,
    charts,
    version: own.version,
    source: packageSource(root, own.version, target),
    versions: { ...own.devDependencies, ...own.peerDependencies },
    repository: repositoryName(own.repository.url),
  });
  const taken = [...files.keys()].filter((file) => fs.existsSync(path.join(target, file)));
  if (taken.length > 0) {
    throw new Error(`'${folder}' must not hold ${taken.join(', ')}; name another folder, or move them away`);
  }
  for (const [file, text] of files) {
    const at = path.join(target, file);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, text, { flag: 'wx' });
  }
  const written = path.relative(cwd, target) || '.';
  const enter = written === '.' ? '' : `cd ${shellWord(written)} && `;
  return { folder: written, files: [...files.keys()], next: `${enter}npm install && npm run synth` };
}

/** A name that npm takes: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name */
function packageName(folder: string, mends: boolean): string {
  const plain = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+/, '');
  const mended = withoutEnd(plain, '-');
  if (mends || mended === folder) return mended || 'machines';
  const remedy = mended === '' ? '' : `; write '${mended}'`;
  throw new Error(
    `'NAME' must be a name that npm takes (a-z, 0-9, '-', '.', '_'), got ${JSON.stringify(folder)}${remedy}`,
  );
}

/** `git+https://github.com/acme/cdk8s-kubevirt.git` → `acme/cdk8s-kubevirt`. */
function repositoryName(url: string): string {
  return url.replace(/^.*[/:]([^/:]+\/[^/]+?)(\.git)?$/, '$1');
}
