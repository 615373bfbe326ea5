import { Duration } from 'cdk8s';
import { aDuration, aName, instanceOf, listOf, oneOf, part, PropChecks } from '../shared/prop-checks';
import { AccessCredential } from './access-credential';
import { GUEST_DNS, GuestDns } from './guest-dns';
import { GUEST_PROBES, GuestProbes } from './guest-probes';
import { RebootPolicy, StartStrategy } from './run-strategy';
import { SCHEDULING, Scheduling } from './scheduling';

/**
 * How the VM is started, stopped and found.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/lifecycle/
 */
export interface LifecycleProps extends GuestProbes {
  /**
   * How long the guest has to shut down before it is turned off.
   *
   * @default - KubeVirt's own: 3 minutes
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Domain below which the guest is found: its name is then `HOSTNAME.SUBDOMAIN.NAMESPACE.svc` where a headless Service has that
   * name.
   *
   * @default - none
   */
  readonly subdomain?: string;

  /**
   * How the guest finds names.
   *
   * @default - by the cluster's DNS
   */
  readonly dns?: GuestDns;

  /**
   * Where the VM may run beside what `nodeSelector` says, and how urgent it is.
   *
   * @default - on any node
   */
  readonly scheduling?: Scheduling;

  /**
   * Keys and passwords that KubeVirt brings into the guest.
   *
   * @default - none
   */
  readonly accessCredentials?: AccessCredential[];

  /**
   * In which state the VM starts.
   *
   * @default - it runs
   */
  readonly startStrategy?: StartStrategy;

  /**
   * What happens when the guest restarts itself; it needs the feature gate `RebootPolicy`.
   *
   * @default - KubeVirt's own: RebootPolicy.REBOOT
   */
  readonly rebootPolicy?: RebootPolicy;

  /**
   * Name of the ServiceAccount that the VM's pod runs as: what sidecars may do. A `Volume.serviceAccount` of the VM has the same.
   *
   * @default - that of the namespace
   */
  readonly serviceAccountName?: string;
}

/** What `LifecycleProps` must be. */
export const LIFECYCLE_PROPS: PropChecks<LifecycleProps> = {
  ...GUEST_PROBES,
  terminationGracePeriod: aDuration(),
  subdomain: aName,
  dns: GUEST_DNS,
  scheduling: part(SCHEDULING),
  accessCredentials: listOf(instanceOf(AccessCredential, "AccessCredential.sshKeysByCloudInit('keys')")),
  startStrategy: oneOf(StartStrategy),
  rebootPolicy: oneOf(RebootPolicy),
  serviceAccountName: aName,
};
