import { Cpu } from 'cdk8s-plus-27';
import { checkProps } from '../shared/api-object';
import { checkAnnotations, checkLabel, checkLabels, checkName, checkOneOf, isObject } from '../shared/checks';
import { KnownKeys } from '../shared/known-keys';
import { checkGiven, keysOf } from '../shared/prop-checks';
import { checkSize, fromBytes, isSize, toBytes } from '../shared/quantity';
import { addKind, Faults, kindOf, show } from '../shared/refusal';
import { BootableVMProps, InstanceProps, InstanceTemplateProps, VmResources } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { Firmware } from './firmware';
import { checkCpu } from './guest-cpu';
import { GuestNetwork } from './guest-network';
import { GuestProbe } from './guest-probe';
import { Instancetype, Preference } from './instancetype';
import { LIFECYCLE_PROPS, MACHINE_PROPS } from './machine-props';
import { checkInstance, checkPart } from './part-checks';
import { EvictionStrategy, RunStrategy, UpdateVolumesStrategy } from './run-strategy';

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
  networks: true,
  evictionStrategy: true,
  nodeSelector: true,
  hostname: true,
  ...keysOf(MACHINE_PROPS),
  ...keysOf(LIFECYCLE_PROPS),
  name: true,
  namespace: true,
  labels: true,
  annotations: true,
  overrides: true,
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
const RESOURCES = { memoryRequest: true, memoryLimit: true, cpuRequest: true, cpuLimit: true } as const;

/** What cdk8s-plus makes of `Cpu.units(…)` and `Cpu.millis(…)`. */
const CPU_TIME = /^(\d+(?:\.\d+)?)(m?)$/;

/** KubeVirt copies the name into labels: longer ones cannot be migrated (migration-create-mutator.go, v1.6.2). */
const LONGEST_NAME = 63;

/** KubeVirt refuses less: vmi-create-admitter.go, validateMemoryRequestsNegativeOrNull (v1.6.2). */
const LEAST_MEMORY = fromBytes(1_000_000);

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
  checkCpu(faults, props.cpu, props.hugepages !== undefined);
  checkGiven(faults, '', props, MACHINE_PROPS);
  checkGiven(faults, '', props, LIFECYCLE_PROPS);
  checkTogether(faults, props);
  checkMemory(faults, props);
  checkResources(faults, props);
  checkInstance(faults, 'instancetype', props.instancetype, Instancetype, "Instancetype.cluster('u1.medium')");
  checkInstance(faults, 'preference', props.preference, Preference, "Preference.cluster('ubuntu')");
  checkBesideInstancetype(faults, props);
  checkNetworks(faults, props.networks);
  checkInstance(faults, 'firmware', props.firmware, Firmware, 'Firmware.uefi()');
  checkCloudInit(faults, props.cloudInit);
}

/** What contradicts: KubeVirt v1.9.0, vmi-create-admitter.go, validateHugepagesMemoryRequests; vms-admitter.go, validateLiveUpdateMemory. */
function checkTogether(faults: Faults, props: BootableVMProps): void {
  const { memory, maxMemory, hugepages, instancetype, firmware, features } = props;
  if (isSize(memory) && isSize(maxMemory) && toBytes(maxMemory) < toBytes(memory)) {
    faults.add('maxMemory', `be at least the 'memory' of the guest ${show(memory)}`, maxMemory);
  }
  if (isSize(memory) && isSize(hugepages) && toBytes(hugepages) > 0 && toBytes(memory) % toBytes(hugepages) !== 0) {
    faults.add('hugepages', `divide the 'memory' of the guest ${show(memory)}`, hugepages);
  }
  if (instancetype !== undefined) {
    for (const [property, value] of Object.entries({ maxMemory, hugepages })) {
      if (value !== undefined)
        faults.add(property, 'not be given beside an instancetype', value, 'the instance type brings it');
    }
  }
  checkMemoryPlug(faults, props);
  checkDedicated(faults, props);
  const { livenessProbe } = props;
  if (livenessProbe instanceof GuestProbe && livenessProbe._successThreshold !== 1) {
    // Kubernetes: ValidatePodSpec, validateLivenessProbe.
    faults.add('livenessProbe', 'have a successThreshold of 1', livenessProbe._successThreshold);
  }
  if (firmware instanceof Firmware && firmware._needsSmm && features?.smm === false) {
    faults.add('features.smm', 'be left out or true with secure boot, which needs it', false);
  }
}

/** What takes no memory while it runs: KubeVirt v1.6.2 and v1.9.0, pkg/liveupdate/memory/memory.go, ValidateLiveUpdateMemory. */
function checkMemoryPlug(faults: Faults, { maxMemory, cpu, launchSecurity }: BootableVMProps): void {
  if (!isSize(maxMemory)) return;
  const holders = { 'cpu.realtime': cpu?.realtime, 'cpu.numaPassthrough': cpu?.numaPassthrough, launchSecurity };
  for (const [holder, value] of Object.entries(holders)) {
    if (value === undefined || value === false) continue;
    faults.add(
      'maxMemory',
      `not be given beside '${holder}'`,
      maxMemory,
      'such a machine takes no memory while it runs',
    );
  }
}

/**
 * KubeVirt v1.6.2: vmi-create-admitter.go, validateRequestEqualsLimitOnDedicatedCPUPlacement, validateMemoryRequestsAndLimits and
 * validateRequestOrLimitWithCoresProvidedOnDedicatedCPUPlacement.
 */
function checkDedicated(faults: Faults, { cpu, resources }: BootableVMProps): void {
  if (cpu?.dedicated !== true || !isObject(resources)) return;
  const { memoryRequest, memoryLimit, cpuRequest, cpuLimit } = resources as VmResources;
  if (isSize(memoryRequest) && isSize(memoryLimit) && toBytes(memoryRequest) !== toBytes(memoryLimit)) {
    faults.add(
      'resources.memoryRequest',
      `equal the limit ${show(memoryLimit)} with dedicated processors`,
      memoryRequest,
    );
  }
  const [request, limit] = [thousandths(cpuRequest), thousandths(cpuLimit)];
  if (request !== undefined && limit !== undefined && request !== limit) {
    const must = `equal the limit ${show(cpuLimit?.amount)} with dedicated processors`;
    faults.add('resources.cpuRequest', must, cpuRequest?.amount);
  }
  const count =
    [cpu.cores, cpu.sockets, cpu.threads].reduce((product: number, part) => product * (part ?? 1), 1) * 1000;
  const given = [request, limit].filter((amount) => amount !== undefined);
  if (
    given.length > 0 &&
    [cpu.cores, cpu.sockets, cpu.threads].some((part) => part !== undefined) &&
    !given.includes(count)
  ) {
    const must = `be the ${count / 1000} processors of the guest with dedicated ones`;
    faults.add('resources.cpuRequest', must, (cpuRequest ?? cpuLimit)?.amount, 'leave it out');
  }
}

/** Thousandths of a processor; undefined if it is not CPU time. */
function thousandths(cpu: Cpu | undefined): number | undefined {
  const given: unknown = isObject(cpu) ? (cpu as Partial<Cpu>).amount : undefined;
  const [, amount, milli] = (typeof given === 'string' && CPU_TIME.exec(given)) || [];
  return amount === undefined ? undefined : Number(amount) * (milli === '' ? 1000 : 1);
}

function checkTemplateMetadata(faults: Faults, { templateLabels, templateAnnotations }: BootableVMProps): void {
  checkLabels(faults, 'templateLabels', templateLabels);
  checkAnnotations(faults, 'templateAnnotations', templateAnnotations);
  if (!isObject(templateLabels)) return;
  const reserved = RESERVED_LABELS.filter((key) => Object.hasOwn(templateLabels, key));
  for (const key of reserved) faults.add('templateLabels', 'leave out what KubeVirt sets itself', key);
}

function checkMemory(faults: Faults, { memory, resources, instancetype }: BootableVMProps): void {
  checkSize(faults, 'memory', memory, LEAST_MEMORY);
  const isGiven = [memory, resources?.memoryRequest, resources?.memoryLimit, instancetype].some(
    (value) => value !== undefined,
  );
  // KubeVirt accepts the VM and refuses its start: ValidateVirtualMachineInstanceMandatoryFields (v1.6.2).
  if (!isGiven) {
    faults.add('memory', 'be given', undefined, 'write for example Size.gibibytes(2), or name an instancetype');
  }
}

/**
 * KubeVirt: vmi-create-admitter.go, validateMemoryLimitsNegativeOrNull, validateCpuRequestDoesNotExceedLimit and
 * validateGuestMemoryLimit (v1.6.2). The last is silent where the rollout strategy is LiveUpdate; the guest that fills
 * its memory is killed there.
 */
function checkResources(faults: Faults, { memory, resources }: BootableVMProps): void {
  const remedy = 'write for example { memoryRequest: Size.gibibytes(2) }';
  if (resources === undefined || !checkPart<VmResources>(faults, 'resources', resources, RESOURCES, remedy)) return;
  const { memoryRequest, memoryLimit, cpuRequest, cpuLimit } = resources;
  checkSize(faults, 'resources.memoryRequest', memoryRequest, LEAST_MEMORY);
  checkSize(faults, 'resources.memoryLimit', memoryLimit, LEAST_MEMORY);
  if (isSize(memoryRequest) && isSize(memoryLimit) && toBytes(memoryRequest) > toBytes(memoryLimit)) {
    faults.add('resources.memoryRequest', `be at most the limit ${show(memoryLimit)}`, memoryRequest);
  }
  if (isSize(memory) && isSize(memoryLimit) && toBytes(memoryLimit) < toBytes(memory)) {
    faults.add('resources.memoryLimit', `be at least the 'memory' of the guest ${show(memory)}`, memoryLimit);
  }
  const request = checkCpuTime(faults, 'resources.cpuRequest', cpuRequest);
  const limit = checkCpuTime(faults, 'resources.cpuLimit', cpuLimit);
  if (request !== undefined && limit !== undefined && request > limit) {
    faults.add('resources.cpuRequest', `be at most the limit ${show(cpuLimit?.amount)}`, cpuRequest?.amount);
  }
}

/** Notes a value that is not CPU time; returns the time in thousandths of a processor. */
function checkCpuTime(faults: Faults, property: string, cpu: Cpu | undefined): number | undefined {
  if (cpu === undefined) return undefined;
  const time = thousandths(cpu);
  if (time !== undefined) return time;
  const must = 'be a Cpu of cdk8s-plus-27, not negative';
  addKind(faults, property, must, isObject(cpu) && 'amount' in cpu ? cpu.amount : cpu, cpuRemedy(cpu));
  return undefined;
}

function cpuRemedy(value: unknown): string {
  const [, amount, milli] = CPU_TIME.exec(typeof value === 'object' ? '' : String(value)) ?? [];
  return `write ${milli === 'm' ? `Cpu.millis(${amount})` : `Cpu.units(${amount ?? 2})`}`;
}

/** KubeVirt v1.6.2: pkg/instancetype/apply/memory.go and cpu.go. */
function checkBesideInstancetype(faults: Faults, { cpu, memory, resources, instancetype }: BootableVMProps): void {
  if (instancetype === undefined) return;
  const must = 'not be given beside an instancetype';
  const remedy = 'the instance type brings it';
  for (const [property, value] of Object.entries({ cpu, resources })) {
    if (value !== undefined) addKind(faults, property, must, value, remedy);
  }
  if (memory !== undefined) faults.add('memory', must, memory, remedy);
}

/** KubeVirt v1.6.2: pkg/network/admitter/netsource.go, validateSinglePodNetwork; netiface.go, validateInterfaceNameUnique. */
function checkNetworks(faults: Faults, networks: BootableVMProps['networks']): void {
  if (networks === undefined) return;
  if (!Array.isArray(networks)) {
    addKind(faults, 'networks', 'be a list of GuestNetwork', networks, 'write for example [GuestNetwork.pod()]');
    return;
  }
  const before = faults.count;
  Array.from(networks as GuestNetwork[], (network, index) =>
    checkInstance(faults, `networks[${index}]`, network ?? null, GuestNetwork, 'GuestNetwork.pod()'),
  );
  if (faults.count > before) return;
  const names = (networks as GuestNetwork[]).map(({ name }) => name);
  const podNetworks = (networks as GuestNetwork[]).filter((network) => network.isPodNetwork);
  if (podNetworks.length > 1) faults.add('networks', 'hold one pod network', names);
  if (new Set(names).size < names.length) faults.add('networks', 'have names that differ', names);
}

/** Text here may be user data, which may hold a password. */
function checkCloudInit(faults: Faults, cloudInit: unknown): void {
  if (cloudInit === undefined || cloudInit instanceof CloudInit) return;
  const remedy = 'write CloudInit.of({ … }), CloudInit.raw(…) or CloudInit.fromSecretName(…)';
  faults.note(`'cloudInit' must be a CloudInit, got ${kindOf(cloudInit)}; ${remedy}`);
}
