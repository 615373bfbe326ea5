import { LabelRule } from '../shared/label-rule';
import { checkEach, instanceOf, labels, listOf, oneOf, part, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** Which VMs of a pool come first. */
export enum PoolSortPolicy {
  /** Any. */
  RANDOM = 'Random',
  /** Those with the lowest number in their name. */
  ASCENDING_ORDER = 'AscendingOrder',
  /** Those with the highest number in their name. */
  DESCENDING_ORDER = 'DescendingOrder',
  /** Those that were made last. */
  NEWEST = 'Newest',
  /** Those that were made first. */
  OLDEST = 'Oldest',
}

/** What a pool keeps of a VM that it deletes. */
export enum PoolStatePreservation {
  /** Nothing. */
  DISABLED = 'Disabled',
  /** Its claims, for a VM of that name that is made later. */
  OFFLINE = 'Offline',
  /** Its claims and its memory. */
  ONLINE = 'Online',
}

/** Which VMs of a pool come first. */
export interface PoolSelection {
  /**
   * Their order.
   *
   * @default - KubeVirt's own: PoolSortPolicy.RANDOM
   */
  readonly sortPolicy?: PoolSortPolicy;

  /**
   * Labels of the running instances that are considered.
   *
   * @default - all
   */
  readonly matchLabels?: { readonly [key: string]: string };

  /**
   * Conditions on the labels of the running instances that are considered.
   *
   * @default - all
   */
  readonly rules?: LabelRule[];

  /**
   * Conditions on the labels of the nodes of those that are considered.
   *
   * @default - all
   */
  readonly nodeRules?: LabelRule[];
}

/** How a pool deletes VMs of its own accord. */
export interface ProactiveScaleInOptions {
  /**
   * Which come first.
   *
   * @default - any
   */
  readonly selection?: PoolSelection;

  /**
   * What is kept of them.
   *
   * @default - KubeVirt's own: PoolStatePreservation.DISABLED
   */
  readonly statePreservation?: PoolStatePreservation;
}

const SELECTION: PropChecks<PoolSelection> = {
  sortPolicy: oneOf(PoolSortPolicy),
  matchLabels: labels,
  rules: listOf(instanceOf(LabelRule, "LabelRule.exists('web')")),
  nodeRules: listOf(instanceOf(LabelRule, "LabelRule.exists('gpu')")),
};
const SCALE_IN: PropChecks<ProactiveScaleInOptions> = {
  selection: part(SELECTION),
  statePreservation: oneOf(PoolStatePreservation),
};

/**
 * What a pool does when it has more VMs than it should. Since KubeVirt v1.7; v1.6 knows `proactive()` without options only.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/pool/
 */
export class PoolScaleIn {
  /**
   * It deletes some at once.
   *
   * @throws if an option is not what it must be; all faults in one error.
   */
  public static proactive(options: ProactiveScaleInOptions = {}): PoolScaleIn {
    const faults = new Faults('PoolScaleIn.proactive');
    checkEach<ProactiveScaleInOptions>(faults, 'options', options, SCALE_IN);
    faults.refuse();
    const { selection, statePreservation } = options;
    return new PoolScaleIn({ proactive: { selectionPolicy: renderSelection(selection), statePreservation } });
  }

  /**
   * It makes no other in the place of one that was deleted.
   *
   * @throws if it is not such a policy.
   */
  public static opportunistic(statePreservation?: PoolStatePreservation): PoolScaleIn {
    const faults = new Faults('PoolScaleIn.opportunistic');
    oneOf(PoolStatePreservation)(faults, 'statePreservation', statePreservation);
    faults.refuse();
    return new PoolScaleIn({ opportunistic: { statePreservation } });
  }

  /** Nothing: you delete them. */
  public static unmanaged(): PoolScaleIn {
    return new PoolScaleIn({ unmanaged: {} });
  }

  private constructor(private readonly rendered: Record<string, object>) {}

  /** @internal */
  public _render(): Record<string, object> {
    return { ...this.rendered };
  }
}

/**
 * What a pool does to its VMs when what they are made of changes. Since KubeVirt v1.7.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/pool/
 */
export class PoolUpdate {
  /**
   * It restarts them, as many at a time as `maxUnavailable` says.
   *
   * @throws if the selection is not what it must be; all faults in one error.
   */
  public static proactive(selection?: PoolSelection): PoolUpdate {
    const faults = new Faults('PoolUpdate.proactive');
    if (selection !== undefined) checkEach<PoolSelection>(faults, 'selection', selection, SELECTION);
    faults.refuse();
    return new PoolUpdate({ proactive: { selectionPolicy: renderSelection(selection) } });
  }

  /** It changes them, and each guest has it after its next restart. */
  public static opportunistic(): PoolUpdate {
    return new PoolUpdate({ opportunistic: {} });
  }

  /** Nothing: only new VMs have it. */
  public static unmanaged(): PoolUpdate {
    return new PoolUpdate({ unmanaged: {} });
  }

  private constructor(private readonly rendered: Record<string, object>) {}

  /** @internal */
  public _render(): Record<string, object> {
    return { ...this.rendered };
  }
}

function renderSelection(selection: PoolSelection | undefined): object | undefined {
  if (selection === undefined) return undefined;
  const { sortPolicy, matchLabels, rules, nodeRules } = selection;
  const isByLabels = matchLabels !== undefined || rules !== undefined;
  const isSelective = isByLabels || nodeRules !== undefined;
  return {
    sortPolicy,
    selectors: isSelective
      ? {
          labelSelector: isByLabels
            ? { matchLabels: matchLabels && { ...matchLabels }, matchExpressions: rules?.map((rule) => rule._render()) }
            : undefined,
          nodeSelectorRequirementMatcher: nodeRules?.map((rule) => rule._render()),
        }
      : undefined,
  };
}
