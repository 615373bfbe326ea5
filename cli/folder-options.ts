import { folderOptions, SharedOptions, sourcesOf } from '../review/settings/options-file';

/** Options that hold, and where those come from that the command line does not say. */
export interface HeldOptions<T> {
  readonly options: T;
  /** Whether warnings fail, too. */
  readonly strict: boolean;
  /** `cdk8s-kubevirt.yaml (external)`, a text a file. */
  readonly sources: readonly string[];
}

/** What the command line says, and for the rest what the files of the working folder say; a list is replaced as a whole. */
export function withFolderOptions<T extends SharedOptions>(asked: T, cwd: string): HeldOptions<T> {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as T;
  const { options: standing, files } = folderOptions(cwd);
  const { strict = false, ...options } = { ...standing, ...given };
  return { options: options as T, strict, sources: sourcesOf(files, new Set(Object.keys(given))) };
}
