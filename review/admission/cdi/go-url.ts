/** Control characters, which no URL may have: net/url, stringContainsCTLByte. */
const CONTROL = /[\u0000-\u001f\u007f]/;

const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/** A name or address before the port: net/url, shouldEscape for a host. */
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]|[^\u0000-\u007f]|%[89A-Fa-f][0-9A-Fa-f])*$/;

/** The password and name before an `@`: net/url, validUserinfo. */
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;

/** The scheme of a URL in lower case, empty if it has no scheme; undefined if Go's net/url cannot parse it. */
export function schemeOf(url: string): string | undefined {
  if (CONTROL.test(url) || url.startsWith(':')) return undefined;
  const [, scheme = '', rest = url] = /^([A-Za-z][A-Za-z0-9+.-]*):([^]*)$/.exec(url) ?? [];
  const path = (rest.split('?')[0] ?? '').split('#')[0] ?? '';
  if (!path.startsWith('/')) return scheme.toLowerCase();
  const [, authority, below = path] = /^\/\/([^/]*)([^]*)$/.exec(path) ?? [];
  if (BAD_ESCAPE.test(below) || (authority !== undefined && !isAuthority(authority))) return undefined;
  return scheme.toLowerCase();
}

/** Whether net/url's ParseRequestURI takes it: absolute, or a path from the root. */
export function isRequestUri(url: string): boolean {
  const scheme = schemeOf(url);
  return scheme !== undefined && (scheme !== '' || url.startsWith('/') || url === '*');
}

/** net/url, parseAuthority and parseHost. */
function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  if (at >= 0 && !USER.test(authority.slice(0, at))) return false;
  const host = authority.slice(at + 1);
  if (!host.startsWith('[')) {
    const colon = host.lastIndexOf(':');
    return HOST.test(host) && (colon < 0 || /^:\d*$/.test(host.slice(colon)));
  }
  const end = host.lastIndexOf(']');
  return end > 0 && /^(?::\d*)?$/.test(host.slice(end + 1));
}
