import { objectAt } from '../../manifests/json';
import { Json, Rule, Subject } from '../../rule';
import { TEMPLATE_RULES, templatePlaces } from '../cdi/template';
import { askedOf, Part, part } from '../part';
import { MACHINE_RULES, OBJECT_RULES, RUN_TIME_RULES, START_RULES } from '../vm';
import { Machine, machineOf } from '../vm/machine';
import { LATER } from '../vm/start';
import { prepare } from '../webhook-defaults';

/** What holds the template of machines or instances, and where. */
export interface Holder {
  readonly kind: string;
  /** The machine that the object stands for; undefined if it holds no template. */
  readonly machine: (object: Json) => Json | undefined;
  /** Where a field of the machine stands in the object. */
  readonly field: (path: string) => string;
}

/** A machine with a spec; undefined if the spec has no template. */
export function machineOfSpec(spec: Json | undefined): Json | undefined {
  if (objectAt(spec, 'template', 'spec') === undefined) return undefined;
  return { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: {}, spec };
}

/**
 * The rules of a machine for the template that stands in another object. Its webhook sees the template as it was written,
 * since no other webhook has set defaults before; what is refused or fails later sees the machine as it will be made.
 */
export function templateParts({ kind, machine, field }: Holder): readonly Part[] {
  const written = (outer: Subject): Subject | undefined => subjectOf(machine, outer, (_raw, object) => object);
  const complete = (outer: Subject): Subject | undefined =>
    subjectOf(machine, outer, (raw, object, { config }) => prepare(raw, config, { stored: object }).defaulted);
  const place = { field };
  const later = (rules: readonly Rule<Machine>[], suffix?: string): Part =>
    part(within(complete, machineOf), askedOf(kind, rules), { ...place, suffix });
  return [
    part(written, askedOf(kind, OBJECT_RULES), place),
    part(within(written, machineOf), askedOf(kind, MACHINE_RULES), place),
    later(START_RULES, LATER),
    later(RUN_TIME_RULES),
    part(within(complete, templatePlaces), askedOf(kind, TEMPLATE_RULES), place),
  ];
}

/** A view of the machine that another object holds. */
export function within<View>(
  machine: (outer: Subject) => Subject | undefined,
  view: (subject: Subject) => View | undefined,
): (outer: Subject) => View | undefined {
  return (outer) => {
    const subject = machine(outer);
    return subject && view(subject);
  };
}

function subjectOf(
  machine: Holder['machine'],
  outer: Subject,
  defaults: (raw: Json, object: Json, outer: Subject) => Json,
): Subject | undefined {
  const [raw, object] = [machine(outer.raw), machine(outer.object)];
  if (raw === undefined || object === undefined) return undefined;
  const old = outer.old && machine(outer.old);
  return { raw, object, defaulted: defaults(raw, object, outer), config: outer.config, ...(old && { old }) };
}
