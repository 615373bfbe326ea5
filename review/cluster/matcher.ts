import { objectAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ReviewedSet } from '../references/rule';
import { Json } from '../rule';
import { factsOf } from './cluster';
import { groupOf, kindOf, nameOf, namespaceOf } from './identity';

const GROUP = 'instancetype.kubevirt.io';

/** Machines with their instance types or preferences, as far as both are among the manifests. */
export function* withMatched(
  set: ReviewedSet,
  of: 'instancetype' | 'preference',
): Generator<readonly [machine: Reviewed, matched: Reviewed]> {
  const find = matchedIn(set, of);
  for (const machine of factsOf(set).machines) {
    const matched = find(machine);
    if (matched !== undefined) yield [machine, matched];
  }
}

/** Finds the instance type or preference of a machine among the manifests. A revision is of an earlier day. */
export function matchedIn(
  set: ReviewedSet,
  of: 'instancetype' | 'preference',
): (machine: Reviewed) => Reviewed | undefined {
  let known: ReadonlyMap<string, Reviewed> | undefined;
  return (machine) => {
    const matcher = matcherOf(machine, of);
    const name = textAt(matcher, 'name');
    if (name === '' || textAt(matcher, 'revisionName') !== '') return undefined;
    known ??= new Map(set.objects.filter((one) => groupOf(one) === GROUP).map((one) => [keyOf(one), one] as const));
    // Kinds are taken in any case, in the plural too, and default to the one of the cluster.
    const kind = textAt(matcher, 'kind').toLowerCase();
    const ofCluster = kind === '' || kind.startsWith('virtualmachinecluster');
    const word = of === 'instancetype' ? 'Instancetype' : 'Preference';
    return known.get(key(`VirtualMachine${ofCluster ? 'Cluster' : ''}${word}`, namespaceOf(machine), name));
  };
}

/** What a machine says of its instance type or preference. */
export function matcherOf({ object }: Reviewed, of: 'instancetype' | 'preference'): Json | undefined {
  return objectAt(object, 'spec', of);
}

function keyOf(one: Reviewed): string {
  return key(kindOf(one), namespaceOf(one), nameOf(one));
}

function key(kind: string, namespace: string, name: string): string {
  return [kind, kind.includes('Cluster') ? '' : namespace, name].join('\0');
}
