import { failureOf } from '../shared/testing/manifests';
import { DataVolumeSource } from './data-volume-source';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each<[string, string | undefined]>([
  ['s3://b/a.img', "write 'https://HOST/b/a.img'"],
  ['b/a.img', "write 'https://HOST/b/a.img'"],
  ['ftp://b/a.img', undefined],
])('the address of a bucket fails when it is %s', (url, remedy) => {
  expect(failureOf(() => DataVolumeSource.s3(url)).split('; ')[1]).toBe(remedy);
});

describe('the reference of an image in a registry', () => {
  test.each([
    'docker://quay.io/containerdisks/fedora:41',
    'docker://quay.io/containerdisks/fedora',
    'docker://Registry.Example.COM:5000/images/fedora:41',
    'docker://localhost:5000/fedora:V1.2_rc-3',
    'docker://192.168.1.10:5000/fedora',
    'docker://[fd00::1]:5000/fedora:41',
    'docker://fedora:41',
    'docker://library/fedora',
    'docker://quay.io/a/b/c_d/e__f/g.h/i-j/k--l:41',
    `docker://quay.io/x@${DIGEST}`,
    `docker://quay.io/x:41@${DIGEST}`,
    `docker://quay.io/x:${'t'.repeat(128)}`,
    'docker://registry.registry.svc:5000/alpine:bios',
  ])('takes %s', (url) => {
    expect(() => DataVolumeSource.registry(url)).not.toThrow();
  });

  const REPOSITORY = "have a repository of lower-case letters and digits, with '.', '_', '-' and '/' between them";
  const TAG = "have a tag of letters, digits, '_', '.' and '-', at most 128 characters, behind its ':'";
  test.each([
    ['docker://quay.io/X/y:41', REPOSITORY, "write 'docker://quay.io/x/y:41'"],
    ['docker://Quay.io/X/y:Latest', REPOSITORY, "write 'docker://Quay.io/x/y:Latest'"],
    ['docker://Fedora:41', REPOSITORY, "write 'docker://fedora:41'"],
    ['docker://quay.io/', REPOSITORY, undefined],
    ['docker://quay.io//x', REPOSITORY, undefined],
    ['docker://quay.io/-x', REPOSITORY, undefined],
    ['docker://quay.io/x/', REPOSITORY, undefined],
    ['docker://quay.io/x?tag=41', REPOSITORY, undefined],
    ['docker://quay.io/x:', TAG, "write 'docker://quay.io/x'"],
    ['docker://Quay.io/x/y:', TAG, "write 'docker://Quay.io/x/y'"],
    ['docker://quay.io/x:@sha256:abc', TAG, "write 'docker://quay.io/x@sha256:abc'"],
    ['docker://quay.io/x:-1', TAG, undefined],
    [`docker://quay.io/x:${'t'.repeat(129)}`, TAG, undefined],
  ])('fails when it is %s', (url, must, remedy) => {
    const failure = failureOf(() => DataVolumeSource.registry(url));
    expect(failure).toContain(
      `[DataVolumeSource.registry] 'url' must ${must}, got "${url.slice(0, 100).split('?')[0]}`,
    );
    expect(failure.split('; ')[1]).toBe(remedy);
  });

  test('fails for both, of an upper-case repository with an empty tag', () => {
    expect(failureOf(() => DataVolumeSource.registry('docker://Quay.io/X/y:'))).toBe(
      `[DataVolumeSource.registry] 'url' must ${REPOSITORY}, got "docker://Quay.io/X/y:"; write 'docker://Quay.io/x/y'\n` +
        `[DataVolumeSource.registry] 'url' must ${TAG}, got "docker://Quay.io/X/y:"; write 'docker://Quay.io/x/y'`,
    );
  });

  test('fails for both, where the repository is missing and the tag is not a tag', () => {
    expect(failureOf(() => DataVolumeSource.registry('docker://quay.io/:-'))).toBe(
      `[DataVolumeSource.registry] 'url' must ${REPOSITORY}, got "docker://quay.io/:-"\n` +
        `[DataVolumeSource.registry] 'url' must ${TAG}, got "docker://quay.io/:-"`,
    );
  });

  test('fails for its host, and not for a login, when a digest stands alone', () => {
    expect(failureOf(() => DataVolumeSource.registry('docker://@sha256:12'))).toBe(
      `[DataVolumeSource.registry] 'url' must have a host: 'HOST' or 'HOST:PORT' before the first '/', got "docker://…@sha256:12"`,
    );
  });

  test('is not asked of an archive', () => {
    expect(() => DataVolumeSource.registry('oci-archive:///data/Images/X.tar')).not.toThrow();
  });
});
