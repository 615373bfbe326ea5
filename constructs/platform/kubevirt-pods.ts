import { ImagePullPolicy } from 'cdk8s-plus-27';
import { KnownKeys } from '../shared/known-keys';
import { checkGiven, oneOf, part, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { LOG_VERBOSITY, LogVerbosity } from './log-verbosity';
import { checkPlacement, NodePlacement } from './node-placement';

/** The pods of KubeVirt's own programs, and those of VMs. */
export interface KubeVirtPods {
  /**
   * When nodes fetch the images of KubeVirt.
   *
   * @default - KubeVirt's own: ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * The nodes of KubeVirt's own pods, but for those that are on every node of VMs.
   *
   * @default - KubeVirt's own: nodes of the control plane, where they take pods
   */
  readonly infrastructure?: NodePlacement;

  /**
   * How many pods `virt-api` and `virt-controller` have.
   *
   * @default - KubeVirt's own: 2
   */
  readonly infrastructureReplicas?: number;

  /**
   * The nodes on which VMs may run.
   *
   * @default - any node
   */
  readonly workloads?: NodePlacement;

  /**
   * How much KubeVirt's programs write into their logs.
   *
   * @default - KubeVirt's own
   */
  readonly logVerbosity?: LogVerbosity;
}

/** The props of `KubeVirtPods`, for `checkKeys`. */
export const KUBEVIRT_PODS: KnownKeys<KubeVirtPods> = {
  imagePullPolicy: true,
  infrastructure: true,
  infrastructureReplicas: true,
  workloads: true,
  logVerbosity: true,
};

/** Notes what is wrong with the pods of KubeVirt. */
export function checkPods(faults: Faults, { infrastructure, workloads, ...others }: KubeVirtPods): void {
  checkGiven<Omit<KubeVirtPods, 'infrastructure' | 'workloads'>>(faults, '', others, {
    imagePullPolicy: oneOf(ImagePullPolicy),
    infrastructureReplicas: wholeNumber(1),
    logVerbosity: part(LOG_VERBOSITY),
  });
  checkPlacement(faults, 'infrastructure', infrastructure);
  checkPlacement(faults, 'workloads', workloads);
}
