import { dataVolumeClaim } from '../cluster/claim';
import { Cluster } from '../cluster/cluster';
import { nameOf, namespaceOf, placeKey } from '../cluster/identity';
import { claimUses, Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { childIn, objectsAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import { OutcomeRule } from './rule';

/** What becomes of the file `disk.img` that the disk of a guest is in a claim of mode Filesystem. */
export const DISK_IMAGE_RULES: readonly OutcomeRule[] = [
  {
    id: 'hotplug-disk-image',
    sentence: 'A claim that is plugged into a running machine holds a disk image, or is a device.',
    source: 'KubeVirt, pkg/virt-handler/hotplug-disk/mount.go:getSourcePodFilePath',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      for (const machine of cluster.sampleMachines) {
        for (const use of claimUses(machine)) {
          const { name, volume } = use;
          if (!PLUGGED.some((kind) => childIn(volume, kind)?.hotpluggable === true)) continue;
          const claim = cluster.end.claim(machine.namespace, name);
          if (claim?.source.made !== 'empty claim' || claim.settled.volumeMode !== 'Filesystem') continue;
          const message = `'${use.word}' must be a claim with a disk image, or of volume mode Block, got ${JSON.stringify(name)}, an empty claim of mode Filesystem; KubeVirt makes a disk.img in those alone that are there at the start, so that it is never attached`;
          note(machine.from, use.field, message, 'make it by a blank DataVolume, or ask for volumeMode Block');
        }
      }
    },
  },
  {
    id: 'disk-image-grows',
    sentence: 'A disk image that is cloned into a larger file system, or whose claim grows, grows with it.',
    source: 'KubeVirt, pkg/virt-launcher/virtwrap/manager.go:possibleGuestSize',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      if (!cluster.holdsClaims || cluster.settings.expandsDisks) return;
      const grown = grownClaims(cluster);
      if (cluster.clones.size + grown.size === 0) return;
      const said = new Set<Reviewed>();
      for (const machine of cluster.sampleMachines) {
        for (const use of claimUses(machine)) {
          const { name } = use;
          const source = smallerSource(cluster, machine.namespace, name);
          if (source !== undefined) {
            const message = `'${use.word}' must be as large as what it is cloned from, or KubeVirt must have the gate ExpandDisks, got ${JSON.stringify(name)} with a disk image of ${source}; ${STAYS}`;
            note(machine.from, use.field, message, `${GATE}, or clone into volume mode Block`);
          }
          const growth = grown.get(placeKey(machine.namespace, name));
          if (growth === undefined || said.has(growth.claim) || !isDisk(machine, name)) continue;
          said.add(growth.claim);
          const message = `'storage' must stay as it is, or KubeVirt must have the gate ExpandDisks, got ${JSON.stringify(growth.to)} where ${JSON.stringify(name)} had ${growth.from}; ${STAYS}`;
          note(growth.claim, 'spec.resources.requests.storage', message, GATE);
        }
      }
    },
  },
];

const PLUGGED = ['persistentVolumeClaim', 'dataVolume'];
/** What becomes of such an image without the gate ExpandDisks. */
export const STAYS = 'in a file system the image stays as large as it was, and so does the disk of the guest';
const GATE = "list the gate 'ExpandDisks' (on by itself from KubeVirt v1.9 on)";

/** The claim that a disk is cloned from, where both are file systems and the clone is the larger. */
export function smallerSource(cluster: Cluster, namespace: string, name: string): string | undefined {
  const clone = cluster.clones.get(placeKey(namespace, name));
  const source = clone?.source?.claim;
  if (clone === undefined || source?.requested === undefined || clone.claim.requested === undefined) return undefined;
  if (clone.claim.contentType === 'archive' || clone.claim.requested <= source.requested) return undefined;
  return [clone.claim, source].every(({ settled }) => settled.volumeMode === 'Filesystem')
    ? source.name || clone.claim.source.from
    : undefined;
}

/** A claim that a later state asks more for. */
interface Growth {
  readonly claim: Reviewed;
  readonly from: string;
  readonly to: unknown;
}

/** The claims of mode Filesystem that a later step makes larger, by namespace and name. */
function grownClaims(cluster: Cluster): Map<string, Growth> {
  const grown = new Map<string, Growth>();
  for (const claim of cluster.ofKind('PersistentVolumeClaim')) {
    const [namespace, name] = [namespaceOf(claim), nameOf(claim)];
    const before = claim.old === undefined ? madeSize(cluster, namespace, name) : valueAt(claim.old, ...SIZE);
    if (before === undefined) continue;
    const to = valueAt(claim.object, ...SIZE);
    const [was = NaN, is = NaN] = [parseQuantity(before), parseQuantity(to)];
    if (!(is > was)) continue;
    if (cluster.end.claim(namespace, name)?.settled.volumeMode !== 'Filesystem') continue;
    grown.set(placeKey(namespace, name), { claim, from: String(before), to });
  }
  return grown;
}

const SIZE = ['spec', 'resources', 'requests', 'storage'] as const;

/** What the DataVolume of a claim asked for; undefined if none makes it. */
function madeSize(cluster: Cluster, namespace: string, name: string): unknown {
  const made = cluster.object('DataVolume', namespace, name);
  return made && dataVolumeClaim(cluster.end.storage.facts, made.object, namespace).requested;
}

/** Whether the guest has a claim as a disk: a folder that virtiofs shares holds no image. */
function isDisk({ guest }: Machine, claim: string): boolean {
  const volumes = objectsAt(guest, 'volumes').filter((volume) =>
    [valueAt(volume, 'persistentVolumeClaim', 'claimName'), valueAt(volume, 'dataVolume', 'name')].includes(claim),
  );
  const shared = new Set(objectsAt(guest, 'domain', 'devices', 'filesystems').map(({ name }) => name));
  return volumes.some(({ name }) => !shared.has(name));
}
