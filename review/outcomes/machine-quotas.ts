import { MigrationVerdict } from '../../constructs/storage/live-migration-rules';
import { Cluster } from '../cluster/cluster';
import { kindNameOf, nameOf } from '../cluster/identity';
import { judge } from '../cluster/live-migration';
import { guestField, isStarted, Machine } from '../cluster/machine';
import { besideGuest } from '../cluster/pod-container';
import { Limited, podDemand, PodDemand, Resource } from '../cluster/pod-demand';
import { Severity } from '../finding';
import { objectAt, textAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import { amountText } from './amounts';
import { containerFault, guestFault } from './limit-range';
import { limitsOf } from './limits';
import { OutcomeRule } from './rule';

const TARGET = 'KubeVirt, pkg/virt-controller/watch/migration/migration.go:createTargetPod';
const RENDERED = 'KubeVirt, pkg/virt-controller/services/renderresources.go:WithAutoMemoryLimits, WithoutDedicatedCPU';

/** Rules that a namespace has room for the pods of its machines. */
export const MACHINE_QUOTA_RULES: readonly OutcomeRule[] = [
  {
    id: 'machine-quota',
    sentence: 'The pods of the machines of a namespace fit into its ResourceQuota.',
    source: RENDERED,
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const { quota, machines, limits } of quotasOf(cluster)) {
        for (const { word, hard, most, of } of limits) {
          const alone = machines.find((machine) => (of(machine) ?? 0) > most);
          const started = machines.filter(({ machine }) => isStarted(machine));
          const over = alone ?? firstOver(started, most, of);
          if (over === undefined) continue;
          const effect =
            alone === undefined
              ? `${wordsOf(countOf(started), 'machine')} that ask for at least ${amountText(word, sumOf(started, of))} together; not all of them start`
              : `a machine whose pod asks for at least ${amountText(word, of(alone) ?? 0)}; it is never made${autoText(word, alone)}`;
          const { machine } = over;
          const message = `'domain' must fit into ResourceQuota '${nameOf(quota)}' (${word} ${hard}), got ${effect}`;
          note(machine.from, guestField(machine, 'domain'), message, 'ask for less, or raise the quota');
          break;
        }
      }
    },
  },
  {
    id: 'machine-limit-range',
    sentence: 'The pod of a machine keeps to the LimitRange of its namespace.',
    source:
      'Kubernetes, plugin/pkg/admission/limitranger/admission.go:PodValidateLimitFunc, defaultContainerResourceRequirements; KubeVirt, pkg/virt-controller/services/serialconsolelog.go:resourcesForSerialConsoleLogContainer; pkg/container-disk/container-disk.go:getMinimalInitContainerDiskResources',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const ranges = limitsOf(cluster, 'LimitRange');
      if (ranges.size === 0) return;
      for (const { machine, demand } of demands(cluster, new Set(ranges.keys()))) {
        const own = ranges.get(machine.namespace) ?? [];
        const fault = own.map((range) => guestFault(range, demand)).find(Boolean);
        const beside = fault === undefined ? besideGuest(machine, cluster.settings) : [];
        const other = own.flatMap((range) => beside.map((one) => containerFault(range, one))).find(Boolean);
        if (fault === undefined && other === undefined) continue;
        const message = `'domain' must keep to LimitRange ${fault ?? other}; its pod is never made`;
        const remedy = fault === undefined ? REMEDY_BESIDE : 'state limits that it allows, or change it';
        note(machine.from, guestField(machine, 'domain'), message, remedy);
      }
    },
  },
  {
    id: 'migration-quota',
    sentence: 'A ResourceQuota has room for the second pod of a live migration.',
    source: TARGET,
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const { quota, machines, limits } of quotasOf(cluster)) {
        const started = machines.filter(({ machine }) => isStarted(machine));
        for (const { word, hard, most, of } of limits) {
          const all = sumOf(started, of);
          if (all > most) continue;
          const tight = started.filter((one) => all + (of(one) ?? 0) > most && isMovable(one.machine, cluster));
          const [first] = tight;
          if (first === undefined) continue;
          const { machine } = first;
          const others = countOf(tight) - 1;
          const more = others === 0 ? '' : `, as are ${others} more`;
          const message = `'domain' must leave room for a second pod in ResourceQuota '${nameOf(quota)}' (${word} ${hard}), got machines of ${amountText(word, all)} together, of which this one is ${amountText(word, of(first) ?? 0)}${more}; a live migration waits for ever`;
          const remedy = `raise the quota to at least ${amountText(word, all + (of(first) ?? 0))}, and what the pods take beside their guests`;
          note(machine.from, guestField(machine, 'domain'), message, remedy);
          break;
        }
      }
    },
  },
];

/** What stands beside the guest is no part of the machine. */
const REMEDY_BESIDE =
  "allow it in the LimitRange, or set 'supportContainerResources' of the KubeVirt object ('logSerialConsole: false' leaves the log of the console out)";

/** The machines of an object, with what the pod of each asks for. */
interface Demand {
  readonly machine: Machine;
  readonly demand: PodDemand;
}

/** One line of a quota, and what the pod of a machine takes of it. */
interface Limit {
  readonly word: string;
  readonly hard: string;
  readonly most: number;
  readonly of: (demand: Demand) => number | undefined;
}

interface Quota {
  readonly quota: Reviewed;
  readonly machines: readonly Demand[];
  readonly limits: readonly Limit[];
}

/** The quotas with the machines that they count. */
function* quotasOf(cluster: Cluster): Generator<Quota> {
  const quotas = limitsOf(cluster, 'ResourceQuota');
  if (quotas.size === 0) return;
  const all = [...demands(cluster, new Set(quotas.keys()))];
  for (const [namespace, own] of quotas) {
    const machines = all.filter(({ machine }) => machine.namespace === namespace);
    if (machines.length === 0) continue;
    for (const quota of own) {
      yield { quota, machines, limits: limitsIn(quota) };
    }
  }
}

/** What a quota may say of the pods of machines, in the order in which it is asked. */
const WORDS: readonly (readonly [word: string, resource: Resource | 'one'])[] = [
  ['limits.memory', 'limits.memory'],
  ['requests.memory', 'requests.memory'],
  ['memory', 'requests.memory'],
  ['limits.cpu', 'limits.cpu'],
  ['requests.cpu', 'requests.cpu'],
  ['cpu', 'requests.cpu'],
  ['pods', 'one'],
  ['count/pods', 'one'],
];

function limitsIn(quota: Reviewed): Limit[] {
  return WORDS.flatMap(([word, resource]): Limit[] => {
    const hard = valueAt(quota.object, 'spec', 'hard', word);
    const most = parseQuantity(hard);
    if (most === undefined) return [];
    return [{ word, hard: String(hard), most, of: ({ demand }) => (resource === 'one' ? 1 : demand[resource]) }];
  });
}

/** The machines of some namespaces, a set of them as often as it has replicas. */
function* demands(cluster: Cluster, namespaces: ReadonlySet<string>): Generator<Demand> {
  const limited = new Map<string, Limited>();
  for (const machine of cluster.lastMachines) {
    const { namespace } = machine;
    if (!namespaces.has(namespace)) continue;
    const its = limited.get(namespace) ?? limitedBy(cluster, namespace);
    limited.set(namespace, its);
    yield { machine, demand: podDemand(machine, cluster.end, its) };
  }
}

/** KubeVirt, api/core/v1/types.go: AutoMemoryLimitsRatioLabel. */
const RATIO = 'alpha.kubevirt.io/auto-memory-limits-ratio';
const USUAL_RATIO = 2;

function limitedBy(cluster: Cluster, namespace: string): Limited {
  const quotas = limitsOf(cluster, 'ResourceQuota').get(namespace) ?? [];
  const counted = new Set(quotas.flatMap(({ object }) => Object.keys(objectAt(object, 'spec', 'hard') ?? {})));
  const own = cluster.objects.find((one) => kindNameOf(one) === 'Namespace' && nameOf(one) === namespace);
  const ratio = Number(textAt(own?.object, 'metadata', 'labels', RATIO));
  return { counted, ratio: ratio >= 1 ? ratio : USUAL_RATIO };
}

function timesOf({ machine }: Demand): number {
  return machine.replicas ?? 1;
}

function countOf(all: readonly Demand[]): number {
  return all.reduce((sum, one) => sum + timesOf(one), 0);
}

function sumOf(all: readonly Demand[], of: Limit['of']): number {
  return all.reduce((sum, one) => sum + timesOf(one) * (of(one) ?? 0), 0);
}

/** The machine with which the sum passes what a quota allows. */
function firstOver(all: readonly Demand[], most: number, of: Limit['of']): Demand | undefined {
  let sum = 0;
  return all.find((one) => (sum += timesOf(one) * (of(one) ?? 0)) > most);
}

/** Whether a machine may be live-migrated, as far as its disks and devices are known. */
function isMovable(machine: Machine, cluster: Cluster): boolean {
  return judge(machine, cluster.end).verdict !== MigrationVerdict.NOT_MIGRATABLE;
}

/** That a limit is one that nobody stated. */
function autoText(word: string, { machine }: Demand): string {
  const [part = '', resource = ''] = word.split('.');
  if (part !== 'limits' || valueAt(machine.guest, 'domain', 'resources', 'limits', resource) !== undefined) return '';
  return resource === 'memory'
    ? ' (where a quota counts limits, KubeVirt sets one: of the memory that is asked for, the double)'
    : ' (where a quota counts limits, KubeVirt sets one: a processor of the node for each of the guest)';
}

function wordsOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
