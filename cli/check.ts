import * as fs from 'node:fs';
import * as path from 'node:path';
import { report, ReviewOptions } from '../review';
import { Reviewed } from '../review/format';
import { decode } from '../review/manifests/documents';
import { Locator } from '../review/manifests/locator';
import { readManifests, STDIN, STDIN_NAME } from '../review/manifests/reader';

/** Where relative paths start, and what standard input holds. */
export interface CheckWorld {
  readonly cwd: string;
  readonly stdin: () => Promise<Buffer>;
}

/** Reviews what stands in files, folders and standard input. */
export async function checkPaths(
  paths: readonly string[],
  options: ReviewOptions,
  { cwd, stdin }: CheckWorld,
): Promise<Reviewed> {
  const piped = paths.includes(STDIN) ? await stdin() : Buffer.alloc(0);
  const { manifests, faults, lines } = readManifests(paths, { cwd, stdin: () => piped });
  const textOf = (file: string): string | undefined => {
    try {
      return decode(file === STDIN_NAME ? piped : fs.readFileSync(path.resolve(cwd, file)));
    } catch {
      return undefined;
    }
  };
  const locator = new Locator(textOf, (file) => lines.get(file) ?? []);
  return { report: report(manifests, options), faults, place: (finding) => locator.place(finding) };
}
