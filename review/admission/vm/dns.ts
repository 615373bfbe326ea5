import { childIn, listIn, textIn, valueAt } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { isDnsSubdomain, isIpAddress } from '../shared/formats';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { must, show } from '../shared/wording';
import { Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

// kubernetes, pkg/apis/core/validation/validation.go, as vmi-create-admitter.go copies them.
const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 6;
const LONGEST_SEARCH_LIST = 256;

const CONFIG = `${TEMPLATE}.dnsConfig`;

/** The guest's resolver. The webhook names no more of a path than its last key. */
export const DNS_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['dnsConfig', 'dnsPolicy'] },
  [
    {
      id: 'dns-config-given',
      sentence: 'The DNS policy None has a DNS configuration.',
      source: vmiCreate('validatePodDNSConfig'),
      check: ({ template }, note) => {
        if (template.dnsPolicy !== 'None' || childIn(template, 'dnsConfig') !== undefined) return;
        note(`${TEMPLATE}.dnsConfig`, must('dnsConfig', "be given with 'dnsPolicy: None'", undefined));
      },
    },
    {
      id: 'dns-nameserver-given',
      sentence: 'The DNS policy None has a name server.',
      source: vmiCreate('validatePodDNSConfig'),
      check: dnsConfig((config, note, { dnsPolicy }) => {
        if (dnsPolicy !== 'None' || texts(config, 'nameservers').length > 0) return;
        const message = must('dnsConfig.nameservers', "have an address with 'dnsPolicy: None'", config.nameservers);
        note(`${CONFIG}.nameservers`, message, undefined, 'nameservers');
      }),
    },
    {
      id: 'dns-nameserver-count',
      sentence: 'There are at most 3 name servers.',
      source: vmiCreate('validatePodDNSConfig'),
      check: dnsConfig((config, note) => {
        const servers = texts(config, 'nameservers');
        if (servers.length <= MOST_NAMESERVERS) return;
        const message = must('dnsConfig.nameservers', `have at most ${MOST_NAMESERVERS} entries`, servers);
        note(`${CONFIG}.nameservers`, message, undefined, 'nameservers');
      }),
    },
    {
      id: 'dns-nameserver-address',
      sentence: 'Name servers are IP addresses.',
      source: vmiCreate('validatePodDNSConfig'),
      check: dnsConfig((config, note) => {
        for (const server of texts(config, 'nameservers')) {
          if (isIpAddress(server)) continue;
          const message = must('dnsConfig.nameservers', 'hold IP addresses', server);
          note(`${CONFIG}.nameservers`, message, undefined, 'nameservers');
        }
      }),
    },
    {
      id: 'dns-search-count',
      sentence: 'There are at most 6 search domains.',
      source: vmiCreate('validatePodDNSConfig'),
      check: dnsConfig((config, note) => {
        const searches = texts(config, 'searches');
        if (searches.length <= MOST_SEARCHES) return;
        const message = must('dnsConfig.searches', `have at most ${MOST_SEARCHES} entries`, searches);
        note(`${CONFIG}.searches`, message, undefined, 'searchDomains');
      }),
    },
    {
      id: 'dns-search-length',
      sentence: 'The search domains have at most 256 characters together.',
      source: vmiCreate('validatePodDNSConfig'),
      check: dnsConfig((config, note) => {
        const length = Buffer.byteLength(texts(config, 'searches').join(' '));
        if (length <= LONGEST_SEARCH_LIST) return;
        const limit = `at most ${LONGEST_SEARCH_LIST} characters together, spaces between`;
        note(
          `${CONFIG}.searches`,
          `'dnsConfig.searches' must have ${limit}, got ${length}`,
          undefined,
          'searchDomains',
        );
      }),
    },
    {
      id: 'dns-search-form',
      sentence: 'Search domains are RFC 1123 subdomains.',
      source: vmiCreate('validatePodDNSConfig'),
      check: dnsConfig((config, note) => {
        for (const search of texts(config, 'searches')) {
          if (isDnsSubdomain(search)) continue;
          const message = must(
            'dnsConfig.searches',
            'hold RFC 1123 subdomains: lowercase labels with dots between',
            search,
          );
          note(`${CONFIG}.searches`, message, undefined, 'searchDomains');
        }
      }),
    },
    {
      id: 'dns-option-name',
      sentence: 'A DNS option has a name.',
      source: vmiCreate('validatePodDNSConfig'),
      check: dnsConfig((config, note) => {
        listIn(config, 'options').forEach((option, index) => {
          if (textIn(option, 'name') !== '') return;
          const message = `'name' must be given in dnsConfig.options[${index}], got ${show(option.name)}`;
          note(`${CONFIG}.options[${index}].name`, message, undefined, 'options');
        });
      }),
    },
  ],
);

function dnsConfig(check: (config: Json, note: Note, template: Json) => void): MachineCheck {
  return ({ template }, note) => {
    const config = childIn(template, 'dnsConfig');
    if (config !== undefined) check(config, note, template);
  };
}

function texts(config: Json, key: string): readonly string[] {
  const list = valueAt(config, key);
  return Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === 'string') : [];
}
