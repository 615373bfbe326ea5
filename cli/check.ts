import { printable } from '../constructs/shared/printable';
import { report, ReviewOptions } from '../review';
import { Reviewed } from '../review/format';
import { Locator } from '../review/manifests/locator';
import { readManifests, STDIN } from '../review/manifests/reader';
import { collectEarly } from './memory';

/** Where relative paths start, and what standard input holds. */
export interface CheckWorld {
  readonly cwd: string;
  readonly stdin: (maxBytes?: number) => Promise<Buffer>;
  /**
   * Writes a line on standard error.
   *
   * @default - the line is dropped
   */
  readonly complain?: (text: string) => void;
}

/** Reviews what stands in files, folders and standard input. */
export async function checkPaths(
  paths: readonly string[],
  options: ReviewOptions,
  { cwd, stdin, complain }: CheckWorld,
  maxBytes?: number,
): Promise<Reviewed> {
  const piped = paths.includes(STDIN) ? await stdin(maxBytes) : Buffer.alloc(0);
  const { manifests, faults, lines, textOf } = readManifests(paths, {
    cwd,
    stdin: () => piped,
    maxBytes,
    onLarge: collectEarly,
    onCutOff: (line) => complain?.(`${printable(line)}\n`),
  });
  const found = report(manifests, options);
  const places = new Locator(textOf, (file) => lines.get(file) ?? []).places([...found.findings, ...found.accepted]);
  return { report: found, faults, place: (finding) => places.get(finding) };
}
