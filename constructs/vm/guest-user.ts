import { checkBoolean, isObject } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { Faults, kindOf } from '../shared/refusal';
import { checkAuthorizedKeys, checkGuestText, checkGuestTexts, TextRule } from './cloud-init-text';
import { CloudYamlMap } from './cloud-init-yaml';
import { Password } from './password';

/**
 * A user of the guest, as cloud-init makes it at the first boot. Of a user that the image has
 * already, cloud-init changes only the password, its lock, the SSH keys and the sudo rules.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#users-and-groups
 */
export interface GuestUser {
  /** Login name: letters, digits, `_`, `-` and `.`, at most 32 characters. */
  readonly name: string;

  /**
   * Full name, or another remark, as `/etc/passwd` holds it.
   *
   * @default - none
   */
  readonly gecos?: string;

  /**
   * Groups beside the user's own; cloud-init makes those that do not exist.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * Rules of sudo, one an item: `ALL=(ALL) NOPASSWD:ALL`. cloud-init does not check them.
   *
   * @default - the user may not use sudo, unless a group allows it
   */
  readonly sudo?: string[];

  /**
   * Path of the login shell.
   *
   * @default - that of the guest's `useradd`
   */
  readonly shell?: string;

  /**
   * Password. Logging in with it over SSH takes `sshPasswordAuthentication` too.
   *
   * @default - no password: the user logs in with an SSH key only
   */
  readonly password?: Password;

  /**
   * Whether logging in with a password is locked.
   *
   * @default - false with a `password`; without one the user is locked
   */
  readonly lockPassword?: boolean;

  /**
   * Public SSH keys that let in, each as it is in a `.pub` file.
   *
   * @default - none
   */
  readonly sshAuthorizedKeys?: string[];
}

const KNOWN: { readonly [key in keyof Required<GuestUser>]: true } = {
  name: true,
  gecos: true,
  groups: true,
  sudo: true,
  shell: true,
  password: true,
  lockPassword: true,
  sshAuthorizedKeys: true,
};

const NAME: TextRule = {
  form: /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/,
  must: "be letters, digits, '_', '-' and '.', a letter or '_' first, at most 32 characters",
};
const GECOS: TextRule = { form: /^[^:]+$/, must: "be one line of text without ':'", oneLine: true };
const ABSOLUTE_PATH: TextRule = { form: /^\//, must: "be an absolute path such as '/bin/bash'" };

/** Notes what is wrong with the users of a cloud-config. */
export function checkGuestUsers(faults: Faults, property: string, users: unknown): void {
  if (users === undefined) return;
  if (!Array.isArray(users) || users.length === 0) {
    const got = Array.isArray(users) ? 'an empty list' : kindOf(users);
    faults.note(`'${property}' must be a list of at least one user, got ${got}; leave it out for the default user`);
    return;
  }
  const names = new Set<unknown>();
  Array.from(users).forEach((user: unknown, index) => {
    const at = `${property}[${index}]`;
    if (!isObject(user)) {
      faults.note(`'${at}' must be an object, got ${kindOf(user)}; write { name: … }`);
      return;
    }
    checkKeys(faults, at, user, KNOWN);
    checkGuestUser(faults, at, user);
    if (names.has(user.name)) faults.add(`${at}.name`, 'name each user once', user.name);
    names.add(user.name);
  });
}

/** Notes a value that is not a Password; it is not repeated, since it may be one in plain text. */
export function checkPassword(faults: Faults, property: string, password: unknown): void {
  if (password === undefined || password instanceof Password) return;
  const got = typeof password === 'object' ? kindOf(password) : 'something else (not shown)';
  faults.note(`'${property}' must be a Password, got ${got}; write Password.hash(…) or Password.publicDemoValue(…)`);
}

/** An entry of cloud-init's `users`. */
export function renderGuestUser(user: GuestUser): CloudYamlMap {
  return {
    name: user.name,
    gecos: user.gecos,
    groups: nonEmpty(user.groups),
    sudo: nonEmpty(user.sudo),
    shell: user.shell,
    lock_passwd: user.lockPassword ?? (user.password === undefined ? undefined : false),
    hashed_passwd: user.password?._hashed === true ? user.password._text : undefined,
    plain_text_passwd: user.password?._hashed === false ? user.password._text : undefined,
    ssh_authorized_keys: nonEmpty(user.sshAuthorizedKeys),
  };
}

/** A list that is not empty, else undefined; cloud-init's schema refuses an empty list. */
export function nonEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

function checkGuestUser(faults: Faults, at: string, user: Readonly<Record<string, unknown>>): void {
  checkGuestText(faults, `${at}.name`, user.name, NAME);
  if (user.gecos !== undefined) checkGuestText(faults, `${at}.gecos`, user.gecos, GECOS);
  checkGuestTexts(faults, `${at}.groups`, user.groups, NAME);
  checkGuestTexts(faults, `${at}.sudo`, user.sudo, { oneLine: true });
  if (user.shell !== undefined) checkGuestText(faults, `${at}.shell`, user.shell, ABSOLUTE_PATH);
  checkPassword(faults, `${at}.password`, user.password);
  checkBoolean(faults, `${at}.lockPassword`, user.lockPassword);
  checkAuthorizedKeys(faults, `${at}.sshAuthorizedKeys`, user.sshAuthorizedKeys);
}
