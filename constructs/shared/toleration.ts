import { Duration } from 'cdk8s';
import { k8s, TaintEffect } from 'cdk8s-plus-27';
import { checkLabels, checkOneOf, isQualifiedName } from './checks';
import { aDuration, checkEach, PropChecks } from './prop-checks';
import { Faults } from './refusal';

/** How long a taint is put up with. */
export interface TolerationOptions {
  /**
   * How long a pod stays on a node that gets the taint; of the effect `NoExecute` only.
   *
   * @default - for ever
   */
  readonly duration?: Duration;
}

const OPTIONS: PropChecks<TolerationOptions> = { duration: aDuration() };

/**
 * A taint of nodes that pods put up with.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export class Toleration {
  /**
   * A taint of that key, whatever its value.
   *
   * @param effect Which of its effects; all of them if it is left out.
   * @throws if Kubernetes refuses the key or the effect.
   */
  public static exists(key: string, effect?: TaintEffect, options: TolerationOptions = {}): Toleration {
    const faults = new Faults('Toleration.exists');
    checkTaint(faults, key, effect, options);
    faults.refuse();
    return new Toleration({ key, operator: 'Exists', effect, tolerationSeconds: options.duration?.toSeconds() });
  }

  /** Every taint, whatever its key: for what must run on all nodes. */
  public static everything(): Toleration {
    return new Toleration({ operator: 'Exists' });
  }

  /**
   * A taint of that key and that value.
   *
   * @param effect Which of its effects; all of them if it is left out.
   * @throws if Kubernetes refuses the key, the value or the effect.
   */
  public static equals(key: string, value: string, effect?: TaintEffect, options: TolerationOptions = {}): Toleration {
    const faults = new Faults('Toleration.equals');
    checkTaint(faults, key, effect, options);
    checkLabels(faults, 'value', { [String(key)]: value });
    faults.refuse();
    return new Toleration({
      key,
      operator: 'Equal',
      value,
      effect,
      tolerationSeconds: options.duration?.toSeconds(),
    });
  }

  private constructor(private readonly toleration: k8s.Toleration) {}

  /** @internal */
  public _render(): k8s.Toleration {
    return { ...this.toleration };
  }
}

function checkTaint(faults: Faults, key: unknown, effect: unknown, options: TolerationOptions): void {
  if (typeof key !== 'string' || !isQualifiedName(key)) {
    faults.add('key', "be of the form 'name' or 'dns.prefix/name'", key);
  }
  checkOneOf(faults, 'effect', effect, TaintEffect);
  if (!checkEach<TolerationOptions>(faults, 'options', options, OPTIONS)) return;
  // Kubernetes: ValidateTolerations.
  if (options.duration !== undefined && effect !== TaintEffect.NO_EXECUTE) {
    faults.add('effect', `be '${TaintEffect.NO_EXECUTE}' with a 'duration'`, effect);
  }
}
