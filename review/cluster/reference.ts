import { Reviewed } from '../manifests/manifest';
import { namespaceOf } from './identity';
import { Kind } from './kinds';
import { NameField } from './kinds/kind';

/** One object named by another. */
export interface Reference {
  readonly from: Reviewed;
  /** The path of the name. */
  readonly field: () => string;
  readonly kind: string;
  readonly name: string;
  /** Empty if it is not known, or if its kind has no namespace. */
  readonly namespace: string;
}

/** In every namespace, put there by Kubernetes. */
const EVERYWHERE = 'kube-root-ca.crt';

/** Visits every object that an object names, in a release of KubeVirt. */
export function visitReferences(
  from: Reviewed,
  kind: Kind | undefined,
  visit: (reference: Reference) => void,
  release?: string,
): void {
  if (kind?.names === undefined) return;
  const own = namespaceOf(from);
  const note: NameField = (named, name, field, namespace = own) => {
    if (typeof name !== 'string' || name === '' || name === EVERYWHERE) return;
    visit({ from, field, kind: named, name, namespace });
  };
  kind.names(from.object, note, release);
}
