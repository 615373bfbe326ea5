import { testRules } from '../../testing/rule-tester';
import { PRESET_RULES } from './preset';

describe('VirtualMachineInstancePreset', () =>
  testRules(PRESET_RULES, [
    {
      rule: 'preset-domain-present',
      accepts: { spec: { domain: {} } },
      refuses: { spec: {} },
      field: 'spec.domain',
      says: 'got nothing',
    },
  ]));
