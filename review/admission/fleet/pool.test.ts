import { testRules } from '../../testing/rule-tester';
import { selector, selectorRows } from '../../testing/selector-examples';
import { POOL_RULES } from './pool';

describe('VirtualMachinePool', () =>
  testRules(POOL_RULES, [
    ...selectorRows('pool', 'virtualMachineTemplate'),
    {
      rule: 'pool-selector-immutable',
      accepts: { spec: { selector } },
      refuses: { spec: { selector: {} } },
      old: { spec: { selector } },
      field: 'spec.selector',
      says: 'stay {"matchLabels":{"app":"web"}}, got {}',
    },
    ...['0%', '101%', '10', 'x%', 0, -1].map((value) => ({
      rule: 'pool-max-unavailable',
      accepts: { spec: { maxUnavailable: typeof value === 'number' ? 1 : '100%' } },
      refuses: { spec: { maxUnavailable: value } },
      field: 'spec.maxUnavailable',
      says: `got ${JSON.stringify(value)}`,
    })),
    ...(['update', 'scale-in'] as const).map((what) => {
      const key = what === 'update' ? 'updateStrategy' : 'scaleInStrategy';
      return {
        rule: `pool-${what}-strategy-single`,
        release: 'v1.7.4',
        accepts: { spec: { [key]: { proactive: {} } } },
        refuses: { spec: { [key]: { proactive: {}, unmanaged: {} } } },
        field: `spec.${key}`,
        says: 'got ["proactive","unmanaged"]',
      };
    }),
  ]));
