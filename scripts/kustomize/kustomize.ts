import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll, findKustomize, Kustomize } from '../../cli/kustomize';
import { Listing, Reading } from '../../review/manifests/reader';
import { TREES } from '../../review/testing/trees';
import { withTree } from '../../review/testing/written-tree';
import { reason } from '../refusal';
import { differences } from './differences';

const USAGE = `Usage: npm run kustomize

Compares what the review reads without kustomize with what kustomize, or kubectl kustomize, makes: of the repositories of
review/testing/trees.ts, and of every Kustomization that the examples write.

Exit codes: 0 the same, or kustomize is not installed; 1 they differ, or kustomize is not installed in a workflow of GitHub; 2 wrong
command line.
`;

type Say = (line: string) => void;

/** Runs the command in a project; lines go to `say` and `complain`. */
export async function main(
  argv: readonly string[],
  root: string,
  env: NodeJS.ProcessEnv,
  say: Say,
  complain: Say,
): Promise<number> {
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
  const kustomize = await findKustomize(env);
  if (kustomize === undefined) {
    if (env.GITHUB_ACTIONS !== 'true') {
      say('neither kustomize nor kubectl is installed: the reading was not compared with it');
      return 0;
    }
    complain('neither kustomize nor kubectl is installed: the workflow must have one of them');
    return 1;
  }
  const counts = { built: 0, faults: 0 };
  const compare = async (title: string, cwd: string, paths: readonly string[]): Promise<void> => {
    const { built, faults } = await compared(kustomize, env, cwd, paths);
    counts.built += built;
    counts.faults += faults.length;
    for (const fault of faults) complain(`${title}: ${fault}`);
  };
  for (const { name, files } of TREES) await withTree(files, async (cwd) => compare(name, cwd, ['.']));
  for (const folder of outputsOfExamples(root)) await compare(folder, root, [folder]);
  say(`${kustomize.binary} ${kustomize.version}: ${counts.built} Kustomizations built, ${counts.faults} differences`);
  return counts.faults === 0 ? 0 : 1;
}

async function compared(
  kustomize: Kustomize,
  env: NodeJS.ProcessEnv,
  cwd: string,
  paths: readonly string[],
): Promise<{ readonly built: number; readonly faults: readonly string[] }> {
  const reading = new Reading(new Listing(paths, { cwd, stdin: () => Buffer.alloc(0) }));
  const outputs = await buildAll(kustomize, reading.builds, env);
  const failures = [...outputs.values()].flatMap((output) =>
    'failure' in output ? [`kustomize does not build it: ${output.failure}`] : [],
  );
  return { built: outputs.size, faults: [...failures, ...differences(reading.placed(), reading.placed(outputs))] };
}

/** The folders that the examples write, with a Kustomization in them. */
function outputsOfExamples(root: string): string[] {
  const examples = path.join(root, 'examples');
  return fs
    .readdirSync(examples)
    .map((name) => path.join(examples, name, 'dist'))
    .filter((dist) => fs.existsSync(dist) && holdsKustomization(dist))
    .map((dist) => path.relative(root, dist));
}

function holdsKustomization(folder: string): boolean {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .some((name) => /(^|[/\\])kustomization\.ya?ml$/.test(name));
}

if (require.main === module) {
  void main(process.argv.slice(2), path.join(__dirname, '..', '..'), process.env, console.log, console.error).then(
    (status) => (process.exitCode = status),
  );
}
