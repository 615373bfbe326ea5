import { Faults } from '../shared/refusal';
import { checkImageReference } from './image-reference';

/** A host, or an address of IPv6 in brackets, and its port, at the beginning of what follows the scheme. */
const HOST = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?([/?#@]|$)/i;

/**
 * A login at the beginning of an address: what stands before the last `@` of its first part, or of
 * any part where a password with a `/` of its own stands (`user:pa/ss@host`; no port is `pa`).
 * The `@` of a digest is none.
 */
const LOGIN = /^([a-z][a-z0-9+.-]*:\/+)?(?:[^/?#]*@(?!sha256:)|[^/:[?#]*:(?!\d*(?:[/?#]|$))[^]*@(?!sha256:))/i;

/**
 * CDI takes no other schemes: pkg/apiserver/webhooks/util.go, validateSourceURL and
 * validateDataVolumeSourceRegistry (v1.63.1). A login in the address would stand in the output.
 */
export function checkUrl(faults: Faults, url: unknown, schemes: readonly string[]): void {
  const must = `be an address that starts with ${schemes.map((scheme) => `'${scheme}://'`).join(' or ')}`;
  if (typeof url !== 'string') {
    faults.add('url', must, url);
    return;
  }
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/+)?([^]*)$/i.exec(url) ?? [];
  const shown = withoutLogin(url);
  if (shown !== url) {
    faults.add('url', 'hold no login', shown, "put the login into a Secret and give it as 'credentials'");
  } else if (rest === '' || /\s/.test(rest)) {
    faults.add('url', must, url);
  } else if (scheme === undefined || !schemes.includes(scheme) || !url.startsWith(`${scheme}://`)) {
    faults.add('url', must, url, `write '${schemes[0]}://${rest}'`);
  } else if (scheme !== 'oci-archive' && !HOST.test(url.slice(`${scheme}://`.length))) {
    faults.add('url', "have a host: 'HOST' or 'HOST:PORT' before the first '/'", url);
  } else if (scheme === 'docker') {
    checkImageReference(faults, 'url', url);
  }
}

function withoutLogin(url: string): string {
  return url.replace(LOGIN, '$1');
}
