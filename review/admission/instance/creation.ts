import { Severity } from '../../finding';
import { objectAt, objectsAt, withAt } from '../../manifests/json';
import { Json, Rule, Subject } from '../../rule';
import { semanticEqual } from '../shared/semantic-equal';
import { GPU_RULES } from '../vm/devices';
import { targetOf } from '../vm/disk-targets';
import { INSTANCE_SPEC_RULES } from '../vm/instance-spec';
import { INTERFACE_BINDING_RULES } from '../vm/interface-bindings';
import { Lift, liftedRules } from '../vm/lifted';
import { RUN_TIME_RULES } from '../vm/run-time';
import { DEFAULT_BUS, HYPERV_RULES, LATER, START_RULES } from '../vm/start';
import { TOP_LEVEL_RULES } from '../vm/top-level';
import { UNPRUNED_RULES } from '../vm/unpruned';
import { WEBHOOK_ENUM_RULES } from '../vm/webhook-enums';
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
const CREATED: Lift = {
  field,
  machine: ({ raw, object, old, config }) => {
    if (old !== undefined) return undefined;
    const subject = prepare(machineFor(raw), config, { stored: machineFor(object) });
    return { ...subject, defaulted: withTargets(subject.defaulted) };
  },
};

/** On a change by KubeVirt, vmi-update-admitter.go:admitStorageUpdate looks at the spec as it is. */
const CHANGED: Lift = {
  field,
  machine: ({ raw, object, old, config }): Subject | undefined => {
    if (old === undefined || semanticEqual(object.spec, old.spec)) return undefined;
    const machine = machineFor(object);
    return { raw: machineFor(raw), object: machine, defaulted: machine, old: machineFor(old), config };
  },
};

/** The target and the bus of a disk that names none: pkg/defaults/amd64.go, setDefaultAmd64DisksBus, and its siblings. */
function withTargets(machine: Json): Json {
  const spec = objectAt(machine, ...SPEC);
  const bus = DEFAULT_BUS.get(String(spec?.architecture ?? ''));
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

/** What is asked where an instance is made, beside its spec. */
const MADE = [...INTERFACE_BINDING_RULES, ...GPU_RULES].filter((rule) => !INSTANCE_SPEC_RULES.includes(rule));

/** What a machine is warned of since its instance will be refused, is here refused at once. */
const AT_ONCE: readonly Rule[] = [...START_RULES, ...HYPERV_RULES].map((rule) => ({
  ...rule,
  check: (subject, note) =>
    rule.check(subject, (path, message, remedy) => note(path, message.replace(`: ${LATER}`, ''), remedy)),
}));

/** What of the metadata and of what is not pruned an instance has too. */
const SHARED = [...TOP_LEVEL_RULES, ...UNPRUNED_RULES].filter(({ id }) =>
  /^template-(label|annotation)|^clock/.test(id),
);

/** Rules for the spec of a VirtualMachineInstance: those of a VirtualMachine. */
export const INSTANCE_RULES: readonly Rule[] = [
  ...liftedRules(
    [...SHARED, ...WEBHOOK_ENUM_RULES.filter(({ id }) => !id.startsWith('data-volume-template')), ...AT_ONCE, ...MADE],
    CREATED,
    Severity.ERROR,
  ),
  ...both(INSTANCE_SPEC_RULES),
  ...liftedRules(
    RUN_TIME_RULES.filter(({ id }) => !/strategy|template/.test(id)),
    CREATED,
  ),
];

/** One rule for both, since an object is created or changed. */
function both(rules: readonly Rule[]): readonly Rule[] {
  const changed = liftedRules(rules, CHANGED);
  return liftedRules(rules, CREATED).map((rule, index) => ({
    ...rule,
    check: (subject, note) => (subject.old === undefined ? rule : changed[index]!).check(subject, note),
  }));
}
