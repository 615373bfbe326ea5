import { LabelRule } from '../shared/label-rule';
import {
  aLabel,
  aLabelKey,
  aName,
  checkEach,
  instanceOf,
  listOf,
  PropChecks,
  wholeNumber,
} from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** How much nodes matter. */
export interface NodeAffinityOptions {
  /**
   * From 1 to 100: how much such a node is preferred.
   *
   * @default - the VM runs on no other
   */
  readonly weight?: number;
}

/** Which places of pods matter, and how much. */
export interface PodAffinityOptions {
  /**
   * Label of nodes whose values are the places.
   *
   * @default 'kubernetes.io/hostname': a place is a node
   */
  readonly topologyKey?: string;

  /**
   * From 1 to 100: how much such a place is preferred.
   *
   * @default - the VM runs in no other
   */
  readonly weight?: number;

  /**
   * Namespaces of the pods.
   *
   * @default - that of the VM
   */
  readonly namespaces?: string[];

  /**
   * Conditions on the labels of namespaces whose pods matter too; an empty list means every namespace.
   *
   * @default - none
   */
  readonly namespaceRules?: LabelRule[];

  /**
   * Keys of labels whose values the VM shares with the pods.
   *
   * @default - none
   */
  readonly matchLabelKeys?: string[];

  /**
   * Keys of labels in whose values the VM differs from the pods.
   *
   * @default - none
   */
  readonly mismatchLabelKeys?: string[];
}

const NODES: PropChecks<NodeAffinityOptions> = { weight: wholeNumber(1, 100) };
const PODS: PropChecks<PodAffinityOptions> = {
  topologyKey: aLabelKey,
  weight: wholeNumber(1, 100),
  namespaces: listOf(aLabel),
  namespaceRules: listOf(instanceOf(LabelRule, "LabelRule.in('team', ['a'])")),
  matchLabelKeys: listOf(aLabelKey),
  mismatchLabelKeys: listOf(aLabelKey),
};

/**
 * What draws a VM to nodes and other pods, and keeps it away from them.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
 */
export class Affinity {
  /**
   * To nodes whose labels meet all rules. Of several that are not only preferred, one is enough.
   *
   * @throws if a rule or an option is not what it must be; all faults in one error.
   */
  public static toNodes(rules: LabelRule[], options: NodeAffinityOptions = {}): Affinity {
    const faults = new Faults('Affinity.toNodes');
    checkRules(faults, rules);
    if (Array.isArray(rules) && rules.length === 0) faults.add('rules', 'hold a rule', rules);
    checkEach<NodeAffinityOptions>(faults, 'options', options, NODES);
    faults.refuse();
    return new Affinity('nodeAffinity', { matchExpressions: rendered(rules) }, options.weight);
  }

  /**
   * To a node by its name; of several that are not only preferred, one is enough.
   *
   * @throws if it is not the name of a node, or an option is not what it must be; all faults in one error.
   */
  public static toNode(name: string, options: NodeAffinityOptions = {}): Affinity {
    const faults = new Faults('Affinity.toNode');
    aName(faults, 'name', name);
    checkEach<NodeAffinityOptions>(faults, 'options', options, NODES);
    faults.refuse();
    const field = { key: 'metadata.name', operator: 'In', values: [name] };
    return new Affinity('nodeAffinity', { matchFields: [field] }, options.weight);
  }

  /**
   * To places where a pod runs whose labels meet all rules; the labels of a VM's pod are its `templateLabels`.
   *
   * @throws if a rule or an option is not what it must be; all faults in one error.
   */
  public static toPods(rules: LabelRule[], options: PodAffinityOptions = {}): Affinity {
    return Affinity.ofPods('Affinity.toPods', 'podAffinity', rules, options);
  }

  /**
   * Away from places where such a pod runs: with the VM's own labels, VMs that stand apart.
   *
   * @throws if a rule or an option is not what it must be; all faults in one error.
   */
  public static apartFromPods(rules: LabelRule[], options: PodAffinityOptions = {}): Affinity {
    return Affinity.ofPods('Affinity.apartFromPods', 'podAntiAffinity', rules, options);
  }

  /**
   * The `affinity` of all of these.
   *
   * @internal
   */
  public static _renderAll(all: readonly Affinity[]): Record<string, unknown> {
    const of = (kind: string): Affinity[] => all.filter((affinity) => affinity.kind === kind);
    return {
      nodeAffinity: renderNodes(of('nodeAffinity')),
      podAffinity: renderPods(of('podAffinity')),
      podAntiAffinity: renderPods(of('podAntiAffinity')),
    };
  }

  private static ofPods(factory: string, kind: string, rules: LabelRule[], options: PodAffinityOptions): Affinity {
    const faults = new Faults(factory);
    checkRules(faults, rules);
    checkEach<PodAffinityOptions>(faults, 'options', options, PODS);
    faults.refuse();
    const { topologyKey = 'kubernetes.io/hostname', weight, namespaceRules, ...others } = options;
    const namespaceSelector = namespaceRules && renderSelector(namespaceRules);
    const term = { labelSelector: { matchExpressions: rendered(rules) }, topologyKey, namespaceSelector, ...others };
    return new Affinity(kind, term, weight);
  }

  private constructor(
    private readonly kind: string,
    /** @internal */
    public readonly _term: Record<string, unknown>,
    /** @internal */
    public readonly _weight: number | undefined,
  ) {}
}

function checkRules(faults: Faults, rules: unknown): void {
  listOf(instanceOf(LabelRule, "LabelRule.in('zone', ['a'])"))(faults, 'rules', rules ?? null);
}

/** An empty selector is every namespace. */
function renderSelector(rules: readonly LabelRule[]): Record<string, unknown> {
  return rules.length === 0 ? {} : { matchExpressions: rendered(rules) };
}

function rendered(rules: readonly LabelRule[]): Record<string, unknown>[] {
  return rules.map((rule) => rule._render());
}

function renderNodes(all: readonly Affinity[]): Record<string, unknown> | undefined {
  if (all.length === 0) return undefined;
  const must = all.filter(({ _weight }) => _weight === undefined).map(({ _term }) => _term);
  const may = all.filter(({ _weight }) => _weight !== undefined);
  return {
    requiredDuringSchedulingIgnoredDuringExecution: must.length > 0 ? { nodeSelectorTerms: must } : undefined,
    preferredDuringSchedulingIgnoredDuringExecution:
      may.length > 0 ? may.map(({ _weight, _term }) => ({ weight: _weight, preference: _term })) : undefined,
  };
}

function renderPods(all: readonly Affinity[]): Record<string, unknown> | undefined {
  if (all.length === 0) return undefined;
  const must = all.filter(({ _weight }) => _weight === undefined).map(({ _term }) => _term);
  const may = all.filter(({ _weight }) => _weight !== undefined);
  return {
    requiredDuringSchedulingIgnoredDuringExecution: must.length > 0 ? must : undefined,
    preferredDuringSchedulingIgnoredDuringExecution:
      may.length > 0 ? may.map(({ _weight, _term }) => ({ weight: _weight, podAffinityTerm: _term })) : undefined,
  };
}
