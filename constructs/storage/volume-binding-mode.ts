/**
 * When a claim's volume is made.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
 */
export enum VolumeBindingMode {
  /** At once. */
  IMMEDIATE = 'Immediate',
  /** When a pod uses it, where that pod runs. */
  WAIT_FOR_FIRST_CONSUMER = 'WaitForFirstConsumer',
}
