import { Severity } from '../finding';
import { effectOf } from './effect';

describe('effectOf', () => {
  test('is a refusal for a namespace that does not exist, though its rule only warns', () => {
    expect(effectOf('namespace-exists', Severity.WARNING)).toMatch(/^the API server refuses every object/);
    expect(effectOf('secret-exists', Severity.WARNING)).toBe('it is accepted, and will not do what was meant');
    expect(effectOf('disk-bus-known', Severity.ERROR)).toMatch(/refuses it, or drops what was meant$/);
  });
});
