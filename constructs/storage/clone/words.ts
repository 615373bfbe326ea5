import { ContentType } from '../../disks/data-volume';
import { fromBytes, Quantity } from '../../shared/quantity';
import { VolumeMode } from '../claim-modes';
import { Situation } from './situation';
import { fittingBytes, leastBytes } from './sizes';

/** Of P8 and S4. */
export function driversDiffer({ sourceClass, targetClass }: Situation): string {
  return `the CSI drivers differ (${sourceClass?.provisioner}, ${targetClass.provisioner})`;
}

/** Of P9 and S7. */
export function volumeModesDiffer({ source, target }: Situation): string {
  return `the volume modes differ (${source.volumeMode}, ${target.volumeMode})`;
}

/** Of P11 and S6. */
export function noExpansion({ targetClass }: Situation): string {
  return `the clone is larger than its source, and ${targetClass.name} does not expand volumes`;
}

/** Of D5 and P5. */
export function atLeast(clone: Situation): string {
  const least = clone.fromSnapshot ? clone.sourceBytes : leastBytes(clone.target.volumeMode, clone);
  return `ask for at least ${text(least)}`;
}

/** What to do of a claim that is too small; what QcowExporter reads is a raw device with the image of a disk. */
export function waysOut(clone: Situation): string[] {
  const { source, target, contentType, addsOverhead } = clone;
  const exports = source.volumeMode === VolumeMode.BLOCK && contentType === ContentType.KUBEVIRT;
  return [
    `ask for ${text(fittingBytes(target.volumeMode, clone))}`,
    ...(addsOverhead ? [] : ['write claimApi: ClaimApi.STORAGE']),
    ...(exports ? ['export the disk with QcowExporter and import it'] : []),
  ];
}

/** A size as Kubernetes writes it. */
export function text(size: number): string {
  return Quantity.format(fromBytes(size));
}
