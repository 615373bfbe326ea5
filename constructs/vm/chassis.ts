import { aText, PropChecks } from '../shared/prop-checks';

/**
 * What the SMBIOS of the guest says about its case: what licences and inventories read.
 *
 * @see https://kubevirt.io/user-guide/compute/virtual_hardware/
 */
export interface Chassis {
  /**
   * Manufacturer.
   *
   * @default - KubeVirt's own
   */
  readonly manufacturer?: string;

  /**
   * Version.
   *
   * @default - KubeVirt's own
   */
  readonly version?: string;

  /**
   * Serial number of the case.
   *
   * @default - none
   */
  readonly serial?: string;

  /**
   * Asset tag.
   *
   * @default - none
   */
  readonly asset?: string;

  /**
   * Stock keeping unit.
   *
   * @default - KubeVirt's own
   */
  readonly sku?: string;
}

/** What `Chassis` must be. */
export const CHASSIS: PropChecks<Chassis> = {
  manufacturer: aText,
  version: aText,
  serial: aText,
  asset: aText,
  sku: aText,
};
