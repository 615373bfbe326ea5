import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { dump, loadAll } from 'js-yaml';
import { reason, Refusal } from '../refusal';
import { folderChanges, FolderContent, isUnchanged, readFolder, replaceFolders } from './folder-swap';
import { CONFIG, listedGroups, listedImports } from './import-list';

const USAGE = `Usage: npm run import

Generates imports/ from the files that cdk8s.yaml lists under 'imports', offline. The folder is
replaced whole once everything is generated; files of groups that are no longer listed vanish.

Exit codes: 0 generated, 1 refused or failed (imports/ is as it was), 2 wrong command line.
`;

/** Runs the command in a project; lines go to `say` and `complain`. */
export function main(argv: readonly string[], root: string, say: Say, complain: Say): number {
  try {
    const { values } = parseArgs({ args: [...argv], options: { help: { type: 'boolean', short: 'h' } } });
    if (values.help === true) {
      say(USAGE);
      return 0;
    }
  } catch (thrown) {
    complain(`${reason(thrown)}\n\n${USAGE}`);
    return 2;
  }
  try {
    const content: FolderContent = { path: path.join(root, 'imports'), files: generateImports(root) };
    const changes = folderChanges(content);
    replaceFolders([content]);
    for (const [what, names] of Object.entries(changes)) for (const name of names) say(`${what}: imports/${name}`);
    say(`imports/: ${content.files.size} modules${isUnchanged(changes) ? ', unchanged' : ''}`);
    return 0;
  } catch (thrown) {
    complain(thrown instanceof Refusal ? thrown.message : `imports/ is as it was: ${reason(thrown)}`);
    return 1;
  }
}

type Say = (line: string) => void;

/** The modules that `cdk8s import` makes of the files that cdk8s.yaml lists, by file name. */
export function generateImports(root: string): Map<string, string> {
  const expected = [...listedGroups(root).keys()].map((group) => `${group}.ts`).sort();
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'imports-'));
  try {
    const output = path.join(work, 'imports');
    writeInput(root, work);
    runImport(work, output);
    const files = readFolder(output);
    const made = [...files.keys()];
    if (made.join() !== expected.join()) throw Refusal.of('cdk8s import', `must make ${expected.join(', ')}`, made);
    return files;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** A project that lists the same files, with each schema of a CRD once: a second version of it would double its classes. */
function writeInput(root: string, work: string): void {
  const files = listedImports(root).map((file, index) => {
    const crds = loadAll(fs.readFileSync(path.join(root, file), 'utf8')) as ListedCrd[];
    const texts = crds.map((crd) => dump(withDistinctVersions(crd)));
    const name = `${index}.yaml`;
    fs.writeFileSync(path.join(work, name), texts.join('---\n'));
    return name;
  });
  fs.writeFileSync(path.join(work, CONFIG), dump({ language: 'typescript', app: '', imports: files }));
}

interface ListedCrd {
  readonly spec: { readonly versions?: readonly { readonly schema: unknown }[] };
}

/** Without the versions that have the schema of one before them. */
function withDistinctVersions(crd: ListedCrd): ListedCrd {
  const { versions } = crd.spec;
  if (versions === undefined) return crd;
  const texts = versions.map(({ schema }) => JSON.stringify(schema));
  return { ...crd, spec: { ...crd.spec, versions: versions.filter((_, at) => texts.indexOf(texts[at]!) === at) } };
}

function runImport(root: string, output: string): void {
  const cli = path.join(__dirname, '..', 'cdk8s-cli.cjs');
  // Without `--no-save` it rewrites cdk8s.yaml; without the variable it asks the registry for a newer self.
  const child = spawnSync(
    process.execPath,
    [cli, 'import', '--language', 'typescript', '--no-save', '--output', output],
    { cwd: root, env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' }, encoding: 'utf8' },
  );
  if (child.error !== undefined) throw child.error;
  if (child.status !== 0) throw Refusal.of('cdk8s import', 'must succeed', child.stderr.trim() || child.status);
}

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), path.join(__dirname, '..', '..'), console.log, console.error);
}
