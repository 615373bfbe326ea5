import { textAt, valueAt } from '../manifests/json';
import { Json } from '../rule';
import { ChangeContext } from './context';

/** What becomes of the volumes of claims that are deleted. */
export interface Fate {
  /** Whether every volume stays, with its data. */
  readonly isKept: boolean;
  readonly reason: string;
  /** What was taken to be so, where the class is not known. */
  readonly assumed?: string;
}

/** What becomes of a volume that is kept. */
export const RELEASED = 'the reclaim policy is Retain: the PersistentVolume stays, Released, with the data';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const VIRT_CLASS = 'storageclass.kubevirt.io/is-default-virt-class';

/**
 * What becomes of the volumes behind claims, DataVolumes or templates of them: a PersistentVolume has the reclaim policy that
 * its class had when it was made.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming
 */
export function claimFate(claims: readonly Json[], context: ChangeContext): Fate {
  const policies = claims.map((claim) => policyOf(claim, context));
  const unknown = policies.find(({ policy }) => policy === undefined);
  const lost = policies.filter(({ policy }) => policy !== 'Retain');
  if (lost.length === 0) {
    return {
      isKept: true,
      reason: RELEASED,
    };
  }
  const known = lost.find(({ policy }) => policy !== undefined);
  if (known !== undefined) {
    return {
      isKept: false,
      reason: `the reclaim policy of ${known.title} is Delete: the volume is deleted with its data`,
    };
  }
  return {
    isKept: false,
    reason: 'the volume is deleted with its data, unless its reclaim policy is Retain',
    assumed: `the reclaim policy of ${unknown?.title ?? 'the class'} is Delete, the default of a StorageClass`,
  };
}

/** The same of a claim of which only the class is known; undefined for the default class. */
export function policyOfClass(name: string | undefined, context: ChangeContext): Fate {
  return claimFate([{ spec: name === undefined ? {} : { storageClassName: name } }], context);
}

interface Policy {
  readonly policy?: string;
  readonly title: string;
}

function policyOf(claim: Json, { before, after }: ChangeContext): Policy {
  const volume = textAt(claim, 'spec', 'volumeName');
  const held =
    volume === ''
      ? undefined
      : (before.find('PersistentVolume', '', volume) ?? after.find('PersistentVolume', '', volume));
  if (held !== undefined) {
    return {
      policy: textAt(held, 'spec', 'persistentVolumeReclaimPolicy') || 'Retain',
      title: `PersistentVolume ${volume}`,
    };
  }
  const stated = [['spec'], ['spec', 'storage'], ['spec', 'pvc']]
    .map((path) => valueAt(claim, ...path, 'storageClassName'))
    .find((name) => typeof name === 'string') as string | undefined;
  const found =
    stated === undefined
      ? defaultClass(claim, [...before.all('StorageClass'), ...after.all('StorageClass')])
      : (before.find('StorageClass', '', stated) ?? after.find('StorageClass', '', stated));
  const name = found === undefined ? (stated ?? '') : textAt(found, 'metadata', 'name');
  const title = name === '' ? 'the default class' : `StorageClass ${name}`;
  return found === undefined ? { title } : { policy: textAt(found, 'reclaimPolicy') || 'Delete', title };
}

/** Of a DataVolume that CDI makes by its storage API the default class for machines goes first; a claim knows only the other. */
function defaultClass(claim: Json, classes: readonly Json[]): Json | undefined {
  const isForMachines = (one: Json): boolean => textAt(one, 'metadata', 'annotations', VIRT_CLASS) === 'true';
  const ofMachines = textAt(claim, 'kind') === 'PersistentVolumeClaim' ? undefined : classes.find(isForMachines);
  return ofMachines ?? classes.find(isDefaultClass);
}

/** Whether claims that name no class get this one. */
export function isDefaultClass(storageClass: Json): boolean {
  return textAt(storageClass, 'metadata', 'annotations', DEFAULT_CLASS) === 'true';
}
