import { checkProps, OBJECT_PROPS } from '../shared/api-object';
import { checkAnnotations, checkLabel, checkLabels, checkName, checkOneOf, isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { checkGiven, keysOf } from '../shared/prop-checks';
import { isSize, toBytes } from '../shared/quantity';
import { addKind, Faults, kindOf, show } from '../shared/refusal';
import { AccessCredential } from './access-credential';
import { checkArchitecture } from './architecture-checks';
import { BootableVMProps, InstanceProps, InstanceTemplateProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { Firmware } from './firmware';
import { checkCpu, GuestCpu } from './guest-cpu';
import { GuestProbe } from './guest-probe';
import { Instancetype, Preference } from './instancetype';
import { instancetypeMeant, preferenceMeant } from './instancetype-remedy';
import { LaunchSecurity } from './launch-security';
import { checkLaunchSecurity } from './launch-security-checks';
import { LIFECYCLE_PROPS } from './lifecycle-props';
import { MACHINE_PROPS } from './machine-props';
import { checkMemory } from './memory-checks';
import { checkNetworks } from './network-checks';
import { checkInstance } from './part-checks';
import { ResourceClaim } from './resource-claim';
import { EvictionStrategy, RunStrategy, StartStrategy, UpdateVolumesStrategy } from './run-strategy';
import { checkResources, thousandths, VmResources } from './vm-resources';

/** The props of `InstanceProps`, for `checkKeys`. */
export const INSTANCE_PROPS: KnownKeys<InstanceProps> = {
  bootDisk: true,
  bootDiskOptions: true,
  secondaryDisks: true,
  cpu: true,
  memory: true,
  resources: true,
  firmware: true,
  cloudInit: true,
  cloudInitDiskOptions: true,
  networks: true,
  evictionStrategy: true,
  nodeSelector: true,
  hostname: true,
  ...keysOf(MACHINE_PROPS),
  ...keysOf(LIFECYCLE_PROPS),
  ...OBJECT_PROPS,
};

/** The props of `InstanceTemplateProps`, for `checkKeys`. */
export const TEMPLATE_PROPS: KnownKeys<InstanceTemplateProps> = {
  ...INSTANCE_PROPS,
  templateLabels: true,
  templateAnnotations: true,
};

/** The props of `BootableVMProps`, for `checkKeys`. */
export const VM_PROPS: KnownKeys<BootableVMProps> = {
  ...TEMPLATE_PROPS,
  instancetype: true,
  preference: true,
  runStrategy: true,
  updateVolumesStrategy: true,
};

/** KubeVirt copies the name into labels: longer ones cannot be migrated (migration-create-mutator.go, v1.6.2). */
const LONGEST_NAME = 63;

/** KubeVirt keeps them for itself: vmi-create-admitter.go, ValidateVirtualMachineInstanceMetadata (v1.6.2). */
const RESERVED_LABELS = [
  'kubevirt.io/created-by',
  'kubevirt.io/migrationJobUID',
  'kubevirt.io/nodeName',
  'kubevirt.io/migrationTargetNodeName',
  'kubevirt.io/schedulable',
  'kubevirt.io/install-strategy',
];

/**
 * Notes what is wrong with a machine's props, except for its disks.
 *
 * @param known The props of the kind of machine.
 * @throws if the props are not an object: nothing else can be checked then.
 */
export function checkVm(
  faults: Faults,
  id: string,
  props: BootableVMProps,
  known: { readonly [prop: string]: true } = VM_PROPS,
): void {
  checkProps(faults, id, props, known, (all, property, value) => checkName(all, property, value, LONGEST_NAME));
  if (props.hostname !== undefined) checkLabel(faults, 'hostname', props.hostname);
  checkOneOf(faults, 'runStrategy', props.runStrategy, RunStrategy);
  checkOneOf(faults, 'updateVolumesStrategy', props.updateVolumesStrategy, UpdateVolumesStrategy);
  checkOneOf(faults, 'evictionStrategy', props.evictionStrategy, EvictionStrategy);
  checkLabels(faults, 'nodeSelector', props.nodeSelector);
  checkTemplateMetadata(faults, props);
  checkCpu(faults, props.cpu, {
    hugepages: props.hugepages !== undefined,
    instancetype: props.instancetype !== undefined,
  });
  checkGiven(faults, '', props, MACHINE_PROPS);
  checkGiven(faults, '', props, LIFECYCLE_PROPS);
  checkTogether(faults, props);
  checkDeviceClaims(faults, props);
  checkDedicated(faults, props);
  checkArchitecture(faults, props);
  checkMemory(faults, props);
  checkResources(faults, props.resources, props.memory);
  checkInstance(faults, 'instancetype', props.instancetype, Instancetype, instancetypeMeant);
  checkInstance(faults, 'preference', props.preference, Preference, preferenceMeant);
  checkBesideInstancetype(faults, props);
  checkNetworks(faults, props);
  checkInstance(faults, 'firmware', props.firmware, Firmware, 'Firmware.uefi()');
  checkCloudInit(faults, props);
  checkCredentials(faults, props);
}

/** KubeVirt v1.9.0: pkg/dra/admitter/dra_admitter.go, validateCreationDRA. */
function checkDeviceClaims(faults: Faults, { devices, resourceClaims = [] }: BootableVMProps): void {
  const claims: unknown = resourceClaims;
  const known = (Array.isArray(claims) ? (claims as unknown[]) : []).flatMap((claim) =>
    claim instanceof ResourceClaim ? [claim.name] : [],
  );
  const asked = new Set<string>();
  for (const property of ['gpus', 'hostDevices'] as const) {
    const list: unknown = devices?.[property];
    for (const [index, device] of (Array.isArray(list) ? (list as unknown[]) : []).entries()) {
      const { claimName, requestName } = isObject(device) ? device : {};
      if (typeof claimName !== 'string') continue;
      const at = `devices.${property}[${index}]`;
      if (!known.includes(claimName)) {
        faults.add(`${at}.claimName`, `be a claim of 'resourceClaims' ${show(known)}`, claimName);
      }
      const pair = `${claimName}/${String(requestName)}`;
      if (asked.has(pair)) faults.add(`${at}.requestName`, 'be asked for once of a claim', requestName);
      asked.add(pair);
    }
  }
}

/** What contradicts: KubeVirt v1.9.0, vmi-create-admitter.go, validateStartStrategy. */
function checkTogether(faults: Faults, props: BootableVMProps): void {
  const { firmware, features, livenessProbe, startStrategy, launchSecurity, devices } = props;
  if (livenessProbe instanceof GuestProbe && livenessProbe._successThreshold !== 1) {
    // Kubernetes: ValidatePodSpec, validateLivenessProbe.
    faults.add('livenessProbe', 'have a successThreshold of 1', livenessProbe._successThreshold);
  }
  if (livenessProbe !== undefined && startStrategy === StartStrategy.PAUSED) {
    faults.add('startStrategy', "be left out with a 'livenessProbe'", startStrategy, 'a paused guest does not answer');
  }
  if (firmware instanceof Firmware && firmware._needsSmm && features?.smm === false) {
    faults.add('features.smm', 'be left out or true with secure boot, which needs it', features.smm);
  }
  if (launchSecurity instanceof LaunchSecurity) checkLaunchSecurity(faults, launchSecurity, props);
  if (devices?.videoType !== undefined && devices.graphics === false) {
    faults.add('devices.videoType', "be left out with 'graphics: false'", devices.videoType);
  }
  if (devices?.watchdogName !== undefined && devices.watchdog === undefined) {
    faults.add('devices.watchdogName', "be left out without 'watchdog'", devices.watchdogName);
  }
}

/**
 * KubeVirt v1.6.2: vmi-create-admitter.go, validateRequestEqualsLimitOnDedicatedCPUPlacement, validateMemoryRequestsAndLimits,
 * validateRequestOrLimitWithCoresProvidedOnDedicatedCPUPlacement, validateCPURequestIsInteger and
 * validateThreadCountOnDedicatedCPUPlacement.
 */
function checkDedicated(faults: Faults, { cpu, resources }: BootableVMProps): void {
  if (cpu?.dedicated !== true) return;
  if (Number(cpu.threads) > 2) faults.add('cpu.threads', 'be at most 2 with dedicated processors', cpu.threads);
  if (!isObject(resources)) return;
  const { memoryRequest, memoryLimit, cpuRequest, cpuLimit } = resources as VmResources;
  if (isSize(memoryRequest) && isSize(memoryLimit) && toBytes(memoryRequest) !== toBytes(memoryLimit)) {
    const must = `equal the limit ${show(memoryLimit)} with dedicated processors`;
    faults.add('resources.memoryRequest', must, memoryRequest);
  }
  const [request, limit] = [thousandths(cpuRequest), thousandths(cpuLimit)];
  for (const [property, time] of Object.entries({ cpuRequest: request, cpuLimit: limit })) {
    if (time === undefined || time % 1000 === 0) continue;
    faults.add(`resources.${property}`, 'be whole processors with dedicated ones', `${time}m`);
  }
  if (request !== undefined && limit !== undefined && request !== limit) {
    const must = `equal the limit ${show(cpuLimit?.amount)} with dedicated processors`;
    faults.add('resources.cpuRequest', must, cpuRequest?.amount);
  }
  const parts = [cpu.cores, cpu.sockets, cpu.threads];
  const count = parts.reduce((product: number, number) => product * (number ?? 1), 1) * 1000;
  const given = [request, limit].filter((amount) => amount !== undefined);
  if (given.length > 0 && parts.some((number) => number !== undefined) && !given.includes(count)) {
    const must = `be the ${count / 1000} processors of the guest with dedicated ones`;
    const property = request === undefined ? 'resources.cpuLimit' : 'resources.cpuRequest';
    faults.add(property, must, (cpuRequest ?? cpuLimit)?.amount, 'leave it out');
  }
}

function checkTemplateMetadata(faults: Faults, { templateLabels, templateAnnotations }: BootableVMProps): void {
  checkLabels(faults, 'templateLabels', templateLabels);
  checkAnnotations(faults, 'templateAnnotations', templateAnnotations);
  if (!isObject(templateLabels)) return;
  const reserved = RESERVED_LABELS.filter((key) => Object.hasOwn(templateLabels, key));
  for (const key of reserved) faults.add('templateLabels', 'leave out what KubeVirt sets itself', key);
}

/** KubeVirt v1.6.2: pkg/instancetype/apply/memory.go and cpu.go. */
function checkBesideInstancetype(faults: Faults, props: BootableVMProps): void {
  if (props.instancetype === undefined) return;
  if (props.instancetype instanceof Instancetype && props.instancetype._conflictsAllowed) return;
  // Memory is for the VM whose disk names no instance type: pkg/instancetype/infer/handler.go, Instancetype (v1.5.3 and v1.9.0).
  const isFallback =
    props.instancetype instanceof Instancetype && props.instancetype._inference?.ignoresFailure === true;
  const must = 'not be given beside an instancetype';
  const remedy = 'the instance type brings it';
  const { cores, sockets, threads } = isObject(props.cpu) ? (props.cpu as GuestCpu) : {};
  const { memoryRequest, memoryLimit, cpuRequest, cpuLimit } = isObject(props.resources)
    ? (props.resources as VmResources)
    : {};
  const { memory, maxMemory, hugepages, reservedOverhead } = props;
  const given = {
    memory: isFallback ? undefined : memory,
    maxMemory,
    hugepages,
    'cpu.cores': cores,
    'cpu.sockets': sockets,
    'cpu.threads': threads,
    'resources.memoryRequest': memoryRequest,
    'resources.memoryLimit': memoryLimit,
  };
  for (const [property, value] of Object.entries(given)) {
    if (value !== undefined) faults.add(property, must, value, remedy);
  }
  const times = { 'resources.cpuRequest': cpuRequest, 'resources.cpuLimit': cpuLimit, reservedOverhead };
  for (const [property, value] of Object.entries(times)) {
    if (value !== undefined) addKind(faults, property, must, value, remedy);
  }
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateAccessCredentials. */
function checkCredentials(faults: Faults, { accessCredentials, cloudInit }: BootableVMProps): void {
  if (!Array.isArray(accessCredentials)) return;
  const has = cloudInit instanceof CloudInit ? Object.keys(cloudInit._volumeSource()) : [];
  (accessCredentials as unknown[]).forEach((credential, index) => {
    const needed = credential instanceof AccessCredential ? credential._neededVolume : undefined;
    if (needed === undefined || has.includes(needed)) return;
    const datasource = needed === 'cloudInitNoCloud' ? 'NO_CLOUD' : 'CONFIG_DRIVE';
    const remedy = `give 'cloudInit' with the datasource CloudInitDatasource.${datasource}`;
    faults.note(`'accessCredentials[${index}]' must have a cloud-init disk that brings it, got none; ${remedy}`);
  });
}

/** Text here may be user data, which may hold a password. */
function checkCloudInit(
  faults: Faults,
  { cloudInit, networks }: Pick<BootableVMProps, 'cloudInit' | 'networks'>,
): void {
  if (cloudInit instanceof CloudInit) cloudInit._checkNetworks(faults, Array.isArray(networks) ? networks : []);
  if (cloudInit === undefined || cloudInit instanceof CloudInit) return;
  const remedy = 'write CloudInit.of({ … }), CloudInit.raw(…) or CloudInit.fromSecretName(…)';
  faults.note(`'cloudInit' must be a CloudInit, got ${kindOf(cloudInit)}; ${remedy}`);
}
