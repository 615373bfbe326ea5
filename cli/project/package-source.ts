import * as fs from 'node:fs';
import * as path from 'node:path';

const NAME = 'cdk8s-kubevirt';

/**
 * What a new project writes beside `cdk8s-kubevirt` in its package.json: the packed file that this program came from, by its
 * relative path, or else the version.
 *
 * npm and npx write into the project, or into npx's own folder, what a package was installed from. In a clone it is the file
 * that `npm pack` wrote.
 *
 * @throws in a clone without that file.
 */
export function packageSource(root: string, version: string, target: string): string {
  const above = path.dirname(root);
  if (path.basename(above) !== 'node_modules') return `file:${relative(target, packedInClone(root, version))}`;
  const installer = path.dirname(above);
  const spec = installedFrom(path.join(installer, 'package.json'));
  if (!spec?.startsWith('file:')) return `^${version}`;
  return `file:${relative(target, path.resolve(installer, spec.slice('file:'.length)))}`;
}

function packedInClone(root: string, version: string): string {
  const packed = path.join(root, `${NAME}-${version}.tgz`);
  if (fs.existsSync(packed)) return packed;
  throw new Error(`a new project takes ${NAME} from ${packed}, which does not exist; run 'npm pack' in ${root}`);
}

function installedFrom(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  const { dependencies, devDependencies } = JSON.parse(fs.readFileSync(file, 'utf8')) as Dependent;
  return dependencies?.[NAME] ?? devDependencies?.[NAME];
}

interface Dependent {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** As package.json has it on every platform; by where both really are, since npm follows links. */
function relative(from: string, to: string): string {
  return path.relative(real(from), real(to)).split(path.sep).join('/');
}

/** Where a path leads; of what does not exist yet, where its parent does. */
function real(file: string): string {
  const parent = path.dirname(file);
  if (fs.existsSync(file) || parent === file) return fs.realpathSync(file);
  return path.join(real(parent), path.basename(file));
}
