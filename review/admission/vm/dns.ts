import { childIn, listIn, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isDnsSubdomain, isIpAddress } from '../shared/formats';
import { must, show } from '../shared/wording';
import { machineRule, TEMPLATE, vmiCreate } from './machine';

// kubernetes, pkg/apis/core/validation/validation.go, as vmi-create-admitter.go copies them.
const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 6;
const LONGEST_SEARCH_LIST = 256;

/** The guest's resolver. The webhook names no more of a path than its last key. */
export const DNS_RULES: readonly Rule[] = [
  machineRule('dns-config-given', vmiCreate('validatePodDNSConfig'), ({ template }, note) => {
    if (template.dnsPolicy !== 'None' || childIn(template, 'dnsConfig') !== undefined) return;
    note(`${TEMPLATE}.dnsConfig`, must('dnsConfig', "be given with 'dnsPolicy: None'", undefined));
  }),
  dnsRule('dns-nameserver-given', (config, note, { dnsPolicy }) => {
    if (dnsPolicy !== 'None' || texts(config, 'nameservers').length > 0) return;
    note('nameservers', must('dnsConfig.nameservers', "have an address with 'dnsPolicy: None'", config.nameservers));
  }),
  dnsRule('dns-nameserver-count', (config, note) => {
    const servers = texts(config, 'nameservers');
    if (servers.length <= MOST_NAMESERVERS) return;
    note('nameservers', must('dnsConfig.nameservers', `have at most ${MOST_NAMESERVERS} entries`, servers));
  }),
  dnsRule('dns-nameserver-address', (config, note) => {
    for (const server of texts(config, 'nameservers')) {
      if (isIpAddress(server)) continue;
      note('nameservers', must('dnsConfig.nameservers', 'hold IP addresses', server));
    }
  }),
  dnsRule('dns-search-count', (config, note) => {
    const searches = texts(config, 'searches');
    if (searches.length <= MOST_SEARCHES) return;
    note('searchDomains', must('dnsConfig.searches', `have at most ${MOST_SEARCHES} entries`, searches));
  }),
  dnsRule('dns-search-length', (config, note) => {
    const length = Buffer.byteLength(texts(config, 'searches').join(' '));
    if (length <= LONGEST_SEARCH_LIST) return;
    const limit = `at most ${LONGEST_SEARCH_LIST} characters together, spaces between`;
    note('searchDomains', `'dnsConfig.searches' must have ${limit}, got ${length}`);
  }),
  dnsRule('dns-search-form', (config, note) => {
    for (const search of texts(config, 'searches')) {
      if (isDnsSubdomain(search)) continue;
      note(
        'searchDomains',
        must('dnsConfig.searches', 'hold RFC 1123 subdomains: lowercase labels with dots between', search),
      );
    }
  }),
  dnsRule('dns-option-name', (config, note) => {
    listIn(config, 'options').forEach((option, index) => {
      if (textIn(option, 'name') !== '') return;
      note('options', `'name' must be given in dnsConfig.options[${index}], got ${show(option.name)}`);
    });
  }),
];

function dnsRule(id: string, check: (config: Json, note: Note, template: Json) => void): Rule {
  return machineRule(id, vmiCreate('validatePodDNSConfig'), ({ template }, note) => {
    const config = childIn(template, 'dnsConfig');
    if (config !== undefined) check(config, note, template);
  });
}

function texts(config: Json, key: string): readonly string[] {
  const list = valueAt(config, key);
  return Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === 'string') : [];
}
