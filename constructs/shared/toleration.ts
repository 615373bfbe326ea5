import { k8s, TaintEffect } from 'cdk8s-plus-27';
import { checkLabels, checkOneOf, isQualifiedName } from './checks';
import { Faults } from './refusal';

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
  public static exists(key: string, effect?: TaintEffect): Toleration {
    const faults = new Faults('Toleration.exists');
    checkTaint(faults, key, effect);
    faults.refuse();
    return new Toleration({ key, operator: 'Exists', effect });
  }

  /**
   * A taint of that key and that value.
   *
   * @param effect Which of its effects; all of them if it is left out.
   * @throws if Kubernetes refuses the key, the value or the effect.
   */
  public static equals(key: string, value: string, effect?: TaintEffect): Toleration {
    const faults = new Faults('Toleration.equals');
    checkTaint(faults, key, effect);
    checkLabels(faults, 'value', { [String(key)]: value });
    faults.refuse();
    return new Toleration({ key, operator: 'Equal', value, effect });
  }

  private constructor(private readonly toleration: k8s.Toleration) {}

  /** @internal */
  public _render(): k8s.Toleration {
    return { ...this.toleration };
  }
}

function checkTaint(faults: Faults, key: unknown, effect: unknown): void {
  if (typeof key !== 'string' || !isQualifiedName(key)) {
    faults.add('key', "be of the form 'name' or 'dns.prefix/name'", key);
  }
  checkOneOf(faults, 'effect', effect, TaintEffect);
}
