import { Part, part, whole } from '../part';
import { INSTANCE_UPDATE_RULES } from './change';
import { INSTANCE_SPEC_PARTS } from './creation';
import { HOTPLUG_RULES } from './hotplug';

/** Every rule about a VirtualMachineInstance. */
export const INSTANCE_PARTS: readonly Part[] = [
  part(whole, INSTANCE_UPDATE_RULES),
  part(whole, HOTPLUG_RULES),
  ...INSTANCE_SPEC_PARTS,
];
