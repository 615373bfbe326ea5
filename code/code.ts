import { printable } from '../constructs/shared/printable';
import { referenceOf, report, ReviewOptions } from '../review/engine';
import { Finding, ObjectReference } from '../review/finding';
import { Reviewed } from '../review/manifests/manifest';
import { objectsOf } from '../review/manifests/objects';
import { manifestList } from '../review/manifests/program-input';
import { Names } from './language/names';
import { Program, programOf } from './program';

/** The name of the file of what belongs to no root. */
const USUAL_NAME = 'machines';

/**
 * TypeScript that rebuilds manifests, a chart for each root: what is applied together. Each object is made by its construct,
 * and compared with what was read; what no prop says stands in `overrides`, and an object that no construct takes is an
 * `ApiObject`. No value of a Secret, no password and no login of an address is in it: comments say what to make instead.
 *
 * @param manifests Plain objects, of files or of a cluster (`kubectl get … -o json`), or as `readManifests` gives them.
 * @param options Those of the review, whose findings stand in comments above the objects.
 * @throws if the manifests are not objects, or an option is unknown.
 */
export function codeOf(manifests: Iterable<unknown>, options: ReviewOptions = {}): Program[] {
  const list = manifestList(manifests);
  const { findings } = report(list, options);
  const said = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding.object);
    said.set(key, [...(said.get(key) ?? []), finding]);
  }
  const roots = new Map<string, Reviewed[]>();
  for (const reviewed of list.flatMap((manifest) => objectsOf(manifest).objects)) {
    const name = programName(reviewed);
    const known = roots.get(name);
    if (known === undefined) roots.set(name, [reviewed]);
    else known.push(reviewed);
  }
  const names = new Names('-');
  return [...roots].map(([root, objects]) => {
    const name = names.of(fileNameOf(root));
    const imported = objects.filter(isWritten).map((reviewed) => ({
      object: reviewed.object,
      findings: (said.get(keyOf(referenceOf(reviewed))) ?? []).map(sentence),
    }));
    return programOf(name, imported);
  });
}

/** The root of an object; in a folder of steps each step, which is a state of its own. */
function programName({ root, origin }: Reviewed): string {
  if (root?.kind !== 'steps') return root?.name ?? '';
  return `${root.name}/${(origin.file ?? '').replace(/^.*[/\\]/, '').replace(/(\.k8s)?\.[a-z]+$/i, '')}`;
}

/** Objects that a controller made of others are not restated. */
function isWritten({ object }: Reviewed): boolean {
  const { ownerReferences } = (object.metadata ?? {}) as { readonly ownerReferences?: unknown };
  const isOwned =
    Array.isArray(ownerReferences) &&
    ownerReferences.some((owner) => (owner as { readonly controller?: unknown })?.controller === true);
  return typeof object.kind === 'string' && typeof object.apiVersion === 'string' && !isOwned;
}

function keyOf({ kind, namespace, name, file }: ObjectReference): string {
  return JSON.stringify([kind, namespace ?? '', name ?? '', file ?? '']);
}

function sentence({ severity, field, message, rule }: Finding): string {
  return printable(`${severity}: ${field}: ${message} [${rule}]`);
}

/** `overlays/lab` → `overlays-lab`: also the name of a file and of a chart. */
function fileNameOf(root: string): string {
  const name = root
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return name === '' || name === 'main' ? USUAL_NAME : name;
}
