import { objectsAt, textAt, valueAt } from '../manifests/json';
import { smallerSource, STAYS } from '../outcomes/disk-images';
import { Json } from '../rule';
import { Consequence, Effect } from './consequence';
import { ChangeContext } from './context';

/** What is said of a new clone in a file system that is larger than the disk image in it; undefined of any other disk. */
export function stayingImage(
  dataVolume: Json,
  namespace: string,
  { cluster }: ChangeContext,
): Pick<Effect, 'reason' | 'remedy' | 'source'> | undefined {
  const isClone =
    valueAt(dataVolume, 'spec', 'sourceRef') !== undefined ||
    ['pvc', 'snapshot'].some((key) => valueAt(dataVolume, 'spec', 'source', key) !== undefined);
  if (!isClone) return undefined;
  const around = cluster();
  if (around.settings.expandsDisks) return undefined;
  const source = smallerSource(around, namespace, textAt(dataVolume, 'metadata', 'name'));
  if (source === undefined) return undefined;
  return {
    reason: `it is larger than the disk image of ${source} that it gets: ${STAYS}`,
    remedy: "list the gate 'ExpandDisks' (on by itself from KubeVirt v1.9 on), or clone into volume mode Block",
    source: 'KubeVirt, pkg/virt-launcher/virtwrap/manager.go, possibleGuestSize',
  };
}

/** The same of the disks that a new machine makes for itself. */
export function stayingTemplates(machine: Json, context: ChangeContext): Effect[] {
  const namespace = textAt(machine, 'metadata', 'namespace');
  return objectsAt(machine, 'spec', 'dataVolumeTemplates').flatMap((template, index) => {
    const stays = stayingImage(template, namespace, context);
    if (stays === undefined) return [];
    const message = `disk ${textAt(template, 'metadata', 'name')} is a clone`;
    return [{ field: `spec.dataVolumeTemplates[${index}].spec`, message, consequence: Consequence.CREATED, ...stays }];
  });
}
