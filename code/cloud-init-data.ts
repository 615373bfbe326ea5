import { Json } from '../review/rule';

/** The volumes of cloud-init, by how the guest finds them. */
export const DATASOURCES = ['cloudInitNoCloud', 'cloudInitConfigDrive'] as const;

/** What a volume of cloud-init holds under `userData` or `networkData`, as text; undefined if absent. */
export function dataText(source: Json, field: 'userData' | 'networkData'): string | undefined {
  const { [field]: plain, [`${field}Base64`]: encoded } = source;
  if (typeof plain === 'string') return plain;
  return typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString() : undefined;
}
