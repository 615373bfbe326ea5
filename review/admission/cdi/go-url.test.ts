import { isRequestUri, schemeOf } from './go-url';

describe('schemeOf', () => {
  test.each([
    ['docker://quay.io/x/y:1', 'docker'],
    ['HTTPS://x', 'https'],
    ['http://u:p@x:80/a%20b?c=%zz', 'http'],
    ['http://[::1]:8080/a', 'http'],
    ['http:opaque', 'http'],
    ['http://x?a=/b:c', 'http'],
    ['http://x#a/b', 'http'],
    ['http://u@v@x', 'http'],
    ['http://@x:', 'http'],
    ['http://[::1]', 'http'],
    ['http://a:b:80', 'http'],
    ['//x/a', ''],
    ['?a', ''],
    ['x/y', ''],
    ['', ''],
  ])('of %j is %j', (url, scheme) => expect(schemeOf(url)).toBe(scheme));

  test.each([
    'http://a b/c',
    'http://x/%zz',
    'http://x:port/',
    'http://x/\n',
    ':x',
    'http://[::1',
    'http://u ser@x',
    'http://[::1]x',
    'http://[',
    'http://x:8a',
    'http://x/a%2',
    'http://x/a/b%',
    '/a%',
    'http://u@x y',
    'http://x%41/',
  ])('of %j is undefined: Go cannot parse it', (url) => expect(schemeOf(url)).toBeUndefined());
});

describe('isRequestUri', () => {
  test.each([
    ['http://x', true],
    ['/path', true],
    ['http:opaque', true],
    ['example.com/a.img', false],
    ['', false],
  ])('of %j is %j', (url, is) => expect(isRequestUri(url)).toBe(is));
});
