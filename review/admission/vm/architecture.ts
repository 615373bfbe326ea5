import { childIn, textAt, textIn, valueAt } from '../../manifests/json';
import { Rule } from '../../rule';
import { matchesGlob } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, mustBeOneOf, needsGate } from '../shared/wording';
import { gated, hasRelease, Machine, TEMPLATE, vmiCreate } from './machine';

/** Machine types that the release allows: pkg/virt-config/virt-config.go, Default…EmulatedMachines. */
const MACHINE_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['amd64', ['q35*', 'pc-q35*']],
  ['arm64', ['virt*']],
  ['ppc64le', ['pseries*']],
  ['s390x', ['s390-ccw-virtio*']],
]);

const MULTI_ARCHITECTURE = 'MultiArchitecture';
/** From this release on the patterns of machine types are globs, and regular expressions before. */
const GLOBS_SINCE = 'v1.6.2';

/** Processor architecture and machine type. */
export const ARCHITECTURE_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'machine-type-supported',
    sentence: 'The machine type is one that the cluster supports.',
    source: vmiCreate('validateEmulatedMachine'),
    check: (machine, note) => {
      const { raw } = machine.subject;
      const type = textIn(childIn(machine.domain, 'machine'), 'type');
      if (type === '') return;
      const allowed = supportedMachines(machine);
      const matches = hasRelease(machine, GLOBS_SINCE) ? matchesGlob : matchesExpression;
      if (allowed.some((pattern) => matches(pattern, type))) return;
      // The mutating webhook has written it into the machine by now.
      const byDefault =
        textAt(raw, 'spec', 'template', 'spec', 'architecture') === '' && machine.config.architectureAssumed === true;
      const where = ` on ${machine.architecture}, the architecture by default`;
      note(
        `${TEMPLATE}.domain.machine.type`,
        mustBeOneOf('type', allowed, type) + (byDefault ? where : ''),
        `leave it out for the cluster's default${byDefault ? ', or say which it has: --architecture NAME' : ''}`,
      );
    },
  },
  {
    id: 'architecture-gate',
    until: 'v1.7.4',
    sentence: "An architecture other than the cluster's is used while its feature gate is on.",
    source: vmiCreate('validateArchitecture'),
    check: (machine, note) => {
      const own = textIn(machine.template, 'architecture');
      if (own === '' || own === machine.config.architecture || gated(machine, MULTI_ARCHITECTURE)) return;
      const message = needsGate(`architecture: ${own}`, MULTI_ARCHITECTURE);
      note(`${TEMPLATE}.architecture`, message, listGate(MULTI_ARCHITECTURE));
    },
  },
]);

/** Whether a regular expression matches anywhere in a text; one that cannot be read matches, since Go may read it. */
function matchesExpression(expression: string, text: string): boolean {
  try {
    return new RegExp(expression).test(text);
  } catch {
    return true;
  }
}

/** pkg/virt-config/virt-config.go, GetEmulatedMachines: an architecture that it does not know has amd64's. */
function supportedMachines({ architecture, config }: Machine): readonly string[] {
  const known = MACHINE_TYPES.has(architecture) ? architecture : 'amd64';
  const forAll = valueAt(config.configuration, 'emulatedMachines');
  const set = forAll ?? valueAt(config.configuration, 'architectureConfiguration', known, 'emulatedMachines');
  if (!Array.isArray(set)) return MACHINE_TYPES.get(known) ?? [];
  return set.filter((glob): glob is string => typeof glob === 'string');
}
