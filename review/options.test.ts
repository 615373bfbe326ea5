import { RolloutStrategy } from './cluster/rollout-strategy';
import { KubeVirtReview, KubeVirtReviewProps } from './plugin';
import { review, ReviewOptions } from '.';

const rows: [title: string, options: unknown, message: string][] = [
  ['an option is spelt wrong', { externals: [] }, "'externals' is no option; write 'external'"],
  ['there is no such option', { colour: 1 }, "'colour' is no option; the options are 'kubevirt', 'cdi', 'allReleases'"],
  ['they are a list', ['external'], `must be an object, got ["external"]`],
  ['a release is a number', { kubevirt: 1.6 }, `'kubevirt' must be a text, got 1.6`],
  ['a switch is a text', { allReleases: 'yes' }, `'allReleases' must be true or false, got "yes"`],
  ['the gates are a text', { featureGates: 'HostDisk' }, `'featureGates' must be a list of texts, got "HostDisk"`],
  ['a gate is a number', { featureGates: [5] }, `'featureGates[0]' must be a text, got 5`],
  ['the configuration is a list', { configuration: [] }, `'configuration' must be an object, got []`],
  ['external is one object', { external: { kind: 'Secret', name: 'a' } }, `'external' must be a list, got {"kind"`],
  [
    'external holds the word of the command line',
    { external: ['StorageClass/fast'] },
    `'external[0]' must be { kind, name } with or without namespace, got "StorageClass/fast"; write { kind: StorageClass, name: fast }`,
  ],
  [
    'external holds that word with a namespace',
    { external: ['Secret/shop/login'] },
    'write { kind: Secret, namespace: shop, name: login }',
  ],
  [
    'an external object has no name',
    { external: [{ kind: 'Secret' }] },
    `'external[0].name' must be a text, got nothing`,
  ],
  [
    'an external object has an empty kind',
    { external: [{ kind: '', name: 'a' }] },
    `'external[0].kind' must be a text, got ""`,
  ],
  [
    'an external object has a key too many',
    { external: [{ kind: 'Secret', name: 'a', ns: 'b' }] },
    "'external[0].ns' is no field of it; the fields are 'kind', 'name', 'namespace'",
  ],
  [
    'partial holds the word of the command line',
    { partial: ['Deployment/operator'] },
    `'partial[0]' must be { kind, name } with or without namespace, got "Deployment/operator"; write { kind: Deployment, name: operator }`,
  ],
  ['accept is an object', { accept: { rule: 'secret-exists' } }, `'accept' must be a list, got {"rule"`],
  [
    'accept holds a text',
    { accept: ['secret-exists'] },
    `'accept[0]' must be { rule, object, reason }, got "secret-exists"; write { rule: secret-exists, object: {}, reason: … }`,
  ],
  [
    'an acceptance gives no reason',
    { accept: [{ rule: 'secret-exists', object: {} }] },
    `'accept[0].reason' must be a text, got nothing`,
  ],
  [
    'an acceptance names no object',
    { accept: [{ rule: 'secret-exists', reason: 'x' }] },
    `'accept[0].object' must be an object, got nothing`,
  ],
  [
    'an acceptance names a part that no object has',
    { accept: [{ rule: 'secret-exists', reason: 'x', object: { nmae: 'a' } }] },
    "'accept[0].object.nmae' is no field of it; the fields are 'apiVersion', 'kind', 'namespace', 'name', 'file', 'document'",
  ],
];

describe('options of a review', () => {
  test.each(['__proto__', 'constructor', 'toString'])('suggest no architecture for %s', (architecture) => {
    expect(() => review([], { architecture })).toThrow(
      new Error(
        `[review] 'architecture' must be 'amd64', 'arm64', 's390x' or 'ppc64le', got ${JSON.stringify(architecture)}`,
      ),
    );
  });

  test.each(rows)('fail when %s', (_title, options, message) => {
    expect(() => review([], options as ReviewOptions)).toThrow(message);
    expect(() => review([], options as ReviewOptions)).toThrow(/^\[review\] /);
    expect(() => new KubeVirtReview(options as KubeVirtReviewProps)).toThrow(message);
  });

  test('fail when the text of the storage is empty', () => {
    expect(() => review([], { storage: '' })).toThrow(
      `[review] 'storage' must be the objects of the storage, or the text that kubectl printed, got ""`,
    );
  });

  test('say all that is wrong at once', () => {
    expect(() => review([], { externals: [], cdi: 5 } as unknown as ReviewOptions)).toThrow(
      "[review] 'externals' is no option; write 'external'; 'cdi' must be a text, got 5",
    );
  });

  test('may be left out by null, as YAML does it, and by undefined', () => {
    const empty = {
      external: null,
      kubevirt: undefined,
      accept: null,
      configuration: null,
    } as unknown as ReviewOptions;
    expect(review([], empty)).toEqual([]);
  });

  test('of the function know no strictness, which those of the plugin do', () => {
    expect(() => review([], { strict: true } as ReviewOptions)).toThrow("'strict' is no option");
    expect(() => new KubeVirtReview({ strict: true })).not.toThrow();
    expect(() => new KubeVirtReview({ strict: 'yes' as never })).toThrow(`'strict' must be true or false, got "yes"`);
  });

  test('may all be given', () => {
    const options: Required<ReviewOptions> = {
      kubevirt: 'v1.9.0',
      cdi: 'v1.66.0',
      allReleases: false,
      closed: true,
      external: [
        { kind: 'StorageClass', name: 'fast' },
        { kind: 'Secret', namespace: 'shop', name: 'login' },
      ],
      partial: [{ kind: 'Deployment', name: 'operator' }],
      accept: [{ rule: 'secret-exists', object: { kind: 'VirtualMachine', namespace: 'a', document: 0 }, reason: 'x' }],
      featureGates: ['HostDisk'],
      architecture: 'arm64',
      configuration: { developerConfiguration: {} },
      rolloutStrategy: RolloutStrategy.STAGE,
      storage: [{ kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'csi.a' }],
      backends: ['fast=array-1'],
    };
    expect(review([], options)).toEqual([]);
  });
});
