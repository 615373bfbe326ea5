import { printable } from '../constructs/shared/printable';
import { referenceOf, report, ReviewOptions } from '../review/engine';
import { Finding, ObjectReference } from '../review/finding';
import { isObject } from '../review/manifests/json';
import { Reviewed, ReviewedManifest } from '../review/manifests/manifest';
import { objectsOf } from '../review/manifests/objects';
import { manifestList } from '../review/manifests/program-input';
import { Json } from '../review/rule';
import { Names } from './language/names';
import { isOwned } from './meaning/stated';
import { raised } from './meaning/versions';
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
  const { findings, kubevirt } = reviewed(list, options);
  for (const finding of findings) {
    const key = keyOf(finding.object);
    const known = said.get(key);
    if (known === undefined) said.set(key, [finding]);
    else known.push(finding);
  }
  const roots = new Map<string, Reviewed[]>();
  for (const one of list.flatMap((manifest) => objectsOf(manifest).objects)) {
    const name = programName(one);
    const known = roots.get(name);
    if (known === undefined) roots.set(name, [one]);
    else known.push(one);
  }
  const names = new Names('-');
  const shared = sharedFolders([...roots.keys()].filter((root) => root !== ''));
  return [...roots].flatMap(([root, objects]) => {
    const wanted = fileNameOf(root.split('/').slice(shared).join('/'));
    const imported = objects.filter(isObjectOfKind).map((one) => ({
      object: one.object,
      findings: (said.get(keyOf(referenceOf(one))) ?? [])
        .filter(isOfWritten)
        .map((finding) => sentence(finding, one.object, kubevirt)),
    }));
    return withoutTwins(imported).map((one) => programOf(names.of(wanted), one, kubevirt));
  });
}

/** Objects in as many charts as it takes for none to make an object twice: of two that are called the same, the second stands in another. */
function withoutTwins(imported: readonly Imported[]): readonly (readonly Imported[])[] {
  const charts: Imported[][] = [[]];
  const times = new Map<string, number>();
  for (const one of imported) {
    const { apiVersion, kind, metadata } = one.object;
    const { namespace, name } = isObject(metadata) ? metadata : {};
    const key = JSON.stringify([String(apiVersion).split('/', 1)[0], kind, namespace, name]);
    const time = name === undefined ? 0 : (times.get(key) ?? 0);
    times.set(key, time + 1);
    (charts[time] ??= []).push(one);
  }
  return charts;
}

/**
 * What the review says of what is to be said in code, and for which release of KubeVirt. Of a version that is not served it
 * judges nothing else: such objects are judged as they are raised, too.
 */
function reviewed(
  list: readonly ReviewedManifest[],
  options: ReviewOptions,
): { readonly findings: readonly Finding[]; readonly kubevirt: string } {
  const written = rewritten(list, (object) => (isOwned(object) ? undefined : object));
  const { findings, release } = report(written, options);
  const { kubevirt } = release;
  const unserved = findings.filter(({ field }) => field === 'apiVersion');
  if (unserved.length === 0) return { findings, kubevirt };
  const risen = rewritten(written, (object) => {
    const apiVersion = raised(object, kubevirt);
    return apiVersion === object.apiVersion ? object : { ...object, apiVersion };
  });
  const ofRisen = report(risen, options).findings;
  return { findings: [...unserved, ...ofRisen.filter(({ field }) => field !== 'apiVersion')], kubevirt };
}

/** Manifests with their objects, and those of their lists, changed; undefined leaves one out. */
function rewritten(
  list: readonly ReviewedManifest[],
  change: (object: Json) => Json | undefined,
): readonly ReviewedManifest[] {
  return list.flatMap((manifest) => {
    const { object, origin, root, isChanged, touched } = manifest;
    if (!isObject(object)) return [manifest];
    const changed = change(Array.isArray(object.items) ? withItems(object, object.items, change) : object);
    if (changed === undefined) return [];
    if (changed === object) return [manifest];
    return [
      root === undefined ? ReviewedManifest.of(changed, origin) : manifest.within(root, changed, isChanged, touched),
    ];
  });
}

function withItems(object: Json, items: readonly unknown[], change: (object: Json) => Json | undefined): Json {
  const changed = items.flatMap((item) => (isObject(item) ? (change(item) ?? []) : [item]));
  const isSame = changed.length === items.length && changed.every((item, index) => item === items[index]);
  return isSame ? object : { ...object, items: changed };
}

/** What the code mends: the secret stays out of it, and a comment says where it goes. */
const MENDED = 'user-data-secret';

/** Whether a finding is of what a manifest states and the code says again, and not of what the server wrote. */
function isOfWritten({ field, rule }: Finding): boolean {
  if (rule === MENDED) return false;
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

function sentence({ severity, field, message, rule }: Finding, object: Json, kubevirt: string): string {
  const version = raised(object, kubevirt);
  const risen =
    field === 'apiVersion' && version !== object.apiVersion ? `; here it is raised to '${String(version)}'` : '';
  return printable(`${severity}: ${field}: ${message}${risen} [${rule}]`);
}

/** `overlays/lab` → `overlays-lab`: also the name of a file and of a chart. */
function fileNameOf(root: string): string {
  const name = root
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return name === '' || name === 'main' ? USUAL_NAME : name;
}
