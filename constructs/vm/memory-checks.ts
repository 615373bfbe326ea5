import { Size } from 'cdk8s';
import { checkSize, fromBytes, isSize, toBytes } from '../shared/quantity';
import { Faults, show } from '../shared/refusal';
import { Architecture } from './architecture';
import { BootableVMProps } from './bootable-vm-props';
import { LEAST_MEMORY } from './vm-resources';

const GIBI = Size.gibibytes(1);
/** What is plugged at once: KubeVirt v1.9.0, pkg/liveupdate/memory/memory.go, HotplugBlockAlignmentBytes and Hotplug1GHugePagesBlockAlignmentBytes. */
const BLOCK = Size.mebibytes(2);

/** Notes what is wrong with the memory of a guest. */
export function checkMemory(faults: Faults, props: BootableVMProps): void {
  const { memory, resources, instancetype, hugepages } = props;
  // The pod asks for the guest's memory, where nothing else is said: only what it asks for has a least.
  const isAsked = [resources?.memoryRequest, resources?.memoryLimit].every((size) => size === undefined);
  checkSize(faults, 'memory', memory, isAsked ? LEAST_MEMORY : fromBytes(1));
  const isGiven = [memory, resources?.memoryRequest, resources?.memoryLimit, hugepages, instancetype].some(
    (value) => value !== undefined,
  );
  // KubeVirt accepts the VM and refuses its start: ValidateVirtualMachineInstanceMandatoryFields (v1.6.2).
  if (isGiven && props.memoryLeftOpen === true) {
    faults.add(
      'memoryLeftOpen',
      "be left out beside 'memory', 'resources', 'hugepages' and 'instancetype'",
      props.memoryLeftOpen,
    );
  } else if (!isGiven && props.memoryLeftOpen !== true) {
    faults.add('memory', 'be given', undefined, 'write for example Size.gibibytes(2), or name an instancetype');
  }
  checkHugepages(faults, props);
  checkMemoryPlug(faults, props);
}

/** KubeVirt v1.9.0: vmi-create-admitter.go, validateHugepagesMemoryRequests. The pod asks for the limit or the guest's memory, if nothing else is said. */
function checkHugepages(faults: Faults, { memory, resources, hugepages }: BootableVMProps): void {
  if (!isSize(hugepages) || toBytes(hugepages) === 0) return;
  const asked = Object.entries({
    'resources.memoryRequest': resources?.memoryRequest,
    'resources.memoryLimit': resources?.memoryLimit,
    memory,
  }).find(([, size]) => isSize(size));
  if (asked === undefined || toBytes(asked[1]!) % toBytes(hugepages) === 0) return;
  const what = asked[0] === 'memory' ? "the 'memory' of the guest" : `'${asked[0]}'`;
  faults.add('hugepages', `divide ${what} ${show(asked[1])}`, hugepages);
}

/**
 * The same of a pool and a replica set, which KubeVirt judges before it fills in what the pod asks for: the guest's memory comes before
 * the limit, and is not that of a page.
 */
export function checkMemoryOfFleet(faults: Faults, { memory, maxMemory, resources, hugepages }: BootableVMProps): void {
  if (memory === undefined && maxMemory !== undefined && hugepages !== undefined) {
    faults.add('memory', "be given with 'maxMemory'", undefined);
  }
  if (!isSize(hugepages) || !isSize(memory) || toBytes(hugepages) === 0) return;
  if (resources?.memoryRequest !== undefined || !isSize(resources?.memoryLimit)) return;
  if (toBytes(memory) % toBytes(hugepages) !== 0) {
    faults.add('hugepages', `divide the 'memory' of the guest ${show(memory)}`, hugepages);
  }
}

/** What takes memory while it runs: KubeVirt v1.6.2 and v1.9.0, pkg/liveupdate/memory/memory.go, ValidateLiveUpdateMemory. */
function checkMemoryPlug(faults: Faults, props: BootableVMProps): void {
  const { maxMemory, cpu, launchSecurity, architecture, instancetype, hugepages } = props;
  // Without any the guest has a page.
  const memory = props.memory ?? hugepages;
  if (!isSize(maxMemory) || instancetype !== undefined) return;
  const holders = { 'cpu.realtime': cpu?.realtime, 'cpu.numaPassthrough': cpu?.numaPassthrough, launchSecurity };
  for (const [holder, value] of Object.entries(holders)) {
    if (value === undefined || value === false) continue;
    const remedy = 'such a machine takes no memory while it runs';
    faults.add('maxMemory', `not be given beside '${holder}'`, maxMemory, remedy);
  }
  if (architecture !== undefined && architecture !== Architecture.AMD64) {
    faults.add('maxMemory', `not be given on ${architecture}`, maxMemory, 'memory is plugged on amd64 alone');
  }
  if (memory === undefined) faults.add('memory', "be given with 'maxMemory'", undefined);
  if (!isSize(memory)) return;
  if (toBytes(maxMemory) < toBytes(memory)) {
    faults.add('maxMemory', `be at least the 'memory' of the guest ${show(memory)}`, maxMemory);
  }
  if (toBytes(memory) < toBytes(GIBI)) faults.add('memory', "be at least '1Gi' with 'maxMemory'", memory);
  const block = isSize(hugepages) && toBytes(hugepages) === toBytes(GIBI) ? GIBI : BLOCK;
  for (const [property, size] of Object.entries({ memory, maxMemory })) {
    if (toBytes(size) % toBytes(block) === 0) continue;
    faults.add(property, `be a multiple of ${show(block)}, which is plugged at once`, size);
  }
}
