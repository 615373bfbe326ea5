import { keepsState, stateClaimName } from '../cluster/backend-storage';
import type { Claim } from '../cluster/claim';
import { groupOf, namespaceOf, placeKey } from '../cluster/identity';
import { kindNamed } from '../cluster/kinds';
import { claimUses, isStarted, Machine } from '../cluster/machine';
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

/** The claims that a machine or a pod names: a class that waits for a first consumer has one in them. Found out when it is asked. */
export class ClaimUsers {
  /** Who takes the volumes that claims themselves use. */
  public readonly rivals: ClaimRivals;
  private used?: ReadonlySet<string>;
  private usedLater?: ReadonlyMap<string, Machine>;

  public constructor(
    private readonly state: ClusterState,
    private readonly objects: Iterable<Reviewed>,
  ) {
    this.rivals = new ClaimRivals(state);
  }

  /** Whether a machine that runs, or a pod, uses a claim: one that is made for a pod has it. */
  public uses({ namespace, name, owner }: Claim): boolean {
    if (owner !== undefined && kindNamed(owner.kind)?.machine === undefined) return true;
    this.used ??= new Set([
      ...[...ofMachines(this.state, true)].map(([key]) => key),
      ...[...this.objects].flatMap(ofPods),
    ]);
    return this.used.has(placeKey(namespace, name));
  }

  /** A machine that uses a claim once somebody starts it; undefined if there is none. */
  public laterUser({ namespace, name }: Claim): string | undefined {
    this.usedLater ??= new Map(ofMachines(this.state, false));
    const machine = this.usedLater.get(placeKey(namespace, name));
    return machine && `${machine.kind} ${machine.name}`;
  }
}

function* ofMachines({ machines }: ClusterState, areStarted: boolean): Generator<[key: string, machine: Machine]> {
  for (const { value: machine } of machines.entries()) {
    if (isStarted(machine) !== areStarted) continue;
    for (const { name } of claimUses(machine)) yield [placeKey(machine.namespace, name), machine];
    if (keepsState(machine.guest)) yield [placeKey(machine.namespace, stateClaimName(machine.name)), machine];
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
