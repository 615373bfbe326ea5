import { childIn, has, textAt, textIn, valueAt } from '../../manifests/json';
import { parseQuantity } from '../../manifests/quantity';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER, MACHINES } from '../shared/holders';
import { resource, wholeValue } from '../shared/quantities';
import { topic } from '../shared/topic';
import { must, show } from '../shared/wording';
import { cite, hasRelease, Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

const RESOURCES = `${TEMPLATE}.domain.resources`;
const REQUEST = `${RESOURCES}.requests.memory`;
const PAGE_SIZE = `${TEMPLATE}.domain.memory.hugepages.pageSize`;
const MAX_GUEST = `${TEMPLATE}.domain.memory.maxGuest`;
const GUEST = `${TEMPLATE}.domain.memory.guest`;
const LEAST_REQUEST = 1e6;

const LIVE_UPDATE = cite('pkg/liveupdate/memory/memory.go', 'ValidateLiveUpdateMemory');
const BLOCK = 2 ** 21;
const GIBI = 2 ** 30;

/** Memory of the machine and of its pod. The request comes from the limit, the guest's memory or the page size. */
export const MEMORY_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'memory-request-positive',
    sentence: 'The memory request is not negative.',
    source: vmiCreate('validateMemoryRequestsNegativeOrNull'),
    check: ({ domain }, note) => {
      const request = resource(domain, 'requests', 'memory');
      if (wholeValue(request) < 0) note(REQUEST, must('requests.memory', 'be at least 0', request));
    },
  },
  {
    id: 'memory-request-least',
    sentence: 'The memory request is 0 or at least 1M.',
    source: vmiCreate('validateMemoryRequestsNegativeOrNull'),
    check: ({ domain }, note) => {
      const request = resource(domain, 'requests', 'memory');
      const bytes = parseQuantity(request) ?? 0;
      if (bytes > 0 && bytes < LEAST_REQUEST) note(REQUEST, must('requests.memory', "be 0 or at least '1M'", request));
    },
  },
  {
    id: 'memory-limit-positive',
    about: ['limits'],
    sentence: 'The memory limit is not negative.',
    source: vmiCreate('validateMemoryLimitsNegativeOrNull'),
    check: ({ domain }, note) => {
      const limit = resource(domain, 'limits', 'memory');
      if (wholeValue(limit) < 0) note(`${RESOURCES}.limits.memory`, must('limits.memory', 'be at least 0', limit));
    },
  },
  {
    id: 'memory-request-limit',
    about: ['limits'],
    sentence: 'The memory request is at most the memory limit.',
    source: vmiCreate('validateMemoryLimitsNegativeOrNull'),
    check: ({ domain }, note) => {
      const [request, limit] = [resource(domain, 'requests', 'memory'), resource(domain, 'limits', 'memory')];
      if (wholeValue(limit) <= 0 || wholeValue(request) <= wholeValue(limit)) return;
      note(REQUEST, must('requests.memory', `be at most 'limits.memory' (${show(limit)})`, request));
    },
  },
  {
    id: 'memory-page-size-quantity',
    about: ['hugepages'],
    sentence: 'The size of huge pages is a quantity.',
    source: vmiCreate('validateHugepagesMemoryRequests'),
    check: (machine, note) => {
      const pages = hugepages(machine.domain);
      if (pages === undefined || parseQuantity(textIn(pages, 'pageSize')) !== undefined) return;
      const message = must('pageSize', "be a quantity, for instance '2Mi'", pages.pageSize);
      const isNamed = hasRelease(machine, 'v1.8.4');
      note(PAGE_SIZE, message, undefined, isNamed ? undefined : `${TEMPLATE}.domain.hugepages.size`);
    },
  },
  {
    id: 'memory-page-size-zero',
    about: ['hugepages'],
    sentence: 'The size of huge pages is greater than 0.',
    source: vmiCreate('validateHugepagesMemoryRequests'),
    check: withPages((size, request, note) => {
      // The webhook divides by it: the request fails with its crash.
      if (size !== 0 || request < 0) return;
      note(PAGE_SIZE, must('pageSize', 'be greater than 0', '0'));
    }),
  },
  {
    id: 'memory-page-size-fits',
    about: ['hugepages'],
    sentence: 'The memory request is at least one huge page.',
    source: vmiCreate('validateHugepagesMemoryRequests'),
    check: withPages((size, request, note, { domain }) => {
      if (request >= size) return;
      const memory = resource(domain, 'requests', 'memory');
      note(REQUEST, must('requests.memory', `be at least a page (${pageSize(domain)})`, memory));
    }),
  },
  {
    id: 'memory-page-size-multiple',
    about: ['hugepages'],
    sentence: 'The memory request is a multiple of the size of huge pages.',
    source: vmiCreate('validateHugepagesMemoryRequests'),
    check: withPages((size, request, note, { domain }) => {
      if (size === 0 || request < size || request % size === 0) return;
      const memory = resource(domain, 'requests', 'memory');
      note(REQUEST, must('requests.memory', `be a multiple of the page size (${pageSize(domain)})`, memory));
    }),
  },
  {
    id: 'memory-guest-limit',
    about: ['limits'],
    sentence: 'The memory of the guest is at most the memory limit.',
    source: vmiCreate('validateGuestMemoryLimit'),
    check: (machine, note) => {
      const guest = childIn(machine.domain, 'memory')?.guest;
      const limit = resource(machine.domain, 'limits', 'memory');
      if (updatesLive(machine) || wholeValue(limit) === 0 || wholeValue(guest) <= wholeValue(limit)) return;
      note(GUEST, must('guest', `be at most 'limits.memory' (${show(limit)})`, guest));
    },
  },
]);

/** What `memory.maxGuest` asks for where the cluster updates machines live. The webhook names the guest's memory for all. */
export const MEMORY_HOTPLUG_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: MACHINES, about: ['maxGuest'] }, [
  {
    id: 'memory-max-guest-guest-given',
    sentence: 'A machine with maxGuest says how much memory its guest has.',
    source: LIVE_UPDATE,
    check: withMaxGuest(({ guest }, note) => {
      if (guest === undefined) note(GUEST, must('guest', "be given with 'maxGuest'", guest));
    }),
  },
  {
    id: 'memory-max-guest-order',
    sentence: 'The memory of the guest is at most maxGuest.',
    source: LIVE_UPDATE,
    check: withMaxGuest(({ guest, maxGuest }, note) => {
      const [least, most] = [parseQuantity(guest), parseQuantity(maxGuest)];
      if (least === undefined || most === undefined || least <= most) return;
      note(GUEST, must('guest', `be at most 'maxGuest' (${show(maxGuest)})`, guest));
    }),
  },
  {
    id: 'memory-max-guest-least',
    sentence: 'A machine with maxGuest has at least 1Gi of memory.',
    source: LIVE_UPDATE,
    check: withMaxGuest(({ guest }, note) => {
      if (guest === undefined || wholeValue(guest) >= GIBI) return;
      note(GUEST, must('guest', "be at least '1Gi' with 'maxGuest'", guest));
    }),
  },
  {
    id: 'memory-max-guest-aligned',
    sentence: 'maxGuest is a multiple of the block that is plugged.',
    source: LIVE_UPDATE,
    check: withMaxGuest(({ maxGuest, block }, note) => {
      if (wholeValue(maxGuest) % block === 0) return;
      note(MAX_GUEST, must('maxGuest', `be a multiple of ${blockName(block)}`, maxGuest), undefined, GUEST);
    }),
  },
  {
    id: 'memory-max-guest-guest-aligned',
    sentence: 'With maxGuest the memory of the guest is a multiple of the block that is plugged.',
    source: LIVE_UPDATE,
    check: withMaxGuest(({ guest, block }, note) => {
      if (guest === undefined || wholeValue(guest) % block === 0) return;
      note(GUEST, must('guest', `be a multiple of ${blockName(block)} with 'maxGuest'`, guest));
    }),
  },
  {
    id: 'memory-max-guest-architecture',
    sentence: 'Memory is plugged on architectures that can do it.',
    source: LIVE_UPDATE,
    check: withMaxGuest((_memory, note, { architecture }) => {
      if (architecture === 'amd64') return;
      note(MAX_GUEST, must('architecture', "be 'amd64' with 'maxGuest'", architecture), "remove 'maxGuest'", GUEST);
    }),
  },
  {
    id: 'memory-max-guest-exclusive',
    sentence: 'maxGuest stands without realtime, NUMA passthrough and launch security.',
    source: LIVE_UPDATE,
    check: withMaxGuest((_memory, note, { domain }) => {
      const cpu = childIn(domain, 'cpu');
      const reasons = [
        ['cpu.realtime', has(cpu, 'realtime')],
        ['cpu.numa.guestMappingPassthrough', has(childIn(cpu, 'numa'), 'guestMappingPassthrough')],
        ['launchSecurity', has(domain, 'launchSecurity')],
      ] as const;
      for (const [property, given] of reasons) {
        if (!given) continue;
        note(MAX_GUEST, `'maxGuest' must stand without '${property}', got both`, "remove 'maxGuest'", GUEST);
      }
    }),
  },
]);

function hugepages(domain: Json): Json | undefined {
  return childIn(childIn(domain, 'memory'), 'hugepages');
}

function pageSize(domain: Json): string {
  return show(hugepages(domain)?.pageSize);
}

/** A rule about pages whose size is a quantity, against the memory that the pod asks for. */
function withPages(check: (size: number, request: number, note: Note, machine: Machine) => void): MachineCheck {
  return (machine, note) => {
    const size = textAt(hugepages(machine.domain), 'pageSize');
    if (parseQuantity(size) === undefined) return;
    const amounts = amountsOf(machine).map(wholeValue);
    const request = amounts.find((amount) => amount !== 0) ?? 0;
    // Without any amount a later release has no fault to name.
    if (request === 0 && wholeValue(size) !== 0 && hasRelease(machine, WITHOUT_REQUEST)) return;
    check(wholeValue(size), request, note, machine);
  };
}

/** From this release on the guest's memory and the limit stand for a request that is not given. */
const WITHOUT_REQUEST = 'v1.7.4';

/** What the pages are compared with, the first that is not 0. */
function amountsOf(machine: Machine): readonly unknown[] {
  const { domain } = machine;
  const request = resource(domain, 'requests', 'memory');
  if (!hasRelease(machine, WITHOUT_REQUEST)) return [request];
  return [request, childIn(domain, 'memory')?.guest, resource(domain, 'limits', 'memory')];
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

function withMaxGuest(check: (memory: HotplugMemory, note: Note, machine: Machine) => void): MachineCheck {
  return (machine, note) => {
    const memory = childIn(machine.domain, 'memory');
    if (!has(memory, 'maxGuest') || !updatesLive(machine)) return;
    const block = valueAt(memory, 'hugepages', 'pageSize') === '1Gi' ? GIBI : BLOCK;
    check({ guest: memory?.guest ?? undefined, maxGuest: memory?.maxGuest, block }, note, machine);
  };
}

function blockName(block: number): string {
  return block === GIBI ? "'1Gi'" : "'2Mi'";
}
