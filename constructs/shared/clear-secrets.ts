import { isObject } from './checks';
import { holdsPrivateKey, isSecretName } from './sensitive';
import { yamlParser } from './yaml-parser';

/** The schemes of crypt(3) that carry a prefix, and two fields or more; the first may begin with a `$`. */
const CRYPT = /^\$(?:1|2[abxy]|5|6|7|y|gy|sha1)\$[!#-9;-~][!#%-9;-~]*\$[!#-9;-~]+$/;

/** Whether a text is a hash of crypt(3). */
export function isPasswordHash(text: string): boolean {
  return CRYPT.test(text);
}

/** What locks a password, and the words for which cloud-init makes one up. */
const NO_PASSWORD = /^(?:[!*x]*|R|RANDOM)$/;

/** Where data for cloud-init holds a password or a key that everybody could read: paths such as `users[0].passwd`. */
export function clearSecrets(data: unknown, path = ''): string[] {
  if (typeof data === 'string') return holdsPrivateKey(data) ? [path] : [];
  if (Array.isArray(data)) return data.flatMap((item, index) => clearSecrets(item, `${path}[${index}]`));
  if (!isObject(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    if (place === 'chpasswd.list') return hasClearLine(value) ? [place] : [];
    if (typeof value !== 'string' && typeof value !== 'number') return clearSecrets(value, place);
    if (isSecretName(key)) return isHidden(String(value)) ? [] : [place];
    return clearSecrets(value, place);
  });
}

/** The same of a text of YAML; empty if it is none. */
export function clearSecretsOf(text: string): string[] {
  const { load } = yamlParser();
  try {
    return clearSecrets(load(text));
  } catch {
    return [];
  }
}

/** Lines `USER:PASSWORD`, as one text or as a list. */
function hasClearLine(list: unknown): boolean {
  const lines: unknown[] = typeof list === 'string' ? list.split('\n') : Array.isArray(list) ? list : [];
  return lines.some((line) => typeof line === 'string' && line.includes(':') && !isHidden(line.replace(/^[^:]*:/, '')));
}

function isHidden(password: string): boolean {
  return NO_PASSWORD.test(password.trim()) || isPasswordHash(password.trim());
}
