import { dump } from 'js-yaml';
import { others, Refusal } from '../refusal';
import { ALL_TITLES, Component, COMPONENTS, componentOf, inferVersion } from './crd-components';
import { crdFacts, groupOf, isCrd, originOf } from './crd-facts';
import { InputObject } from './crd-input';

/** The versions that the user gave, by the option that gives them. */
export type GivenVersions = { readonly [option in Component['option']]?: string };

/** The CRDs of one component in one version, as they stand below crds/. */
export interface CrdFolder {
  readonly component: Component;
  readonly version: string;
  /** `<component>/<version>`, below crds/. */
  readonly path: string;
  /** One file per API group, named by it. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of its CRDs, sorted. */
  readonly crds: readonly string[];
}

/** What becomes of an input: the folders to write, and how many of its objects are not ours. */
export interface CrdPlan {
  readonly folders: readonly CrdFolder[];
  readonly passedBy: number;
}

/**
 * Sorts the CRDs of the input into folders; refuses the whole input for one CRD that it cannot take.
 *
 * @param held The folders that there are: `kubevirt/v1.6.2`.
 */
export function planCrds(objects: readonly InputObject[], given: GivenVersions, held: readonly string[]): CrdPlan {
  const ours = objects.filter((crd) => {
    const component = isCrd(crd.object) ? componentOf(groupOf(crd)) : undefined;
    return component !== undefined && (component.onRequest !== true || given[component.option] !== undefined);
  });
  if (ours.length === 0) {
    throw Refusal.of('crds', `the input must hold CRDs of ${ALL_TITLES}`, others(objects.length));
  }
  const folders = COMPONENTS.flatMap((component) => {
    const crds = ours.filter((crd) => component.owns(groupOf(crd)));
    if (crds.length > 0) return [folderOf(component, crds, given[component.option])];
    const version = given[component.option];
    // Which held release goes with those of the input.
    if (version === undefined || held.includes(`${component.id}/${version}`)) return [];
    throw Refusal.of(`--${component.option}`, `the input must hold CRDs of ${component.title}`, undefined);
  });
  return { folders, passedBy: objects.length - ours.length };
}

function folderOf(component: Component, crds: readonly InputObject[], given: string | undefined): CrdFolder {
  const texts = new Map<string, { readonly text: string; readonly group: string; readonly from: string }>();
  for (const crd of crds) {
    const facts = crdFacts(crd);
    const name = facts.metadata.name;
    const text = `---\n${dump(facts, { lineWidth: -1, seqNoIndent: true })}`;
    const twin = texts.get(name);
    if (twin !== undefined && twin.text !== text) {
      throw Refusal.of(name, 'must be one CRD', [twin.from, crd.from], 'give the CRDs of one version at a time');
    }
    texts.set(name, { text, group: groupOf(crd), from: crd.from });
  }
  const version = given ?? inferVersion(component, crds.map(originOf));
  const files = new Map<string, string>();
  for (const name of [...texts.keys()].sort()) {
    const { group, text } = texts.get(name)!;
    files.set(`${group}.yaml`, (files.get(`${group}.yaml`) ?? '') + text);
  }
  return {
    component,
    version,
    path: `${component.id}/${version}`,
    files: sortedByGroup(files),
    crds: [...texts.keys()].sort(),
  };
}

/** `kubevirt.io` before `clone.kubevirt.io`: the group that a component is named by comes first. */
function sortedByGroup(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const depth = (file: string) => file.split('.').length;
  return new Map([...files].sort(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1)));
}

/** Names of the CRDs in the text of a file that was written here. */
export function crdNames(text: string): string[] {
  return [...text.matchAll(/^metadata:\n  name: (\S+)$/gm)].map(([, name]) => String(name));
}
