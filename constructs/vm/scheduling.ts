import { byName } from '../shared/factory-remedy';
import { LabelRule } from '../shared/label-rule';
import {
  aLabelKey,
  aName,
  labels,
  listOf,
  instanceOf,
  oneOf,
  part,
  PropChecks,
  required,
  wholeNumber,
} from '../shared/prop-checks';
import { Toleration } from '../shared/toleration';
import { Affinity } from './affinity';

/** What happens to a VM that would spread the VMs less evenly than `maxSkew` permits. */
export enum WhenUnsatisfiable {
  /** It waits. */
  DO_NOT_SCHEDULE = 'DoNotSchedule',
  /** It runs where the spread suffers least. */
  SCHEDULE_ANYWAY = 'ScheduleAnyway',
}

/** Whether nodes that a VM cannot run on count as places. */
export enum NodeInclusion {
  /** They do not. */
  HONOR = 'Honor',
  /** They do. */
  IGNORE = 'Ignore',
}

/** How VMs of the same labels are spread. */
export interface TopologySpread {
  /** Label of nodes whose values are the places, such as `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;

  /** By how many VMs two places may differ, 1 at the least. */
  readonly maxSkew: number;

  /** What happens to a VM that would make them differ by more. */
  readonly whenUnsatisfiable: WhenUnsatisfiable;

  /**
   * Labels of the VMs that are counted: those of `templateLabels`.
   *
   * @default - none is counted
   */
  readonly matchLabels?: { readonly [key: string]: string };

  /**
   * Conditions on the labels of the VMs that are counted, beside `matchLabels`.
   *
   * @default - none
   */
  readonly rules?: LabelRule[];

  /**
   * Keys of labels whose values the VM shares with the VMs that are counted.
   *
   * @default - none
   */
  readonly matchLabelKeys?: string[];

  /**
   * The fewest places that there must be; with `WhenUnsatisfiable.DO_NOT_SCHEDULE` only.
   *
   * @default - Kubernetes' own: 1
   */
  readonly minDomains?: number;

  /**
   * Whether nodes that node selector and affinity rule out count as places.
   *
   * @default - Kubernetes' own: NodeInclusion.HONOR
   */
  readonly nodeAffinityPolicy?: NodeInclusion;

  /**
   * Whether nodes with taints that are not tolerated count as places.
   *
   * @default - Kubernetes' own: NodeInclusion.IGNORE
   */
  readonly nodeTaintsPolicy?: NodeInclusion;
}

/**
 * Where the VM may run, and how urgent it is.
 *
 * @see https://kubevirt.io/user-guide/compute/node_assignment/
 */
export interface Scheduling {
  /**
   * What draws the VM to nodes and other pods, and keeps it away from them.
   *
   * @default - nothing
   */
  readonly affinity?: Affinity[];

  /**
   * Taints of nodes that the VM puts up with.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * How VMs of the same labels are spread.
   *
   * @default - as the scheduler does it
   */
  readonly topologySpread?: TopologySpread[];

  /**
   * Name of the PriorityClass: which pods go first where a node is full.
   *
   * @default - the cluster's default class
   */
  readonly priorityClassName?: string;

  /**
   * Name of the scheduler that finds the node.
   *
   * @default - Kubernetes' own
   */
  readonly schedulerName?: string;
}

const SPREAD: PropChecks<TopologySpread> = {
  topologyKey: required(aLabelKey),
  maxSkew: required(wholeNumber(1)),
  whenUnsatisfiable: required(oneOf(WhenUnsatisfiable)),
  matchLabels: labels,
  rules: listOf(instanceOf(LabelRule, "LabelRule.in('app', ['db'])")),
  matchLabelKeys: listOf(aLabelKey),
  minDomains: wholeNumber(1),
  nodeAffinityPolicy: oneOf(NodeInclusion),
  nodeTaintsPolicy: oneOf(NodeInclusion),
};

/** What `Scheduling` must be. */
export const SCHEDULING: PropChecks<Scheduling> = {
  affinity: listOf(instanceOf(Affinity, "Affinity.toNodes([LabelRule.in('zone', ['a'])])")),
  tolerations: listOf(instanceOf(Toleration, byName('Toleration.exists', 'dedicated'))),
  topologySpread: listOf(part(SPREAD)),
  priorityClassName: aName,
  schedulerName: aName,
};

/** The part of a VM's `spec.template.spec` that it makes. */
export function renderScheduling(scheduling: Scheduling): Record<string, unknown> {
  const { affinity = [], tolerations = [], topologySpread = [], priorityClassName, schedulerName } = scheduling;
  return {
    affinity: affinity.length > 0 ? Affinity._renderAll(affinity) : undefined,
    tolerations: tolerations.length > 0 ? tolerations.map((toleration) => toleration._render()) : undefined,
    topologySpreadConstraints: topologySpread.length > 0 ? topologySpread.map(renderSpread) : undefined,
    priorityClassName,
    schedulerName,
  };
}

function renderSpread({ matchLabels, rules, ...spread }: TopologySpread): Record<string, unknown> {
  const hasSelector = matchLabels !== undefined || rules !== undefined;
  const matchExpressions = rules?.map((rule) => rule._render());
  const selector = { matchLabels: matchLabels && { ...matchLabels }, matchExpressions };
  return { ...spread, labelSelector: hasSelector ? selector : undefined };
}
