import type { Json } from '../../rule';
import { CLAIM_KINDS } from './claims';
import { CLUSTER_WIDE_KINDS } from './cluster-wide';
import { DAY_TWO_KINDS } from './day-two';
import type { Kind } from './kind';
import { MACHINE_KINDS } from './machines';
import { POD_KINDS } from './pods';
import { SECRET_KINDS } from './secrets';

export type { Kind, LaterClaims, MadeObject, MachinePlace } from './kind';

/** Every kind that means something to the model. */
export const KINDS: readonly Kind[] = [
  ...MACHINE_KINDS,
  ...CLAIM_KINDS,
  ...POD_KINDS,
  ...DAY_TWO_KINDS,
  ...CLUSTER_WIDE_KINDS,
  ...SECRET_KINDS,
];

const BY_NAME: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind.kind, kind]));

/** What the kind of an object means; undefined for any other, and for a kind of the same name of another vendor. */
export function kindOf({ apiVersion, kind }: Json): Kind | undefined {
  const found = typeof kind === 'string' ? BY_NAME.get(kind) : undefined;
  return found !== undefined && isOfGroup(apiVersion, found.group) ? found : undefined;
}

/** What a kind means, by its name alone. */
export function kindNamed(name: string): Kind | undefined {
  return BY_NAME.get(name);
}

/** An object that does not name its API, with that of its kind; any other object as it is. */
export function withApi(object: Json): Json {
  if (typeof object.apiVersion === 'string' && object.apiVersion !== '') return object;
  const group = typeof object.kind === 'string' ? BY_NAME.get(object.kind)?.group : undefined;
  if (group === undefined) return object;
  return { ...object, apiVersion: group === '' ? 'v1' : `${group}/v1` };
}

/** The groups of Kubernetes, KubeVirt and CDI, whose kinds are known: those without an entry make no claim. */
const KNOWN_GROUPS =
  /^(|apps|batch|autoscaling|policy|extensions|([\w-]+\.)+k8s\.io|k8s\.cni\.cncf\.io|((cdi|upload\.cdi|forklift\.cdi|instancetype|hco|snapshot|clone|export|pool|migrations|subresources)\.)?kubevirt\.io)$/;

/** The groups of the entries with machines or claims. */
const COUNTED_GROUPS = new Set(KINDS.filter(makesMachinesOrClaims).map(({ group }) => group));

/** The kinds that are, or make, machines and claims. */
export const COUNTED_KINDS: readonly string[] = KINDS.filter(makesMachinesOrClaims).map(({ kind }) => kind);

/** Whether it is known what the objects of an API group make. */
export function isKnownGroup(group: string): boolean {
  return KNOWN_GROUPS.test(group) || COUNTED_GROUPS.has(group);
}

/** Whether an object of a kind is a machine or a claim, or a set of them. */
export function makesMachinesOrClaims({ machine, claim, replicas }: Kind): boolean {
  return machine !== undefined || claim !== undefined || replicas !== undefined;
}

/** Whether a version of an API is of a group, without a copy of its text: every object of a fleet is asked. */
function isOfGroup(apiVersion: unknown, group: string): boolean {
  if (typeof apiVersion !== 'string') return group === '';
  if (group === '') return !apiVersion.includes('/');
  return apiVersion.charAt(group.length) === '/' && apiVersion.startsWith(group);
}
