import { Faults } from '../shared/refusal';

const MAC_ADDRESS = /^[0-9a-f]{2}([:-])[0-9a-f]{2}(\1[0-9a-f]{2}){4}$/i;

/** Notes a value that is not a hardware address. */
export function checkMacAddress(faults: Faults, property: string, address: unknown): void {
  if (typeof address === 'string' && MAC_ADDRESS.test(address)) return;
  faults.add(property, "be six octets such as '02:00:00:00:00:01'", address);
}
