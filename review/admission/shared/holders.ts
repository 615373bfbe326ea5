/** Kinds that hold the spec of an instance. */
export const MACHINE = 'VirtualMachine';
export const INSTANCE = 'VirtualMachineInstance';
export const REPLICA_SET = 'VirtualMachineInstanceReplicaSet';
export const POOL = 'VirtualMachinePool';

/** Who is asked what ValidateVirtualMachineInstanceSpec asks: every holder. */
export const EVERY_HOLDER = [MACHINE, INSTANCE, REPLICA_SET, POOL];

/** Who is asked what is asked where an instance is made: its admitters stand beside that function. */
export const MAKERS = [MACHINE, INSTANCE];

/** Who is asked what is asked of a machine beside the spec of its instances. */
export const MACHINES = [MACHINE, POOL];
