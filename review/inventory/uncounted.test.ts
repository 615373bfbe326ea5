import type { Json } from '../rule';
import { kustomizationFault } from './uncounted';

const ROOT = { name: 'app', kind: 'kustomization' as const, isOpen: false };

describe('the files of a Kustomization', () => {
  const without = (kustomization: Json, root?: typeof ROOT): string | undefined =>
    /without (.*);/.exec(kustomizationFault(kustomization, root) ?? '')?.[1];

  test('are counted as they stand, without what it makes of them', () => {
    expect(without({ resources: ['a.yaml'] })).toBeUndefined();
    expect(without({ namePrefix: 'a-', patches: [], replicas: null })).toBe("'namePrefix', 'patches'");
    expect(without({ namespace: 'shop', components: ['c'], helmCharts: [] })).toBe(
      "'namespace', 'components', 'helmCharts'",
    );
  });

  test('are counted with what is applied to the files of a root', () => {
    expect(without({ namespace: 'shop', namePrefix: 'a-', nameSuffix: '-b', components: ['c'] }, ROOT)).toBeUndefined();
    expect(without({ namespace: 'shop', replicas: [] }, ROOT)).toBe("'replicas'");
  });
});
