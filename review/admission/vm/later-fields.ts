import { childIn, has, listIn, textAt, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { isDnsSubdomain } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, needsGate } from '../shared/wording';
import { cite, gated, Machine, TEMPLATE, vmiCreate } from './machine';

/** The release that has the first of these fields. */
const FIRST = 'v1.8.4';
const SERVICE_ACCOUNT = 'v1.9.0';

/** Fields of an instance that releases after v1.7 brought, beside those that have a file of their own. */
export const LATER_FIELD_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'reboot-policy-gate',
    since: FIRST,
    about: ['rebootPolicy'],
    sentence: 'A reboot policy is given while its feature gate is on.',
    source: vmiCreate('validateRebootPolicy'),
    check: (machine, note) => {
      if (!has(machine.domain, 'rebootPolicy') || gated(machine, 'RebootPolicy')) return;
      note(`${TEMPLATE}.domain.rebootPolicy`, needsGate('rebootPolicy', 'RebootPolicy'), listGate('RebootPolicy'));
    },
  },
  {
    id: 'memory-reserved-overhead-gate',
    since: FIRST,
    about: ['reservedOverhead'],
    sentence: 'Overhead of memory is reserved while the feature gate is on.',
    source: vmiCreate('validateReservedOverheadMemlock'),
    check: (machine, note) => {
      const gate = 'ReservedOverheadMemlock';
      if (!has(childIn(machine.domain, 'memory'), 'reservedOverhead') || gated(machine, gate)) return;
      note(`${TEMPLATE}.domain.memory.reservedOverhead`, needsGate('reservedOverhead', gate), listGate(gate));
    },
  },
  {
    id: 'volume-utility-plugged',
    since: FIRST,
    about: ['utilityVolumes'],
    sentence: 'Utility volumes are plugged into a running instance, not written into a machine.',
    source: cite('pkg/storage/admitters/storagehotplug.go', 'ValidateUtilityVolumesNotPresentOnCreation'),
    check: ({ template }, note) => {
      if (!has(template, 'utilityVolumes')) return;
      note(`${TEMPLATE}.utilityVolumes`, must('utilityVolumes', 'be left out', listIn(template, 'utilityVolumes')));
    },
  },
  {
    id: 'service-account-name',
    since: SERVICE_ACCOUNT,
    about: ['serviceAccountName'],
    sentence: 'The name of the service account is an RFC 1123 subdomain.',
    source: vmiCreate('validateServiceAccountName'),
    check: ({ template }, note) => {
      const name = textIn(template, 'serviceAccountName');
      if (name === '' || isDnsSubdomain(name)) return;
      note(`${TEMPLATE}.serviceAccountName`, must('serviceAccountName', 'be an RFC 1123 subdomain', name));
    },
  },
  {
    id: 'service-account-volume',
    since: SERVICE_ACCOUNT,
    about: ['serviceAccountName'],
    sentence: 'A service account is that of the volume, where there is one.',
    source: vmiCreate('validateServiceAccountName'),
    check: ({ template, volumes }, note) => {
      const name = textIn(template, 'serviceAccountName');
      const other = volumes
        .filter((volume) => has(volume, 'serviceAccount'))
        .map((volume) => textAt(volume, 'serviceAccount', 'serviceAccountName'))
        .find((one) => one !== name);
      if (name === '' || other === undefined) return;
      note(`${TEMPLATE}.serviceAccountName`, must('serviceAccountName', `be that of the volume, '${other}'`, name));
    },
  },
]);
