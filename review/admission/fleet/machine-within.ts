import { Severity } from '../../finding';
import { objectAt } from '../../manifests/json';
import { Json, Rule, Subject } from '../../rule';
import { TEMPLATE_RULES } from '../cdi/template';
import { DATA_VOLUME_TEMPLATE_RULES } from '../vm/data-volume-templates';
import { INSTANCE_SPEC_RULES } from '../vm/instance-spec';
import { Lift, liftedRules } from '../vm/lifted';
import { MEMORY_HOTPLUG_RULES } from '../vm/memory';
import { RUN_TIME_RULES } from '../vm/run-time';
import { HYPERV_RULES, START_RULES } from '../vm/start';
import { TOP_LEVEL_RULES } from '../vm/top-level';
import { UNPRUNED_RULES } from '../vm/unpruned';
import { WEBHOOK_ENUM_RULES } from '../vm/webhook-enums';
import { prepare } from '../webhook-defaults';

/** What holds a machine, or the template of instances, and where. */
interface Holder {
  /** The machine that the object stands for; nothing where it holds none. */
  readonly machine: (object: Json) => Json | undefined;
  readonly field: (path: string) => string;
}

const REPLICA_SET: Holder = {
  machine: (object) => machineOf({ runStrategy: 'Always', template: objectAt(object, 'spec', 'template') }),
  field: (path) => path,
};

const POOL: Holder = {
  machine: (object) => machineOf(objectAt(object, 'spec', 'virtualMachineTemplate', 'spec')),
  field: (path) => path.replace(/^spec(?=\.|$)/, 'spec.virtualMachineTemplate.spec'),
};

function machineOf(spec: Json | undefined): Json | undefined {
  if (objectAt(spec, 'template', 'spec') === undefined) return undefined;
  return { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata: {}, spec };
}

/** The machine as the webhook of its holder sees it: no other webhook has set defaults before. */
function asWritten({ machine, field }: Holder): Lift {
  return { field, machine: (outer) => subjectOf(machine, outer, (_raw, object) => object) };
}

/** The machine as it will be when it is made. */
function asMade({ machine, field }: Holder): Lift {
  const made = (raw: Json, object: Json, { config }: Subject): Json =>
    prepare(raw, config, { stored: object }).defaulted;
  return { field, machine: (outer) => subjectOf(machine, outer, made) };
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

/** What refuses the instance of a template, and what it has no use of. */
const LATER_RULES = [...START_RULES, ...HYPERV_RULES, ...RUN_TIME_RULES];

const OF_MACHINES = /^(data-volume-template|run-update-volumes-strategy|run-data-volume-template)/;

/** The mutating webhook that makes this one necessary sees machines alone: an absent group stays absent. */
const REWRITTEN = 'data-volume-template-data-source-api-group';

/** Rules for the template of a VirtualMachineInstanceReplicaSet: vmirs-admitter.go:ValidateVMIRSSpec. */
export const REPLICA_SET_TEMPLATE_RULES: readonly Rule[] = [
  ...liftedRules(
    [...UNPRUNED_RULES, ...WEBHOOK_ENUM_RULES, ...INSTANCE_SPEC_RULES].filter(({ id }) => !OF_MACHINES.test(id)),
    asWritten(REPLICA_SET),
  ),
  ...liftedRules(
    LATER_RULES.filter(({ id }) => !OF_MACHINES.test(id)),
    asMade(REPLICA_SET),
    Severity.WARNING,
  ),
];

/** Rules for the machine of a VirtualMachinePool: vmpool-admitter.go:ValidateVMPoolSpec, by ValidateVirtualMachineSpec. */
export const POOL_TEMPLATE_RULES: readonly Rule[] = [
  ...liftedRules(
    [
      ...UNPRUNED_RULES,
      ...WEBHOOK_ENUM_RULES.filter(({ id }) => id !== REWRITTEN),
      ...TOP_LEVEL_RULES,
      ...DATA_VOLUME_TEMPLATE_RULES.filter(({ id }) => id !== 'data-volume-template-namespace'),
      ...INSTANCE_SPEC_RULES,
      ...MEMORY_HOTPLUG_RULES,
    ],
    asWritten(POOL),
  ),
  ...liftedRules([...LATER_RULES, ...TEMPLATE_RULES], asMade(POOL), Severity.WARNING),
];
