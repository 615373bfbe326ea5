import { childIn, has, listIn, numberIn, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { milliValue, resource, wholeValue } from '../shared/quantities';
import { topic } from '../shared/topic';
import { must, mustBeOneOf, show } from '../shared/wording';
import { Machine, MachineCheck, TEMPLATE, vmiCreate, hasRelease } from './machine';

const CPU = `${TEMPLATE}.domain.cpu`;
const RESOURCES = `${TEMPLATE}.domain.resources`;
const DEDICATED = `${CPU}.dedicatedCpuPlacement`;
const NUMA = `${CPU}.numa.guestMappingPassthrough`;
const DEDICATED_WORD = "'dedicatedCpuPlacement'";
const POLICIES: ReadonlySet<string> = new Set(['disable', 'forbid', 'force', 'optional', 'require']);

/** CPUs of the machine and of its pod. */
export const CPU_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'cpu-request-positive',
    sentence: 'The CPU request is not negative.',
    source: vmiCreate('validateCPURequestNotNegative'),
    check: ({ domain }, note) => {
      const request = resource(domain, 'requests', 'cpu');
      if (milliValue(request) < 0) note(`${RESOURCES}.requests.cpu`, must('requests.cpu', 'be at least 0', request));
    },
  },
  {
    id: 'cpu-limit-positive',
    about: ['limits'],
    sentence: 'The CPU limit is not negative.',
    source: vmiCreate('validateCPULimitNotNegative'),
    check: ({ domain }, note) => {
      const limit = resource(domain, 'limits', 'cpu');
      if (milliValue(limit) < 0) note(`${RESOURCES}.limits.cpu`, must('limits.cpu', 'be at least 0', limit));
    },
  },
  {
    id: 'cpu-request-limit',
    about: ['limits'],
    sentence: 'The CPU request is at most the CPU limit.',
    source: vmiCreate('validateCpuRequestDoesNotExceedLimit'),
    check: ({ domain }, note) => {
      const [request, limit] = [resource(domain, 'requests', 'cpu'), resource(domain, 'limits', 'cpu')];
      if (milliValue(limit) <= 0 || milliValue(request) <= milliValue(limit)) return;
      note(`${RESOURCES}.requests.cpu`, must('requests.cpu', `be at most 'limits.cpu' (${show(limit)})`, request));
    },
  },
  {
    id: 'cpu-feature-policy-known',
    about: ['features'],
    sentence: 'The policy of a CPU feature is one that libvirt knows.',
    source: vmiCreate('validateCPUFeaturePolicies'),
    check: ({ domain }, note) => {
      listIn(childIn(domain, 'cpu'), 'features').forEach((feature, index) => {
        const policy = textIn(feature, 'policy');
        if (policy === '' || POLICIES.has(policy)) return;
        note(`${CPU}.features[${index}].policy`, mustBeOneOf('policy', POLICIES, policy));
      });
    },
  },
  {
    id: 'cpu-max-sockets',
    about: ['maxSockets'],
    sentence: 'The sockets are at most maxSockets.',
    source: vmiCreate('validateCPUHotplug'),
    check: ({ domain }, note) => {
      const cpu = childIn(domain, 'cpu');
      const [sockets, most] = [numberIn(cpu, 'sockets'), numberIn(cpu, 'maxSockets')];
      if (most === 0 || sockets <= most) return;
      note(`${CPU}.sockets`, must('sockets', `be at most 'maxSockets' (${most})`, sockets));
    },
  },
  {
    id: 'cpu-numa-dedicated',
    about: ['numa'],
    sentence: 'NUMA passthrough has dedicated CPUs.',
    source: vmiCreate('validateNUMA'),
    check: needsDedicated(NUMA, 'numa.guestMappingPassthrough', (cpu) =>
      has(childIn(cpu, 'numa'), 'guestMappingPassthrough'),
    ),
  },
  {
    id: 'cpu-numa-hugepages',
    about: ['numa'],
    sentence: 'NUMA passthrough has huge pages.',
    source: vmiCreate('validateNUMA'),
    check: ({ domain, hasInstancetype }, note) => {
      if (!hasNuma(domain) || hasInstancetype || has(childIn(domain, 'memory'), 'hugepages')) return;
      const message = must('memory.hugepages', "be given with 'numa.guestMappingPassthrough'", undefined);
      note(NUMA, message, "write 'memory: {hugepages: {pageSize: …}}'");
    },
  },
  {
    id: 'cpu-isolate-emulator-thread-dedicated',
    about: ['isolateEmulatorThread'],
    sentence: 'An isolated emulator thread has dedicated CPUs.',
    source: vmiCreate('validateCPUIsolatorThread'),
    check: needsDedicated(
      `${CPU}.isolateEmulatorThread`,
      'isolateEmulatorThread',
      (cpu) => cpu.isolateEmulatorThread === true,
    ),
  },
  {
    id: 'cpu-realtime-dedicated',
    about: ['realtime'],
    sentence: 'A realtime machine has dedicated CPUs.',
    source: vmiCreate('validateCPURealtime'),
    check: needsDedicated(DEDICATED, 'realtime', (cpu) => has(cpu, 'realtime')),
  },
  {
    id: 'cpu-realtime-numa',
    about: ['realtime'],
    sentence: 'A realtime machine has NUMA passthrough.',
    source: vmiCreate('validateMemoryRealtime'),
    check: ({ domain, hasInstancetype }, note) => {
      if (!has(childIn(domain, 'cpu'), 'realtime') || hasInstancetype || hasNuma(domain)) return;
      note(NUMA, must('numa.guestMappingPassthrough', "be given with 'realtime'", undefined));
    },
  },
]);

/** From this release on the memory of the guest and huge pages count beside requests and limits. */
const ANY_MEMORY = 'v1.7.4';

/** What CPUs of its own ask of a machine. */
export const DEDICATED_CPU_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['dedicatedCpuPlacement'] },
  [
    {
      id: 'cpu-dedicated-memory',
      sentence: 'A machine with dedicated CPUs says how much memory it has.',
      source: vmiCreate('validateMemoryLimitAndRequestProvided'),
      moved: [{ since: ANY_MEMORY, source: vmiCreate('validateMemoryIsProvided') }],
      check: withDedicated((machine, note) => {
        const { domain, hasInstancetype } = machine;
        const memory = childIn(domain, 'memory');
        if (hasRelease(machine, ANY_MEMORY) && (has(memory, 'hugepages') || has(memory, 'guest'))) return;
        const amounts = (['requests', 'limits'] as const).map((list) => wholeValue(resource(domain, list, 'memory')));
        if (hasInstancetype || amounts.some((amount) => amount !== 0)) return;
        const message = must('memory', "be given with 'dedicatedCpuPlacement'", undefined);
        note(`${RESOURCES}.limits.memory`, message, "write 'memory: {guest: …}'");
      }),
    },
    {
      id: 'cpu-dedicated-whole-requests',
      sentence: 'With dedicated CPUs the CPU request is whole.',
      source: vmiCreate('validateCPURequestIsInteger'),
      check: withDedicated(({ domain }, note) => noteFraction(domain, 'requests', note)),
    },
    {
      id: 'cpu-dedicated-whole-limits',
      sentence: 'With dedicated CPUs the CPU limit is whole.',
      source: vmiCreate('validateCPULimitIsInteger'),
      check: withDedicated(({ domain }, note) => noteFraction(domain, 'limits', note)),
    },
    {
      id: 'cpu-dedicated-memory-equal',
      sentence: 'With dedicated CPUs the memory request equals the limit.',
      source: vmiCreate('validateMemoryRequestsAndLimits'),
      check: withDedicated(({ domain }, note) => {
        const [request, limit] = [resource(domain, 'requests', 'memory'), resource(domain, 'limits', 'memory')];
        if (!differ(request, limit)) return;
        const message = must(
          'requests.memory',
          `equal 'limits.memory' (${show(limit)}) with ${DEDICATED_WORD}`,
          request,
        );
        note(`${RESOURCES}.requests.memory`, message);
      }),
    },
    {
      id: 'cpu-dedicated-equal',
      sentence: 'With dedicated CPUs the CPU request equals the limit.',
      source: vmiCreate('validateRequestEqualsLimitOnDedicatedCPUPlacement'),
      check: withDedicated(({ domain }, note) => {
        const [request, limit] = [resource(domain, 'requests', 'cpu'), resource(domain, 'limits', 'cpu')];
        if (!differ(request, limit)) return;
        note(DEDICATED, must('requests.cpu', `equal 'limits.cpu' (${show(limit)}) with ${DEDICATED_WORD}`, request));
      }),
    },
    {
      id: 'cpu-dedicated-topology',
      sentence: 'With dedicated CPUs the topology has as many CPUs as are requested.',
      source: vmiCreate('validateRequestOrLimitWithCoresProvidedOnDedicatedCPUPlacement'),
      check: withDedicated(({ domain, hasInstancetype }, note) => {
        const [request, limit] = (['requests', 'limits'] as const).map((list) =>
          wholeValue(resource(domain, list, 'cpu')),
        );
        const count = vcpus(childIn(domain, 'cpu'));
        if (request === undefined || limit === undefined || hasInstancetype) return;
        if ((request <= 0 && limit <= 0) || count === 0 || request === count || limit === count) return;
        const message = must('cores', `give as many CPUs as 'requests.cpu' with ${DEDICATED_WORD}`, count);
        note(DEDICATED, message, "remove 'requests.cpu' and 'limits.cpu', or write them as cores × sockets × threads");
      }),
    },
    {
      id: 'cpu-dedicated-threads',
      sentence: 'With dedicated CPUs a core has at most 2 threads.',
      source: vmiCreate('validateThreadCountOnDedicatedCPUPlacement'),
      check: withDedicated(({ domain }, note) => {
        const threads = numberIn(childIn(domain, 'cpu'), 'threads');
        if (threads > 2) note(DEDICATED, must('threads', `be at most 2 with ${DEDICATED_WORD}`, threads));
      }),
    },
    {
      id: 'cpu-dedicated-threads-arm64',
      sentence: 'With dedicated CPUs a core has 1 thread on arm64.',
      source: vmiCreate('validateThreadCountOnArchitecture'),
      check: withDedicated(({ domain, architecture }, note) => {
        const threads = numberIn(childIn(domain, 'cpu'), 'threads');
        if (threads <= 1 || architecture !== 'arm64') return;
        note(`${TEMPLATE}.architecture`, must('threads', `be at most 1 on arm64 with ${DEDICATED_WORD}`, threads));
      }),
    },
  ],
);

function noteFraction(domain: Json, list: 'requests' | 'limits', note: Note): void {
  const amount = resource(domain, list, 'cpu');
  if (wholeValue(amount) <= 0 || wholeValue(amount) * 1000 === milliValue(amount)) return;
  note(`${RESOURCES}.${list}.cpu`, must(`${list}.cpu`, "be whole CPUs with 'dedicatedCpuPlacement'", amount));
}

function isDedicated(cpu: Json | undefined): boolean {
  return cpu?.dedicatedCpuPlacement === true;
}

function hasNuma(domain: Json): boolean {
  return has(childIn(childIn(domain, 'cpu'), 'numa'), 'guestMappingPassthrough');
}

/** What needs CPUs of its own, which an instance type may bring as well. */
function needsDedicated(field: string, property: string, applies: (cpu: Json) => boolean): MachineCheck {
  return ({ domain, hasInstancetype }, note) => {
    const cpu = childIn(domain, 'cpu');
    if (cpu === undefined || isDedicated(cpu) || hasInstancetype || !applies(cpu)) return;
    note(field, must('dedicatedCpuPlacement', `be true with '${property}'`, cpu.dedicatedCpuPlacement));
  };
}

function withDedicated(check: (machine: Machine, note: Note) => void): MachineCheck {
  return (machine, note) => {
    if (isDedicated(childIn(machine.domain, 'cpu'))) check(machine, note);
  };
}

/** Whether both are positive and not the same. */
function differ(request: unknown, limit: unknown): boolean {
  const amounts = [wholeValue(request), wholeValue(limit)];
  return Math.min(...amounts) > 0 && amounts[0] !== amounts[1];
}

/** cores × sockets × threads, what is 0 left out: pkg/util/hardware/hw_utils.go, GetNumberOfVCPUs. */
function vcpus(cpu: Json | undefined): number {
  const given = ['cores', 'sockets', 'threads'].map((part) => numberIn(cpu, part)).filter((count) => count !== 0);
  return given.length === 0 ? 0 : given.reduce((product, count) => product * count, 1);
}
