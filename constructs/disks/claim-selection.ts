import { Size } from 'cdk8s';
import { LabelRule } from '../shared/label-rule';
import { aName, aSize, checkGiven, instanceOf, listOf, PropChecks } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { ClaimApi } from '../storage/claim-modes';

/** Which volumes a claim may take. */
export interface ClaimLimits {
  /**
   * Conditions on the labels of the PersistentVolume.
   *
   * @default - none
   */
  readonly volumeRules?: LabelRule[];

  /**
   * Name of a VolumeAttributesClass; with `ClaimApi.PVC` only.
   *
   * @default - the cluster's default class
   */
  readonly volumeAttributesClassName?: string;

  /**
   * The largest size that the claim may have.
   *
   * @default - none
   */
  readonly sizeLimit?: Size;
}

/** Which volume a claim takes. */
export interface ClaimSelection extends ClaimLimits {
  /**
   * Name of a PersistentVolume that is there already.
   *
   * @default - any that fits
   */
  readonly volumeName?: string;
}

/** What `ClaimLimits` must be. */
export const CLAIM_LIMITS: PropChecks<ClaimLimits> = {
  volumeRules: listOf(instanceOf(LabelRule, "LabelRule.in('tier', ['fast'])")),
  volumeAttributesClassName: aName,
  sizeLimit: aSize(),
};

/** What `ClaimSelection` must be. */
export const CLAIM_SELECTION: PropChecks<ClaimSelection> = {
  ...CLAIM_LIMITS,
  volumeName: aName,
};

/** Notes what is wrong with the volume that a claim takes. */
export function checkSelection(
  faults: Faults,
  selection: ClaimSelection,
  { claimApi }: { readonly claimApi?: ClaimApi },
): void {
  checkGiven(faults, '', selection, CLAIM_SELECTION);
  const { volumeAttributesClassName } = selection;
  if (volumeAttributesClassName !== undefined && claimApi === ClaimApi.STORAGE) {
    faults.add('volumeAttributesClassName', 'be left out with ClaimApi.STORAGE', volumeAttributesClassName);
  }
}

/** The part of a claim that it makes. */
export function renderSelection({
  volumeName,
  volumeRules,
  volumeAttributesClassName,
}: ClaimSelection): Record<string, unknown> {
  return {
    volumeName,
    volumeAttributesClassName,
    selector: volumeRules && { matchExpressions: volumeRules.map((rule) => rule._render()) },
  };
}
