import { Rule } from '../../rule';
import { TEMPLATE_RULES, templatePlaces } from '../cdi/template';
import { Part, part, whole } from '../part';
import { ARCHITECTURE_RULES } from './architecture';
import { CLOUD_INIT_RULES } from './cloud-init';
import { CONTAINER_PATH_RULES } from './container-paths';
import { CPU_RULES, DEDICATED_CPU_RULES } from './cpu';
import { ACCESS_CREDENTIAL_RULES } from './credentials';
import { DATA_VOLUME_TEMPLATE_RULES } from './data-volume-templates';
import { DEVICE_RULES, GPU_RULES } from './devices';
import { DISK_TARGET_RULES } from './disk-targets';
import { DISK_RULES } from './disks';
import { DNS_RULES } from './dns';
import { FILESYSTEM_RULES } from './filesystems';
import { FIRMWARE_RULES } from './firmware';
import { INSTANCETYPE_RULES } from './instancetypes';
import { INTERFACE_BINDING_RULES } from './interface-bindings';
import { INTERFACE_SERVICE_RULES } from './interface-services';
import { INTERFACE_RULES } from './interfaces';
import { LATER_FIELD_RULES } from './later-fields';
import { LAUNCH_SECURITY_RULES } from './launch-security';
import { LIFECYCLE_RULES } from './lifecycle';
import { Machine, machineOf } from './machine';
import { MEMORY_HOTPLUG_RULES, MEMORY_RULES } from './memory';
import { NETWORK_CLAIM_RULES } from './network-claims';
import { NETWORK_RULES } from './networks';
import { PERSISTENT_STATE_RULES } from './persistent-state';
import { PORT_RANGE_RULES } from './port-ranges';
import { PROBE_RULES } from './probes';
import { RESOURCE_CLAIM_RULES } from './resource-claims';
import { RUN_TIME_RULES } from './run-time';
import { NODE_AFFINITY_RULES, POD_AFFINITY_RULES, TOPOLOGY_SPREAD_RULES } from './scheduling';
import { HYPERV_RULES, LATER, START_RULES as ARCHITECTURE_START_RULES } from './start';
import { STATUS_RULES } from './status';
import { TOP_LEVEL_RULES } from './top-level';
import { UNPRUNED_RULES } from './unpruned';
import { VOLUME_RULES } from './volumes';
import { WEBHOOK_ENUM_RULES } from './webhook-enums';

/** What is asked about a machine as a whole. */
export const OBJECT_RULES: readonly Rule[] = [
  ...UNPRUNED_RULES,
  ...WEBHOOK_ENUM_RULES,
  ...INSTANCETYPE_RULES,
  ...TOP_LEVEL_RULES,
  ...STATUS_RULES,
];

/** What is asked about the parts of a machine. */
export const MACHINE_RULES: readonly Rule<Machine>[] = [
  ...DISK_RULES,
  ...DISK_TARGET_RULES,
  ...VOLUME_RULES,
  ...CLOUD_INIT_RULES,
  ...FILESYSTEM_RULES,
  ...DATA_VOLUME_TEMPLATE_RULES,
  ...FIRMWARE_RULES,
  ...LAUNCH_SECURITY_RULES,
  ...PERSISTENT_STATE_RULES,
  ...MEMORY_RULES,
  ...MEMORY_HOTPLUG_RULES,
  ...CPU_RULES,
  ...DEDICATED_CPU_RULES,
  ...ARCHITECTURE_RULES,
  ...LIFECYCLE_RULES,
  ...PROBE_RULES,
  ...DNS_RULES,
  ...NODE_AFFINITY_RULES,
  ...POD_AFFINITY_RULES,
  ...TOPOLOGY_SPREAD_RULES,
  ...NETWORK_RULES,
  ...INTERFACE_RULES,
  ...INTERFACE_BINDING_RULES,
  ...INTERFACE_SERVICE_RULES,
  ...DEVICE_RULES,
  ...GPU_RULES,
  ...ACCESS_CREDENTIAL_RULES,
  ...CONTAINER_PATH_RULES,
  ...LATER_FIELD_RULES,
  ...NETWORK_CLAIM_RULES,
  ...PORT_RANGE_RULES,
  ...RESOURCE_CLAIM_RULES,
];

/** What the instance of a machine is refused for. */
export const START_RULES: readonly Rule<Machine>[] = [...ARCHITECTURE_START_RULES, ...HYPERV_RULES];

/** What every webhook accepts, and fails in the pod. */
export { RUN_TIME_RULES };

/** Every rule about a VirtualMachine that its manifest and the settings of the cluster decide. */
export const MACHINE_PARTS: readonly Part[] = [
  part(whole, OBJECT_RULES),
  part(machineOf, MACHINE_RULES),
  part(machineOf, START_RULES, { suffix: LATER }),
  part(machineOf, RUN_TIME_RULES),
  part(templatePlaces, TEMPLATE_RULES),
];
