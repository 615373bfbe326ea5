import { resource, wholeValue } from '../admission/shared/quantities';
import { groupOf, kindOf, nameOf } from '../cluster/identity';
import { matchedIn, matcherOf, withMatched } from '../cluster/matcher';
import { Severity } from '../finding';
import { numberIn, objectAt, textIn, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import { Json } from '../rule';
import { NoteOn, ReviewedSet, SetRule } from './rule';

const PREFERENCE = 'KubeVirt v1.6.2, pkg/instancetype/preference';
const DOMAIN = 'spec.template.spec.domain';
const PARTS = ['sockets', 'cores', 'threads'] as const;
type Part = (typeof PARTS)[number];

/** Rules that a machine has what its preference asks for, where that is among the manifests. */
export const PREFERENCE_FIT_RULES: readonly SetRule[] = [
  {
    id: 'preference-spread-divides',
    source: `${PREFERENCE}/validation/cpu.go:CheckSpreadCPUTopology`,
    severity: Severity.ERROR,
    check: (set, note) => {
      const typeOf = matchedIn(set, 'instancetype');
      for (const [machine, preference] of withMatched(set, 'preference')) {
        const { topology, across, ratio } = layoutOf(preference.object);
        const guest = numberIn(objectAt(typeOf(machine)?.object, 'spec', 'cpu'), 'guest');
        if (topology !== 'spread' || ratio === 0) continue;
        const divisor = across === 'SocketsCoresThreads' ? 2 * ratio : ratio;
        if (guest % divisor === 0) continue;
        const message = `'cpu.guest' of the instance type must be divisible by ${divisor}, got ${guest}`;
        // The answer says no more of where it stands.
        note(machine, 'instancetype.spec.cpu.guest', message, `${title(preference)} spreads it over ${across}`);
      }
    },
  },
  {
    id: 'preference-cpu-required',
    source: `${PREFERENCE}/requirements/cpu.go:checkCPU`,
    severity: Severity.ERROR,
    check: required('cpu', (set, machine, { object }, note) => {
      const least = numberIn(objectAt(object, 'spec', 'requirements', 'cpu'), 'guest');
      const parts = countedParts(object);
      const cpu = topologyOf(objectAt(machine.object, 'spec', 'template', 'spec', 'domain') ?? {}, set);
      const got = parts.reduce((product, part) => product * cpu[part], 1);
      if (parts.length === 0 || got >= least) return;
      const what = `'${parts.join("' times '")}'`;
      note(`${DOMAIN}.cpu.${parts[0]}`, `${what} must be at least ${least}, got ${got}`);
    }),
  },
  {
    id: 'preference-memory-required',
    source: `${PREFERENCE}/requirements/memory.go:checkMemory`,
    severity: Severity.ERROR,
    check: required('memory', (_set, machine, { object }, note) => {
      const least = valueAt(object, 'spec', 'requirements', 'memory', 'guest');
      const got = guestMemory(objectAt(machine.object, 'spec', 'template', 'spec', 'domain') ?? {});
      if (got === undefined || !isLess(got, least)) return;
      note(`${DOMAIN}.memory`, `'memory.guest' must be at least ${shown(least)}, got ${shown(got)}`);
    }),
  },
];

/** Checks what a preference requires: of the instance type where the machine names one, of the machine otherwise. */
function required(
  what: 'cpu' | 'memory',
  ofMachine: (
    set: ReviewedSet,
    machine: Reviewed,
    preference: Reviewed,
    note: (field: string, message: string) => void,
  ) => void,
): (set: ReviewedSet, note: NoteOn) => void {
  return (set, note) => {
    const typeOf = matchedIn(set, 'instancetype');
    for (const [machine, preference] of withMatched(set, 'preference')) {
      const least = valueAt(preference.object, 'spec', 'requirements', what, 'guest');
      if (least === undefined || least === null) continue;
      const remedy = `${title(preference)} requires it`;
      if (matcherOf(machine, 'instancetype') === undefined) {
        ofMachine(set, machine, preference, (field, message) => note(machine, field, message, remedy));
        continue;
      }
      const type = typeOf(machine);
      const got = valueAt(type?.object, 'spec', what, 'guest');
      if (type === undefined || !isLess(got, least)) continue;
      const message = `'${what}.guest' of the instance type must be at least ${shown(least)}, got ${shown(got)}`;
      note(machine, 'spec.instancetype', message, remedy);
    }
  };
}

/** How a preference lays out processors, with the defaults of GetPreferredTopology and GetSpreadOptions. */
function layoutOf(preference: Json): { topology: string; across: string; ratio: number } {
  const cpu = objectAt(preference, 'spec', 'cpu');
  const spread = objectAt(cpu, 'spreadOptions');
  // The deprecated names: preferSpread.
  const topology = (textIn(cpu, 'preferredCPUTopology') || 'sockets').replace(/^prefer/, '').toLowerCase();
  const ratio = numberIn(objectAt(preference, 'spec'), 'preferSpreadSocketToCoreRatio') || 2;
  return {
    topology,
    across: textIn(spread, 'across') || 'SocketsCores',
    ratio: spread?.ratio === undefined ? ratio : numberIn(spread, 'ratio'),
  };
}

/** The parts of the topology that count as the processors of a machine. */
function countedParts(preference: Json): readonly Part[] {
  const { topology, across } = layoutOf(preference);
  if (topology === 'any') return PARTS;
  if (topology === 'spread') return PARTS.filter((part) => across.toLowerCase().includes(part));
  return PARTS.filter((part) => part === topology);
}

/** The topology of a machine, with the defaults of SetDefaultGuestCPUTopology. */
function topologyOf(domain: Json, set: ReviewedSet): Readonly<Record<Part, number>> {
  const cpu = objectAt(domain, 'cpu');
  const [sockets, cores, threads] = PARTS.map((part) => numberIn(cpu, part));
  if (sockets || cores || threads) return { sockets: sockets ?? 0, cores: cores ?? 0, threads: threads ?? 0 };
  const asked = resource(domain, 'limits', 'cpu') ?? resource(domain, 'requests', 'cpu') ?? cpuRequest(set);
  return { sockets: asked === undefined ? 1 : wholeValue(asked), cores: 1, threads: 1 };
}

/** What the cluster asks for a machine that asks for no processor. */
function cpuRequest({ objects }: ReviewedSet): unknown {
  const cluster = objects.find((one) => kindOf(one) === 'KubeVirt' && groupOf(one) === 'kubevirt.io');
  return valueAt(cluster?.object, 'spec', 'configuration', 'cpuRequest') ?? undefined;
}

/** The memory of a machine, with the defaults of setGuestMemory. */
function guestMemory(domain: Json): unknown {
  const asked = (['requests', 'limits'] as const).map((list) => resource(domain, list, 'memory'));
  return (
    valueAt(domain, 'memory', 'guest') ??
    asked.find((memory) => parseQuantity(memory) !== 0 && memory !== undefined) ??
    valueAt(domain, 'memory', 'hugepages', 'pageSize')
  );
}

/** Whether a quantity is less than another; absent is 0, and what is no quantity is for the schema to refuse. */
function isLess(got: unknown, least: unknown): boolean {
  const [one, other] = [parseQuantity(got ?? 0), parseQuantity(least)];
  return one !== undefined && other !== undefined && one < other;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value ?? 'none');
}

function title(preference: Reviewed): string {
  return `${kindOf(preference)} '${nameOf(preference)}'`;
}
