import { imported } from '../testing/run';

const preference = (spec: string): string => `
apiVersion: instancetype.kubevirt.io/v1beta1
kind: VirtualMachineClusterPreference
metadata: { name: it }
spec: ${spec}
`;

describe('a preference', () => {
  test.each([
    ['{}', '{}'],
    ['{ clock: { preferredClockOffset: { timezone: UTC } } }', "{ clock: Clock.inTimezone('UTC') }"],
    [
      '{ clock: { preferredClockOffset: { timezone: UTC }, preferredTimer: { hpet: { present: false } } } }',
      "{ clock: Clock.inTimezone('UTC', { timers: { hpet: { present: false } } }) }",
    ],
    ['{ firmware: { preferredUseBios: true } }', '{ firmware: Firmware.bios() }'],
    [
      '{ firmware: { preferredUseBios: true, preferredUseBiosSerial: true } }',
      '{ firmware: Firmware.bios({ useSerial: true }) }',
    ],
    [
      '{ devices: { preferredInputType: tablet, preferredAutoattachInputDevice: true } }',
      '{ devices: { tablet: true } }',
    ],
    ['{ devices: { preferredAutoattachInputDevice: false } }', '{ devices: { tablet: false } }'],
  ])('%s is typed', (spec, props) => {
    const { code, count } = imported(preference(spec));
    expect(code).toBe(`new VirtualMachineClusterPreference(this, 'it', ${props});`);
    expect(count).toMatchObject({ constructs: 1, typed: 1 });
  });

  test('that says timers alone leaves them to overrides, as the construct always says by what the clock is set', () => {
    const { code, count } = imported(preference('{ clock: { preferredTimer: { hpet: { present: false } } } }'));
    expect(code).toBe(
      "new VirtualMachineClusterPreference(this, 'it', { overrides: { spec: { clock: { preferredTimer: { hpet: { present: false } } } } } });",
    );
    expect(count).toMatchObject({ constructs: 1, overridden: 1 });
  });

  test('that does not ask for BIOS says no firmware', () => {
    const { code } = imported(preference('{ firmware: { preferredUseBios: false } }'));
    expect(code).not.toContain('Firmware');
  });
});
