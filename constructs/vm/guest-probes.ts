import { instanceOf, PropChecks } from '../shared/prop-checks';
import { GuestProbe } from './guest-probe';

/**
 * How KubeVirt finds out how the guest is.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/liveness_and_readiness_probes/
 */
export interface GuestProbes {
  /**
   * How it is found out whether Services may lead to the guest.
   *
   * @default - they may once it runs
   */
  readonly readinessProbe?: GuestProbe;

  /**
   * How it is found out whether the guest is alive; if it is not, the VM is stopped.
   *
   * @default - it is as long as it runs
   */
  readonly livenessProbe?: GuestProbe;
}

/** What `GuestProbes` must be. */
export const GUEST_PROBES: PropChecks<GuestProbes> = {
  readinessProbe: instanceOf(GuestProbe, 'GuestProbe.tcpSocket(22)'),
  livenessProbe: instanceOf(GuestProbe, 'GuestProbe.guestAgentPing()'),
};
