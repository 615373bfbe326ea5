import { Reviewed } from '../manifests/manifest';
import { ReviewedSet } from '../references/rule';
import { Catalogue } from './catalogue';
import { groupOf, kindOf } from './identity';
import { Reference, visitReferences } from './reference';

/** What the rules over all manifests look things up in; made once for a set. */
export interface Facts {
  readonly catalogue: Catalogue;
  /** What is named and does not exist, by its kind. */
  readonly missing: ReadonlyMap<string, readonly Reference[]>;
  readonly machines: readonly Reviewed[];
  readonly dataVolumes: readonly Reviewed[];
  readonly claims: readonly Reviewed[];
}

const KNOWN = new WeakMap<ReviewedSet, Facts>();

/** The facts of a set. */
export function factsOf(set: ReviewedSet): Facts {
  const facts = KNOWN.get(set) ?? gather(set);
  KNOWN.set(set, facts);
  return facts;
}

function gather(set: ReviewedSet): Facts {
  const catalogue = new Catalogue(set);
  const missing = new Map<string, Reference[]>();
  const machines: Reviewed[] = [];
  const dataVolumes: Reviewed[] = [];
  const claims: Reviewed[] = [];
  for (const reviewed of set.objects) {
    const kind = kindOf(reviewed);
    if (kind === 'VirtualMachine' && groupOf(reviewed) === 'kubevirt.io') machines.push(reviewed);
    else if (kind === 'DataVolume' && groupOf(reviewed) === 'cdi.kubevirt.io') dataVolumes.push(reviewed);
    else if (kind === 'PersistentVolumeClaim') claims.push(reviewed);
    visitReferences(reviewed, (reference) => {
      if (catalogue.has(reference.kind, reference.name, reference.namespace)) return;
      const same = missing.get(reference.kind);
      if (same === undefined) missing.set(reference.kind, [reference]);
      else same.push(reference);
    });
  }
  return { catalogue, missing, machines, dataVolumes, claims };
}
