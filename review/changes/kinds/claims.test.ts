import { diff, DiffOptions } from '..';
import { Json } from '../../rule';

function claim(storage: string, spec: Json = {}, status?: Json): Json {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'boot', namespace: 'shop' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec },
    ...(status === undefined ? {} : { status }),
  };
}

const storageClass = (more: Json, metadata: Json = {}): Json => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'fast', ...metadata },
  provisioner: 'csi.example.org',
  ...more,
});
const growing = storageClass({ allowVolumeExpansion: true });

function said(old: Json, next: Json, beside: Json[] = [], options: DiffOptions = {}): string[] {
  return diff([old, ...beside], [next, ...beside], options).changes.map(
    ({ consequence, message, reason, assumed = [] }) =>
      [`${consequence}: ${message}: ${reason}`, ...assumed].join(' | '),
  );
}

const ofFast = { storageClassName: 'fast' };
const GROWS = 'disk boot grows 10Gi → 20Gi';
const IN_FILE_SYSTEM = 'the volume grows, and KubeVirt grows the disk in it; the guest then grows its partition';
const IN_BLOCK = 'the volume grows; the guest sees it at once, or at its next start, and then grows its partition';

describe('a claim that grows', () => {
  const grown = (spec: Json, beside: Json[], status?: Json, options?: DiffOptions): string[] =>
    said(claim('10Gi', spec, status), claim('20Gi', spec), beside, options);

  test.each<[string, Json, Json[], Json | undefined, string]>([
    ['of a class that expands', ofFast, [growing], { phase: 'Bound' }, `in-place: ${GROWS}: ${IN_FILE_SYSTEM}`],
    [
      'of which nothing is said',
      ofFast,
      [growing],
      undefined,
      `in-place: ${GROWS}: ${IN_FILE_SYSTEM} | the claim is bound`,
    ],
    [
      'in block mode',
      { ...ofFast, volumeMode: 'Block' },
      [growing],
      { phase: 'Bound' },
      `in-place: ${GROWS}: ${IN_BLOCK}`,
    ],
    [
      'of the default class',
      {},
      [
        storageClass(
          { allowVolumeExpansion: true },
          { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
        ),
      ],
      { phase: 'Bound' },
      `in-place: ${GROWS}: ${IN_FILE_SYSTEM}`,
    ],
    [
      'of a class that is not there',
      ofFast,
      [],
      { phase: 'Bound' },
      `in-place: ${GROWS}: ${IN_FILE_SYSTEM} | the class fast expands volumes`,
    ],
    [
      'of the class that the server gave it',
      {},
      [],
      { phase: 'Bound' },
      `in-place: ${GROWS}: ${IN_FILE_SYSTEM} | the class of the claim expands volumes`,
    ],
    [
      'without a class',
      { storageClassName: '' },
      [],
      { phase: 'Bound' },
      `refused: ${GROWS}: it has no class: nothing expands the volume`,
    ],
    [
      'of a class that does not expand',
      ofFast,
      [storageClass({})],
      { phase: 'Bound' },
      `refused: ${GROWS}: the class fast does not expand volumes`,
    ],
    [
      'that is pending',
      ofFast,
      [growing],
      { phase: 'Pending' },
      `refused: ${GROWS}: a claim that is not bound yet cannot grow`,
    ],
  ])('%s', (_what, spec, beside, status, expected) => expect(grown(spec, beside, status)).toEqual([expected]));

  test('is bound or not as the options say', () => {
    expect(grown(ofFast, [growing], undefined, { bound: true })).toEqual([`in-place: ${GROWS}: ${IN_FILE_SYSTEM}`]);
    expect(grown(ofFast, [growing], undefined, { bound: false })).toEqual([
      `refused: ${GROWS}: a claim that is not bound yet cannot grow`,
    ]);
  });
});

test('a claim that is known to be bound, of a class that is known, grows without anything assumed', () => {
  const [change] = diff([claim('10Gi', ofFast, { phase: 'Bound' }), growing], [claim('20Gi', ofFast), growing]).changes;
  expect(change).not.toHaveProperty('assumed');
});

test('a claim withdraws a growth that did not come about', () => {
  const status = { phase: 'Bound', capacity: { storage: '10Gi' } };
  expect(said(claim('20Gi', ofFast, status), claim('15Gi', ofFast))).toEqual([
    'in-place: disk boot shrinks 20Gi → 15Gi: a growth that did not come about is withdrawn',
  ]);
});

test.each([
  ['of the size that it has', '10Gi'],
  ['of less than it has', '5Gi'],
])('a claim withdraws no growth to a size %s', (_what, storage) => {
  const status = { phase: 'Bound', capacity: { storage: '10Gi' } };
  expect(said(claim('20Gi', ofFast, status), claim(storage, ofFast))).toEqual([
    expect.stringMatching(/^refused: disk boot shrinks /),
  ]);
});

test('a claim whose growth did not come about yet is no change by another way of writing its size', () => {
  const status = { phase: 'Bound', capacity: { storage: '10Gi' } };
  expect(said(claim('20Gi', ofFast, status), claim('20480Mi', ofFast))).toEqual([]);
});

describe('a claim that gets', () => {
  test('a class', () => {
    expect(said(claim('10Gi'), claim('10Gi', ofFast))).toEqual([
      'in-place: storageClassName (absent) → fast: a claim without one gets it',
    ]);
  });

  test('a volume, before it is bound', () => {
    const next = claim('10Gi', { volumeName: 'pv-1' });
    expect(said(claim('10Gi', {}, { phase: 'Pending' }), next)).toEqual([
      'in-place: volumeName (absent) → pv-1: the claim is bound to this volume',
    ]);
    expect(said(claim('10Gi', {}, { phase: 'Bound' }), next)).not.toContainEqual(
      expect.stringContaining('the claim is bound to this volume'),
    );
  });

  test('attributes of its volume, once it is bound', () => {
    const next = claim('10Gi', { volumeAttributesClassName: 'gold' });
    const message = 'volumeAttributesClassName (absent) → gold';
    expect(said(claim('10Gi', {}, { phase: 'Bound' }), next)).toEqual([
      `in-place: ${message}: the driver changes the volume`,
    ]);
    expect(said(claim('10Gi', {}, { phase: 'Pending' }), next)).toEqual([
      `refused: ${message}: only a bound claim can change it`,
    ]);
  });
});
