import { checkLabels, isQualifiedName } from './checks';
import { texts } from './prop-checks';
import { Faults } from './refusal';

/**
 * A condition on the labels of nodes or pods.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export class LabelRule {
  /**
   * The label has one of these values.
   *
   * @throws if Kubernetes does not accept the key or a value.
   */
  public static in(key: string, values: string[]): LabelRule {
    return new LabelRule('LabelRule.in', key, 'In', values);
  }

  /**
   * The label has none of these values, or is not there.
   *
   * @throws if Kubernetes does not accept the key or a value.
   */
  public static notIn(key: string, values: string[]): LabelRule {
    return new LabelRule('LabelRule.notIn', key, 'NotIn', values);
  }

  /**
   * The label is there.
   *
   * @throws if Kubernetes does not accept the key.
   */
  public static exists(key: string): LabelRule {
    return new LabelRule('LabelRule.exists', key, 'Exists');
  }

  /**
   * The label is not there.
   *
   * @throws if Kubernetes does not accept the key.
   */
  public static doesNotExist(key: string): LabelRule {
    return new LabelRule('LabelRule.doesNotExist', key, 'DoesNotExist');
  }

  private constructor(
    factory: string,
    private readonly key: string,
    private readonly operator: string,
    private readonly values?: readonly string[],
  ) {
    const faults = new Faults(factory);
    const isKey = typeof key === 'string' && isQualifiedName(key);
    if (!isKey) faults.add('key', "be of the form 'name' or 'dns.prefix/name'", key);
    if (operator === 'In' || operator === 'NotIn') {
      texts(faults, 'values', values ?? null);
      if (Array.isArray(values) && values.length === 0) faults.add('values', 'hold a value', values);
      if (isKey && Array.isArray(values))
        values.forEach((value) => checkLabels(faults, 'values', { [key]: value as string }));
    }
    faults.refuse();
  }

  /**
   * Whether labels fulfil it: k8s.io/apimachinery, pkg/labels/selector.go, Requirement.Matches.
   *
   * @internal
   */
  public _matches(labels: { readonly [key: string]: string }): boolean {
    const isThere = Object.hasOwn(labels, this.key);
    const isListed = isThere && (this.values ?? []).includes(labels[this.key]!);
    if (this.operator === 'In') return isListed;
    if (this.operator === 'NotIn') return !isListed;
    return isThere === (this.operator === 'Exists');
  }

  /** @internal */
  public _render(): Record<string, unknown> {
    return { key: this.key, operator: this.operator, values: this.values && [...this.values] };
  }
}
