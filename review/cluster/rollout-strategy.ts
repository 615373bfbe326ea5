/** How KubeVirt brings changes of a machine's template to its running instance: `vmRolloutStrategy`. */
export enum RolloutStrategy {
  /** What can be changed in a running machine is changed; the default. */
  LIVE_UPDATE = 'LiveUpdate',
  /** Everything waits for a restart. */
  STAGE = 'Stage',
}
