/** Control characters, which no URL may have: net/url, stringContainsCTLByte. */
const CONTROL = /[\u0000-\u001f\u007f]/;

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;

const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/** A name or address before the port: net/url, shouldEscape for a host. */
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]|[^\u0000-\u007f]|%[89A-Fa-f][0-9A-Fa-f])*$/;

/** The password and name before an `@`: net/url, validUserinfo. */
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;

/** The scheme of a URL in lower case, empty if it has no scheme; undefined if Go's net/url cannot parse it. */
export function schemeOf(url: string): string | undefined {
  if (CONTROL.test(url) || url.startsWith(':')) return undefined;
  const [head = ''] = SCHEME.exec(url) ?? [];
  const scheme = head.slice(0, -1).toLowerCase();
  const [path = ''] = url.slice(head.length).split(/[?#]/);
  if (!path.startsWith('/')) return scheme;
  if (!path.startsWith('//')) return BAD_ESCAPE.test(path) ? undefined : scheme;
  const [authority = '', ...names] = path.slice(2).split('/');
  return BAD_ESCAPE.test(names.join('/')) || !isAuthority(authority) ? undefined : scheme;
}

/** Whether net/url's ParseRequestURI takes it: absolute, or a path from the root. */
export function isRequestUri(url: string): boolean {
  const scheme = schemeOf(url);
  return scheme !== undefined && (scheme !== '' || url.startsWith('/') || url === '*');
}

/** net/url, parseAuthority and parseHost. */
function isAuthority(authority: string): boolean {
  const user = authority.split('@');
  const host = user.pop() ?? '';
  if (!USER.test(user.join('@'))) return false;
  if (host.startsWith('[')) return /\](?::\d*)?$/.test(host);
  return HOST.test(host) && /^[^:]*$|:\d*$/.test(host);
}
