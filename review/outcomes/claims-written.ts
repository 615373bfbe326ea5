import { Claim } from '../cluster/claim';
import { Cluster } from '../cluster/cluster';
import { nameOf, namespaceOf, placeKey } from '../cluster/identity';
import { diskTemplateField, diskTemplates } from '../cluster/machine';
import { objectAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';

/** A claim as it stands in the end, and the object that asks for it. */
export interface WrittenClaim {
  readonly key: string;
  readonly claim: Claim;
  readonly from: Reviewed;
  /** The path of the spec that asks for it: of a PersistentVolumeClaim, a DataVolume, or the template of one. */
  readonly spec: string;
}

/** Every claim that the manifests ask for, once, with the object that asked last. */
export function writtenClaims(cluster: Cluster): WrittenClaim[] {
  const claims = new Map<string, WrittenClaim>();
  const add = (from: Reviewed, namespace: string, name: string, spec: string): void => {
    const key = placeKey(namespace, name);
    const claim = cluster.end.claim(namespace, name);
    if (claim !== undefined) claims.set(key, { key, claim, from, spec });
  };
  for (const kind of ['PersistentVolumeClaim', 'DataVolume']) {
    for (const reviewed of cluster.ofKind(kind)) add(reviewed, namespaceOf(reviewed), nameOf(reviewed), 'spec');
  }
  for (const machine of cluster.sampleMachines) {
    diskTemplates(machine).forEach((template, index) => {
      add(
        machine.from,
        machine.namespace,
        textAt(template, 'metadata', 'name'),
        diskTemplateField(machine, index, 'spec'),
      );
    });
  }
  return [...claims.values()];
}

/** The path of a part of what is asked for the claim: `spec.pvc.storageClassName`. */
export function claimField({ claim, from, spec }: WrittenClaim, ...below: readonly string[]): string {
  const isPlain = spec === 'spec' && from.object.kind === 'PersistentVolumeClaim';
  const writer = isPlain ? [] : [claim.writer as string];
  return [spec, ...writer, ...below].join('.');
}

/** The path of the source of a DataVolume. */
export function sourceField({ claim, from, spec }: WrittenClaim): string {
  if (from.object.kind === 'PersistentVolumeClaim') return `${spec}.dataSourceRef`;
  const kind = claim.source.clones?.kind;
  if (kind === 'DataSource') return `${spec}.sourceRef`;
  if (kind === 'VolumeSnapshot') return `${spec}.source.snapshot`;
  if (kind === 'PersistentVolumeClaim') return `${spec}.source.pvc`;
  return objectAt(from.object, 'spec', 'storage') === undefined
    ? `${spec}.pvc.dataSourceRef`
    : `${spec}.storage.dataSourceRef`;
}
