import { lstatSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';

/** The file that holds the whole stream; the command line prints what ends in `.yaml`. */
export const STREAM_FILE = 'app.k8s.yaml';

/**
 * Whether a folder is the one that `cdk8s synth --stdout` makes: an empty temporary folder. The
 * command line gives no other sign, and prints all files in it at once, with nothing between.
 *
 * @see https://github.com/cdk8s-team/cdk8s-cli/blob/2.x/src/util.ts
 */
export function isStdoutFolder(folder: string): boolean {
  const path = resolve(folder);
  if (dirname(path) !== resolve(tmpdir()) || !/^cdk8s-[A-Za-z0-9]{6}$/.test(basename(path))) return false;
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true && readdirSync(path).length === 0;
}
