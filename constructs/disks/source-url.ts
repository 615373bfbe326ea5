import { Faults } from '../shared/refusal';

/** A host, or an address of IPv6 in brackets, and its port, at the beginning of what follows the scheme. */
const HOST = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?([/?#@]|$)/i;

/** What a reference without a host is of: `alpine:3`; one with a host has a dot, a port or upper case in it. */
const REGISTRY_HOST = /^(?:[^/.:A-Z]*[.:A-Z][^/]*|localhost)\//;

/** Between two words of letters and digits one dot, one or two '_', or any number of '-'. */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

const TAG = /^\w[\w.-]{0,127}$/;

interface Reference {
  /** Host and port with the '/' behind them; empty without a host. */
  readonly host: string;
  readonly repository: string;
  readonly tag?: string;
  /** With the '@' before it; empty without a digest. */
  readonly digest: string;
}

/**
 * CDI takes no other schemes: pkg/apiserver/webhooks/util.go, validateSourceURL and
 * validateDataVolumeSourceRegistry (v1.63.1). A login in the address would be in the output.
 *
 * @param isBucket Whether the path is that of a bucket, which people write without its host.
 */
export function checkUrl(faults: Faults, url: unknown, schemes: readonly string[], isBucket = false): void {
  const must = `be an address that starts with ${schemes.map((scheme) => `'${scheme}://'`).join(' or ')}`;
  if (typeof url !== 'string') {
    faults.add('url', must, url);
    return;
  }
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/+)?([^]*)$/i.exec(url) ?? [];
  const shown = withoutLogin(url);
  if (shown !== url) {
    faults.add('url', 'hold no login', shown, "put the login into a Secret and give it as 'credentials'");
  } else if (/\s/.test(url)) {
    faults.add('url', 'hold no blank', url, blankRemedy(url, schemes));
  } else if (rest === '') {
    faults.add('url', must, url);
  } else if (scheme === undefined || !schemes.includes(scheme) || !url.startsWith(`${scheme}://`)) {
    faults.add('url', must, url, schemeRemedy(url, schemes, isBucket));
  } else if (scheme !== 'oci-archive' && !HOST.test(url.slice(`${scheme}://`.length))) {
    faults.add('url', "have a host: 'HOST' or 'HOST:PORT' before the first '/'", url);
  } else if (scheme === 'docker') {
    checkImageReference(faults, 'url', url);
  }
}

/** The address that was meant; of what another source takes, that source. */
function schemeRemedy(url: string, schemes: readonly string[], isBucket: boolean): string | undefined {
  const [, given = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):(?!\d)\/*)?([^]*)$/i.exec(url) ?? [];
  const scheme = given.toLowerCase();
  if (schemes.includes(scheme)) return `write '${scheme}://${rest}'`;
  const takesWeb = schemes.includes('https');
  if (scheme === 'file' || /^[./~]/.test(url)) {
    return takesWeb ? 'write DataVolumeSource.upload(), and upload the file to the disk' : undefined;
  }
  if (isBucket) return scheme === 's3' || scheme === '' ? `write 'https://HOST/${rest}'` : undefined;
  if (scheme === '' || !takesWeb) return `write '${schemes[0]}://${rest}'`;
  if (scheme === 's3') return `write DataVolumeSource.s3('https://HOST/${rest}')`;
  if (scheme === 'gs') return `write DataVolumeSource.gcs('gs://${rest}')`;
  // No other scheme serves the same bytes.
  return scheme === 'docker' ? `write DataVolumeSource.registry('docker://${rest}')` : undefined;
}

/** A blank at an end is a slip; one within the path of a web address has a form of its own. */
function blankRemedy(url: string, schemes: readonly string[]): string | undefined {
  const trimmed = url.trim();
  if (!/\s/.test(trimmed)) return `write '${trimmed}'`;
  return schemes.includes('https') ? `write '${trimmed.replace(/\s/g, '%20')}'` : undefined;
}

function withoutLogin(url: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/+/i.exec(url)?.[0] ?? '';
  return `${scheme}${url.slice(scheme.length + loginLength(url.slice(scheme.length)))}`;
}

/**
 * How long the login at the beginning of an address is, with its `@`: what stands before the last `@` of its first part, or
 * of any part where a password with a `/` of its own stands (`user:pa/ss@host`: `pa` is not a port).
 */
function loginLength(rest: string): number {
  const length = lastAt(rest.split(/[/?#]/, 1)[0] ?? '') + 1;
  if (length > 0) return length;
  const [, behind] = /^[^/:[?#]*:([^]*)$/.exec(rest) ?? [];
  return behind === undefined || /^\d*(?:[/?#]|$)/.test(behind) ? 0 : lastAt(rest) + 1;
}

/** Where the last `@` stands; that of a digest does not end a login. */
function lastAt(text: string): number {
  let at = text.lastIndexOf('@');
  while (at >= 0 && text.startsWith('sha256:', at + 1)) at = text.slice(0, at).lastIndexOf('@');
  return at;
}

/**
 * Notes an address that has no image reference behind `docker://`: CDI takes the DataVolume, and its importer then fails again
 * and again (CDI: pkg/importer/transport.go, parseImageName; the grammar: github.com/distribution/reference, regexp.go).
 */
function checkImageReference(faults: Faults, property: string, url: string): void {
  const found = parse(url);
  const mended = { ...found, repository: found.repository.toLowerCase(), tag: found.tag || undefined };
  const remedy = isRepository(mended) && isTag(mended) ? `write '${format(mended)}'` : undefined;
  if (!isRepository(found)) {
    const must = "have a repository of lower-case letters and digits, with '.', '_', '-' and '/' between them";
    faults.add(property, must, url, remedy);
  }
  if (!isTag(found)) {
    const must = "have a tag of letters, digits, '_', '.' and '-', at most 128 characters, behind its ':'";
    faults.add(property, must, url, remedy);
  }
}

function isRepository({ repository }: Reference): boolean {
  return REPOSITORY.test(repository);
}

function isTag({ tag }: Reference): boolean {
  return tag === undefined || TAG.test(tag);
}

function parse(url: string): Reference {
  const reference = url.slice('docker://'.length);
  const host = REGISTRY_HOST.exec(reference)?.[0] ?? '';
  const [, path = '', digest = ''] = /^([^@]*)([^]*)$/.exec(reference.slice(host.length)) ?? [];
  const colon = path.indexOf(':', path.lastIndexOf('/') + 1);
  if (colon < 0) return { host, repository: path, digest };
  return { host, repository: path.slice(0, colon), tag: path.slice(colon + 1), digest };
}

function format({ host, repository, tag, digest }: Reference): string {
  return `docker://${host}${repository}${tag === undefined ? '' : `:${tag}`}${digest}`;
}
