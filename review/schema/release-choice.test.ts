import { checkReleases, chooseRelease, NamedVersion } from './release-choice';
import { allPairs } from './releases';

const kubevirt = (version: string): NamedVersion => ({ component: 'kubevirt', version, place: 'KubeVirt a' });
const cdi = (version: string): NamedVersion => ({ component: 'cdi', version, place: 'CDI b' });
const hco = (version: string): NamedVersion => ({ component: 'hco', version, place: 'HyperConverged c' });

describe('chooseRelease', () => {
  test('takes the newest pair that is held, and says how to name another', () => {
    expect(chooseRelease({}, [])).toEqual({
      choice: {
        kubevirt: 'v1.9.0',
        cdi: 'v1.66.0',
        reason: 'the newest that are held: name those of your cluster by --kubevirt and --cdi',
      },
      notes: [],
      isAssumed: true,
      operators: ['v1.15.2', 'v1.16.0', 'v1.17.3', 'v1.18.1', 'v1.19.0'],
    });
  });

  test('takes the releases of HyperConverged up to the one that goes with the choice', () => {
    expect(chooseRelease({ kubevirt: 'v1.6.2' }, []).operators).toEqual(['v1.15.2', 'v1.16.0']);
    expect(chooseRelease({}, [hco('1.17.0')]).operators).toEqual(['v1.15.2', 'v1.16.0', 'v1.17.3']);
  });

  test.each<[string, object, NamedVersion[], string, string, string]>([
    [
      'the options before all',
      { kubevirt: 'v1.6.2', cdi: 'v1.63.1' },
      [kubevirt('v1.9.0'), cdi('v1.66.0')],
      'v1.6.2',
      'v1.63.1',
      'as the options say',
    ],
    [
      'what goes with the release of an option',
      { kubevirt: 'v1.7.4' },
      [],
      'v1.7.4',
      'v1.64.0',
      "as the options say; CDI's goes with it",
    ],
    [
      'what goes with the CDI of an option',
      { cdi: 'v1.62.0' },
      [],
      'v1.5.3',
      'v1.62.0',
      "as the options say; KubeVirt's goes with it",
    ],
    [
      'an option, and what an object names of the other',
      { kubevirt: 'v1.9.0' },
      [kubevirt('v1.6.2'), cdi('v1.63.1')],
      'v1.9.0',
      'v1.63.1',
      "KubeVirt's as the options say; CDI's since CDI b says v1.63.1",
    ],
    [
      'what an object names',
      {},
      [kubevirt('v1.6.2')],
      'v1.6.2',
      'v1.63.1',
      "since KubeVirt a says v1.6.2; CDI's goes with it",
    ],
    [
      'a version without its v',
      {},
      [cdi('1.65.0')],
      'v1.8.4',
      'v1.65.0',
      "since CDI b says 1.65.0; KubeVirt's goes with it",
    ],
    ['the pair of a HyperConverged', {}, [hco('1.16.0')], 'v1.6.2', 'v1.63.1', 'since HyperConverged c says 1.16.0'],
    [
      'a KubeVirt before a HyperConverged',
      {},
      [hco('1.16.0'), kubevirt('v1.7.4')],
      'v1.7.4',
      'v1.63.1',
      "KubeVirt's since KubeVirt a says v1.7.4; CDI's since HyperConverged c says 1.16.0",
    ],
    [
      'the nearest patch',
      {},
      [kubevirt('v1.7.1')],
      'v1.7.4',
      'v1.64.0',
      "since KubeVirt a says v1.7.1, which is not held: the nearest that is held is v1.7.4; CDI's goes with it",
    ],
    [
      'the nearest patch, of a build between two releases',
      {},
      [kubevirt('v1.6.0-41-g1a2b3c')],
      'v1.6.2',
      'v1.63.1',
      "since KubeVirt a says v1.6.0-41-g1a2b3c, which is not held: the nearest that is held is v1.6.2; CDI's goes with it",
    ],
    [
      'the newest below, of a version later than all',
      {},
      [kubevirt('v1.10.0')],
      'v1.9.0',
      'v1.66.0',
      "since KubeVirt a says v1.10.0, which is not held: the nearest that is held is v1.9.0; CDI's goes with it",
    ],
    [
      'the pair of the nearest HyperConverged',
      {},
      [hco('1.17.1')],
      'v1.7.4',
      'v1.64.0',
      'since HyperConverged c says 1.17.1, which is not held: the nearest that is held is v1.17.3',
    ],
  ])('takes %s', (_title, options, named, wantedKubevirt, wantedCdi, reason) => {
    const { choice, notes, isAssumed } = chooseRelease(options, named);
    expect(choice).toEqual({ kubevirt: wantedKubevirt, cdi: wantedCdi, reason });
    expect([notes, isAssumed]).toEqual([[], false]);
  });

  test.each(['kubevirt', 'cdi'] as const)(
    'can choose by the minor version: one patch of each is held of %s',
    (component) => {
      const minors = allPairs().map((pair) => pair[component].replace(/\.\d+$/, ''));
      expect(minors).toEqual([...new Set(minors)]);
    },
  );

  test('takes the newest below, of a minor version that is not held', () => {
    const { choice, notes } = chooseRelease({}, [kubevirt('v1.12.7'), cdi('v1.60.0')]);
    expect(choice).toMatchObject({ kubevirt: 'v1.9.0', cdi: 'v1.62.0' });
    expect(notes).toEqual([expect.stringMatching(/^CDI b says v1\.60\.0, which is older than every release of CDI /)]);
  });

  test('takes the oldest for one that is older than all, and says so', () => {
    const { choice, notes } = chooseRelease({}, [kubevirt('v1.2.1')]);
    expect(choice).toMatchObject({ kubevirt: 'v1.5.3', cdi: 'v1.62.0' });
    expect(notes).toEqual([
      'KubeVirt a says v1.2.1, which is older than every release of KubeVirt that is held: v1.5.3 may know what your cluster does not',
    ]);
  });

  test('takes the newest of several, and says so', () => {
    const { choice, notes } = chooseRelease({}, [kubevirt('v1.6.2'), kubevirt('v1.8.4'), kubevirt('v1.8.4')]);
    expect(choice.kubevirt).toBe('v1.8.4');
    expect(notes).toEqual([
      expect.stringMatching(/^several versions of KubeVirt are named, v1\.8\.4 .* and v1\.6\.2 /),
    ]);
  });

  test('leaves a word, a digest and the version of a product', () => {
    const named = [kubevirt('devel'), kubevirt('sha256:0a1b2c'), kubevirt('v4.18.3')];
    const { choice, notes, isAssumed } = chooseRelease({}, named);
    expect([choice.kubevirt, isAssumed]).toEqual(['v1.9.0', true]);
    expect(notes).toEqual([
      'KubeVirt a says v4.18.3, which is the version of a product: name the release of KubeVirt by an option',
    ]);
  });
});

describe('checkReleases', () => {
  test('takes every release that is held, in any combination', () => {
    expect(() => checkReleases({ kubevirt: 'v1.5.3', cdi: 'v1.66.0' })).not.toThrow();
  });

  test('fails when an option names a release that is not held', () => {
    expect(() => checkReleases({ kubevirt: 'v1.7.1' })).toThrow(
      "[review] 'kubevirt' must be 'v1.5.3', 'v1.6.2', 'v1.7.4', 'v1.8.4' or 'v1.9.0', got \"v1.7.1\"",
    );
  });

  test.each([
    ['1.7', "; write 'v1.7.4'"],
    ['v1.7.1', "; write 'v1.7.4'"],
    ['v2.0.0', ''],
    ['latest', ''],
  ])('names the held patch of the minor version of %s: %j', (kubevirt, remedy) => {
    const must = "'kubevirt' must be 'v1.5.3', 'v1.6.2', 'v1.7.4', 'v1.8.4' or 'v1.9.0'";
    expect(() => checkReleases({ kubevirt })).toThrow(new Error(`[review] ${must}, got "${kubevirt}"${remedy}`));
  });
});
