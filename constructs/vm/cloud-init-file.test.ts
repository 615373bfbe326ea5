import { load } from 'js-yaml';
import { failureOf, untyped } from '../shared/testing/manifests';
import { CloudInit } from './cloud-init';
import { CloudConfig } from './cloud-init-config';
import { CloudInitFile, CloudInitFileSource, FileEncoding } from './cloud-init-file';

function written(...writeFiles: CloudInitFile[]): unknown {
  return load(CloudInit.userDataOf({ writeFiles }));
}

describe('CloudInitFile', () => {
  test('writes every prop', () => {
    const source: Required<CloudInitFileSource> = { uri: 'https://example.com/a', headers: { Accept: 'text/plain' } };
    const file: Required<CloudInitFile> = {
      path: '/srv/logo.png',
      content: 'iVBORw0KGgo=',
      encoding: FileEncoding.BASE64,
      source,
      owner: 'ada:staff',
      permissions: '0640',
      append: false,
      defer: true,
    };
    expect(written(file)).toEqual({
      write_files: [
        {
          path: '/srv/logo.png',
          content: 'iVBORw0KGgo=',
          encoding: 'b64',
          source: { uri: 'https://example.com/a', headers: { Accept: 'text/plain' } },
          owner: 'ada:staff',
          permissions: '0640',
          append: false,
          defer: true,
        },
      ],
    });
  });

  test('is fetched without content of its own', () => {
    expect(written({ path: '/a', source: { uri: 'https://example.com/a' } })).toEqual({
      write_files: [{ path: '/a', source: { uri: 'https://example.com/a' } }],
    });
  });

  test('takes Base64 of many lines', () => {
    const content = 'QUJD\nREVG\n';
    expect(written({ path: '/a', content, encoding: FileEncoding.GZIP_BASE64 })).toEqual({
      write_files: [{ path: '/a', content, encoding: 'gz+b64' }],
    });
  });

  test.each<[string, object, string]>([
    ['neither content nor a source', {}, "'writeFiles[0].content' must be text, got nothing"],
    ['an unknown encoding', { content: 'QUJD', encoding: 'zip' }, "'writeFiles[0].encoding' must be 'b64' or 'gz+b64'"],
    [
      'text that is no Base64',
      { content: 'a secret?', encoding: 'b64' },
      "'writeFiles[0].content' must be Base64 with 'encoding', got something else (not shown)",
    ],
    ['a source that is text', { source: 'https://a' }, "'writeFiles[0].source' must be an object"],
    ['a source without an address', { source: {} }, "'writeFiles[0].source.uri' must be given"],
    [
      'an address with a login',
      { source: { uri: 'https://ada:lovelace@example.com/a' } },
      "'writeFiles[0].source.uri' must be an address without a login, got one with it (not shown)",
    ],
    [
      'a header that is a number',
      { source: { uri: 'https://a', headers: { Age: 1 } } },
      "'writeFiles[0].source.headers.Age' must be text",
    ],
  ])('fails when given %s', (_, props, message) => {
    const config = untyped<CloudConfig>({ writeFiles: [{ path: '/a', ...props }] });
    expect(failureOf(() => CloudInit.of(config))).toContain(message);
  });
});
