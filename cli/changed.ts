import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Reviewed } from '../review/format';
import { count } from '../review/format/words';
import { changedFiles } from './revision';

/**
 * Reviews all that is named, and keeps what is said of files that Git says have changed.
 *
 * @param word What stands behind `--changed`: a path that exists is the first of the paths, and not a revision.
 * @param review Reviews files and folders.
 */
export async function checkChanged(
  word: string,
  paths: readonly string[],
  cwd: string,
  review: (paths: readonly string[]) => Promise<Reviewed>,
): Promise<Reviewed> {
  const isPath = word !== '' && fs.existsSync(path.resolve(cwd, word));
  const revision = isPath || word === '' ? 'HEAD' : word;
  const named = isPath ? [word, ...paths] : paths;
  const changed = changedFiles(revision, cwd);
  const real = fs.realpathSync(cwd);
  const isChanged = (file: string | undefined): boolean => file !== undefined && changed.has(path.resolve(real, file));
  const reviewed = await review(named.length === 0 ? ['.'] : named);
  const { report, faults } = reviewed;
  const inChanged = <T extends { readonly object: { readonly file?: string } }>(all: readonly T[]): T[] =>
    all.filter(({ object }) => isChanged(object.file));
  return {
    ...reviewed,
    report: {
      ...report,
      findings: inChanged(report.findings),
      accepted: inChanged(report.accepted),
      unchecked: report.unchecked.filter(({ file, object }) => isChanged(file ?? object?.file)),
    },
    faults: faults.filter(({ file }) => isChanged(file)),
    scope: `${count(changed.size, 'file')} that changed since ${revision}`,
  };
}
