import { k8s } from 'cdk8s-plus-27';
import { checkLabels } from '../shared/checks';
import { checkKeys, KnownKeys } from '../shared/known-keys';
import { addKind, Faults } from '../shared/refusal';
import { Toleration } from '../shared/toleration';

/** The nodes that pods run on. */
export interface NodePlacement {
  /**
   * Labels that a node must have, for example `{ 'kubernetes.io/os': 'linux' }`.
   *
   * @default - any node
   */
  readonly nodeSelector?: { readonly [label: string]: string };

  /**
   * Taints of nodes that the pods put up with.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];
}

const PLACEMENT: KnownKeys<NodePlacement> = { nodeSelector: true, tolerations: true };

/** Notes what is wrong with a placement. */
export function checkPlacement(faults: Faults, property: string, placement: unknown): void {
  if (placement === undefined || !checkKeys(faults, property, placement, PLACEMENT)) return;
  const { nodeSelector, tolerations } = placement;
  checkLabels(faults, `${property}.nodeSelector`, nodeSelector);
  if (tolerations === undefined) return;
  const remedy = "write for example [Toleration.exists('CriticalAddonsOnly')]";
  if (!Array.isArray(tolerations)) {
    addKind(faults, `${property}.tolerations`, 'be a list of Tolerations', tolerations, remedy);
    return;
  }
  tolerations.forEach((toleration: unknown, index) => {
    if (toleration instanceof Toleration) return;
    addKind(faults, `${property}.tolerations[${index}]`, 'be a Toleration', toleration, remedy);
  });
}

/** A placement as Kubernetes objects have it; undefined if absent. */
export function renderPlacement(placement: NodePlacement | undefined): RenderedPlacement | undefined {
  if (placement === undefined) return undefined;
  const { nodeSelector, tolerations } = placement;
  return {
    nodeSelector: nodeSelector && { ...nodeSelector },
    tolerations: tolerations?.map((toleration) => toleration._render()),
  };
}

interface RenderedPlacement {
  readonly nodeSelector?: { [label: string]: string };
  readonly tolerations?: k8s.Toleration[];
}
