import { Severity } from '../../finding';
import { objectAt, objectsAt, withAt, wordOf } from '../../manifests/json';
import { Json, Subject } from '../../rule';
import { within } from '../fleet/machine-within';
import { askedOf, Part, part } from '../part';
import { INSTANCE, REPLICA_SET } from '../shared/holders';
import { semanticEqual } from '../shared/semantic-equal';
import { MACHINE_RULES, OBJECT_RULES, RUN_TIME_RULES, START_RULES } from '../vm';
import { targetOf } from '../vm/disk-targets';
import { machineOf } from '../vm/machine';
import { DEFAULT_BUS } from '../vm/start';
import { prepare } from '../webhook-defaults';

const SPEC = ['spec', 'template', 'spec'] as const;
const DISKS = ['domain', 'devices', 'disks'] as const;

/** An instance as a machine that would make it. */
function machineFor({ metadata, spec }: Json): Json {
  const { labels, annotations } = objectAt(metadata) ?? {};
  const own = { ...(labels === undefined ? {} : { labels }), ...(annotations === undefined ? {} : { annotations }) };
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {},
    spec: { runStrategy: 'Always', template: { metadata: own, spec } },
  };
}

/** `spec.template.spec` of a machine is an instance's `spec`. */
function field(path: string): string {
  return path.replace(/^spec\.template\.(spec|metadata)/, (_all, part: string) => part);
}

/** On a create the mutating webhook sets all defaults first: pkg/virt-api/webhooks/mutating-webhook/mutators/vmi-mutator.go. */
function created({ raw, object, old, config }: Subject): Subject | undefined {
  if (old !== undefined) return undefined;
  const subject = prepare(machineFor(raw), config, { stored: machineFor(object) });
  return { ...subject, defaulted: withTargets(subject.defaulted) };
}

/** On a change by KubeVirt, vmi-update-admitter.go:admitStorageUpdate looks at the spec as it is. */
function changed({ raw, object, old, config }: Subject): Subject | undefined {
  if (old === undefined || semanticEqual(object.spec, old.spec)) return undefined;
  const machine = machineFor(object);
  return { raw: machineFor(raw), object: machine, defaulted: machine, old: machineFor(old), config };
}

/** The target and the bus of a disk that names none: pkg/defaults/amd64.go, setDefaultAmd64DisksBus, and its siblings. */
function withTargets(machine: Json): Json {
  const spec = objectAt(machine, ...SPEC);
  const bus = DEFAULT_BUS.get(wordOf(spec?.architecture ?? ''));
  const disks = objectsAt(spec, ...DISKS);
  if (bus === undefined || disks.length === 0) return machine;
  const completed = disks.map((disk) => {
    const target = targetOf(disk);
    if (target !== undefined && target.bus !== '') return disk;
    const kind = target?.kind ?? 'disk';
    return { ...disk, [kind]: { ...objectAt(disk, kind), bus } };
  });
  return withAt(machine, [...SPEC, ...DISKS], completed);
}

/** What the admitter asks about the spec on every write, as it does for a template. */
const SPEC_RULES = askedOf(REPLICA_SET, askedOf(INSTANCE, MACHINE_RULES));

/** Rules for the spec of a VirtualMachineInstance: those of a machine. */
export const INSTANCE_SPEC_PARTS: readonly Part[] = [
  part(created, askedOf(INSTANCE, OBJECT_RULES), { field }),
  part(within(created, machineOf), askedOf(INSTANCE, MACHINE_RULES), { field }),
  // What a machine is warned of, since its instance will be refused, is here refused at once.
  part(within(created, machineOf), askedOf(INSTANCE, START_RULES), { field, severity: Severity.ERROR }),
  part(within(created, machineOf), askedOf(INSTANCE, RUN_TIME_RULES), { field }),
  part(within(changed, machineOf), SPEC_RULES, { field }),
];
