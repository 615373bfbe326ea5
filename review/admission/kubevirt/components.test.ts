import { Json } from '../../rule';
import { both, configured, object, OLD } from '../../testing/kubevirt-examples';
import { notes, testRules } from '../../testing/rule-tester';
import { COMPONENT_RULES } from './components';

const profile = (value: Json) => configured({ seccompConfiguration: { virtualMachineInstanceProfile: value } });
const PROFILE = 'spec.configuration.seccompConfiguration.virtualMachineInstanceProfile.customProfile';

describe('components of KubeVirt', () => {
  testRules(COMPONENT_RULES, [
    ...both({
      rule: 'kubevirt-patch-json',
      accepts: object({ customizeComponents: { patches: [{ patch: '{}' }] } }),
      refuses: object({ customizeComponents: { patches: [{ patch: '{}' }, { patch: 'foo' }] } }),
      field: 'spec.customizeComponents.patches[1].patch',
      says: 'got "foo"',
    }),
    ...both({
      rule: 'kubevirt-replicas',
      accepts: object({ infra: { replicas: 255 } }),
      refuses: object({ infra: { replicas: 0 } }),
      field: 'spec.infra.replicas',
      says: '1 to 255, got 0',
    }),
    ...both({
      rule: 'kubevirt-memory-overhead-ratio',
      accepts: configured({ additionalGuestMemoryOverheadRatio: '1e0' }),
      refuses: configured({ additionalGuestMemoryOverheadRatio: '0.5' }),
      field: 'spec.configuration.additionalGuestMemoryOverheadRatio',
      says: 'at least 1.0, got "0.5"',
    }),
    ...both({
      rule: 'kubevirt-seccomp-profile',
      accepts: profile({ customProfile: { runtimeDefaultProfile: true } }),
      refuses: profile({}),
      field: PROFILE,
      says: 'got nothing',
    }),
    ...both({
      rule: 'kubevirt-seccomp-profile',
      accepts: profile({ customProfile: { localhostProfile: 'a', runtimeDefaultProfile: false } }),
      refuses: profile({ customProfile: { localhostProfile: 'a', runtimeDefaultProfile: true } }),
      field: [
        'spec.configuration.seccompConfiguration.virtualMachineInstanceProfile.customProfile.localhostProfile',
        'spec.configuration.seccompConfiguration.virtualMachineInstanceProfile.customProfile.runtimeDefaultProfile',
      ],
      says: 'got both',
    }),
  ]);

  test.each(['x', '', '0x', '-2', '1e999'])('take no memory overhead ratio %j', (ratio) => {
    const kubevirt = configured({ additionalGuestMemoryOverheadRatio: ratio });
    expect(notes(COMPONENT_RULES, 'kubevirt-memory-overhead-ratio', kubevirt, OLD)).toHaveLength(1);
  });
});
