import { isObject } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';

/** API group of an object: empty for core. */
export function groupOf({ object: { apiVersion } }: Reviewed): string {
  const slash = typeof apiVersion === 'string' ? apiVersion.indexOf('/') : -1;
  return slash < 0 ? '' : (apiVersion as string).slice(0, slash);
}

/** Kind of an object. */
export function kindOf({ object: { kind } }: Reviewed): string {
  return typeof kind === 'string' ? kind : '';
}

/** Name of an object; empty where the server makes it. */
export function nameOf(reviewed: Reviewed): string {
  return inMetadata(reviewed, 'name');
}

/** Namespace of an object; empty where the manifest leaves it to whoever applies it. */
export function namespaceOf(reviewed: Reviewed): string {
  return inMetadata(reviewed, 'namespace');
}

/** What an object is called in a message: `VirtualMachine demo/web`. */
export function titleOf(reviewed: Reviewed): string {
  const namespace = namespaceOf(reviewed);
  return `${kindOf(reviewed)} ${namespace === '' ? '' : `${namespace}/`}${nameOf(reviewed)}`;
}

/** What tells one object from another, whichever version of its API it is written in. */
export function keyOf(reviewed: Reviewed): string {
  return `${groupOf(reviewed)}\0${kindOf(reviewed)}\0${nameKey(reviewed, nameOf(reviewed))}`;
}

/** A name in the namespace of an object. */
export function nameKey(owner: Reviewed, name: string): string {
  return `${namespaceOf(owner)}\0${name}`;
}

function inMetadata({ object: { metadata } }: Reviewed, key: string): string {
  const value = isObject(metadata) ? metadata[key] : undefined;
  return typeof value === 'string' ? value : '';
}
