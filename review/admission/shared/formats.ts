import { isIP, isIPv4, isIPv6 } from 'node:net';
import { fitsWildcards, Place } from '../../manifests/wildcards';

// apimachinery, pkg/util/validation/validation.go. Lengths come first, so that no pattern runs over long text.
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PORT_NAME = /^[-a-z0-9]+$/;

/** Whether text is an RFC 1123 label: apimachinery, IsDNS1123Label. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && DNS_LABEL.test(text);
}

/** Whether text is an RFC 1123 subdomain: apimachinery, IsDNS1123Subdomain. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && DNS_SUBDOMAIN.test(text);
}

/** Whether text is a name that labels may have, with or without a prefix: apimachinery, IsQualifiedName. */
export function isLabelName(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash >= 0 && !isDnsSubdomain(text.slice(0, slash))) return false;
  const name = text.slice(slash + 1);
  return name.length <= 63 && QUALIFIED_PART.test(name);
}

/** Whether text may be a label's value: apimachinery, IsValidLabelValue. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && QUALIFIED_PART.test(text));
}

/** Whether text is a service name of IANA's form: apimachinery, IsValidPortName. */
export function isPortName(text: string): boolean {
  if (text.length > 15 || !PORT_NAME.test(text) || !/[a-z]/.test(text)) return false;
  return !text.includes('--') && !text.startsWith('-') && !text.endsWith('-');
}

/** Whether Go's net.ParseIP takes text: no zone, which Node's isIP lets through. */
export function isIpAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%');
}

/** Whether an IP address has four bytes, also when it is written as an IPv6 one: Go's net.IP.To4. */
export function isIpv4Address(text: string): boolean {
  return isIPv4(text) || (isIPv6(text) && /^(::|(0{1,4}:){5})ffff:/i.test(text) && isIpAddress(text));
}

const MAC = /^[0-9A-Fa-f]{2}([-:])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}$|^(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}$/;

/** Whether Go's net.ParseMAC takes text, and it has six bytes. */
export function isMacAddress(text: string): boolean {
  return text.length <= 17 && MAC.test(text);
}

const PCI_ADDRESS = /^[\dA-Fa-f]{4}:[\dA-Fa-f]{2}:[\dA-Fa-f]{2}\.[0-7]$/;

/** Whether text is `domain:bus:slot.function`: KubeVirt, pkg/util/hardware/hw_utils.go, ParsePciAddress. */
export function isPciAddress(text: string): boolean {
  return PCI_ADDRESS.test(text);
}

/** How many bytes base64 text stands for; undefined if it is not base64: Go's base64.StdEncoding, which skips line ends. */
export function base64Bytes(text: string): number | undefined {
  const dense = text.replaceAll(/[\r\n]/g, '');
  if (dense.length % 4 !== 0) return undefined;
  const padding = dense.endsWith('==') ? 2 : dense.endsWith('=') ? 1 : 0;
  if (/[^A-Za-z0-9+/]/.test(dense.slice(0, dense.length - padding))) return undefined;
  return (dense.length / 4) * 3 - padding;
}

/** Whether a path is clean and absolute, one slash at its end aside: KubeVirt, vmi-create-admitter.go, validatePath. */
export function isCleanPath(path: string): boolean {
  const bare = path.endsWith('/') ? path.slice(0, -1) : path;
  if (bare === '/') return true;
  if (!bare.startsWith('/')) return false;
  return bare.split('/').every((part, index) => index === 0 || (part !== '' && part !== '.' && part !== '..'));
}

type Matcher = (text: string) => boolean;

const GLOBS = new Map<string, Matcher>();

/** Whether text matches a shell pattern as Go's filepath.Match reads it. */
export function matchesGlob(glob: string, text: string): boolean {
  let matches = GLOBS.get(glob);
  if (matches === undefined) GLOBS.set(glob, (matches = globMatcher(glob)));
  return matches(text);
}

/** Most patterns are the beginning of a name: `pc-q35*`. */
const BEGINNING = /^([^*?[\\]*)\*$/;

function globMatcher(glob: string): Matcher {
  const beginning = BEGINNING.exec(glob)?.[1];
  if (beginning !== undefined) return (text) => text.startsWith(beginning) && !text.includes('/', beginning.length);
  const places = globPlaces(glob);
  return (text) => places !== undefined && fitsWildcards(places, text);
}

/** Undefined if a pattern is not valid; no text matches it then. */
function globPlaces(glob: string): readonly Place[] | undefined {
  try {
    return Array.from(glob.matchAll(/\\(.)|\[[^\]]+\]?|[^]/gsu), ([token, escaped]): Place => {
      if (token === '*' || token === '?') return { fits: isNoSlash, repeats: token === '*' };
      if (!token.startsWith('[')) return { fits: (character) => character === (escaped ?? token) };
      const set = new RegExp(`^${token}$`, 'su');
      return { fits: (character) => set.test(character) };
    });
  } catch {
    return undefined;
  }
}

function isNoSlash(character: string): boolean {
  return character !== '/';
}
