import { checkListOf } from '../shared/checks';
import { Faults } from '../shared/refusal';
import { AccessMode } from './claim-modes';

const ALONE = AccessMode.READ_WRITE_ONCE_POD;

/**
 * Notes what are no access modes of a claim, or none that Kubernetes takes together
 * (kubernetes: pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimSpec).
 */
export function checkAccessModes(faults: Faults, property: string, modes: unknown): void {
  const before = faults.count;
  checkListOf(faults, property, modes, AccessMode);
  if (faults.count > before || !Array.isArray(modes)) return;
  if (modes.length > 1 && modes.includes(ALONE)) faults.add(property, `hold '${ALONE}' alone`, modes);
}
