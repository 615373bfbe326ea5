import { Effect } from '../consequence';

/** Why a part waits: KubeVirt sets the condition RestartRequired. */
export const KEEPS =
  'the running machine keeps what it has until it is restarted, which KubeVirt asks for (RestartRequired)';

/** What one changed part of a machine's template does while the machine runs, before the parts are held together. */
export interface Part extends Effect {
  /** Whether the controller sets RestartRequired for it: then what else is live by the controller waits, too. */
  readonly asksRestart?: boolean;
  /** Whether the controller brings it to the running machine only where nothing asks for a restart. */
  readonly waitsForOthers?: boolean;
  /** Whether a volume gets another claim: what is on the old one does not move by a restart. */
  readonly leavesData?: boolean;
}
