import { report, ReviewOptions } from '../review';
import { Reviewed } from '../review/format';
import { Locator } from '../review/manifests/locator';
import { ReadingOptions, ReadingWorld, readPaths } from './reading';

/** Reviews what stands in files, folders and standard input. */
export async function checkPaths(
  paths: readonly string[],
  options: ReviewOptions,
  world: ReadingWorld,
  reading?: ReadingOptions,
): Promise<Reviewed> {
  const {
    input: { manifests, faults, lines, textOf },
    kustomize,
  } = await readPaths(paths, world, reading);
  const found = report(manifests, options);
  const places = new Locator(textOf, (file) => lines.get(file) ?? []).places([...found.findings, ...found.accepted]);
  return { report: found, faults, kustomize, place: (finding) => places.get(finding) };
}
