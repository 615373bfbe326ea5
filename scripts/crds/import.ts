import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { folderChanges, FolderContent, isUnchanged, replaceFolders } from './folder-swap';
import { generateImports } from './import-files';
import { reason, Refusal } from './refusal';

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

if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), path.join(__dirname, '..', '..'), console.log, console.error);
}
