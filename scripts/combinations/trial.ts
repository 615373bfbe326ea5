import { ApiObject, App, Chart } from 'cdk8s';
import { Faults } from '../../constructs/shared/refusal';
import { Finding, review } from '../../review';
import { KNOWN_GATES } from '../../review/cluster/feature-gates';
import { makeDisk } from './disk-combination';
import { makeMachine } from './machine-combination';
import { Random } from './random';
import { makeType } from './type-combination';

/** A combination of props: what the constructs said of it, and what the review says of the objects that they would make. */
export interface Trial {
  readonly seed: number;
  readonly objects: readonly unknown[];
  /** What the constructs refuse. */
  readonly faults: readonly string[];
  /** What the review finds, but for what lies with the cluster. */
  readonly findings: readonly Finding[];
}

/** Few props at once, some, and many. */
const DENSITIES = [0.1, 0.2, 0.35, 1];

/** Gates that turn off what others turn on, or whose feature is gone. */
const OPPOSED = new Set(['HotplugVolumes', 'Macvtap', 'Passt']);
const GATES = [...KNOWN_GATES].filter((gate) => !OPPOSED.has(gate));

/** The combination of a seed. */
export function tryCombination(seed: number): Trial {
  const random = new Random(seed, DENSITIES[seed % DENSITIES.length]);
  const chart = new Chart(new App(), 'test', { namespace: 'apps' });
  const faults = gathered(() => {
    const kind = random.next();
    if (kind < 0.25) makeDisk(random, chart);
    else if (kind < 0.4) makeType(random, chart);
    if (kind < 0.4) return [];
    return makeMachine(random, chart).node.validate();
  });
  const made = chart.node.findAll().filter((node) => ApiObject.isApiObject(node));
  const objects = made.map((object) => JSON.parse(JSON.stringify(object.toJson())) as unknown);
  const findings = review(objects, { featureGates: GATES }).filter((finding) => !liesWithCluster(finding));
  return { seed, objects, faults, findings };
}

/**
 * What is no fault of the objects: a claim that many can read, labels that other machines have, who answers them, an import whose
 * last stage is still to come, and an answer file that is asked to be a disk.
 */
const NO_FAULTS = [
  ...['replicas-share-claim', 'service-selects-machine', 'service-port-open'],
  ...['import-final-checkpoint', 'answer-file-cdrom'],
];

/** What another cluster would take: an object that is there already, and a type of machine where no architecture is named. */
function liesWithCluster({ missing, rule, message }: Finding): boolean {
  if (missing !== undefined || NO_FAULTS.includes(rule)) return true;
  return rule === 'machine-type-supported' && message.includes('the architecture by default');
}

/**
 * What is noted while something is made, where nothing is refused: the objects that the constructs would make stand to be judged
 * by the rules.
 */
function gathered(make: () => readonly string[]): string[] {
  const noted: string[] = [];
  const { refuse, note } = Faults.prototype;
  Faults.prototype.refuse = () => undefined;
  Faults.prototype.note = function (sentence) {
    noted.push(sentence);
    note.call(this, sentence);
  };
  try {
    const late = make();
    return [...noted, ...late];
  } finally {
    Object.assign(Faults.prototype, { refuse, note });
  }
}
