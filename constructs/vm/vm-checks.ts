import { checkObject } from '../shared/api-object';
import {
  checkAnnotations,
  checkLabel,
  checkLabels,
  checkName,
  checkOneOf,
  checkText,
  checkWholeNumber,
} from '../shared/checks';
import { checkSize, fromBytes, toBytes } from '../shared/quantity';
import { Faults } from '../shared/refusal';
import { BootableVMProps } from './bootable-vm-props';
import { CloudInit } from './cloud-init';
import { Firmware } from './firmware';
import { GuestNetwork } from './guest-network';
import { EvictionStrategy, RunStrategy } from './run-strategy';

/** KubeVirt copies the name into labels: longer ones cannot be migrated (migration-create-mutator.go, v1.6.2). */
const LONGEST_NAME = 63;

/** KubeVirt refuses less: vmi-create-admitter.go, validateMemoryRequestsNegativeOrNull (v1.6.2). */
const LEAST_MEMORY = fromBytes(1_000_000);

/** Notes what is wrong with a VM's props, its disks apart. */
export function checkVm(faults: Faults, id: string, props: BootableVMProps): void {
  checkObject(faults, id, props);
  if ((props.name ?? id).length > LONGEST_NAME) checkName(faults, 'name', props.name ?? id, LONGEST_NAME);
  if (props.hostname !== undefined) checkLabel(faults, 'hostname', props.hostname);
  checkOneOf(faults, 'runStrategy', props.runStrategy, RunStrategy);
  checkOneOf(faults, 'evictionStrategy', props.evictionStrategy, EvictionStrategy);
  checkLabels(faults, 'nodeSelector', props.nodeSelector);
  checkLabels(faults, 'templateLabels', props.templateLabels);
  checkAnnotations(faults, 'templateAnnotations', props.templateAnnotations);
  checkCpu(faults, props);
  checkMemory(faults, props);
  checkNetworks(faults, props.networks);
  if (props.firmware !== undefined && !(props.firmware instanceof Firmware)) {
    faults.add('firmware', 'be a Firmware', props.firmware, 'write for example Firmware.uefi()');
  }
  if (props.cloudInit !== undefined && !(props.cloudInit instanceof CloudInit)) {
    faults.note("'cloudInit' must be a CloudInit; write CloudInit.of({ … }) or CloudInit.fromSecretName(…)");
  }
}

function checkCpu(faults: Faults, { cpu, instancetype }: BootableVMProps): void {
  checkWholeNumber(faults, 'cpu.cores', cpu?.cores, 1);
  checkWholeNumber(faults, 'cpu.sockets', cpu?.sockets, 1);
  checkWholeNumber(faults, 'cpu.threads', cpu?.threads, 1);
  if (cpu?.model !== undefined) checkText(faults, 'cpu.model', cpu.model);
  if (instancetype !== undefined && cpu !== undefined) {
    faults.add('cpu', 'not be given beside an instancetype', cpu, 'the instance type brings it');
  }
}

/** KubeVirt v1.6.2: pkg/instancetype/apply/memory.go; vmi-create-admitter.go, validateMemoryLimitsNegativeOrNull. */
function checkMemory(faults: Faults, { memory, resources, instancetype }: BootableVMProps): void {
  const before = faults.count;
  checkSize(faults, 'memory', memory, LEAST_MEMORY);
  checkSize(faults, 'resources.memoryRequest', resources?.memoryRequest, LEAST_MEMORY);
  checkSize(faults, 'resources.memoryLimit', resources?.memoryLimit, LEAST_MEMORY);
  if (faults.count > before) return;
  const given = memory ?? resources?.memoryRequest ?? resources?.memoryLimit;
  if (instancetype !== undefined && (given !== undefined || resources !== undefined)) {
    const property = memory === undefined ? 'resources' : 'memory';
    faults.add(property, 'not be given beside an instancetype', memory ?? resources, 'the instance type brings it');
  } else if (instancetype === undefined && given === undefined) {
    faults.add('memory', 'be given', undefined, 'write for example Size.gibibytes(2), or name an instancetype');
  }
  const { memoryRequest, memoryLimit } = resources ?? {};
  if (memoryRequest !== undefined && memoryLimit !== undefined && toBytes(memoryRequest) > toBytes(memoryLimit)) {
    faults.add('resources.memoryRequest', `be at most the limit ${memoryLimit.asString()}`, memoryRequest.asString());
  }
}

/** KubeVirt v1.6.2: pkg/network/admitter/netsource.go, validateSinglePodNetwork; netiface.go, validateInterfaceNameUnique. */
function checkNetworks(faults: Faults, networks: BootableVMProps['networks']): void {
  if (networks === undefined) return;
  if (!Array.isArray(networks) || networks.some((network) => !(network instanceof GuestNetwork))) {
    faults.add('networks', 'be a list of GuestNetwork', networks, 'write for example [GuestNetwork.pod()]');
    return;
  }
  const names = networks.map(({ name }) => name);
  if (networks.filter((network) => network.isPodNetwork).length > 1)
    faults.add('networks', 'hold one pod network', names);
  if (new Set(names).size < names.length) faults.add('networks', 'have names that differ', names);
}
