import { Severity } from '../../finding';
import { Json } from '../../rule';
import { configured, object } from '../../testing/kubevirt-examples';
import { testRules } from '../../testing/rule-tester';
import { CONFIGURATION_RULES } from './configuration';

const developer = (settings: Json) => configured({ developerConfiguration: settings });

describe('configuration of KubeVirt', () => {
  testRules(CONFIGURATION_RULES, [
    {
      rule: 'kubevirt-image-pull-policy',
      accepts: object({ imagePullPolicy: 'IfNotPresent' }),
      refuses: object({ imagePullPolicy: 'always' }),
      field: 'spec.imagePullPolicy',
      says: 'got "always"',
    },
    {
      rule: 'kubevirt-overcommit-positive',
      accepts: developer({ memoryOvercommit: 150 }),
      refuses: developer({ memoryOvercommit: -1 }),
      field: 'spec.configuration.developerConfiguration.memoryOvercommit',
      says: 'at least 0, got -1',
    },
    {
      rule: 'kubevirt-less-space-percent',
      accepts: developer({ pvcTolerateLessSpaceUpToPercent: 100 }),
      refuses: developer({ pvcTolerateLessSpaceUpToPercent: 101 }),
      field: 'spec.configuration.developerConfiguration.pvcTolerateLessSpaceUpToPercent',
      says: '0 to 100, got 101',
    },
    {
      rule: 'kubevirt-default-interface',
      accepts: configured({ network: { defaultNetworkInterface: 'masquerade' } }),
      refuses: configured({ network: { defaultNetworkInterface: 'macvtap' } }),
      field: 'spec.configuration.network.defaultNetworkInterface',
      says: 'got "macvtap"',
    },
    {
      rule: 'kubevirt-feature-gate-known',
      accepts: developer({ featureGates: ['LiveMigration', 'Snapshot', 'Passt'] }),
      refuses: developer({ featureGates: ['Snapshot', 'SnapShot'] }),
      field: 'spec.configuration.developerConfiguration.featureGates[1]',
      says: 'got "SnapShot"',
    },
  ]);

  test('is refused for the pull policy, and warned of for the rest', () => {
    const errors = CONFIGURATION_RULES.filter(({ severity }) => severity === Severity.ERROR);
    expect(errors.map(({ id }) => id)).toEqual(['kubevirt-image-pull-policy']);
  });
});
