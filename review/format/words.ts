import { Finding, ObjectReference, Severity } from '../finding';
import { Report, Unchecked, Upgrade } from '../report';
import type { KustomizeUse } from './reviewed';

/** What an object is called: `VirtualMachine shop/web`. */
export function titleOf({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The fault, and the remedy. */
export function sentence({ message, remedy }: Finding): string {
  return remedy === undefined ? message : `${message}; ${remedy}`;
}

/** `2 errors, 1 warning in 45 objects`. */
export function totals({ findings, accepted, unchecked, objects }: Report): string {
  const of = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  const counts = [count(of(Severity.ERROR), 'error'), count(of(Severity.WARNING), 'warning')];
  if (accepted.length > 0) counts.push(`${accepted.length} accepted`);
  if (unchecked.length > 0) counts.push(`${unchecked.length} unchecked`);
  return `${counts.join(', ')} in ${count(objects, 'object')}`;
}

/** `1 error`, `2 errors`. */
export function count(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? '' : 's'}`;
}

/** Which releases the cluster is taken to be of, and why; and which others it is reviewed against. */
export function releases({ release, schemas }: Report): string {
  const pair = ({ kubevirt, cdi }: Report['admission']) => `KubeVirt ${kubevirt} and CDI ${cdi}`;
  const [, ...others] = schemas;
  const also = others.length === 0 ? '' : `; also the schemas of ${others.map(pair).join(', ')}`;
  return `${pair(release)}, ${release.reason}${also}`;
}

/** Who built the Kustomizations: `kustomize v5.7.1 (/usr/bin/kustomize) built 3 of 4 Kustomizations`. */
export function kustomizeUse({ binary, version, built, asked }: KustomizeUse): string {
  const all = count(asked, 'Kustomization');
  if (binary === undefined) return `${all} read without kustomize, which is not installed`;
  return `kustomize ${version} (${binary}) built ${built === asked ? all : `${built} of ${all}`}`;
}

/** What an upgrade would change: `to KubeVirt v1.9.0 and CDI v1.66.0: 1 newly refused`. */
export function upgrade({ kubevirt, cdi, refused, dropped, switchedOn }: Upgrade): string {
  const parts = [
    ...(refused === 0 ? [] : [`${refused} newly refused`]),
    ...(dropped === 0 ? [] : [`${count(dropped, 'field')} newly dropped`]),
    ...(switchedOn.length === 0 ? [] : [`switches on ${switchedOn.join(', ')}`]),
  ];
  return `to KubeVirt ${kubevirt} and CDI ${cdi}: ${parts.length === 0 ? 'nothing new' : parts.join(', ')}`;
}

/** What was passed by for the same reason. */
export interface PassedBy {
  readonly first: Unchecked;
  /** Title of the first; empty if it is not an object. */
  readonly title: string;
  /** ` and 3 more`, or empty. */
  readonly more: string;
  readonly reason: string;
}

/** By reason: a folder may hold a thousand objects of one unknown kind. */
export function byReason(unchecked: readonly Unchecked[]): PassedBy[] {
  return groups(unchecked, ({ reason }) => reason).map((same) => {
    const first = same[0]!;
    const title = first.object === undefined || first.object.kind === '' ? '' : titleOf(first.object);
    return { first, title, more: same.length === 1 ? '' : ` and ${same.length - 1} more`, reason: first.reason };
  });
}

/** What has the same key, in the order of the first of each. */
export function groups<T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const same = found.get(key(item));
    if (same === undefined) found.set(key(item), [item]);
    else same.push(item);
  }
  return [...found.values()];
}
