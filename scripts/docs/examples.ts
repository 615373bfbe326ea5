import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { reason } from '../refusal';

const USAGE = `Usage: npm run examples

Runs every example in its folder, as in a project of its own but with the sources beside it in place
of the package; each writes its dist/.

Exit codes: 0 all written, 1 one of them failed (its dist/ is as it was), 2 wrong command line.
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
  let status = 0;
  for (const name of exampleNames(root)) {
    try {
      runExample(path.join(root, 'examples', name));
      say(`examples/${name}/dist`);
    } catch (thrown) {
      complain(`examples/${name}: ${failure(thrown)}`);
      status = 1;
    }
  }
  return status;
}

type Say = (line: string) => void;

/** The folders of examples/ that hold an app, sorted. */
export function exampleNames(root: string): string[] {
  const folder = path.join(root, 'examples');
  const names = fs.readdirSync(folder).filter((name) => fs.existsSync(path.join(folder, name, 'main.ts')));
  return names.sort();
}

function runExample(cwd: string): void {
  const env = { ...process.env };
  delete env.CDK8S_OUTDIR;
  // Each example has a tsconfig of its own, for a copy of it: it compiles without swc, and our sources with it.
  env.TS_NODE_PROJECT = path.join(path.dirname(path.dirname(cwd)), 'tsconfig.json');
  const node = ['-C', 'cdk8s-kubevirt-source', '-r', require.resolve('ts-node/register'), 'main.ts'];
  execFileSync(process.execPath, node, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
}

/** What the app wrote before it failed, if anything. */
function failure(thrown: unknown): string {
  const { stderr } = thrown as { readonly stderr?: string };
  return stderr === undefined || stderr === '' ? reason(thrown) : stderr.trimEnd();
}

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), path.join(__dirname, '..', '..'), console.log, console.error);
}
