import { childIn, has, numberIn, textIn } from '../../manifests/json';
import { Rule } from '../../rule';
import { isDnsLabel, isDnsSubdomain } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, mustBeOneOf } from '../shared/wording';
import { Machine, TEMPLATE, vmiCreate } from './machine';

const EVICTION_STRATEGIES: ReadonlySet<string> = new Set(['External', 'LiveMigrate', 'LiveMigrateIfPossible', 'None']);
const IO_THREADS_POLICIES: ReadonlySet<string> = new Set(['auto', 'shared', 'supplementalPool']);

/** Names in the network, start and eviction, I/O threads. */
export const LIFECYCLE_RULES: readonly Rule<Machine>[] = topic<Machine>({ kinds: EVERY_HOLDER }, [
  {
    id: 'hostname-label',
    about: ['hostname'],
    sentence: 'The host name is an RFC 1123 label.',
    source: vmiCreate('validateHostNameNotConformingToDNSLabelRules'),
    check: ({ template }, note) => {
      const name = textIn(template, 'hostname');
      if (name === '' || isDnsLabel(name)) return;
      const requirement = "be an RFC 1123 label: at most 63 lowercase letters, digits and '-', no '-' at its ends";
      note(`${TEMPLATE}.hostname`, must('hostname', requirement, name));
    },
  },
  {
    id: 'subdomain-form',
    about: ['subdomain'],
    sentence: 'The subdomain is an RFC 1123 subdomain.',
    source: vmiCreate('validateSubdomainDNSSubdomainRules'),
    check: ({ template }, note) => {
      const name = textIn(template, 'subdomain');
      if (name === '' || isDnsSubdomain(name)) return;
      note(
        `${TEMPLATE}.subdomain`,
        must('subdomain', 'be an RFC 1123 subdomain: lowercase labels with dots between', name),
      );
    },
  },
  {
    id: 'start-strategy-known',
    about: ['startStrategy'],
    sentence: 'The start strategy is Paused or left out.',
    source: vmiCreate('validateStartStrategy'),
    check: ({ template }, note) => {
      const strategy = template.startStrategy;
      if (typeof strategy !== 'string' || strategy === 'Paused') return;
      note(`${TEMPLATE}.startStrategy`, must('startStrategy', "be 'Paused' or left out", strategy));
    },
  },
  {
    id: 'start-strategy-liveness-probe',
    about: ['startStrategy'],
    sentence: 'A machine that starts paused has no liveness probe.',
    source: vmiCreate('validateStartStrategy'),
    check: ({ template }, note) => {
      if (template.startStrategy !== 'Paused' || !has(template, 'livenessProbe')) return;
      const message = must('startStrategy', "be left out with a 'livenessProbe'", 'Paused');
      note(`${TEMPLATE}.startStrategy`, message, 'remove one of them');
    },
  },
  {
    id: 'eviction-strategy-known',
    about: ['evictionStrategy'],
    sentence: 'The eviction strategy is one that KubeVirt knows.',
    source: vmiCreate('validateLiveMigration'),
    check: ({ template }, note) => {
      const strategy = template.evictionStrategy;
      if (typeof strategy !== 'string' || EVICTION_STRATEGIES.has(strategy)) return;
      note(`${TEMPLATE}.evictionStrategy`, mustBeOneOf('evictionStrategy', EVICTION_STRATEGIES, strategy));
    },
  },
  {
    id: 'io-threads-policy-known',
    about: ['ioThreadsPolicy'],
    sentence: 'The I/O threads policy is one that KubeVirt knows.',
    source: vmiCreate('validateIOThreadsPolicy'),
    check: ({ domain }, note) => {
      const policy = domain.ioThreadsPolicy;
      if (typeof policy !== 'string' || IO_THREADS_POLICIES.has(policy)) return;
      note(`${TEMPLATE}.domain.ioThreadsPolicy`, mustBeOneOf('ioThreadsPolicy', IO_THREADS_POLICIES, policy));
    },
  },
  {
    id: 'io-threads-pool-count',
    about: ['ioThreadsPolicy'],
    sentence: 'A pool of I/O threads has at least 1 thread.',
    source: vmiCreate('validateIOThreadsPolicy'),
    check: ({ domain }, note) => {
      const threads = childIn(domain, 'ioThreads');
      if (domain.ioThreadsPolicy !== 'supplementalPool' || numberIn(threads, 'supplementalPoolThreadCount') >= 1)
        return;
      const requirement = "be at least 1 with 'ioThreadsPolicy: supplementalPool'";
      const message = must('supplementalPoolThreadCount', requirement, threads?.supplementalPoolThreadCount);
      note(`${TEMPLATE}.domain.ioThreads.count`, message);
    },
  },
]);
