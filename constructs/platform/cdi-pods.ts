import { Size } from 'cdk8s';
import { ContainerResources, ImagePullPolicy } from 'cdk8s-plus-27';
import type { CdiSpecConfigPodResourceRequirements } from '../../imports/cdi.kubevirt.io';
import { generated } from '../generated';
import { checkOneOf } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { wholeNumber } from '../shared/prop-checks';
import { quantity } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { checkResources } from './container-resources';
import { checkPlacement, NodePlacement } from './node-placement';

/** CDI's own pods, and those that import, upload and clone. */
export interface CdiPods {
  /**
   * The nodes of CDI's own pods: its controller, its API server and its upload proxy.
   *
   * @default - any node
   */
  readonly infrastructure?: NodePlacement;

  /**
   * The nodes of the pods that import, upload and clone.
   *
   * @default - any node
   */
  readonly workloads?: NodePlacement;

  /**
   * When nodes fetch the images of CDI.
   *
   * @default - CDI's own: ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * What the pods that import, upload and clone ask of their node.
   *
   * @default - CDI's own: 100m of CPU time and 60M of memory, at most 750m and 600M
   */
  readonly podResources?: ContainerResources;

  /**
   * How much CDI's programs write into their logs.
   *
   * @default - CDI's own: 1
   */
  readonly logVerbosity?: number;
}

/** The props of `CdiPods`, for `checkKeys`. */
export const CDI_PODS: KnownKeys<CdiPods> = {
  infrastructure: true,
  workloads: true,
  imagePullPolicy: true,
  podResources: true,
  logVerbosity: true,
};

/** Notes what is wrong with the pods of CDI. */
export function checkPods(faults: Faults, pods: CdiPods): void {
  checkPlacement(faults, 'infrastructure', pods.infrastructure);
  checkPlacement(faults, 'workloads', pods.workloads);
  checkOneOf(faults, 'imagePullPolicy', pods.imagePullPolicy, ImagePullPolicy);
  checkResources(faults, 'podResources', pods.podResources);
  if (pods.logVerbosity !== undefined) wholeNumber(0)(faults, 'logVerbosity', pods.logVerbosity);
}

/** The `podResourceRequirements` of a CDI object. */
export function renderResources({
  cpu,
  memory,
  ephemeralStorage,
}: ContainerResources): CdiSpecConfigPodResourceRequirements {
  const { CdiSpecConfigPodResourceRequirementsRequests: Request, CdiSpecConfigPodResourceRequirementsLimits: Limit } =
    generated.cdi;
  const amounts = <T>(which: 'request' | 'limit', wrap: AmountClass<T>): { [name: string]: T } | undefined => {
    const size = (given: Size | undefined): T | undefined => given && quantity(wrap, given);
    const all = {
      cpu: cpu?.[which] && wrap.fromString(cpu[which].amount),
      memory: size(memory?.[which]),
      'ephemeral-storage': size(ephemeralStorage?.[which]),
    };
    const given = Object.entries(all).filter((entry): entry is [string, T] => entry[1] !== undefined);
    return given.length > 0 ? Object.fromEntries(given) : undefined;
  };
  return { requests: amounts('request', Request), limits: amounts('limit', Limit) };
}

/** A generated class that holds an amount. */
interface AmountClass<T> {
  fromString(value: string): T;
}
