import { report } from '../review/engine';
import { Reviewed } from '../review/format';
import { Locator } from '../review/manifests/locator';
import type { SharedOptions } from '../review/settings/options-file';
import { ReadingOptions, ReadingWorld, readPaths } from './reading';
import { storageOf } from './storage';

/** Reviews what stands in files, folders and standard input. */
export async function checkPaths(
  paths: readonly string[],
  { storage: file, ...options }: SharedOptions,
  world: ReadingWorld,
  reading?: ReadingOptions,
): Promise<Reviewed> {
  const storage = storageOf({ storage: file, backends: options.backends }, world.cwd, reading?.maxBytes)?.text;
  const {
    input: { manifests, faults, lines, textOf },
    kustomize,
  } = await readPaths(paths, world, reading);
  const found = report(manifests, { ...options, storage });
  const places = new Locator(textOf, (file) => lines.get(file) ?? []).places([...found.findings, ...found.accepted]);
  return { report: found, faults, kustomize, manifests, place: (finding) => places.get(finding) };
}
