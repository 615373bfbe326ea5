import { notes, Example, testRules } from '../../testing/rule-tester';
import { CLONE_SOURCE_CHECKS, SOURCE_CHECKS, SOURCE_KIND_CHECKS } from './source';
import { specRules } from './spec-check';

const checks = [...SOURCE_KIND_CHECKS, ...SOURCE_CHECKS, ...CLONE_SOURCE_CHECKS];
const rules = specRules('data-volume', { kinds: ['DataVolume'] }, checks);
const registry = (value: object) => ({ source: { registry: value } });
const http = (url: string) => ({ source: { http: { url } } });
const imageio = { url: 'https://x', diskId: 'a', secretRef: 's', certConfigMap: 'c' };
const vddk = { url: 'https://x', uuid: 'a', backingFile: 'b', thumbprint: 'c', secretRef: 'd' };
const url = 'docker://q/x';

const rows: Example[] = [
  {
    rule: 'data-volume-source-kind-present',
    accepts: { source: { upload: {} } },
    refuses: { source: {} },
    field: 'spec.source',
    says: 'be of a kind',
  },
  {
    rule: 'data-volume-source-kind-single',
    accepts: { source: { blank: {} } },
    refuses: { source: { blank: {}, upload: {} } },
    field: 'spec.source',
    says: 'got ["blank","upload"]',
  },
  {
    rule: 'data-volume-source-url-valid',
    accepts: http('gs://a/b'),
    refuses: http('example.com/a.img'),
    field: 'spec.source.http.url',
    serverField: 'spec.source.HTTP.url',
    says: 'got "example.com/a.img"',
  },
  {
    rule: 'data-volume-source-url-valid',
    accepts: { source: { s3: { url: 'https://s3.example.com/b/k' } } },
    refuses: { source: { s3: { url: 's3://b/k' } } },
    field: 'spec.source.s3.url',
    serverField: 'spec.source.S3.url',
    says: 'got "s3://b/k"',
  },
  {
    rule: 'data-volume-source-url-valid',
    accepts: { source: { imageio } },
    refuses: { source: { imageio: { ...imageio, url: '' } } },
    field: 'spec.source.imageio.url',
    serverField: 'spec.source.ImageIO.url',
    says: 'got ""',
  },
  ...[`sha256:${'z'.repeat(64)}`, 'md5:abc', 'crc:00', 'abc'].map((checksum) => ({
    rule: 'data-volume-source-checksum',
    release: 'v1.9.0',
    cdi: 'v1.66.0',
    accepts: { source: { http: { url: 'https://x/y', checksum: `SHA256: ${'0'.repeat(64)}` } } },
    refuses: { source: { http: { url: 'https://x/y', checksum } } },
    field: 'spec.source.http.checksum',
    serverField: 'spec.source.HTTP.checksum',
    says: `got "${checksum}"`,
  })),
  {
    rule: 'data-volume-source-blank-content',
    accepts: { contentType: 'kubevirt', source: { blank: {} } },
    refuses: { contentType: 'archive', source: { blank: {} } },
    field: 'spec.contentType',
    says: 'for a blank source',
  },
  {
    rule: 'data-volume-source-registry-content',
    accepts: { contentType: '', ...registry({ url }) },
    refuses: { contentType: 'archive', ...registry({ url }) },
    field: 'spec.contentType',
    says: 'for a registry source',
  },
  {
    rule: 'data-volume-source-registry-address',
    accepts: registry({ url }),
    refuses: registry({ pullMethod: 'node' }),
    field: 'spec.source.registry',
    serverField: 'spec.source.Registry',
    says: 'got neither',
  },
  {
    rule: 'data-volume-source-registry-address',
    accepts: registry({ imageStream: 'is', pullMethod: 'node' }),
    refuses: registry({ url, imageStream: 'is' }),
    field: 'spec.source.registry',
    serverField: 'spec.source.Registry',
    says: 'got both',
  },
  {
    rule: 'data-volume-source-registry-url',
    accepts: registry({ url: 'oci-archive://q/x' }),
    refuses: registry({ url: 'https://quay.io/x/y' }),
    field: 'spec.source.registry.url',
    serverField: 'spec.source.Registry.URL',
    says: 'got "https://quay.io/x/y"',
  },
  {
    rule: 'data-volume-source-registry-pull-method',
    accepts: registry({ url, pullMethod: 'pod' }),
    refuses: registry({ url, pullMethod: 'Node' }),
    field: 'spec.source.registry.pullMethod',
    serverField: 'spec.source.Registry.importMethod',
    says: `'pod' or 'node', got "Node"`,
  },
  {
    rule: 'data-volume-source-registry-image-stream',
    accepts: registry({ imageStream: 'is', pullMethod: 'node' }),
    refuses: registry({ imageStream: '', pullMethod: 'node' }),
    field: 'spec.source.registry.imageStream',
    serverField: 'spec.source.Registry.importMethod',
    says: `'imageStream' must not be empty`,
  },
  {
    rule: 'data-volume-source-registry-image-stream-node',
    accepts: registry({ imageStream: 'is', pullMethod: 'node' }),
    refuses: registry({ imageStream: 'is' }),
    field: 'spec.source.registry.pullMethod',
    serverField: 'spec.source.Registry.importMethod',
    says: `be 'node' for an image stream, got nothing`,
  },
  {
    rule: 'data-volume-source-imageio-complete',
    accepts: { source: { imageio } },
    refuses: { source: { imageio: { url: 'https://x', diskId: 'a' } } },
    field: 'spec.source.imageio',
    serverField: 'spec.source.Imageio',
    says: 'no secretRef, certConfigMap',
  },
  {
    rule: 'data-volume-source-vddk-complete',
    accepts: { source: { vddk } },
    refuses: { source: { vddk: { ...vddk, thumbprint: '' } } },
    field: 'spec.source.vddk',
    serverField: 'spec.source.VDDK',
    says: 'no thumbprint',
  },
  {
    rule: 'data-volume-source-pvc-complete',
    accepts: { source: { pvc: { namespace: 'n', name: 'x' } } },
    refuses: { source: { pvc: { namespace: '', name: 'x' } } },
    field: 'spec.source.pvc.namespace',
    serverField: 'spec.source.PVC',
    says: `'namespace' must not be empty`,
  },
  {
    rule: 'data-volume-source-snapshot-complete',
    accepts: { source: { snapshot: { namespace: 'n', name: 'x' } } },
    refuses: { source: { snapshot: { namespace: 'n', name: '' } } },
    field: 'spec.source.snapshot.name',
    serverField: 'spec.source.Snapshot',
    says: `'name' must not be empty`,
  },
];

describe('the source of a DataVolume', () => {
  testRules(rules, rows, (spec) => ({ spec }));

  test('is not looked at beside a sourceRef or a populator', () => {
    expect(notes(rules, undefined, { spec: { ...http('x'), sourceRef: {} } })).toEqual([]);
    expect(notes(rules, undefined, { spec: { ...http('x'), storage: { dataSource: {} } } })).toEqual([]);
  });
});

describe('an image stream', () => {
  const on = (value: object) =>
    notes(rules, 'data-volume-source-registry-image-stream-node', { spec: registry(value) });

  test.each([
    [{ imageStream: 'a', url, pullMethod: 'pod' }, 0],
    [{ imageStream: 'a', pullMethod: 'pod' }, 1],
    [{ imageStream: 'a' }, 1],
    [{ imageStream: 'a', pullMethod: 'node' }, 0],
    [{ url, pullMethod: 'pod' }, 0],
    [{ pullMethod: 'pod' }, 0],
  ])('that stands as %j has %d faults', (value, count) => expect(on(value)).toHaveLength(count));
});

describe('the URL of a source', () => {
  const on = (source: object) => notes(rules, 'data-volume-source-url-valid', { spec: { source } });

  test.each([
    [{ vddk: { ...vddk, url: '' } }, 1],
    [{ vddk: {} }, 1],
    [{ http: {} }, 0],
    [{ imageio: {} }, 0],
    [{ http: { url: 'ftp://x' } }, 1],
  ])('of %j has %d faults', (source, count) => expect(on(source)).toHaveLength(count));
});
