import { aBoolean, PropCheck, PropChecks } from '../shared/prop-checks';
import { Faults, kindOf } from '../shared/refusal';
import { checkAuthorizedKeys, checkGuestTexts, nonEmpty } from './cloud-init-text';
import { CloudYamlMap } from './cloud-init-yaml';
import { Password } from './password';

/** How a user logs in to the guest. */
export interface GuestUserLogin {
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

  /**
   * SSH keys that let in by where they are published: `gh:NAME`, `lp:NAME`.
   *
   * @default - none
   */
  readonly sshImportId?: string[];

  /**
   * Whether nobody logs in by SSH as this user: the keys of the cloud are told to use the default user. It goes with no keys, and
   * needs the default user.
   *
   * @default false
   */
  readonly sshRedirectUser?: boolean;
}

const words: PropCheck = (faults, property, value) => checkGuestTexts(faults, property, value, { oneLine: true });

/** What `GuestUserLogin` must be. */
export const GUEST_USER_LOGIN: PropChecks<GuestUserLogin> = {
  password: checkPassword,
  lockPassword: aBoolean,
  sshAuthorizedKeys: checkAuthorizedKeys,
  sshImportId: words,
  sshRedirectUser: aBoolean,
};

/** cloud-init 26.2: cloudinit/config/cc_users_groups.py, handle, refuses keys of a user without logins. */
export function checkRedirection(faults: Faults, at: string, user: Readonly<Record<string, unknown>>): void {
  if (user.sshRedirectUser !== true) return;
  for (const property of ['sshAuthorizedKeys', 'sshImportId'].filter((name) => user[name] !== undefined)) {
    faults.note(`'${at}.${property}' must be left out with 'sshRedirectUser', as nobody logs in`);
  }
}

/** Notes a value that is not a Password; it is not repeated, since it may be one in plain text. */
export function checkPassword(faults: Faults, property: string, password: unknown): void {
  if (password === undefined || password instanceof Password) return;
  const got = typeof password === 'object' ? kindOf(password) : 'something else (not shown)';
  faults.note(`'${property}' must be a Password, got ${got}; write Password.hash(…) or Password.publicDemoValue(…)`);
}

/** The part of an entry of `users` that it makes. */
export function renderGuestUserLogin(login: GuestUserLogin): CloudYamlMap {
  const { password } = login;
  return {
    lock_passwd: login.lockPassword ?? (password === undefined ? undefined : false),
    hashed_passwd: password?._hashed === true ? password._text : undefined,
    plain_text_passwd: password?._hashed === false ? password._text : undefined,
    ssh_authorized_keys: nonEmpty(login.sshAuthorizedKeys),
    ssh_import_id: nonEmpty(login.sshImportId),
    ssh_redirect_user: login.sshRedirectUser,
  };
}
