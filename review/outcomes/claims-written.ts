import { Claim } from '../cluster/claim';
import { Cluster } from '../cluster/cluster';
import { nameOf, namespaceOf } from '../cluster/identity';
import { diskTemplateField, diskTemplates } from '../cluster/machine';
import { textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';

/** A claim as it stands in the end, and the object that asks for it. */
export interface WrittenClaim {
  readonly claim: Claim;
  readonly from: Reviewed;
  /** The path of the spec that asks for it: of a PersistentVolumeClaim, a DataVolume, the template of one, or a cron. */
  readonly spec: string;
}

/** Whether anything asks for a claim, at once or in the course of time. */
export function asksForClaims(cluster: Cluster): boolean {
  return cluster.holdsClaims || cluster.ofKind('DataImportCron').length > 0;
}

/**
 * Every claim that the manifests ask for, once, with the object that asked last, and from the last one on; of a DataImportCron what
 * each of its imports is. No list is made of them: a file may have a million.
 */
export function* writtenClaims(cluster: Cluster): Generator<WrittenClaim> {
  const seen = new Set<Claim>();
  const written = (from: Reviewed, namespace: string, name: string, spec: () => string): WrittenClaim | undefined => {
    const claim = cluster.end.claim(namespace, name);
    if (claim === undefined || seen.has(claim)) return undefined;
    seen.add(claim);
    return { claim, from, spec: spec() };
  };
  for (const machine of backwards(cluster.sampleMachines)) {
    const templates = diskTemplates(machine);
    for (let index = templates.length - 1; index >= 0; index -= 1) {
      const name = textAt(templates[index], 'metadata', 'name');
      const spec = (): string => diskTemplateField(machine, index, 'spec');
      const claim = written(machine.from, machine.namespace, name, spec);
      if (claim !== undefined) yield claim;
    }
  }
  for (const kind of ['DataVolume', 'PersistentVolumeClaim']) {
    for (const reviewed of backwards(cluster.ofKind(kind))) {
      const claim = written(reviewed, namespaceOf(reviewed), nameOf(reviewed), () => 'spec');
      if (claim !== undefined) yield claim;
    }
  }
  yield* importedClaims(cluster);
}

/** CDI binds what a cron imports at once: pkg/controller/dataimportcron-controller.go, newSourceDataVolume (v1.63.1). */
const BOUND_AT_ONCE = { 'cdi.kubevirt.io/storage.bind.immediate.requested': 'true' };

function* importedClaims({ end }: Cluster): Generator<WrittenClaim> {
  for (const [, { reviewed, laterClaims }] of end.objects.ofKind('DataImportCron')) {
    const each = laterClaims?.[0]?.each;
    if (each === undefined) continue;
    const annotations = { ...each.annotations, ...BOUND_AT_ONCE };
    yield {
      claim: { ...each, namespace: namespaceOf(reviewed), annotations },
      from: reviewed,
      spec: 'spec.template.spec',
    };
  }
}

/** The last one counts: whoever asks later has the word. */
function* backwards<T>(list: readonly T[]): Generator<T> {
  for (let index = list.length - 1; index >= 0; index -= 1) yield list[index]!;
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
  return `${spec}.${claim.writer}.dataSourceRef`;
}
