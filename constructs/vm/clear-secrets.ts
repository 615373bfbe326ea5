import { isObject } from '../shared/checks';
import { isSensitiveField } from '../shared/sensitive';
import { isPasswordHash } from './password';

/** Fields of cloud-init whose text is a password, or a hash of one. */
const PASSWORDS = new Set(['password', 'passwd', 'plain_text_passwd', 'hashed_passwd']);

/** What locks a password, and the words for which cloud-init makes one up. */
const NO_PASSWORD = /^(?:[!*x]*|R|RANDOM)$/;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----|^\s*PrivateKey\s*=/im;

/** Where data for cloud-init holds a password or a key that everybody could read: paths such as `users[0].passwd`. */
export function clearSecrets(data: unknown, path = ''): string[] {
  if (typeof data === 'string') return PRIVATE_KEY.test(data) ? [path] : [];
  if (Array.isArray(data)) return data.flatMap((item, index) => clearSecrets(item, `${path}[${index}]`));
  if (!isObject(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    if (place === 'chpasswd.list') return hasClearLine(value) ? [place] : [];
    if (typeof value !== 'string' && typeof value !== 'number') return clearSecrets(value, place);
    if (PASSWORDS.has(key)) return isHidden(String(value)) ? [] : [place];
    return isSensitiveField('', key) && String(value) !== '' ? [place] : clearSecrets(value, place);
  });
}

/** Lines `USER:PASSWORD`, as one text or as a list. */
function hasClearLine(list: unknown): boolean {
  const lines: unknown[] = typeof list === 'string' ? list.split('\n') : Array.isArray(list) ? list : [];
  return lines.some((line) => typeof line === 'string' && line.includes(':') && !isHidden(line.replace(/^[^:]*:/, '')));
}

function isHidden(password: string): boolean {
  return NO_PASSWORD.test(password.trim()) || isPasswordHash(password.trim());
}
