import { testRules } from '../../testing/rule-tester';
import { PLUGIN_RULES } from './plugin';

const plugin = (socketPath: string) => ({
  apiVersion: 'plugin.kubevirt.io/v1alpha1',
  spec: { domainHooks: [{ sidecar: { image: 'i', socketPath } }] },
});

describe('Plugin', () =>
  testRules(PLUGIN_RULES, [
    {
      rule: 'plugin-gate',
      release: 'v1.9.0',
      accepts: plugin('/run/a.sock'),
      acceptedOn: { featureGates: ['Plugins'] },
      refuses: plugin('/run/a.sock'),
      field: 'kind',
      says: "feature gate 'Plugins'",
    },
    {
      rule: 'plugin-socket-path',
      release: 'v1.9.0',
      accepts: plugin('/run/a.sock'),
      refuses: plugin('/run/../a.sock'),
      field: 'spec.domainHooks[0].sidecar.socketPath',
      says: 'got "/run/../a.sock"',
    },
  ]));
