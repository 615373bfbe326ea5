import { machineWith } from '../../testing/example-machine';
import { findings, testRules } from '../../testing/rule-tester';
import { PERSISTENT_STATE_RULES } from './persistent-state';

const GATED = { featureGates: ['VMPersistentState'] };
const tpm = { 'D.tpm': { persistent: true } };
const efi = { 'T.domain.firmware': { bootloader: { efi: { persistent: true, secureBoot: false } } } };

describe('PERSISTENT_STATE_RULES', () => {
  testRules(PERSISTENT_STATE_RULES, [
    {
      rule: 'tpm-persistent-gate',
      release: 'v1.5.3',
      accepts: tpm,
      acceptedOn: GATED,
      refuses: tpm,
      field: 'spec.template.spec.domain.devices.tpm.persistent',
      says: "feature gate 'VMPersistentState'",
    },
    {
      rule: 'tpm-persistent-gate',
      release: 'v1.5.3',
      accepts: { 'D.tpm': { persistent: true, enabled: false } },
      refuses: tpm,
      field: 'spec.template.spec.domain.devices.tpm.persistent',
      says: "'tpm.persistent'",
    },
    {
      rule: 'efi-persistent-gate',
      release: 'v1.5.3',
      accepts: efi,
      acceptedOn: GATED,
      refuses: efi,
      field: 'spec.template.spec.domain.firmware.bootloader.efi.persistent',
      says: "feature gate 'VMPersistentState'",
    },
  ]);

  test('ask nothing from the release on in which the gate is on for good', () => {
    const found = findings(machineWith({ ...tpm, ...efi }), { release: 'v1.6.2' });
    expect(found.filter(({ id }) => id.endsWith('persistent-gate'))).toEqual([]);
  });
});
