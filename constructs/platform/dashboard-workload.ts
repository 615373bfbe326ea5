import { ContainerResources } from 'cdk8s-plus-27';

/** What runs of a dashboard, and where. */
export interface DashboardWorkload {
  /**
   * Release of kubevirt-manager, without a `v`: the tag of its image, and a label.
   *
   * @default '1.5.4'
   */
  readonly version?: string;

  /**
   * Container image, for a mirror or a digest.
   *
   * @default - docker.io/kubevirtmanager/kubevirt-manager, with `version` as its tag
   */
  readonly image?: string;

  /**
   * Labels of the nodes that the dashboard may run on.
   *
   * @default - Linux: `{ 'kubernetes.io/os': 'linux' }`
   */
  readonly nodeSelector?: { readonly [label: string]: string };

  /**
   * Processor and memory of the dashboard's container.
   *
   * @default - none, as the release has it
   */
  readonly resources?: ContainerResources;
}
