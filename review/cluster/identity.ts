import { apiGroup } from '../manifests/api-group';
import { childIn, listIn, textAt, textIn } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Json } from '../rule';

/** API group of an object: empty for core. */
export function groupOf({ object }: Reviewed): string {
  return apiGroup(textIn(object, 'apiVersion'));
}

/** Name of the kind of an object. */
export function kindNameOf({ object: { kind } }: Reviewed): string {
  return typeof kind === 'string' ? kind : '';
}

/** Name of an object; empty if the server makes it. */
export function nameOf({ object }: Reviewed): string {
  return textIn(childIn(object, 'metadata'), 'name');
}

/** Namespace of an object; empty if the manifest leaves it to whoever applies it. */
export function namespaceOf({ object }: Reviewed): string {
  return textIn(childIn(object, 'metadata'), 'namespace');
}

/** What an object is called in a message: `VirtualMachine demo/web`. */
export function titleOf(reviewed: Reviewed): string {
  const namespace = namespaceOf(reviewed);
  return `${kindNameOf(reviewed)} ${namespace === '' ? '' : `${namespace}/`}${nameOf(reviewed)}`;
}

/** What tells one object from another, whichever version of its API it is written in. */
export function keyOf(reviewed: Reviewed): string {
  return `${groupOf(reviewed)}\0${kindNameOf(reviewed)}\0${nameKey(reviewed, nameOf(reviewed))}`;
}

/** A name in the namespace of an object. */
export function nameKey(owner: Reviewed, name: string): string {
  return placeKey(namespaceOf(owner), name);
}

/** A name in a namespace; the namespace is empty for a kind without one. */
export function placeKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** The kind and the name of an object. */
export interface KindAndName {
  readonly kind: string;
  readonly name: string;
}

/** The controller that made an object; undefined if the object names no controller. */
export function controllerOf(object: Json): KindAndName | undefined {
  const owners = listIn(childIn(object, 'metadata'), 'ownerReferences');
  const owner = owners.find(({ controller }) => controller === true);
  return owner && { kind: textAt(owner, 'kind'), name: textAt(owner, 'name') };
}
