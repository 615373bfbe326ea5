import { childIn, has, listIn, numberIn, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { milliValue, resource, wholeValue } from '../shared/quantities';
import { must, mustBeOneOf, show } from '../shared/wording';
import { Machine, machineRule, TEMPLATE, vmiCreate } from './machine';

const CPU = `${TEMPLATE}.domain.cpu`;
const RESOURCES = `${TEMPLATE}.domain.resources`;
const DEDICATED = `${CPU}.dedicatedCpuPlacement`;
const NUMA = `${CPU}.numa.guestMappingPassthrough`;
const DEDICATED_WORD = "'dedicatedCpuPlacement'";
const POLICIES: ReadonlySet<string> = new Set(['disable', 'forbid', 'force', 'optional', 'require']);

/** CPUs of the machine and of its pod. */
export const CPU_RULES: readonly Rule[] = [
  machineRule('cpu-request-positive', vmiCreate('validateCPURequestNotNegative'), ({ domain }, note) => {
    const request = resource(domain, 'requests', 'cpu');
    if (milliValue(request) < 0) note(`${RESOURCES}.requests.cpu`, must('requests.cpu', 'be at least 0', request));
  }),
  machineRule('cpu-limit-positive', vmiCreate('validateCPULimitNotNegative'), ({ domain }, note) => {
    const limit = resource(domain, 'limits', 'cpu');
    if (milliValue(limit) < 0) note(`${RESOURCES}.limits.cpu`, must('limits.cpu', 'be at least 0', limit));
  }),
  machineRule('cpu-request-limit', vmiCreate('validateCpuRequestDoesNotExceedLimit'), ({ domain }, note) => {
    const [request, limit] = [resource(domain, 'requests', 'cpu'), resource(domain, 'limits', 'cpu')];
    if (milliValue(limit) <= 0 || milliValue(request) <= milliValue(limit)) return;
    note(`${RESOURCES}.requests.cpu`, must('requests.cpu', `be at most 'limits.cpu' (${show(limit)})`, request));
  }),
  machineRule('cpu-feature-policy-known', vmiCreate('validateCPUFeaturePolicies'), ({ domain }, note) => {
    listIn(childIn(domain, 'cpu'), 'features').forEach((feature, index) => {
      const policy = textIn(feature, 'policy');
      if (policy === '' || POLICIES.has(policy)) return;
      note(`${CPU}.features[${index}].policy`, mustBeOneOf('policy', POLICIES, policy));
    });
  }),
  machineRule('cpu-max-sockets', vmiCreate('validateCPUHotplug'), ({ domain }, note) => {
    const cpu = childIn(domain, 'cpu');
    const [sockets, most] = [numberIn(cpu, 'sockets'), numberIn(cpu, 'maxSockets')];
    if (most === 0 || sockets <= most) return;
    note(`${CPU}.sockets`, must('sockets', `be at most 'maxSockets' (${most})`, sockets));
  }),
  needsDedicated('cpu-numa-dedicated', 'validateNUMA', NUMA, 'numa.guestMappingPassthrough', (cpu) =>
    has(childIn(cpu, 'numa'), 'guestMappingPassthrough'),
  ),
  machineRule('cpu-numa-hugepages', vmiCreate('validateNUMA'), ({ domain, hasInstancetype }, note) => {
    if (!hasNuma(domain) || hasInstancetype || has(childIn(domain, 'memory'), 'hugepages')) return;
    const message = must('memory.hugepages', "be given with 'numa.guestMappingPassthrough'", undefined);
    note(NUMA, message, "write 'memory: {hugepages: {pageSize: …}}'");
  }),
  needsDedicated(
    'cpu-isolate-emulator-thread-dedicated',
    'validateCPUIsolatorThread',
    `${CPU}.isolateEmulatorThread`,
    'isolateEmulatorThread',
    (cpu) => cpu.isolateEmulatorThread === true,
  ),
  needsDedicated('cpu-realtime-dedicated', 'validateCPURealtime', DEDICATED, 'realtime', (cpu) => has(cpu, 'realtime')),
  machineRule('cpu-realtime-numa', vmiCreate('validateMemoryRealtime'), ({ domain, hasInstancetype }, note) => {
    if (!has(childIn(domain, 'cpu'), 'realtime') || hasInstancetype || hasNuma(domain)) return;
    note(NUMA, must('numa.guestMappingPassthrough', "be given with 'realtime'", undefined));
  }),
];

/** What CPUs of its own ask of a machine. */
export const DEDICATED_CPU_RULES: readonly Rule[] = [
  dedicated('cpu-dedicated-memory', 'validateMemoryLimitAndRequestProvided', ({ domain, hasInstancetype }, note) => {
    const amounts = (['requests', 'limits'] as const).map((list) => wholeValue(resource(domain, list, 'memory')));
    if (hasInstancetype || amounts.some((amount) => amount !== 0)) return;
    const message = must('memory', "be given with 'dedicatedCpuPlacement'", undefined);
    note(`${RESOURCES}.limits.memory`, message, "write 'memory: {guest: …}'");
  }),
  ...(['requests', 'limits'] as const).map((list) =>
    dedicated(
      `cpu-dedicated-whole-${list}`,
      `validateCPU${list === 'requests' ? 'Request' : 'Limit'}IsInteger`,
      ({ domain }, note) => {
        const amount = resource(domain, list, 'cpu');
        if (wholeValue(amount) <= 0 || wholeValue(amount) * 1000 === milliValue(amount)) return;
        note(`${RESOURCES}.${list}.cpu`, must(`${list}.cpu`, "be whole CPUs with 'dedicatedCpuPlacement'", amount));
      },
    ),
  ),
  dedicated('cpu-dedicated-memory-equal', 'validateMemoryRequestsAndLimits', ({ domain }, note) => {
    const [request, limit] = [resource(domain, 'requests', 'memory'), resource(domain, 'limits', 'memory')];
    if (!differ(request, limit)) return;
    const message = must('requests.memory', `equal 'limits.memory' (${show(limit)}) with ${DEDICATED_WORD}`, request);
    note(`${RESOURCES}.requests.memory`, message);
  }),
  dedicated('cpu-dedicated-equal', 'validateRequestEqualsLimitOnDedicatedCPUPlacement', ({ domain }, note) => {
    const [request, limit] = [resource(domain, 'requests', 'cpu'), resource(domain, 'limits', 'cpu')];
    if (!differ(request, limit)) return;
    note(DEDICATED, must('requests.cpu', `equal 'limits.cpu' (${show(limit)}) with ${DEDICATED_WORD}`, request));
  }),
  dedicated(
    'cpu-dedicated-topology',
    'validateRequestOrLimitWithCoresProvidedOnDedicatedCPUPlacement',
    ({ domain, hasInstancetype }, note) => {
      const [request, limit] = (['requests', 'limits'] as const).map((list) =>
        wholeValue(resource(domain, list, 'cpu')),
      );
      const count = vcpus(childIn(domain, 'cpu'));
      if (request === undefined || limit === undefined || hasInstancetype) return;
      if ((request <= 0 && limit <= 0) || count === 0 || request === count || limit === count) return;
      const message = must('cores', `give as many CPUs as 'requests.cpu' with ${DEDICATED_WORD}`, count);
      note(DEDICATED, message, "remove 'requests.cpu' and 'limits.cpu', or write them as cores × sockets × threads");
    },
  ),
  dedicated('cpu-dedicated-threads', 'validateThreadCountOnDedicatedCPUPlacement', ({ domain }, note) => {
    const threads = numberIn(childIn(domain, 'cpu'), 'threads');
    if (threads > 2) note(DEDICATED, must('threads', `be at most 2 with ${DEDICATED_WORD}`, threads));
  }),
  dedicated('cpu-dedicated-threads-arm64', 'validateThreadCountOnArchitecture', ({ domain, architecture }, note) => {
    const threads = numberIn(childIn(domain, 'cpu'), 'threads');
    if (threads <= 1 || architecture !== 'arm64') return;
    note(`${TEMPLATE}.architecture`, must('threads', `be at most 1 on arm64 with ${DEDICATED_WORD}`, threads));
  }),
];

function isDedicated(cpu: Json | undefined): boolean {
  return cpu?.dedicatedCpuPlacement === true;
}

function hasNuma(domain: Json): boolean {
  return has(childIn(childIn(domain, 'cpu'), 'numa'), 'guestMappingPassthrough');
}

/** What needs CPUs of its own, which an instance type may bring as well. */
function needsDedicated(
  id: string,
  name: string,
  field: string,
  property: string,
  applies: (cpu: Json) => boolean,
): Rule {
  return machineRule(id, vmiCreate(name), ({ domain, hasInstancetype }, note) => {
    const cpu = childIn(domain, 'cpu');
    if (cpu === undefined || isDedicated(cpu) || hasInstancetype || !applies(cpu)) return;
    note(field, must('dedicatedCpuPlacement', `be true with '${property}'`, cpu.dedicatedCpuPlacement));
  });
}

function dedicated(id: string, name: string, check: (machine: Machine, note: Note) => void): Rule {
  return machineRule(id, vmiCreate(name), (machine, note) => {
    if (isDedicated(childIn(machine.domain, 'cpu'))) check(machine, note);
  });
}

/** Whether both are positive and not the same. */
function differ(request: unknown, limit: unknown): boolean {
  const [one, other] = [wholeValue(request), wholeValue(limit)];
  return one > 0 && other > 0 && one !== other;
}

/** cores × sockets × threads, what is 0 left out: pkg/util/hardware/hw_utils.go, GetNumberOfVCPUs. */
function vcpus(cpu: Json | undefined): number {
  const given = ['cores', 'sockets', 'threads'].map((part) => numberIn(cpu, part)).filter((count) => count !== 0);
  return given.length === 0 ? 0 : given.reduce((product, count) => product * count, 1);
}
