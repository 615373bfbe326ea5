import { groupOf, namespaceOf, placeKey } from '../cluster/identity';
import { claimUses } from '../cluster/machine';
import type { ClusterState } from '../cluster/state';
import { objectAt, objectsAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { ClaimRivals } from './claim-rivals';

/** Where the pods of a workload are said. */
const POD_TEMPLATES: readonly (readonly string[])[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];

/** The claims that a machine or a pod names: whoever waits for a first consumer has one in them. Found out when it is asked. */
export class ClaimUsers {
  /** Who takes the volumes that claims themselves use. */
  public readonly rivals: ClaimRivals;
  private used?: ReadonlySet<string>;

  public constructor(
    private readonly state: ClusterState,
    private readonly objects: Iterable<Reviewed>,
  ) {
    this.rivals = new ClaimRivals(state);
  }

  /** Whether anything uses a claim. */
  public uses(namespace: string, name: string): boolean {
    this.used ??= new Set([...ofMachines(this.state), ...[...this.objects].flatMap(ofPods)]);
    return this.used.has(placeKey(namespace, name));
  }
}

function* ofMachines({ machines }: ClusterState): Generator<string> {
  for (const { value: machine } of machines.entries()) {
    for (const { name } of claimUses(machine)) yield placeKey(machine.namespace, name);
  }
}

function ofPods(reviewed: Reviewed): string[] {
  if (!['', 'apps', 'batch'].includes(groupOf(reviewed))) return [];
  const namespace = namespaceOf(reviewed);
  return POD_TEMPLATES.flatMap((path) => claimsIn(objectAt(reviewed.object, ...path))).map((name) =>
    placeKey(namespace, name),
  );
}

function claimsIn(spec: Json | undefined): string[] {
  return objectsAt(spec, 'volumes').map((volume) => textAt(volume, 'persistentVolumeClaim', 'claimName'));
}
