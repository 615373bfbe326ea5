import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { streamBytes } from '../../review/manifests/bytes';
import { sourcedRules } from '../../review/rules';
import { others, reason, Refusal, UsageRefusal } from '../refusal';
import { ALL_TITLES, COMPONENTS, normalizeVersion } from './crd-components';
import { CrdFolder, crdNames, GivenVersions, planCrds } from './crd-files';
import { listVersions, PAIRS, readPairs } from './crd-folders';
import { readObjects } from './crd-input';
import { folderChanges, FolderContent, isUnchanged, readFolder, replaceFolders } from './folder-swap';
import { CONFIG, listedImports } from './import-list';
import { pairsText, Versions, withVersions } from './release-pairs';
import { sourcesToRead } from './rule-sources';

const USAGE = `Usage: npm run crds -- [--kubevirt VERSION] [--cdi VERSION] [OPTION]... FILE|DIR|- ...

Writes crds/<component>/<version>/<group>.yaml from the CRDs of ${ALL_TITLES}
in files, folders and standard input (-): the output of 'kubectl get crd -o yaml', or CRD files. Prose
and what a cluster adds are removed; other objects are passed by. A version's folder is replaced whole.
The releases of one input go together: crds/pairs.json says so. An option that names a release which crds/
holds already says what goes with those of the input.

  --kubevirt VERSION     version of KubeVirt's CRDs    (else what virt-operator wrote on them)
  --cdi VERSION          version of CDI's CRDs         (else what cdi-operator wrote on them)
  --snapshotter VERSION  version of the snapshot CRDs  (they do not say)
  --hco VERSION          version of HyperConverged's CRD; without it that is passed by
  --ssp VERSION          version of SSP's CRD; without it that is passed by
  --networks VERSION     version of the CRD of network attachments; without it that is passed by
  -h, --help             this text

  kubectl get crd -o yaml | npm run crds -- --snapshotter v8.2.0 -

Exit codes: 0 written, 1 refused or failed (nothing was written), 2 wrong command line.
`;

/** What the command touches outside itself. */
export interface World {
  /** The project, whose crds/ is written. */
  readonly root: string;
  /** Where relative paths of the command line start. */
  readonly cwd: string;
  readonly stdin: () => Promise<Buffer>;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Compiles what the review reads, and writes the table of releases. */
  readonly compile?: () => void;
}

/** Runs the command and answers its exit code. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  try {
    const { paths, versions } = parse(argv);
    if (paths === undefined) world.say(USAGE);
    else await refresh(paths, versions, world);
    return 0;
  } catch (thrown) {
    if (thrown instanceof UsageRefusal) {
      world.complain(`${thrown.message}\n\n${USAGE}`);
      return 2;
    }
    world.complain(thrown instanceof Refusal ? thrown.message : `nothing was written: ${reason(thrown)}`);
    return 1;
  }
}

/** No paths: help is asked for. */
function parse(argv: readonly string[]): { readonly paths?: readonly string[]; readonly versions: GivenVersions } {
  const options = Object.fromEntries(COMPONENTS.map(({ option }) => [option, { type: 'string' } as const]));
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (thrown) {
    throw new UsageRefusal(reason(thrown));
  }
  if (parsed.values.help === true) return { versions: {} };
  if (parsed.positionals.length === 0) throw new UsageRefusal('[crds] name a file, a folder, or - for standard input');
  const given = Object.entries(parsed.values).map(([option, value]) => [option, checked(option, String(value))]);
  return { paths: parsed.positionals, versions: Object.fromEntries(given) as GivenVersions };
}

function checked(option: string, given: string): string {
  const version = normalizeVersion(given);
  if (version === undefined) throw new UsageRefusal(Refusal.of(`--${option}`, "must be like 'v1.6.2'", given).message);
  return version;
}

async function refresh(paths: readonly string[], versions: GivenVersions, world: World): Promise<void> {
  const listed = listedImports(world.root);
  const held = listVersions(world.root);
  const { folders, passedBy } = planCrds(await readObjects(paths, world), versions, held);
  const contents = folders.map(({ path: folder, files }) => ({ path: path.join(world.root, 'crds', folder), files }));
  const reports = folders.flatMap((folder, index) => report(folder, contents[index]!));
  const changed = contents.some((content) => !isUnchanged(folderChanges(content)));
  replaceFolders(contents);
  for (const line of reports) world.say(line);
  const paired = pairUp(folders, versions, world);
  if (passedBy > 0) world.say(`passed by: ${others(passedBy)}`);
  for (const line of nextSteps(folders, changed, listed)) world.say(line);
  for (const folder of folders) {
    if (!held.includes(folder.path)) for (const line of rulesOf(folder, held)) world.say(line);
  }
  if (changed || paired) world.compile?.();
}

/** What must be read again for a release that is new here: the rules are of the releases before it. */
function rulesOf({ component, version }: CrdFolder, held: readonly string[]): string[] {
  const lines = sourcesToRead(component.title, sourcedRules());
  if (lines.length === 0) return [];
  const before = held.filter((one) => one.startsWith(`${component.id}/`)).map((one) => one.slice(component.id.length + 1));
  const [newest] = before.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const drift = `npm run rules:drift -- ${component.title} CLONE ${newest} ${version}`;
  return [
    `next: look again at what the rules are made of, in ${component.title} ${version}:`,
    ...lines.map((line) => `  ${line}`),
    ...(newest === undefined ? [] : [`next: '${drift}' names those that differ, with their rules, from a clone of the project`]),
  ];
}

/** Writes down what goes together; true if that is news. */
function pairUp(folders: readonly CrdFolder[], versions: GivenVersions, { root, say }: World): boolean {
  const file = path.join(root, PAIRS);
  const old = fs.existsSync(file) ? readPairs(root, false) : [];
  const given = COMPONENTS.flatMap(({ id, option }) => (versions[option] === undefined ? [] : [[id, versions[option]]]));
  const named = Object.fromEntries([...given, ...folders.map(({ component, version }) => [component.id, version])]);
  const { pairs, missing } = withVersions(old, named as Versions);
  if (missing !== undefined) {
    const [have, want] = missing === 'cdi' ? ['KubeVirt', 'CDI'] : ['CDI', 'KubeVirt'];
    say(`next: say which release of ${want} goes with this one of ${have}: the same command with '--${missing} v…'`);
    return false;
  }
  const text = pairsText(pairs);
  if (pairs.length === 0 || (fs.existsSync(file) && text === fs.readFileSync(file, 'utf8'))) return false;
  fs.writeFileSync(file, text);
  say(`written: ${PAIRS} (${pairs.length} pairs)`);
  return true;
}

/** What writing a folder does, with the CRDs that it held and the input does not. */
function report(folder: CrdFolder, content: FolderContent): string[] {
  const what = isUnchanged(folderChanges(content)) ? 'unchanged' : 'written';
  const gone = [...readFolder(content.path).values()].flatMap(crdNames).filter((name) => !folder.crds.includes(name));
  return [
    `${what}: crds/${folder.path} (CRDs: ${folder.crds.length}, API groups: ${folder.files.size})`,
    ...gone.map((name) => `no longer there: ${name}`),
  ];
}

/** What is left to do until imports/ and the schemas of the review are generated from these folders. */
function nextSteps(folders: readonly CrdFolder[], changed: boolean, listed: readonly string[]): string[] {
  const steps = folders.flatMap(({ component, path: folder, files }) => {
    const wanted = [...files.keys()].map((file) => `crds/${folder}/${file}`);
    const present = listed.filter((file) => file.startsWith(`crds/${component.id}/`));
    if ([...wanted].sort().join() === [...present].sort().join()) return [];
    const entries = wanted.map((file) => `  - ${file}`);
    return [`next: in ${CONFIG}, list these under 'imports' for ${component.title}, and no others:`, ...entries];
  });
  return changed || steps.length > 0 ? [...steps, 'next: npm run import && npm run typecheck'] : [];
}

const ROOT = path.join(__dirname, '..', '..');
const SCHEMAS = path.join(__dirname, 'schemas.ts');

if (require.main === module) {
  const world: World = {
    root: ROOT,
    // npm runs scripts in the project's folder, and says where the user was.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdin: () => streamBytes(process.stdin),
    say: console.log,
    complain: console.error,
    // In a process of its own: the review of this one has read the table that is compiled anew.
    compile: () => void spawnSync(process.execPath, ['-r', 'ts-node/register', SCHEMAS], { cwd: ROOT, stdio: 'inherit' }),
  };
  void main(process.argv.slice(2), world).then((code) => (process.exitCode = code));
}
