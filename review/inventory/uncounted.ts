import { Claim } from '../cluster/claim';
import { groupOf, kindNameOf, nameOf, namespaceOf, placeKey } from '../cluster/identity';
import { isKnownGroup } from '../cluster/kinds';
import { ClusterState } from '../cluster/state';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Root } from '../manifests/roots/root';
import { heldBySnapshot, heldOf } from '../outcomes/snapshot-content';
import type { Json } from '../rule';
import { PassedKind, UncountedRow } from './model';
import { compare } from './text';

/** Rows for what is in no sum: claims that appear in the course of time, and sets without a number of replicas. */
export function uncountedRows(state: ClusterState, group: string): UncountedRow[] {
  return [...state.objects.all()].flatMap(({ reviewed, part, fault, laterClaims = [] }) => {
    if (part !== group || (fault === undefined && laterClaims.length === 0)) return [];
    const place = { group, namespace: namespaceOf(reviewed), object: `${kindNameOf(reviewed)} ${nameOf(reviewed)}` };
    return [
      ...(fault === undefined ? [] : [{ ...place, reason: fault }]),
      ...laterClaims.flatMap(({ names, each, reason }) => {
        const held = heldDisks(state, reviewed);
        if (held === undefined) return [{ ...place, makes: names, ...sizeOf(each), reason }];
        if (held.length === 0) return [];
        return [{ ...place, makes: names, ...sizeOf(each), reason: `${reason}: ${held.join(', ')}` }];
      }),
    ];
  });
}

/** The disks that a restore or a clone makes claims of; undefined if that is not known, or for any other object. */
function heldDisks(state: ClusterState, reviewed: Reviewed): readonly string[] | undefined {
  const namespace = namespaceOf(reviewed);
  const { object } = reviewed;
  const source = { kind: textAt(object, 'spec', 'source', 'kind'), name: textAt(object, 'spec', 'source', 'name') };
  switch (kindNameOf(reviewed)) {
    case 'VirtualMachineRestore':
      return heldBySnapshot(state, namespace, textAt(object, 'spec', 'virtualMachineSnapshotName'));
    case 'VirtualMachineClone': {
      if (source.kind === 'VirtualMachineSnapshot') return heldBySnapshot(state, namespace, source.name);
      const machine = state.machines.get(placeKey(namespace, source.name));
      return machine && heldOf(state, machine);
    }
    case 'VirtualMachineExport':
      return heldBySnapshot(state, namespace, source.name);
    default:
      return undefined;
  }
}

function sizeOf(claim: Claim | undefined): Pick<UncountedRow, 'askedEach' | 'bytesEach' | 'storageClass'> {
  if (claim === undefined) return {};
  const { asked, requested, settled } = claim;
  return { askedEach: asked, bytesEach: requested, storageClass: settled.storageClassName };
}

/** Counts the objects of API groups that the model does not know: what they make is not known either. */
export class UnknownKinds {
  /** The kinds of several clusters as one list. */
  public static sum(lists: readonly (readonly PassedKind[])[]): PassedKind[] {
    const all = new UnknownKinds();
    for (const { kind, apiGroup, objects } of lists.flat()) all.add(kind, apiGroup, objects);
    return all.list();
  }

  private readonly counts = new Map<string, { kind: string; apiGroup: string; objects: number }>();

  public note(reviewed: Reviewed): void {
    const kind = kindNameOf(reviewed);
    const apiGroup = groupOf(reviewed);
    if (kind === '' || isKnownGroup(apiGroup)) return;
    this.add(kind, apiGroup, 1);
  }

  public list(): PassedKind[] {
    return [...this.counts.values()].sort((a, b) => compare(a.kind, b.kind) || compare(a.apiGroup, b.apiGroup));
  }

  private add(kind: string, apiGroup: string, objects: number): void {
    const found = this.counts.get(`${kind}.${apiGroup}`) ?? { kind, apiGroup, objects: 0 };
    found.objects += objects;
    this.counts.set(`${kind}.${apiGroup}`, found);
  }
}

/** What is applied to the files of a root. */
const APPLIED: ReadonlySet<string> = new Set(['namespace', 'namePrefix', 'nameSuffix', 'components']);

/** What a Kustomization may say that changes what is counted: kustomize, api/types/kustomization.go. */
const CHANGES = [
  'namespace',
  'namePrefix',
  'nameSuffix',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replicas',
  'replacements',
  'components',
  'generators',
  'transformers',
  'helmCharts',
];

/** Why the files below a Kustomization are not what it makes; undefined if it only lists them. */
export function kustomizationFault(kustomization: Json, root?: Root): string | undefined {
  const said = CHANGES.filter((field) => kustomization[field] !== undefined && kustomization[field] !== null).filter(
    (field) => root === undefined || !APPLIED.has(field),
  );
  if (said.length === 0) return undefined;
  const fields = said.map((field) => `'${field}'`).join(', ');
  return `the files are counted as they stand, without ${fields}; to count what it makes: kubectl kustomize DIR | cdk8s-kubevirt inventory -`;
}

/** As many rows as these are written of what makes claims. */
const MOST_MAKERS = 10;

/** A few rows: what is not counted for the same reason is one, and of those that make claims the last are a number. */
export function folded(rows: readonly UncountedRow[]): UncountedRow[] {
  const makers = rows.filter(({ makes }) => makes !== undefined);
  const byReason = new Map<string, UncountedRow[]>();
  for (const row of rows.filter(({ makes }) => makes === undefined)) {
    const head = headOf(row.reason);
    const same = byReason.get(head);
    if (same === undefined) byReason.set(head, [row]);
    else same.push(row);
  }
  const rest = makers.slice(MOST_MAKERS);
  return [
    ...makers.slice(0, MOST_MAKERS),
    ...(rest.length === 0 ? [] : [{ ...rest[0]!, ...NOT_SHOWN, object: `${rest.length} more`, reason: 'as above' }]),
    ...[...byReason].map(([head, [first, ...others]]) =>
      others.length === 0 ? first! : { ...first!, object: `${first!.object} and ${others.length} more`, reason: head },
    ),
  ];
}

const NOT_SHOWN = {
  namespace: '',
  makes: undefined,
  askedEach: undefined,
  bytesEach: undefined,
  storageClass: undefined,
};

/** A reason without what is of one file alone: the Kustomization, the fields of it. */
function headOf(reason: string): string {
  return reason
    .replace(/^(a patch, or another file that is not a whole object), for .*/, '$1, for a Kustomization')
    .replace(/^(no Kustomization lists it, so nobody applies it): .*/, '$1')
    .replace(/^not built with kustomize, as it .*/, 'a Kustomization that is not built with kustomize')
    .replace(
      /^(the files are counted as they stand), without .*(; to count .*)/,
      '$1, without what their Kustomizations change$2',
    );
}
