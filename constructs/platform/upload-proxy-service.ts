import { k8s, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addObject, checkChartNamespace, checkProps, OBJECT_PROPS, ObjectProps } from '../shared/api-object';
import { checkOneOf, checkServiceName } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { Faults } from '../shared/refusal';
import { placed } from '../shared/scope';

/** CDI's own label on the pods of its upload proxy, and the port that they serve (CDI: pkg/common/common.go). */
const SELECTOR = { 'cdi.kubevirt.io': 'cdi-uploadproxy' };
const TARGET_PORT = 8443;

/** The types that lead to pods: `ExternalName` does not. */
const { CLUSTER_IP, NODE_PORT, LOAD_BALANCER } = ServiceType;
const TYPES = { CLUSTER_IP, NODE_PORT, LOAD_BALANCER };

/** Props of `UploadProxyService`: the way in for uploads. */
export interface UploadProxyServiceProps extends ObjectProps {
  /**
   * Type of the Service: any that leads to pods, so not `EXTERNAL_NAME`.
   *
   * @default ServiceType.LOAD_BALANCER
   */
  readonly type?: ServiceType;
}

const PROPS: KnownKeys<UploadProxyServiceProps> = {
  ...OBJECT_PROPS,
  type: true,
};

/**
 * A Service that makes CDI's upload proxy reachable for `virtctl image-upload` from outside the
 * cluster, on port 443. It is in CDI's namespace.
 *
 * @see https://github.com/kubevirt/containerized-data-importer/blob/main/doc/upload.md
 */
export class UploadProxyService extends Construct {
  /**
   * A Service that leads to CDI's upload proxy.
   *
   * @param scope The chart, or a construct in it.
   * @param id Name of the Service, unless `name` says otherwise.
   * @param props `namespace` is that of CDI, as a rule `cdi`.
   * @throws if Kubernetes does not accept a prop; all faults in one error.
   */
  public constructor(scope: Construct, id: string, props: UploadProxyServiceProps = {}) {
    super(...placed(scope, id));
    const faults = new Faults(this.node.path);
    checkProps(faults, id, props, PROPS, checkServiceName);
    checkChartNamespace(faults, scope, props);
    checkOneOf(faults, 'type', props.type, TYPES);
    faults.refuse();
    addObject(this, k8s.KubeService, props, {
      spec: {
        type: props.type ?? LOAD_BALANCER,
        selector: SELECTOR,
        ports: [{ protocol: 'TCP', port: 443, targetPort: k8s.IntOrString.fromNumber(TARGET_PORT) }],
      },
    });
  }
}
