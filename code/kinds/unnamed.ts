import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { isObject } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, literal } from '../language/expression';

/** The patch by which an object without a name has none, as cdk8s gives it one; no patch if it has a name. */
export function removedName({ metadata }: Json): readonly Code[] {
  const { name } = isObject(metadata) ? metadata : ({} as Json);
  return typeof name === 'string' && name !== '' ? [] : [patch('remove', '/metadata/name')];
}

/** As `removedName`, with what the server makes a name of, for which constructs have no prop. */
export function generatedName(object: Json): readonly Code[] {
  const removed = removedName(object);
  const { generateName } = isObject(object.metadata) ? object.metadata : ({} as Json);
  const isGenerated = removed.length > 0 && typeof generateName === 'string' && generateName !== '';
  return isGenerated ? [...removed, patch('add', '/metadata/generateName', generateName)] : removed;
}

function patch(verb: string, ...args: readonly unknown[]): Code {
  return call('JsonPatch', JsonPatch, verb, ...args.map(literal));
}

/** Applies patches to what a construct makes. */
export function applyPatches(construct: Construct, patches: readonly Code[]): void {
  for (const { value } of patches) ApiObject.of(construct).addJsonPatch(value as JsonPatch);
}
