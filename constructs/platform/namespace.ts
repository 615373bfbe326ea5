import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  addClusterObject,
  checkProps,
  CLUSTER_OBJECT_PROPS,
  ClusterObjectProps,
  objectName,
} from '../shared/api-object';
import { checkLabel } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';

/**
 * A Namespace. It may be in the chart of the objects that it holds: cdk8s would write the
 * chart's namespace on the Namespace itself.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
 */
export class Namespace extends Construct {
  /** Name of the Namespace. */
  public readonly name: string;

  /**
   * A Namespace.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the Namespace, unless `name` says otherwise.
   * @param props What every object takes.
   * @throws if the name is not a DNS label.
   */
  public constructor(scope: Construct, id: string, props: ClusterObjectProps = {}) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, CLUSTER_OBJECT_PROPS, checkLabel);
    faults.refuse();
    this.name = objectName(id, props);
    addClusterObject(this, k8s.KubeNamespace, props, {});
  }
}
