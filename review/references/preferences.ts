import { show } from '../../constructs/shared/shown-value';
import { resource, wholeValue } from '../admission/shared/quantities';
import { Cluster } from '../cluster/cluster';
import { layoutOf } from '../cluster/cpu-layout';
import { kindNameOf, nameOf } from '../cluster/identity';
import { guestField, Machine, matchOf } from '../cluster/machine';
import { Severity } from '../finding';
import { numberIn, objectAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import { Json } from '../rule';
import { ReferenceRule } from './rule';

const PREFERENCE = 'KubeVirt, pkg/instancetype/preference';
const PARTS = ['sockets', 'cores', 'threads'] as const;
type Part = (typeof PARTS)[number];

/** Rules that a machine has what its preference asks for, if the preference is among the manifests. */
export const PREFERENCE_FIT_RULES: readonly ReferenceRule[] = [
  {
    id: 'preference-spread-divides',
    sentence: 'The CPUs of a machine can be spread as its preference says.',
    source: `${PREFERENCE}/validation/cpu.go:CheckSpreadCPUTopology`,
    severity: Severity.ERROR,
    check: (cluster, note) => {
      for (const [machine, preference] of cluster.matches('preference')) {
        const { topology, across, ratio } = layoutOf(objectAt(preference.object, 'spec') ?? {});
        const guest = numberIn(objectAt(cluster.matched(machine, 'instancetype')?.object, 'spec', 'cpu'), 'guest');
        if (topology !== 'spread' || ratio === 0) continue;
        const divisor = across === 'SocketsCoresThreads' ? 2 * ratio : ratio;
        if (guest % divisor === 0) continue;
        const message = `'cpu.guest' of the instance type must be divisible by ${divisor}, got ${guest}`;
        // The webhook does not say which path this is below.
        note(machine.from, 'instancetype.spec.cpu.guest', message, `${title(preference)} spreads it over ${across}`);
      }
    },
  },
  {
    id: 'preference-cpu-required',
    sentence: 'A machine has the CPUs that its preference requires.',
    source: `${PREFERENCE}/requirements/cpu.go:checkCPU`,
    severity: Severity.ERROR,
    check: required('cpu', (cluster, machine, { object }, note) => {
      const least = numberIn(objectAt(object, 'spec', 'requirements', 'cpu'), 'guest');
      const parts = countedParts(object);
      const cpu = topologyOf(domainOf(machine), cluster);
      const got = parts.reduce((product, part) => product * cpu[part], 1);
      if (parts.length === 0 || got >= least) return;
      const what = `'${parts.join("' times '")}'`;
      note(`domain.cpu.${parts[0]}`, `${what} must be at least ${least}, got ${got}`);
    }),
  },
  {
    id: 'preference-memory-required',
    sentence: 'A machine has the memory that its preference requires.',
    source: `${PREFERENCE}/requirements/memory.go:checkMemory`,
    severity: Severity.ERROR,
    check: required('memory', (_cluster, machine, { object }, note) => {
      const least = valueAt(object, 'spec', 'requirements', 'memory', 'guest');
      const got = guestMemory(domainOf(machine));
      if (got === undefined || !isLess(got, least)) return;
      note('domain.memory', `'memory.guest' must be at least ${show(least)}, got ${show(got)}`);
    }),
  },
];

function domainOf({ guest }: Machine): Json {
  return objectAt(guest, 'domain') ?? {};
}

/** Checks what a preference requires: of the instance type if the machine names one, else of the machine. */
function required(
  what: 'cpu' | 'memory',
  ofMachine: (
    cluster: Cluster,
    machine: Machine,
    preference: Reviewed,
    note: (field: string, message: string) => void,
  ) => void,
): ReferenceRule['check'] {
  return (cluster, note) => {
    for (const [machine, preference] of cluster.matches('preference')) {
      const least = valueAt(preference.object, 'spec', 'requirements', what, 'guest');
      const remedy = `${title(preference)} requires it`;
      if (matchOf(machine, 'instancetype') === undefined) {
        ofMachine(cluster, machine, preference, (field, message) =>
          note(machine.from, guestField(machine, field), message, remedy),
        );
        continue;
      }
      const type = cluster.matched(machine, 'instancetype');
      const got = valueAt(type?.object, 'spec', what, 'guest');
      if (type === undefined || !isLess(got, least)) continue;
      const message = `'${what}.guest' of the instance type must be at least ${show(least)}, got ${show(got)}`;
      note(machine.from, 'spec.instancetype', message, remedy);
    }
  };
}

/** The parts of the topology that count as the processors of a machine. */
function countedParts(preference: Json): readonly Part[] {
  const { topology, across } = layoutOf(objectAt(preference, 'spec') ?? {});
  if (topology === 'any') return PARTS;
  if (topology === 'spread') return PARTS.filter((part) => across.toLowerCase().includes(part));
  return PARTS.filter((part) => part === topology);
}

/** The topology of a machine, with the defaults of SetDefaultGuestCPUTopology. */
function topologyOf(domain: Json, { settings }: Cluster): Readonly<Record<Part, number>> {
  const cpu = objectAt(domain, 'cpu');
  const [sockets, cores, threads] = PARTS.map((part) => numberIn(cpu, part));
  if (sockets || cores || threads) return { sockets: sockets ?? 0, cores: cores ?? 0, threads: threads ?? 0 };
  const asked = resource(domain, 'limits', 'cpu') ?? resource(domain, 'requests', 'cpu') ?? settings.cpuRequest;
  return { sockets: asked === undefined ? 1 : wholeValue(asked), cores: 1, threads: 1 };
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

/** Whether a quantity is less than another; an absent one is 0, and a text that is not a quantity is left to the schema. */
function isLess(got: unknown, least: unknown): boolean {
  const [one = NaN, other = NaN] = [parseQuantity(got ?? 0), parseQuantity(least)];
  return one < other;
}

function title(preference: Reviewed): string {
  return `${kindNameOf(preference)} '${nameOf(preference)}'`;
}
