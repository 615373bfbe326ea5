import { provisionsNothing } from '../../constructs/storage/provisioners';
import { VolumeRequest, withoutVolume } from '../../constructs/storage/volume-matching';
import type { Claim } from '../cluster/claim';
import type { ClusterState } from '../cluster/state';
import { textAt } from '../manifests/json';

/** The claims that take volumes which somebody made, and those of them that get none. Found out when it is asked. */
export class ClaimRivals {
  private leftOut?: ReadonlySet<string>;

  public constructor(private readonly state: ClusterState) {}

  /** Whether other claims take the volumes that fit a claim, by its namespace and name. */
  public takeAllOf(key: string): boolean {
    this.leftOut ??= new Set([...leftOutOf(this.state)]);
    return this.leftOut.has(key);
  }
}

type KeyedRequest = VolumeRequest & { readonly key: string };

function leftOutOf({ storage: { facts }, claims }: ClusterState): string[] {
  const { persistentVolumes, storageClasses } = facts;
  if (persistentVolumes === undefined) return [];
  const byHand = new Set<string | undefined>(['', ...storageClasses.filter(provisionsNothing).map(({ name }) => name)]);
  const named = new Set<string>();
  const requests: KeyedRequest[] = [];
  for (const [key, { value: claim }] of claims.entries()) {
    const className = classOf(claim);
    if (!byHand.has(className)) continue;
    const volume = textAt(claim.written, 'volumeName');
    if (volume !== '') named.add(volume);
    else {
      const { accessModes, volumeMode } = claim.settled;
      requests.push({ key, className: className!, accessModes, volumeMode, bytes: claim.requested });
    }
  }
  const free = persistentVolumes.filter(({ name }) => !named.has(name));
  return withoutVolume(free, requests).map(({ key }) => key);
}

function classOf({ written, settled }: Claim): string | undefined {
  return written.storageClassName === '' ? '' : settled.storageClassName;
}
