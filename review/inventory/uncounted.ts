import { Claim } from '../cluster/claim';
import { groupOf, kindNameOf, nameOf, namespaceOf } from '../cluster/identity';
import { isKnownGroup } from '../cluster/kinds';
import { ClusterState } from '../cluster/state';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { PassedKind, UncountedRow } from './model';
import { compare } from './text';

/** Rows for what is in no sum: claims that appear in the course of time, and sets without a number of replicas. */
export function uncountedRows({ objects }: ClusterState, group: string): UncountedRow[] {
  return [...objects.all()].flatMap(({ reviewed, part, fault, laterClaims = [] }) => {
    if (part !== group || (fault === undefined && laterClaims.length === 0)) return [];
    const place = { group, namespace: namespaceOf(reviewed), object: `${kindNameOf(reviewed)} ${nameOf(reviewed)}` };
    return [
      ...(fault === undefined ? [] : [{ ...place, reason: fault }]),
      ...laterClaims.map(({ names, each, reason }) => ({ ...place, makes: names, ...sizeOf(each), reason })),
    ];
  });
}

function sizeOf(claim: Claim | undefined): Pick<UncountedRow, 'askedEach' | 'bytesEach' | 'storageClass'> {
  if (claim === undefined) return {};
  const { asked, requested, settled } = claim;
  return { askedEach: asked, bytesEach: requested, storageClass: settled.storageClassName };
}

/** Counts the objects of API groups that the model does not know: what they make is not known either. */
export class UnknownKinds {
  private readonly counts = new Map<string, { kind: string; apiGroup: string; objects: number }>();

  public note(reviewed: Reviewed): void {
    const kind = kindNameOf(reviewed);
    const apiGroup = groupOf(reviewed);
    if (kind === '' || isKnownGroup(apiGroup)) return;
    const found = this.counts.get(`${kind}.${apiGroup}`) ?? { kind, apiGroup, objects: 0 };
    found.objects += 1;
    this.counts.set(`${kind}.${apiGroup}`, found);
  }

  public list(): PassedKind[] {
    return [...this.counts.values()].sort((a, b) => compare(a.kind, b.kind) || compare(a.apiGroup, b.apiGroup));
  }
}

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
export function kustomizationFault(kustomization: Json): string | undefined {
  const said = CHANGES.filter((field) => kustomization[field] !== undefined && kustomization[field] !== null);
  if (said.length === 0) return undefined;
  const fields = said.map((field) => `'${field}'`).join(', ');
  return `the files are counted as they stand, without ${fields}; to count what it makes: kubectl kustomize DIR | cdk8s-kubevirt inventory -`;
}
