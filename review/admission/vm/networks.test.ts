import { Json } from '../../rule';
import { testRules } from '../../testing/rule-tester';
import { NETWORK_RULES } from './networks';

const NETWORKS = 'spec.template.spec.networks';

interface Network {
  readonly name: string;
  readonly pod?: object;
  readonly multus?: object;
}

/** Networks, each with an interface of its name. */
function networks(...list: Network[]): Json {
  const interfaces = [...new Set(list.map(({ name }) => name))].map((name) => ({ name, bridge: {} }));
  return { 'T.networks': list, 'D.interfaces': interfaces };
}

const pod = { name: 'default', pod: {} };
const multus = { name: 'm', multus: { networkName: 'n' } };

describe('NETWORK_RULES', () => {
  testRules(NETWORK_RULES, [
    {
      rule: 'network-pod-single',
      accepts: networks(pod, multus),
      refuses: networks(pod, { ...pod, name: 'other' }),
      field: 'spec.template.spec.networks',
      serverField: 'spec.template.spec.interfaces',
      says: 'got ["default","other"]',
    },
    {
      rule: 'network-multus-default-single',
      accepts: networks({ name: 'a', multus: { networkName: 'n', default: true } }, multus),
      refuses: networks(
        { name: 'a', multus: { networkName: 'n', default: true } },
        { name: 'b', multus: { networkName: 'm', default: true } },
      ),
      field: NETWORKS,
      says: "at most one with 'multus.default'",
    },
    {
      rule: 'network-default-single',
      accepts: networks(pod, multus),
      refuses: networks(pod, { name: 'b', multus: { networkName: 'm', default: true } }),
      field: NETWORKS,
      says: 'got ["default","b"]',
    },
    {
      rule: 'network-source-single',
      accepts: networks(multus),
      refuses: networks({ name: 'default' }),
      field: `${NETWORKS}[0]`,
      says: 'got none',
    },
    {
      rule: 'network-source-single',
      accepts: networks(pod),
      refuses: networks(multus, { name: 'default', multus: { networkName: 'n' }, pod: {} }),
      field: `${NETWORKS}[1]`,
      says: 'got ["pod","multus"]',
    },
    {
      rule: 'network-multus-name',
      accepts: networks(multus),
      refuses: networks({ name: 'm', multus: { networkName: '' } }),
      field: `${NETWORKS}[0]`,
      says: "'networkName' must name",
    },
    {
      rule: 'network-name-unique',
      accepts: networks(pod, multus),
      refuses: networks(pod, { ...multus, name: 'default' }),
      field: `${NETWORKS}[1].name`,
      says: 'networks[0], got "default"',
    },
    {
      rule: 'network-interface-exists',
      accepts: networks(pod),
      refuses: { ...networks(pod), 'T.networks': [pod, multus] },
      field: `${NETWORKS}[1].name`,
      says: 'the name of an interface, got "m"',
    },
  ]);
});
