import * as fs from 'node:fs';
import { join } from 'node:path';

/** Of these folders of the sources depends what is said of an object. */
const JUDGING = ['review', 'constructs'];

/**
 * Which program this is, as exactly as its files say: a version may be built more than once while it is worked on.
 *
 * @param root The folder of the package.
 */
export function programState(root: string, program = __filename): string {
  const files = program.endsWith('.ts')
    ? JUDGING.flatMap((folder) => sourcesIn(join(root, folder)))
    : [program, join(root, 'lib', 'review', 'schema', 'table.jsonl')];
  let [newest, size] = [0, 0];
  for (const file of files) {
    const stats = fs.statSync(file);
    newest = Math.max(newest, stats.mtimeMs);
    size += stats.size;
  }
  return `${files.length} ${size} ${newest}`;
}

function sourcesIn(folder: string): string[] {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(ts|jsonl)$/.test(name)).map((name) => join(folder, name));
}
