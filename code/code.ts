import { printable } from '../constructs/shared/printable';
import { referenceOf, report, ReviewOptions } from '../review/engine';
import { Finding, ObjectReference } from '../review/finding';
import { isObject } from '../review/manifests/json';
import { Reviewed, ReviewedManifest } from '../review/manifests/manifest';
import { objectsOf } from '../review/manifests/objects';
import { manifestList } from '../review/manifests/program-input';
import { Names } from './language/names';
import { isOwned, raised } from './meaning/stated';
import { Imported, Program, programOf } from './program';

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
  const said = new Map<string, Finding[]>();
  for (const finding of report(withoutOwned(list), options).findings) {
    const key = keyOf(finding.object);
    const known = said.get(key);
    if (known === undefined) said.set(key, [finding]);
    else known.push(finding);
  }
  const roots = new Map<string, Reviewed[]>();
  for (const reviewed of list.flatMap((manifest) => objectsOf(manifest).objects)) {
    const name = programName(reviewed);
    const known = roots.get(name);
    if (known === undefined) roots.set(name, [reviewed]);
    else known.push(reviewed);
  }
  const names = new Names('-');
  const shared = sharedFolders([...roots.keys()].filter((root) => root !== ''));
  return [...roots].flatMap(([root, objects]) => {
    const wanted = fileNameOf(root.split('/').slice(shared).join('/'));
    const imported = objects.filter(isObjectOfKind).map((reviewed) => ({
      object: reviewed.object,
      findings: findingsOf(reviewed, said.get(keyOf(referenceOf(reviewed))) ?? []),
    }));
    return withoutTwins(imported).map((one) => programOf(names.of(wanted), one));
  });
}

/** Objects in as many charts as it takes for none to make an object twice: of two that are called the same, the second stands in another. */
function withoutTwins(imported: readonly Imported[]): readonly (readonly Imported[])[] {
  const charts: Imported[][] = [[]];
  const times = new Map<string, number>();
  for (const one of imported) {
    const { apiVersion, kind, metadata } = one.object;
    const { namespace, name } = isObject(metadata) ? metadata : {};
    const key = JSON.stringify([String(apiVersion).replace(/\/.*$/, ''), kind, namespace, name]);
    const time = name === undefined ? 0 : (times.get(key) ?? 0);
    times.set(key, time + 1);
    (charts[time] ??= []).push(one);
  }
  return charts;
}

/** Manifests without what another object makes, of which the code says nothing: the review is asked about what it says. */
function withoutOwned(list: readonly ReviewedManifest[]): readonly ReviewedManifest[] {
  return list.flatMap((manifest) => {
    const { object, origin, root, isChanged, touched } = manifest;
    if (!isObject(object) || isOwned(object)) return isObject(object) ? [] : [manifest];
    if (!Array.isArray(object.items) || !object.items.some((item) => isObject(item) && isOwned(item)))
      return [manifest];
    const items = object.items.filter((item) => !isObject(item) || !isOwned(item));
    const left = { ...object, items };
    return [root === undefined ? ReviewedManifest.of(left, origin) : manifest.within(root, left, isChanged, touched)];
  });
}

/** What is to be said of an object: not of what the server wrote, and not of an old version, which is raised. */
function findingsOf({ object }: Reviewed, found: readonly Finding[]): readonly string[] {
  const isRaised = raised(object) !== object.apiVersion;
  return found.filter((one) => isOfWritten(one) && !(isRaised && one.field === 'apiVersion')).map(sentence);
}

/** Whether a finding is of what a manifest states, and not of what the server wrote. */
function isOfWritten({ field }: Finding): boolean {
  return !/^(?:status\b|metadata\.(?:uid|resourceVersion|generation|managedFields|creationTimestamp|selfLink|ownerReferences)\b)/.test(
    field,
  );
}

/** The root of an object; in a folder of steps each step, which is a state of its own. */
function programName({ root, origin }: Reviewed): string {
  if (root?.kind !== 'steps') return root?.name ?? '';
  return `${root.name}/${(origin.file ?? '').replace(/^.*[/\\]/, '').replace(/(\.k8s)?\.[a-z]+$/i, '')}`;
}

/** How many folders all roots are in: they say nothing of what is in them. A root by itself keeps its last folder. */
function sharedFolders(roots: readonly string[]): number {
  const [first = [], ...others] = roots.map((root) => root.split('/'));
  if (others.length === 0) return Math.max(0, first.length - 1);
  const differing = first.findIndex((folder, index) => others.some((other) => other[index] !== folder));
  return differing < 0 ? first.length : differing;
}

function isObjectOfKind({ object }: Reviewed): boolean {
  return typeof object.kind === 'string' && typeof object.apiVersion === 'string';
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
