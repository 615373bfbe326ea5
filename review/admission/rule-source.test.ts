import { holdsIn, sourceIn } from './rule-source';

describe('a rule of some releases', () => {
  const source = 'KubeVirt, pkg/a.go:check';

  test.each([
    [{}, 'v1.5.3', true],
    [{ since: 'v1.7.4' }, 'v1.6.2', false],
    [{ since: 'v1.7.4' }, 'v1.7.4', true],
    [{ until: 'v1.7.4' }, 'v1.7.4', true],
    [{ until: 'v1.7.4' }, 'v1.8.4', false],
    [{ since: 'v1.9.0' }, 'v1.10.0', true],
  ])('%j holds in KubeVirt %s: %j', (releases, release, holds) => {
    expect(holdsIn({ source, ...releases }, { release })).toBe(holds);
  });

  test("is of CDI's release where CDI says it", () => {
    const rule = { source: 'CDI, pkg/a.go:check', since: 'v1.65.0' };
    expect(holdsIn(rule, { release: 'v1.9.0', cdi: 'v1.63.1' })).toBe(false);
    expect(holdsIn(rule, { release: 'v1.5.3', cdi: 'v1.66.0' })).toBe(true);
  });

  test('is written where the release has it', () => {
    const rule = { source, moved: [{ since: 'v1.7.4', source: 'KubeVirt, pkg/b.go:check' }] };
    expect(sourceIn(rule, { release: 'v1.6.2' })).toBe('KubeVirt v1.6.2, pkg/a.go:check');
    expect(sourceIn(rule, { release: 'v1.9.0' })).toBe('KubeVirt v1.9.0, pkg/b.go:check');
  });

  test('is written in each project at the release that goes with the pair', () => {
    const both = 'CDI, pkg/a.go:check; KubeVirt, pkg/b.go:check';
    expect(sourceIn({ source: both }, { release: 'v1.7.4', cdi: 'v1.64.0' })).toBe(
      'CDI v1.64.0, pkg/a.go:check; KubeVirt v1.7.4, pkg/b.go:check',
    );
    const of = (source: string) => sourceIn({ source }, { release: 'v1.8.4', cdi: 'v1.65.0' });
    expect(of('HyperConverged, a.go:check')).toBe('HyperConverged v1.18.1, a.go:check');
    expect(of('SSP, a.go:check')).toBe('SSP v0.25.0, a.go:check');
    expect(of('QEMU, block/mirror.c')).toBe('QEMU, block/mirror.c');
  });

  test('of another project holds by the release of that one', () => {
    const rule = { source: 'HyperConverged, a.go:check', since: 'v1.17.3' };
    expect(holdsIn(rule, { release: 'v1.6.2' })).toBe(false);
    expect(holdsIn(rule, { release: 'v1.7.4' })).toBe(true);
  });
});
