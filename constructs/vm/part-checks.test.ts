import { Faults } from '../shared/refusal';
import { failureOf } from '../shared/testing/manifests';
import { Firmware } from './firmware';
import { checkInstance, checkPart } from './part-checks';

describe('checkPart', () => {
  const known = { cores: true } as const;

  test('says whether it is an object', () => {
    const faults = new Faults('here');
    expect(checkPart<{ cores?: number }>(faults, 'cpu', { cores: 1 }, known)).toBe(true);
    expect(faults.count).toBe(0);
    expect(checkPart<{ cores?: number }>(faults, 'cpu', 1, known)).toBe(false);
    expect(faults.count).toBe(1);
  });

  test('fails when a key is unknown', () => {
    const faults = new Faults('here');
    checkPart<{ cores?: number }>(faults, 'cpu', { core: 1 }, known);
    expect(failureOf(() => faults.refuse())).toBe(`[here] 'cpu' must have known keys only, got "core"; write 'cores'`);
  });
});

describe('checkInstance', () => {
  test.each([undefined, Firmware.bios(), Firmware.uefi()])('leaves %p alone', (value) => {
    const faults = new Faults('here');
    checkInstance(faults, 'firmware', value, Firmware, 'Firmware.uefi()');
    expect(faults.count).toBe(0);
  });

  test.each<[unknown, string]>([
    [null, 'null'],
    [Firmware, 'function'],
    [{ ...Firmware.bios() }, 'an object'],
  ])('fails when given %p', (value, got) => {
    const faults = new Faults('here');
    checkInstance(faults, 'firmware', value, Firmware, 'Firmware.uefi()');
    expect(failureOf(() => faults.refuse())).toBe(
      `[here] 'firmware' must be a Firmware, got ${got}; write for example Firmware.uefi()`,
    );
  });
});
