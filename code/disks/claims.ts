import * as k from '../../constructs';
import { objectAt, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { Code, list, literal } from '../language/expression';
import { eachCode, Entries, memberCode, sizeCode, textCode } from '../language/scalars';

/** A flag for an annotation; undefined where it is not set. */
export function marked(object: Json, annotation: string, value?: string): Code | undefined {
  const found = objectAt(object, 'metadata', 'annotations')?.[annotation];
  if (found === undefined || (value !== undefined && found !== value)) return undefined;
  return literal(true);
}

/**
 * What a claim asks for.
 *
 * @param isExact Whether it is a claim as it stands, and not one that CDI completes.
 * @param like The source of a clone: what the two share is not said again.
 */
export function claimEntries(claim: Json, isExact: boolean, like?: k.IDisk): Entries {
  const mode = isExact && claim.volumeMode === undefined ? 'Filesystem' : claim.volumeMode;
  const [usualMode, usualModes] =
    like === undefined ? (isExact ? ['Block', ['ReadWriteMany']] : []) : [like.volumeMode, like.accessModes];
  const isUsual = usualModes !== undefined && JSON.stringify(claim.accessModes) === JSON.stringify(usualModes);
  const { storageClassName } = claim;
  const isLike = like !== undefined && storageClassName === like.storageClassName;
  return [
    ['size', sizeCode(valueAt(claim, 'resources', 'requests', 'storage'))],
    ['accessModes', isUsual ? undefined : modesCode(claim.accessModes)],
    ['volumeMode', mode === usualMode ? undefined : memberCode('VolumeMode', k.VolumeMode, mode)],
    ['storageClassName', isLike ? undefined : classCode(storageClassName)],
  ];
}

/** Access modes. */
export function modesCode(modes: unknown): Code | undefined {
  const items = eachCode(modes, (one) => memberCode('AccessMode', k.AccessMode, one));
  return items && list(items);
}

/** A storage class; empty text asks for a volume without one. */
export function classCode(name: unknown): Code | undefined {
  return name === '' ? literal('') : textCode(name);
}
