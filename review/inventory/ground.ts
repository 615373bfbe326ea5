import type { StorageCatalog } from '../../constructs/storage/catalog';
import type { StorageFacts } from '../../constructs/storage/facts';
import type { SettingsGiven } from '../cluster/settings';
import { versionEvidence } from '../cluster/version-evidence';
import type { ReviewedManifest } from '../manifests/manifest';
import { objectsOf } from '../manifests/objects';
import type { Json } from '../rule';
import { checkReleases, chooseRelease } from '../schema';
import type { InventoryReleases } from './model';

/** What an inventory may be told of the cluster. */
export interface InventoryOptions {
  /**
   * What the cluster's storage can do, before the first object.
   *
   * @default - what the manifests themselves say of it
   */
  readonly catalog?: StorageCatalog;

  /**
   * Release of KubeVirt that the cluster has, one of `allPairs()`.
   *
   * @default - what a KubeVirt, CDI or HyperConverged object or the annotations of a live object name, or the nearest to it that
   * is held; else the newest that is held
   */
  readonly kubevirt?: string;

  /**
   * Release of CDI that the cluster has, one of `allPairs()`.
   *
   * @default - that of the catalog; else as that of KubeVirt
   */
  readonly cdi?: string;

  /**
   * Feature gates that are listed in the cluster.
   *
   * @default - those of the KubeVirt object among the manifests
   */
  readonly featureGates?: readonly string[];

  /**
   * `spec.configuration` of the KubeVirt object.
   *
   * @default - that of the KubeVirt object among the manifests
   */
  readonly configuration?: Json;
}

/** What an inventory rests on, beside its manifests. */
export interface Ground {
  /** What is known of the storage; undefined if nothing is. */
  readonly storage?: StorageFacts;
  readonly given: SettingsGiven;
  readonly releases: InventoryReleases;
}

/**
 * The releases of the cluster, chosen as a review chooses them.
 *
 * @throws if an option names a release that is not held.
 */
export function groundOf(
  { catalog, kubevirt, cdi, featureGates, configuration }: InventoryOptions,
  manifests: Iterable<ReviewedManifest>,
): Ground {
  const asked = { kubevirt, cdi };
  checkReleases(asked);
  const facts = catalog?._facts;
  const ofCatalog = facts?.cdi?.release;
  const named = [...manifests].flatMap((manifest) => versionEvidence(objectsOf(manifest).objects));
  if (ofCatalog !== undefined)
    named.push({ component: 'cdi', version: ofCatalog, place: 'what is known of the storage' });
  const { choice, notes, isAssumed, operators } = chooseRelease(asked, named);
  // An option has the last word, also where the storage was read from a cluster of another release.
  const storage = facts && { ...facts, cdi: { ...facts.cdi, release: cdi ?? ofCatalog ?? choice.cdi } };
  return {
    storage,
    given: {
      release: choice.kubevirt,
      releaseAssumed: isAssumed,
      cdi: choice.cdi,
      operators,
      featureGates,
      configuration,
    },
    releases: {
      kubevirt: choice.kubevirt,
      cdi: storage?.cdi.release ?? choice.cdi,
      reason: [choice.reason, ...notes].join('; '),
    },
  };
}
