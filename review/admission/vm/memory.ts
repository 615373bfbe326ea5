import { childIn, has, textAt, textIn, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json, Note, Rule } from '../../rule';
import { resource, wholeValue } from '../shared/quantities';
import { must, show } from '../shared/wording';
import { cite, Machine, machineRule, TEMPLATE, vmiCreate } from './machine';

const RESOURCES = `${TEMPLATE}.domain.resources`;
const REQUEST = `${RESOURCES}.requests.memory`;
const GUEST = `${TEMPLATE}.domain.memory.guest`;
const LEAST_REQUEST = 1e6;

const LIVE_UPDATE = cite('pkg/liveupdate/memory/memory.go', 'ValidateLiveUpdateMemory');
const BLOCK = 2 ** 21;
const GIBI = 2 ** 30;

/** Memory of the machine and of its pod. The request comes from the limit, the guest's memory or the page size. */
export const MEMORY_RULES: readonly Rule[] = [
  machineRule('memory-request-positive', vmiCreate('validateMemoryRequestsNegativeOrNull'), ({ domain }, note) => {
    const request = resource(domain, 'requests', 'memory');
    if (wholeValue(request) < 0) note(REQUEST, must('requests.memory', 'be at least 0', request));
  }),
  machineRule('memory-request-least', vmiCreate('validateMemoryRequestsNegativeOrNull'), ({ domain }, note) => {
    const request = resource(domain, 'requests', 'memory');
    const bytes = parseQuantity(request) ?? 0;
    if (bytes > 0 && bytes < LEAST_REQUEST) note(REQUEST, must('requests.memory', "be 0 or at least '1M'", request));
  }),
  machineRule('memory-limit-positive', vmiCreate('validateMemoryLimitsNegativeOrNull'), ({ domain }, note) => {
    const limit = resource(domain, 'limits', 'memory');
    if (wholeValue(limit) < 0) note(`${RESOURCES}.limits.memory`, must('limits.memory', 'be at least 0', limit));
  }),
  machineRule('memory-request-limit', vmiCreate('validateMemoryLimitsNegativeOrNull'), ({ domain }, note) => {
    const [request, limit] = [resource(domain, 'requests', 'memory'), resource(domain, 'limits', 'memory')];
    if (wholeValue(limit) <= 0 || wholeValue(request) <= wholeValue(limit)) return;
    note(REQUEST, must('requests.memory', `be at most 'limits.memory' (${show(limit)})`, request));
  }),
  machineRule('memory-page-size-quantity', vmiCreate('validateHugepagesMemoryRequests'), ({ domain }, note) => {
    const pages = hugepages(domain);
    if (pages === undefined || parseQuantity(textIn(pages, 'pageSize')) !== undefined) return;
    note(`${TEMPLATE}.domain.hugepages.size`, must('pageSize', "be a quantity, for instance '2Mi'", pages.pageSize));
  }),
  pageRule('memory-page-size-zero', (size, request, note) => {
    // The webhook divides by it: the request fails with its crash.
    if (size !== 0 || request < 0) return;
    note(`${TEMPLATE}.domain.memory.hugepages.pageSize`, must('pageSize', 'be greater than 0', '0'));
  }),
  pageRule('memory-page-size-fits', (size, request, note, { domain }) => {
    if (request >= size) return;
    const memory = resource(domain, 'requests', 'memory');
    note(REQUEST, must('requests.memory', `be at least a page (${pageSize(domain)})`, memory));
  }),
  pageRule('memory-page-size-multiple', (size, request, note, { domain }) => {
    if (size === 0 || request < size || request % size === 0) return;
    const memory = resource(domain, 'requests', 'memory');
    note(REQUEST, must('requests.memory', `be a multiple of the page size (${pageSize(domain)})`, memory));
  }),
  machineRule('memory-guest-limit', vmiCreate('validateGuestMemoryLimit'), (machine, note) => {
    const guest = childIn(machine.domain, 'memory')?.guest;
    const limit = resource(machine.domain, 'limits', 'memory');
    if (updatesLive(machine) || wholeValue(limit) === 0 || wholeValue(guest) <= wholeValue(limit)) return;
    note(GUEST, must('guest', `be at most 'limits.memory' (${show(limit)})`, guest));
  }),
];

/** What `memory.maxGuest` asks for where the cluster updates machines live. The webhook names the guest's memory for all. */
export const MEMORY_HOTPLUG_RULES: readonly Rule[] = [
  hotplugRule('memory-max-guest-guest-given', ({ guest }, note) => {
    if (guest === undefined) note(GUEST, must('guest', "be given with 'maxGuest'", guest));
  }),
  hotplugRule('memory-max-guest-order', ({ guest, maxGuest }, note) => {
    const [least, most] = [parseQuantity(guest), parseQuantity(maxGuest)];
    if (least === undefined || most === undefined || least <= most) return;
    note(GUEST, must('guest', `be at most 'maxGuest' (${show(maxGuest)})`, guest));
  }),
  hotplugRule('memory-max-guest-least', ({ guest }, note) => {
    if (guest === undefined || wholeValue(guest) >= GIBI) return;
    note(GUEST, must('guest', "be at least '1Gi' with 'maxGuest'", guest));
  }),
  hotplugRule('memory-max-guest-aligned', ({ maxGuest, block }, note) => {
    if (wholeValue(maxGuest) % block === 0) return;
    note(GUEST, must('maxGuest', `be a multiple of ${blockName(block)}`, maxGuest));
  }),
  hotplugRule('memory-max-guest-guest-aligned', ({ guest, block }, note) => {
    if (guest === undefined || wholeValue(guest) % block === 0) return;
    note(GUEST, must('guest', `be a multiple of ${blockName(block)} with 'maxGuest'`, guest));
  }),
  hotplugRule('memory-max-guest-architecture', (_memory, note, { architecture }) => {
    if (architecture === 'amd64') return;
    note(GUEST, must('architecture', "be 'amd64' with 'maxGuest'", architecture), "remove 'maxGuest'");
  }),
  hotplugRule('memory-max-guest-exclusive', (_memory, note, { domain }) => {
    const cpu = childIn(domain, 'cpu');
    const reasons = [
      ['cpu.realtime', has(cpu, 'realtime')],
      ['cpu.numa.guestMappingPassthrough', has(childIn(cpu, 'numa'), 'guestMappingPassthrough')],
      ['launchSecurity', has(domain, 'launchSecurity')],
    ] as const;
    for (const [property, given] of reasons) {
      if (given) note(GUEST, `'maxGuest' must stand without '${property}', got both`, "remove 'maxGuest'");
    }
  }),
];

function hugepages(domain: Json): Json | undefined {
  return childIn(childIn(domain, 'memory'), 'hugepages');
}

function pageSize(domain: Json): string {
  return show(hugepages(domain)?.pageSize);
}

/** A rule about pages whose size is a quantity, against the memory that the pod asks for. */
function pageRule(id: string, check: (size: number, request: number, note: Note, machine: Machine) => void): Rule {
  return machineRule(id, vmiCreate('validateHugepagesMemoryRequests'), (machine, note) => {
    const size = textAt(hugepages(machine.domain), 'pageSize');
    if (parseQuantity(size) === undefined) return;
    check(wholeValue(size), wholeValue(resource(machine.domain, 'requests', 'memory')), note, machine);
  });
}

/** Whether changes of a running machine reach it without a restart: what the cluster is set to, or the default. */
export function updatesLive({ config }: Machine): boolean {
  return (textIn(config.configuration, 'vmRolloutStrategy') || 'LiveUpdate') === 'LiveUpdate';
}

interface HotplugMemory {
  readonly guest: unknown;
  readonly maxGuest: unknown;
  /** What both must be multiples of, in bytes. */
  readonly block: number;
}

function hotplugRule(id: string, check: (memory: HotplugMemory, note: Note, machine: Machine) => void): Rule {
  return machineRule(id, LIVE_UPDATE, (machine, note) => {
    const memory = childIn(machine.domain, 'memory');
    if (!has(memory, 'maxGuest') || !updatesLive(machine)) return;
    const block = valueAt(memory, 'hugepages', 'pageSize') === '1Gi' ? GIBI : BLOCK;
    check({ guest: memory?.guest ?? undefined, maxGuest: memory?.maxGuest, block }, note, machine);
  });
}

function blockName(block: number): string {
  return block === GIBI ? "'1Gi'" : "'2Mi'";
}
