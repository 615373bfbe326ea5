import { PropCheck } from '../shared/prop-checks';
import { Faults, kindOf } from '../shared/refusal';

/** What cannot be handed to a guest: U+0000, which ends a C string, and a half of a surrogate pair, which has no UTF-8. */
const UNCARRIABLE = /[\u0000\ud800-\udfff]/u;

/** What a text must be, apart from one that can be handed to the guest. */
export interface TextRule {
  /** The form it must have. */
  readonly form?: RegExp;
  /** What the form is, as a message says it. */
  readonly must?: string;
  /** Whether it may not be blank and may have no line break. */
  readonly oneLine?: boolean;
}

/**
 * Notes a value that is not text, and text that cannot be handed to the guest. Texts of a guest may be
 * passwords, or hold some, as commands do: a message tells where and what kind, never the text.
 */
export function checkGuestText(faults: Faults, property: string, value: unknown, rule: TextRule = {}): void {
  const must = rule.must ?? (rule.oneLine ? 'be one line of text' : 'be text');
  if (typeof value !== 'string') {
    const got = isScalar(value) ? `${String(value)}; quote it` : kindOf(value);
    faults.note(`'${property}' must ${must}, got ${got}`);
    return;
  }
  const at = value.search(UNCARRIABLE);
  if (at >= 0) {
    const code = value.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
    faults.note(`'${property}' must be text without U+0000 and lone surrogates, got U+${code} at index ${at}`);
  } else if (rule.oneLine && value.trim() === '') {
    faults.note(`'${property}' must ${must}, got empty text`);
  } else if (rule.oneLine && /[\r\n]/.test(value)) {
    faults.note(`'${property}' must ${must}, got text with line breaks; give each line as an item of its own`);
  } else if (rule.form !== undefined && !rule.form.test(value)) {
    faults.add(property, must, value);
  }
}

/** A name of the guest, with or without its domain: systemd, src/basic/hostname-util.c, hostname_is_valid. */
export const GUEST_HOSTNAME: TextRule = {
  form: /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*$/,
  must: "be letters, digits, '-', '_' and '.', with a letter or a digit at both ends of each part, at most 253 characters",
};

/** The check of a prop that is such text. */
export function guestText(rule?: TextRule): PropCheck {
  return (faults, property, value) => checkGuestText(faults, property, value, rule);
}

/** Notes a value that is not a list, and each item that is not such text. */
export function checkGuestTexts(faults: Faults, property: string, list: unknown, rule?: TextRule): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    faults.note(`'${property}' must be a list of text, got ${kindOf(list)}; write [ ] around it`);
    return;
  }
  Array.from(list).forEach((item, index) => checkGuestText(faults, `${property}[${index}]`, item, rule));
}

/**
 * A line of `authorized_keys`: options perhaps, type, base64, a name perhaps (OpenSSH: sshd(8), AUTHORIZED_KEYS FILE FORMAT).
 * What the base64 holds begins with the length of the type's name, in four bytes, of which three are zero (RFC 4253, 6.6).
 */
function isPublicKey(text: string): boolean {
  const line = text.replace(/\r?\n$/, '');
  if (/[\r\n]/.test(line)) return false;
  const words = line.split(/[ \t]+/);
  return words.some((word, index) => KEY_TYPE.test(word) && KEY.test(words[index + 1] ?? ''));
}

const KEY_TYPE = /^(?:ssh|ecdsa|sk)-[a-z0-9-]+(?:@openssh\.com)?$/;
const KEY = /^AAAA(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Notes text that is not a public SSH key, above all a private key, which must not leave its owner. */
export function checkAuthorizedKeys(faults: Faults, property: string, keys: unknown): void {
  if (Array.isArray(keys) && keys.some((key) => typeof key === 'string' && key.includes('PRIVATE KEY-'))) {
    faults.note(
      `'${property}' must be public keys, got a private key (not shown); give the content of its '.pub' file`,
    );
    return;
  }
  const before = faults.count;
  checkGuestTexts(faults, property, keys);
  if (faults.count > before || !Array.isArray(keys)) return;
  keys.forEach((key: string, index) => {
    if (isPublicKey(key)) return;
    const must = "be one public key on one line, as a '.pub' file has it: 'ssh-ed25519 AAAA… name'";
    faults.note(`'${property}[${index}]' must ${must}, got something else (not shown)`);
  });
}

/** A list that is not empty, else undefined; cloud-init's schema refuses an empty list. */
export function nonEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

/** A login does not belong into an address that everybody reads. */
export const address: PropCheck = (faults, property, value) => {
  if (typeof value === 'string' && /^[a-z+]+:\/\/[^/@:]*:[^/@]*@/i.test(value)) {
    faults.note(`'${property}' must be an address without a login, got one with it (not shown)`);
  } else checkGuestText(faults, property, value, { oneLine: true });
};
