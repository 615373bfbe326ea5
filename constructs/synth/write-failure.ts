import { refuse } from '../shared/refusal';
import { codeOf } from './file-system';

/** What a user can do of what the system answers: https://man7.org/linux/man-pages/man3/errno.3.html */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'let this user read and write there, or name another folder',
  EDQUOT: 'make room there, or name another folder',
  ENOSPC: 'make room there, or name another folder',
  EPERM: 'let this user read and write there, or name another folder',
  EROFS: 'let this user read and write there, or name another folder',
};

/**
 * Runs what reads and writes the output folder.
 *
 * @throws of `outdir`, if a call of the system fails: else nothing would say whose path that is.
 */
export function inOutputFolder<T>(outdir: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    const code = codeOf(error);
    if (!(error instanceof Error) || !/^E[A-Z0-9]+$/.test(code)) throw error;
    const remedy = `${error.message}; ${REMEDIES[code] ?? 'see to that, or name another folder'}`;
    refuse('ManifestApp', 'outdir', 'be a folder that can be written', outdir, remedy);
  }
}
