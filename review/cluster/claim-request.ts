import { objectAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { claimIn } from './claim';
import { nameKey, nameOf } from './identity';
import { Kind } from './kinds';
import { diskTemplates, Machine } from './machine';

/** What is asked for a claim, by itself, by a DataVolume, or by the template of a machine; before the storage decides. */
export interface ClaimRequest {
  /** Its namespace and name, as `nameKey` writes them. */
  readonly key: string;
  /** Access modes, as far as they are said. */
  readonly accessModes: readonly unknown[];
  /** Storage class; empty for the default one. */
  readonly storageClassName: string;
}

/** The claim that an object is, or that is made under its name; undefined for any other object. */
export function ownRequest(reviewed: Reviewed, { claim }: Kind): ClaimRequest | undefined {
  if (claim === undefined) return undefined;
  const spec = objectAt(reviewed.object, 'spec') ?? {};
  return request(reviewed, nameOf(reviewed), claim === 'DataVolume' ? claimIn(spec).written : spec);
}

/** The claims that the disk templates of a machine ask for. */
export function templateRequests(machine: Machine): ClaimRequest[] {
  return diskTemplates(machine).map((template) => {
    const { written } = claimIn(objectAt(template, 'spec') ?? {});
    return request(machine.from, textAt(template, 'metadata', 'name'), written);
  });
}

const NO_MODES: readonly unknown[] = [];

/** Those that are written, without a copy: a fleet has a list a disk. */
function modesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? NO_MODES : [value];
}

function request(owner: Reviewed, name: string, written: Json): ClaimRequest {
  return {
    key: nameKey(owner, name),
    accessModes: modesIn(written.accessModes),
    storageClassName: textAt(written, 'storageClassName'),
  };
}
