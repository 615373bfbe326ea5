import { nameOf } from '../cluster/identity';
import type { PodContainer } from '../cluster/pod-container';
import type { PodDemand } from '../cluster/pod-demand';
import { isObject, objectsAt, valueAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { parseQuantity } from '../manifests/quantity';
import type { Json } from '../rule';
import { amountText } from './amounts';

const RESOURCES = ['memory', 'cpu'] as const;
type Resource = (typeof RESOURCES)[number];

/** One limit of a LimitRange. */
type Part = 'max' | 'min' | 'default' | 'maxLimitRequestRatio';

function amount(limit: Json, part: Part, resource: Resource): number | undefined {
  return isObject(limit[part]) ? parseQuantity(valueAt(limit, part, resource)) : undefined;
}

/** Why the container of a guest breaks a LimitRange, in words that begin with its name; undefined if it keeps to it. */
export function guestFault(range: Reviewed, demand: PodDemand): string | undefined {
  return firstFault(range, ['Container', 'Pod'], (limit, resource) => ofGuest(limit, resource, demand));
}

/** The same of another container; one that stands alone in its pod keeps to the limits of pods, too. */
export function containerFault(range: Reviewed, container: PodContainer, isAlone = false): string | undefined {
  const types = isAlone ? ['Container', 'Pod'] : ['Container'];
  return firstFault(range, types, (limit, resource) => ofContainer(limit, resource, container));
}

function firstFault(
  range: Reviewed,
  types: readonly string[],
  of: (limit: Json, resource: Resource) => string | undefined,
): string | undefined {
  for (const limit of objectsAt(range.object, 'spec', 'limits')) {
    if (!types.includes(String(limit.type))) continue;
    for (const resource of RESOURCES) {
      const fault = of(limit, resource);
      if (fault !== undefined) return `'${nameOf(range)}' (${String(limit.type)}), got ${fault}`;
    }
  }
  return undefined;
}

/** What the pod of a machine asks for is the least: KubeVirt adds memory of its own. */
function ofGuest(limit: Json, resource: Resource, demand: PodDemand): string | undefined {
  const [request, stated] = [demand[`requests.${resource}`], demand[`limits.${resource}`]];
  const text = (value: number): string => amountText(resource, value);
  const max = amount(limit, 'max', resource);
  const least = Math.max(stated ?? 0, request ?? 0);
  if (max !== undefined && least > max) {
    return `a machine that asks for ${resource} of at least ${text(least)} where 'max' is ${text(max)}`;
  }
  if (limit.type !== 'Container') return undefined;
  const min = amount(limit, 'min', resource);
  if (min !== undefined && resource === 'cpu' && request !== undefined && request < min) {
    return `a machine that requests cpu of ${text(request)} where 'min' is ${text(min)}`;
  }
  // A container without a limit gets the default one, which must hold what it requests.
  const given = stated === undefined ? (amount(limit, 'default', resource) ?? max) : undefined;
  if (given !== undefined && request !== undefined && request > given) {
    return `a machine that requests ${resource} of at least ${text(request)} where the 'default' limit is ${text(given)}`;
  }
  const ratio = amount(limit, 'maxLimitRequestRatio', resource);
  if (ratio === undefined || request === undefined) return undefined;
  const has = stated ?? given;
  if (has === undefined) return `a machine without a limit of ${resource} where 'maxLimitRequestRatio' is ${ratio}`;
  if (resource === 'memory' || has / request <= ratio) return undefined;
  return `a machine whose limit of cpu is ${times(has / request)} times what it requests where 'maxLimitRequestRatio' is ${ratio}`;
}

function ofContainer(limit: Json, resource: Resource, { name, requests, limits }: PodContainer): string | undefined {
  const [request, most] = [requests[resource], limits[resource]];
  const text = (value: number): string => amountText(resource, value);
  const [max, min] = [amount(limit, 'max', resource), amount(limit, 'min', resource)];
  if (max !== undefined && most !== undefined && most > max) {
    return `the container '${name}' with a limit of ${resource} of ${text(most)} where 'max' is ${text(max)}`;
  }
  if (min !== undefined && request !== undefined && request < min) {
    return `the container '${name}', which requests ${resource} of ${text(request)} where 'min' is ${text(min)}`;
  }
  const ratio = amount(limit, 'maxLimitRequestRatio', resource);
  if (ratio === undefined || request === undefined || most === undefined || most / request <= ratio) return undefined;
  return `the container '${name}', whose limit of ${resource} is ${times(most / request)} times what it requests where 'maxLimitRequestRatio' is ${ratio}`;
}

function times(value: number): string {
  return String(Math.round(value * 100) / 100);
}
