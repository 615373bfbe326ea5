import { sourcedRules } from '../../review/rules';
import { SourcedRule, sourcesToRead } from './rule-sources';

const rule = (source: string, more: Partial<SourcedRule> = {}): SourcedRule => ({ id: 'a', source, ...more });

describe('sourcesToRead', () => {
  test('names each file of the project with its functions, and how many rules stand on it', () => {
    const rules = [
      rule('KubeVirt, pkg/b.go:one, two'),
      rule('KubeVirt, pkg/b.go:two'),
      rule('KubeVirt, pkg/a.go:three'),
      rule('CDI, pkg/c.go:four'),
    ];
    expect(sourcesToRead('KubeVirt', rules)).toEqual(['pkg/a.go: three (1 rule)', 'pkg/b.go: one, two (2 rules)']);
    expect(sourcesToRead('CDI', rules)).toEqual(['pkg/c.go: four (1 rule)']);
  });

  test('leaves a rule that an earlier release ended, and follows one that moved', () => {
    const rules = [
      rule('KubeVirt, pkg/old.go:one', { until: 'v1.8.4' }),
      rule('KubeVirt, pkg/b.go:two', { moved: [{ since: 'v1.9.0', source: 'KubeVirt, pkg/new.go:two' }] }),
    ];
    expect(sourcesToRead('KubeVirt', rules)).toEqual(['pkg/new.go: two (1 rule)']);
  });

  test('knows the sources of the rules of this project', () => {
    const kubevirt = sourcesToRead('KubeVirt', sourcedRules());
    expect(kubevirt.some((line) => /disks\.go: .*validateDiskName.* \(\d+ rules\)$/.test(line))).toBe(true);
    expect(sourcesToRead('CDI', sourcedRules()).some((line) => /datavolume-validate\.go/.test(line))).toBe(true);
  });
});
