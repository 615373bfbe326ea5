import { ExternalObject } from '../cluster/catalogue';
import { isGiven, OS_IMAGES } from '../cluster/given-objects';
import { groupOf, kindNameOf, namespaceOf } from '../cluster/identity';
import { Reference } from '../cluster/reference';
import { Severity } from '../finding';
import { ReferenceRule } from './rule';

/** Kinds that must exist, and the topic of their rule. */
const KINDS: readonly (readonly [kind: string, topic: string])[] = [
  ['PersistentVolumeClaim', 'claim'],
  ['DataVolume', 'data-volume'],
  ['DataSource', 'data-source'],
  ['Secret', 'secret'],
  ['ConfigMap', 'config-map'],
  ['StorageClass', 'storage-class'],
  ['VirtualMachineInstancetype', 'instancetype'],
  ['VirtualMachineClusterInstancetype', 'cluster-instancetype'],
  ['VirtualMachinePreference', 'preference'],
  ['VirtualMachineClusterPreference', 'cluster-preference'],
  ['VirtualMachine', 'machine'],
  ['VirtualMachineSnapshot', 'machine-snapshot'],
  ['VolumeSnapshot', 'volume-snapshot'],
  ['NetworkAttachmentDefinition', 'network'],
  ['PriorityClass', 'priority-class'],
  ['ServiceAccount', 'service-account'],
];

/** Kinds of which a cluster mostly has more than the manifests hold: of them it is said in a closed cluster alone. */
const ELSEWHERE: ReadonlySet<string> = new Set(['StorageClass', 'PriorityClass', 'ServiceAccount']);

/** In every cluster from its first day, or made by the operators' own manifests. */
const GIVEN_NAMESPACES: ReadonlySet<string> = new Set([
  ...['default', 'kube-system', 'kube-public', 'kube-node-lease'],
  ...['kubevirt', 'cdi', 'kubevirt-hyperconverged', 'openshift-cnv', ...OS_IMAGES],
]);

/** Rules that what is named exists: among the manifests, or declared external. */
export const EXISTENCE_RULES: readonly ReferenceRule[] = [
  ...KINDS.map(([kind, topic]): ReferenceRule => ({
    id: `${topic}-exists`,
    sentence: `The ${kind} that an object names stands among the manifests or is declared external.`,
    source: 'accepted by every webhook: what names it waits',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      const isAsked = cluster.isClosed || (!ELSEWHERE.has(kind) && cluster.holds(kind));
      for (const reference of cluster.missing.get(kind) ?? []) {
        const { from, name, namespace } = reference;
        if (!isAsked && !isOfClone(reference)) continue;
        if (isGiven(kind, name) || (kind === 'DataSource' && OS_IMAGES.has(namespace ?? ''))) continue;
        note(from, reference.field(), messageOf(reference), remedyOf(kind), missingObject(kind, name, namespace));
      }
    },
  })),
  {
    id: 'namespace-exists',
    sentence: 'The namespace of an object stands among the manifests or is declared external.',
    source: 'Kubernetes, plugin/pkg/admission/namespace/lifecycle: refused until the namespace exists',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      if (!cluster.isClosed) return;
      // Once for each, since every object may name the same.
      const said = new Set(GIVEN_NAMESPACES);
      for (const reviewed of cluster.objects) {
        const name = namespaceOf(reviewed);
        if (name === '' || said.has(name) || !cluster.isKnown(reviewed)) continue;
        said.add(name);
        if (cluster.has('Namespace', name)) continue;
        const message = `'namespace' must be among the manifests, got ${JSON.stringify(name)}`;
        note(reviewed, 'metadata.namespace', message, remedyOf('Namespace'), { kind: 'Namespace', name });
      }
    },
  },
];

/** API groups of what is done with a machine once it stands. */
const DAY_TWO_GROUPS: ReadonlySet<string> = new Set([
  'clone.kubevirt.io',
  'export.kubevirt.io',
  'snapshot.kubevirt.io',
  'snapshot.storage.k8s.io',
]);

/** Whether it is what a clone, a migration or another day-two object works on: without it nothing is done at all. */
function isOfClone({ from, field }: Reference): boolean {
  if (DAY_TWO_GROUPS.has(groupOf(from)) || kindNameOf(from) === 'VirtualMachineInstanceMigration') return true;
  const isDataVolume = kindNameOf(from) === 'DataVolume' || kindNameOf(from) === 'VirtualMachine';
  return isDataVolume && /\.source\.(pvc|snapshot)\.name$/.test(field());
}

function missingObject(kind: string, name: string, namespace: string): ExternalObject {
  return namespace === '' ? { kind, name } : { kind, namespace, name };
}

function messageOf({ field, kind, name, namespace }: Reference): string {
  const where = namespace === '' ? '' : ` of the namespace '${namespace}'`;
  return `'${field().split('.').at(-1)}' must be a ${kind}${where} among the manifests, got ${JSON.stringify(name)}`;
}

function remedyOf(kind: string): string {
  return `add the ${kind}, or declare it external`;
}
