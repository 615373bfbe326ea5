import { nameOf, namespaceOf } from '../cluster/identity';
import { Places } from '../cluster/places';
import { Severity } from '../finding';
import { objectsAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { ReferenceRule } from './rule';

/** Rules for a claim and a DataVolume that have one name: a DataVolume makes a claim of its own name. */
export const CLAIM_OF_VOLUME_RULES: readonly ReferenceRule[] = [
  {
    id: 'data-volume-claim-taken',
    sentence: 'A DataVolume does not take over a claim of its name that it did not make.',
    source:
      'CDI, pkg/apiserver/webhooks/datavolume-validate.go:Admit; pkg/controller/common/util.go:ClaimMayExistBeforeDataVolume',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const claims = cluster.ofKind('PersistentVolumeClaim');
      const dataVolumes = cluster.ofKind('DataVolume');
      if (claims.length === 0 || dataVolumes.length === 0 || cluster.settings.adoptsClaims) return;
      const made = firstOf(dataVolumes);
      const taken = firstOf(claims);
      let order: ReadonlyMap<Reviewed, number> | undefined;
      for (const volume of made.all()) {
        const claim = taken.get(namespaceOf(volume), nameOf(volume));
        if (claim === undefined || isItsOwn(claim, volume)) continue;
        order ??= new Map(cluster.objects.map((reviewed, index) => [reviewed, index] as const));
        // A claim in a later step changes what CDI made by then: so a disk grows.
        if (order.get(claim)! > order.get(volume)! && stepOf(claim) !== stepOf(volume)) continue;
        const name = JSON.stringify(nameOf(volume));
        const message = `'name' must be of no PersistentVolumeClaim among the manifests, got ${name}; ${MEANING}`;
        note(volume, 'metadata.name', message, REMEDY);
      }
    },
  },
];

const MEANING = 'CDI refuses a DataVolume whose claim exists and is not its own';
const REMEDY = `leave out one of them, or annotate the DataVolume with 'cdi.kubevirt.io/allowClaimAdoption: "true"'`;

/** The first that is said of each object that has a name. */
function firstOf(objects: readonly Reviewed[]): Places<Reviewed> {
  const first = new Places<Reviewed>();
  for (const one of objects) {
    const [namespace, name] = [namespaceOf(one), nameOf(one)];
    if (name !== '' && first.get(namespace, name) === undefined) first.set(namespace, name, one);
  }
  return first;
}

/** What is applied together with it. */
function stepOf({ origin: { step, file } }: Reviewed): string {
  return step ?? file ?? '';
}

/** Go's strconv.ParseBool. */
const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);

function isItsOwn(claim: Reviewed, volume: Reviewed): boolean {
  const name = nameOf(volume);
  const owners = objectsAt(claim.object, 'metadata', 'ownerReferences');
  return (
    annotation(claim, 'storage.populatedFor') === name ||
    owners.some(({ kind, controller }) => kind === 'DataVolume' && controller === true) ||
    annotation(volume, 'storage.prePopulated') !== '' ||
    TRUE.has(annotation(volume, 'allowClaimAdoption'))
  );
}

function annotation({ object }: Reviewed, key: string): string {
  return textAt(object, 'metadata', 'annotations', `cdi.kubevirt.io/${key}`);
}
