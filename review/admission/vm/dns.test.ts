import { Json } from '../../rule';
import { refusals, testRules } from '../../testing/rule-tester';
import { DNS_RULES } from './dns';

function config(dnsConfig: object): Json {
  return { 'T.dnsConfig': dnsConfig };
}

describe('DNS_RULES', () => {
  testRules(DNS_RULES, [
    {
      rule: 'dns-config-given',
      accepts: { 'T.dnsPolicy': 'None', ...config({ nameservers: ['1.1.1.1'] }) },
      refuses: { 'T.dnsPolicy': 'None' },
      field: 'spec.template.spec.dnsConfig',
      says: "'dnsConfig' must be given",
    },
    {
      rule: 'dns-nameserver-given',
      accepts: config({ searches: ['a'] }),
      refuses: { 'T.dnsPolicy': 'None', ...config({ searches: ['a'] }) },
      field: 'spec.template.spec.dnsConfig.nameservers',
      serverField: 'nameservers',
      says: "with 'dnsPolicy: None'",
    },
    {
      rule: 'dns-nameserver-count',
      accepts: config({ nameservers: ['1.1.1.1', '1.1.1.2', '::1'] }),
      refuses: config({ nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] }),
      field: 'spec.template.spec.dnsConfig.nameservers',
      serverField: 'nameservers',
      says: 'at most 3 entries',
    },
    ...['dns.local', '1.1.1', '01.1.1.1', 'fe80::1%eth0', ''].map((address) => ({
      rule: 'dns-nameserver-address',
      accepts: config({ nameservers: ['fe80::1'] }),
      refuses: config({ nameservers: ['1.1.1.1', address] }),
      field: 'spec.template.spec.dnsConfig.nameservers',
      serverField: 'nameservers',
      says: `got "${address}"`,
    })),
    {
      rule: 'dns-search-count',
      accepts: config({ searches: ['a', 'b', 'c', 'd', 'e', 'f'] }),
      refuses: config({ searches: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }),
      field: 'spec.template.spec.dnsConfig.searches',
      serverField: 'searchDomains',
      says: 'at most 6 entries',
    },
    {
      rule: 'dns-search-length',
      accepts: config({ searches: [`${'a'.repeat(63)}.${'b'.repeat(63)}`, `${'c'.repeat(63)}.${'d'.repeat(63)}`] }),
      refuses: config({ searches: [`${'a'.repeat(63)}.${'b'.repeat(63)}`, `${'c'.repeat(63)}.${'d'.repeat(63)}.e`] }),
      field: 'spec.template.spec.dnsConfig.searches',
      serverField: 'searchDomains',
      says: 'got 257',
    },
    {
      rule: 'dns-search-form',
      accepts: config({ searches: ['a.b'] }),
      refuses: config({ searches: ['A'] }),
      field: 'spec.template.spec.dnsConfig.searches',
      serverField: 'searchDomains',
      says: 'got "A"',
    },
    {
      rule: 'dns-option-name',
      accepts: config({ options: [{ name: 'ndots' }] }),
      refuses: config({ options: [{ value: '1' }] }),
      field: 'spec.template.spec.dnsConfig.options[0].name',
      serverField: 'options',
      says: 'dnsConfig.options[0], got nothing',
    },
  ]);

  test('looks no further than an empty list of nameservers', () => {
    expect(refusals({ 'T.dnsPolicy': 'None', ...config({ nameservers: [] }) })).toEqual([
      'spec.template.spec.dnsConfig.nameservers',
    ]);
  });
});
