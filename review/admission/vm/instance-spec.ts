import { Rule } from '../../rule';
import { ARCHITECTURE_RULES } from './architecture';
import { CLOUD_INIT_RULES } from './cloud-init';
import { CPU_RULES, DEDICATED_CPU_RULES } from './cpu';
import { ACCESS_CREDENTIAL_RULES } from './credentials';
import { DEVICE_RULES, GPU_RULES } from './devices';
import { DISK_TARGET_RULES } from './disk-targets';
import { DISK_RULES } from './disks';
import { DNS_RULES } from './dns';
import { FILESYSTEM_RULES } from './filesystems';
import { FIRMWARE_RULES, LAUNCH_SECURITY_RULES } from './firmware';
import { INTERFACE_BINDING_RULES } from './interface-bindings';
import { INTERFACE_SERVICE_RULES } from './interface-services';
import { INTERFACE_RULES } from './interfaces';
import { LIFECYCLE_RULES } from './lifecycle';
import { MEMORY_RULES } from './memory';
import { NETWORK_RULES } from './networks';
import { PROBE_RULES } from './probes';
import { NODE_AFFINITY_RULES, POD_AFFINITY_RULES, TOPOLOGY_SPREAD_RULES } from './scheduling';
import { VOLUME_RULES } from './volumes';

/** Checks that stand beside that function, and are asked of machines and instances alone. */
const BESIDE = [
  'pkg/dra/admitter/dra_admitter.go',
  'pkg/network/admitter/slirp.go',
  'pkg/network/vmispec/defaults.go',
  'pkg/virt-config/featuregate/validator.go',
];

/**
 * What is asked of the spec of an instance wherever it stands, and is asked on every write: KubeVirt v1.6.2,
 * pkg/virt-api/webhooks/validating-webhook/admitters/vmi-create-admitter.go:ValidateVirtualMachineInstanceSpec.
 */
export const INSTANCE_SPEC_RULES: readonly Rule[] = [
  ...DISK_RULES,
  ...DISK_TARGET_RULES,
  ...VOLUME_RULES,
  ...CLOUD_INIT_RULES,
  ...FILESYSTEM_RULES,
  ...FIRMWARE_RULES,
  ...LAUNCH_SECURITY_RULES,
  ...MEMORY_RULES,
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
].filter(({ source }) => !BESIDE.some((file) => source.includes(file)));
