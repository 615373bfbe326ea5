import { isObject } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { aBoolean, checkGiven, PropCheck, PropChecks } from '../shared/prop-checks';
import { Faults, kindOf } from '../shared/refusal';
import { checkGuestTexts, guestText, nonEmpty, TextRule } from './cloud-init-text';
import { CloudYamlMap } from './cloud-init-yaml';
import { ABSOLUTE_PATH, GUEST_ACCOUNT, GuestAccount, renderGuestAccount } from './guest-account';
import { checkRedirection, GUEST_USER_LOGIN, GuestUserLogin, renderGuestUserLogin } from './guest-user-login';

/**
 * A user of the guest, as cloud-init makes it at the first boot. Of a user that the image has
 * already, cloud-init changes only the password, its lock, the SSH keys and the sudo rules.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#users-and-groups
 */
export interface GuestUser extends GuestAccount, GuestUserLogin {
  /** Login name: letters, digits, `_`, `-` and `.`, at most 32 characters. */
  readonly name: string;

  /**
   * Full name, or another remark, as `/etc/passwd` holds it.
   *
   * @default - none
   */
  readonly gecos?: string;

  /**
   * Groups beside the user's own.
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
   * Rules of doas, one an item: `permit nopass ada`.
   *
   * @default - none
   */
  readonly doas?: string[];

  /**
   * The user's own group.
   *
   * @default - one of the user's name
   */
  readonly primaryGroup?: string;

  /**
   * Whether no group of the user's name is made.
   *
   * @default false
   */
  readonly noUserGroup?: boolean;

  /**
   * Whether groups that do not exist are made.
   *
   * @default true
   */
  readonly createGroups?: boolean;

  /**
   * Path of the login shell.
   *
   * @default - that of the guest's `useradd`
   */
  readonly shell?: string;
}

/** What a login name must be. */
export const USER_NAME: TextRule = {
  form: /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/,
  must: "be letters, digits, '_', '-' and '.', a letter or '_' first, at most 32 characters",
};
const GECOS: TextRule = { form: /^[^:]+$/, must: "be one line of text without ':'", oneLine: true };

const names: PropCheck = (faults, property, value) => checkGuestTexts(faults, property, value, USER_NAME);
const rules: PropCheck = (faults, property, value) => checkGuestTexts(faults, property, value, { oneLine: true });

/** What `GuestUser` must be. */
const GUEST_USER: PropChecks<GuestUser> = {
  name: Object.assign(guestText(USER_NAME), { required: true }),
  gecos: guestText(GECOS),
  groups: names,
  sudo: rules,
  doas: rules,
  primaryGroup: guestText(USER_NAME),
  noUserGroup: aBoolean,
  createGroups: aBoolean,
  shell: guestText(ABSOLUTE_PATH),
  ...GUEST_ACCOUNT,
  ...GUEST_USER_LOGIN,
};

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
    checkKeys(faults, at, user, GUEST_USER);
    checkGiven(faults, `${at}.`, user, GUEST_USER);
    checkRedirection(faults, at, user);
    if (names.has(user.name)) faults.add(`${at}.name`, 'name each user once', user.name);
    names.add(user.name);
  });
}

/** An entry of cloud-init's `users`. */
export function renderGuestUser(user: GuestUser): CloudYamlMap {
  return {
    name: user.name,
    gecos: user.gecos,
    groups: nonEmpty(user.groups),
    sudo: nonEmpty(user.sudo),
    doas: nonEmpty(user.doas),
    primary_group: user.primaryGroup,
    no_user_group: user.noUserGroup,
    create_groups: user.createGroups,
    shell: user.shell,
    ...renderGuestAccount(user),
    ...renderGuestUserLogin(user),
  };
}
