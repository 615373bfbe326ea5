import { childIn, has, numberIn, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { isDnsLabel, isDnsSubdomain } from '../shared/formats';
import { must, mustBeOneOf } from '../shared/wording';
import { machineRule, TEMPLATE, vmiCreate } from './machine';

const EVICTION_STRATEGIES: ReadonlySet<string> = new Set(['External', 'LiveMigrate', 'LiveMigrateIfPossible', 'None']);
const IO_THREADS_POLICIES: ReadonlySet<string> = new Set(['auto', 'shared', 'supplementalPool']);

/** Names in the network, start and eviction, I/O threads. */
export const LIFECYCLE_RULES: readonly Rule[] = [
  machineRule('hostname-label', vmiCreate('validateHostNameNotConformingToDNSLabelRules'), ({ template }, note) => {
    const name = textIn(template, 'hostname');
    if (name === '' || isDnsLabel(name)) return;
    const requirement = "be an RFC 1123 label: at most 63 lowercase letters, digits and '-', no '-' at its ends";
    note(`${TEMPLATE}.hostname`, must('hostname', requirement, name));
  }),
  machineRule('subdomain-form', vmiCreate('validateSubdomainDNSSubdomainRules'), ({ template }, note) => {
    const name = textIn(template, 'subdomain');
    if (name === '' || isDnsSubdomain(name)) return;
    note(
      `${TEMPLATE}.subdomain`,
      must('subdomain', 'be an RFC 1123 subdomain: lowercase labels with dots between', name),
    );
  }),
  machineRule('start-strategy-known', vmiCreate('validateStartStrategy'), ({ template }, note) => {
    const strategy = template.startStrategy;
    if (typeof strategy !== 'string' || strategy === 'Paused') return;
    note(`${TEMPLATE}.startStrategy`, must('startStrategy', "be 'Paused' or left out", strategy));
  }),
  machineRule('start-strategy-liveness-probe', vmiCreate('validateStartStrategy'), ({ template }, note) => {
    if (template.startStrategy !== 'Paused' || !has(template, 'livenessProbe')) return;
    const message = must('startStrategy', "be left out with a 'livenessProbe'", 'Paused');
    note(`${TEMPLATE}.startStrategy`, message, 'remove one of them');
  }),
  machineRule('eviction-strategy-known', vmiCreate('validateLiveMigration'), ({ template }, note) => {
    const strategy = template.evictionStrategy;
    if (typeof strategy !== 'string' || EVICTION_STRATEGIES.has(strategy)) return;
    note(`${TEMPLATE}.evictionStrategy`, mustBeOneOf('evictionStrategy', EVICTION_STRATEGIES, strategy));
  }),
  machineRule('io-threads-policy-known', vmiCreate('validateIOThreadsPolicy'), ({ domain }, note) => {
    const policy = domain.ioThreadsPolicy;
    if (typeof policy !== 'string' || IO_THREADS_POLICIES.has(policy)) return;
    note(`${TEMPLATE}.domain.ioThreadsPolicy`, mustBeOneOf('ioThreadsPolicy', IO_THREADS_POLICIES, policy));
  }),
  machineRule('io-threads-pool-count', vmiCreate('validateIOThreadsPolicy'), ({ domain }, note) => {
    const threads = childIn(domain, 'ioThreads');
    if (domain.ioThreadsPolicy !== 'supplementalPool' || numberIn(threads, 'supplementalPoolThreadCount') >= 1) return;
    const requirement = "be at least 1 with 'ioThreadsPolicy: supplementalPool'";
    const message = must('supplementalPoolThreadCount', requirement, threads?.supplementalPoolThreadCount);
    note(`${TEMPLATE}.domain.ioThreads.count`, message);
  }),
];
