import { KeptFault } from '../../cluster/updates/kept-fault';
import { keptFaults } from '../../cluster/updates/kept-fields';
import { objectsAt, textAt, valueAt } from '../../manifests/json';
import { Json } from '../../rule';
import { Consequence, Effect } from '../consequence';
import { differences, fromTo } from '../wording';

const PORTS = 'Kubernetes v1.34.4, pkg/apis/core/validation/validation.go, ValidateService';

/** What the API server refuses of a changed object of a core kind. */
export function immutableEffects(kind: string, old: Json, next: Json): Effect[] {
  const effects = keptFaults(kind, old, next).map((fault) => ({
    ...refused(fault.field, changeOf(fault), fault.why, fault.source),
    ...(fault.remedy === undefined ? {} : { remedy: fault.remedy }),
  }));
  return kind === 'Service' ? [...effects, ...portEffects(next)] : effects;
}

/** `roleRef.name a → b`: what differs in a field, and not all of it. */
function changeOf({ name, what, was, is }: KeptFault): string {
  if (was === undefined && is === undefined) return `${name} changes`;
  if (what !== undefined) return is === undefined ? what : `${what} ${fromTo(was, is)}`;
  return differences(was, is, name)
    .slice(0, 3)
    .map((path) => {
      const keys = path === name ? [] : path.slice(name.length + 1).split('.');
      return `${path} ${fromTo(keys.length === 0 ? was : valueAt(was, ...keys), keys.length === 0 ? is : valueAt(is, ...keys))}`;
    })
    .join(', ');
}

/** Of several ports each has a name: ValidateService. */
function portEffects(next: Json): Effect[] {
  const ports = objectsAt(next, 'spec', 'ports');
  if (ports.length < 2 || ports.every((port) => textAt(port, 'name') !== '')) return [];
  const field = `spec.ports[${ports.findIndex((port) => textAt(port, 'name') === '')}].name`;
  return [refused(field, 'a port without a name', 'of several ports each must have a name', PORTS)];
}

/** A change that the server answers no to. */
export function refused(field: string, message: string, reason: string, source: string): Effect {
  return { field, message, consequence: Consequence.REFUSED, reason, source };
}
