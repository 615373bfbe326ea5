import * as path from 'node:path';
import { Json } from '../../rule';
import { isObject, objectsAt, textAt } from '../json';
import { isKustomization } from '../kustomize';
import { Kustomization } from './kustomization';
import { tracedParts } from './kustomize-output';
import type { Part } from './part';
import { patchesOf } from './patch';
import { eachObject, inNamespace, withAffixes } from './transform';
import { Tree } from './tree';

/** What a root takes, and what was found on the way. */
export class Build {
  public parts: Part[] = [];
  public isOpen = false;
  /** The files that it takes, by their absolute paths. */
  public readonly files = new Set<string>();
  /** The Kustomizations that are being taken, each by the one before it: none takes itself. */
  private readonly entered = new Set<Kustomization>();
  private taken = 0;

  constructor(private readonly tree: Tree) {}

  /** Takes the documents of a file as they stand; what is not there makes the root an open one. */
  public addFile(at: string): void {
    const manifests = this.tree.file(at);
    if (manifests === undefined) {
      this.isOpen = true;
      return;
    }
    this.files.add(at);
    for (const manifest of manifests) {
      if (isKustomization(manifest.object, manifest.origin.file)) continue;
      this.parts.push({ manifest, object: manifest.object, isChanged: false, touched: [] });
    }
  }

  /**
   * Takes what a Kustomization gives: its resources, then its components, then its own changes. A Component works on what
   * those before it gave. kustomize, api/internal/target/kusttarget.go, accumulateTarget.
   */
  public add(kustomization: Kustomization): void {
    this.taken += 1;
    if (this.entered.has(kustomization) || this.taken > MOST_TAKEN) return;
    this.entered.add(kustomization);
    const isComponent = textAt(kustomization.object, 'kind') === 'Component';
    const before = isComponent ? [] : this.parts;
    if (!isComponent) this.parts = [];
    this.files.add(path.resolve(kustomization.folder, path.basename(kustomization.name)));
    this.isOpen ||= kustomization.isOpen;
    for (const { at } of [...kustomization.resources, ...kustomization.components]) this.addOperand(at);
    this.parts.push({ manifest: kustomization.manifest, object: kustomization.object, isChanged: true, touched: [] });
    this.transform(kustomization);
    this.parts = [...before, ...this.parts];
    this.entered.delete(kustomization);
  }

  /** As `add`, with what kustomize made of it in the place of what is read. */
  public addBuilt(kustomization: Kustomization, output: Parameters<typeof tracedParts>[0]): void {
    const [before, wasOpen] = [this.parts, this.isOpen];
    this.add(kustomization);
    const own = this.parts.slice(before.length);
    if (own.length === 0) return;
    this.parts = [...before, ...tracedParts(output, kustomization.folder, own, this.tree)];
    this.isOpen = wasOpen;
  }

  /** Takes a file, or the Kustomization of a folder. */
  public addOperand(at: string): void {
    const below = this.tree.kustomization(at);
    if (below === undefined) this.addFile(at);
    else this.add(below);
  }

  /** Puts every object into a namespace. */
  public setNamespace(namespace: string): void {
    for (const part of this.parts) part.object = eachObject(part, (object) => inNamespace(object, namespace));
  }

  /** Puts every object that names no namespace into one. */
  public fillNamespace(namespace: string): void {
    for (const part of this.parts) {
      part.object = eachObject(part, (object) =>
        textAt(object, 'metadata', 'namespace') === '' && textAt(object, 'kind') !== 'Namespace'
          ? inNamespace(object, namespace)
          : object,
      );
    }
  }

  /** Marks the objects that the patches of a Kustomization, or of an engine, touch; drops those that one deletes. */
  public patch(holder: Json, folder: string): void {
    for (const patch of patchesOf(holder, folder, this.tree)) {
      this.parts = this.parts.filter((part) => {
        if (!patch.touches(part)) return true;
        part.isChanged = true;
        part.touched.push(...patch.fieldsOn(part.manifest.object));
        part.object = eachObject(part, (object) => patch.renamed(object));
        return !patch.deletes;
      });
    }
  }

  private transform({ object, folder, changesAll }: Kustomization): void {
    this.patch(object, folder);
    const namespace = textAt(object, 'namespace');
    if (namespace !== '') this.setNamespace(namespace);
    const [prefix, suffix] = [textAt(object, 'namePrefix'), textAt(object, 'nameSuffix')];
    if (prefix !== '' || suffix !== '') {
      for (const part of this.parts) {
        part.object = eachObject(part, (one) => withAffixes(one, prefix, suffix));
        part.isChanged = true;
        part.touched.push('metadata.name');
      }
    }
    for (const part of this.parts)
      part.isChanged ||= changesAll || isRelabelled(object, part) || isScaled(object, part);
  }
}

/** Bases may be taken many times, by bases that are themselves: no root takes more. */
const MOST_TAKEN = 2000;

/** A label that is put into selectors too: kustomize, api/konfig/builtinpluginconsts/commonlabels.go. */
function isRelabelled(kustomization: Json, { object }: Part): boolean {
  if (!isObject(object) || textAt(object, 'kind') !== 'Service') return false;
  const isSelected = objectsAt(kustomization, 'labels').some(({ includeSelectors }) => includeSelectors === true);
  return isSelected || isObject(kustomization.commonLabels);
}

function isScaled(kustomization: Json, { object }: Part): boolean {
  const name = textAt(object, 'metadata', 'name');
  return objectsAt(kustomization, 'replicas').some((entry) => textAt(entry, 'name') === name);
}
