import { testRules } from '../../testing/rule-tester';
import { LIFECYCLE_RULES } from './lifecycle';

const T = 'spec.template.spec';

describe('LIFECYCLE_RULES', () => {
  testRules(LIFECYCLE_RULES, [
    ...['Web', 'web.example', '-web', 'a'.repeat(64)].map((hostname) => ({
      rule: 'hostname-label',
      accepts: { 'T.hostname': 'a'.repeat(63) },
      refuses: { 'T.hostname': hostname },
      field: `${T}.hostname`,
      says: `got "${hostname}"`,
    })),
    {
      rule: 'subdomain-form',
      accepts: { 'T.subdomain': 'a.b-c' },
      refuses: { 'T.subdomain': 'A_b' },
      field: `${T}.subdomain`,
      says: 'got "A_b"',
    },
    {
      rule: 'start-strategy-known',
      accepts: { 'T.startStrategy': 'Paused' },
      refuses: { 'T.startStrategy': 'paused' },
      field: `${T}.startStrategy`,
      says: 'got "paused"',
    },
    {
      rule: 'start-strategy-liveness-probe',
      accepts: { 'T.startStrategy': 'Paused', 'T.readinessProbe': { exec: { command: ['a'] } } },
      refuses: { 'T.startStrategy': 'Paused', 'T.livenessProbe': { exec: { command: ['a'] } } },
      field: `${T}.startStrategy`,
      says: "with a 'livenessProbe'",
    },
    ...['liveMigrate', ''].map((evictionStrategy) => ({
      rule: 'eviction-strategy-known',
      accepts: { 'T.evictionStrategy': 'LiveMigrateIfPossible' },
      refuses: { 'T.evictionStrategy': evictionStrategy },
      field: `${T}.evictionStrategy`,
      says: `got ${JSON.stringify(evictionStrategy)}`,
    })),
    {
      rule: 'io-threads-policy-known',
      accepts: { 'T.domain.ioThreadsPolicy': 'auto' },
      refuses: { 'T.domain.ioThreadsPolicy': 'Shared' },
      field: `${T}.domain.ioThreadsPolicy`,
      says: 'got "Shared"',
    },
    {
      rule: 'io-threads-pool-count',
      accepts: {
        'T.domain.ioThreadsPolicy': 'supplementalPool',
        'T.domain.ioThreads': { supplementalPoolThreadCount: 1 },
      },
      refuses: {
        'T.domain.ioThreadsPolicy': 'supplementalPool',
        'T.domain.ioThreads': { supplementalPoolThreadCount: 0 },
      },
      field: `${T}.domain.ioThreads.count`,
      says: 'got 0',
    },
  ]);
});
