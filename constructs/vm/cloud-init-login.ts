import { aBoolean, checkGiven, listOf, part, PropChecks, required, texts } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { CLOUD_CONFIG_SSH, CloudConfigSsh, renderCloudConfigSsh } from './cloud-init-ssh';
import { guestText, nonEmpty } from './cloud-init-text';
import { CloudYaml, CloudYamlMap } from './cloud-init-yaml';
import { checkGuestUsers, GuestUser, renderGuestUser, USER_NAME } from './guest-user';
import { checkPassword } from './guest-user-login';
import { Password } from './password';

/** A group of the guest. */
export interface GuestGroup {
  /** Its name. */
  readonly name: string;

  /**
   * Users of the guest that belong to it.
   *
   * @default - none
   */
  readonly members?: string[];
}

/** The password of a user that the image has already. */
export interface UserPassword {
  /** Login name. */
  readonly name: string;

  /** The password. */
  readonly password: Password;
}

/**
 * Who logs in to the guest, and how.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#users-and-groups
 */
export interface CloudConfigLogin extends CloudConfigSsh {
  /**
   * Whether the guest has the default user of its image (`fedora`, `ubuntu`, `alpine`).
   *
   * @default - true without `users`; false with them, as cloud-init has it
   */
  readonly defaultUser?: boolean;

  /**
   * Login name of the default user, which has all else that the image gives it.
   *
   * @default - that of the image
   */
  readonly user?: string;

  /**
   * Users beside the image's default user, or in its place: see `defaultUser`.
   *
   * @default - only the image's default user
   */
  readonly users?: GuestUser[];

  /**
   * Password of the image's default user. Of hashes cloud-init takes `$1$`, `$2a$`, `$2y$`, `$5$` and `$6$` here.
   *
   * @default - that of the image: as a rule it has no password
   */
  readonly password?: Password;

  /**
   * Whether the default user has to change `password` at the first login.
   *
   * @default false
   */
  readonly passwordExpires?: boolean;

  /**
   * Groups to make.
   *
   * @default - those of `users`
   */
  readonly groups?: GuestGroup[];

  /**
   * Passwords of users that the image has already.
   *
   * @default - those of the image
   */
  readonly userPasswords?: UserPassword[];
}

/** Hashes that cloud-init tells from plain text in `password`; any other it would take for the password itself. */
const TOLD_FROM_TEXT = /^\$(1|2a|2y|5|6)\$/;

const word = guestText({ oneLine: true });

/** What `CloudConfigLogin` must be. */
export const CLOUD_CONFIG_LOGIN: PropChecks<CloudConfigLogin> = {
  ...CLOUD_CONFIG_SSH,
  defaultUser: aBoolean,
  user: guestText(USER_NAME),
  users: checkGuestUsers,
  password: checkPassword,
  passwordExpires: aBoolean,
  groups: listOf(part<GuestGroup>({ name: required(word), members: texts })),
  userPasswords: listOf(part<UserPassword>({ name: required(word), password: required(checkPassword) })),
};

/** Notes what is wrong with the logins of a cloud-config. */
export function checkCloudConfigLogin(faults: Faults, config: Readonly<Record<string, unknown>>): void {
  checkGiven(faults, '', config, CLOUD_CONFIG_LOGIN);
  checkDefaultUser(faults, config);
}

/** The part of a cloud-config that they make. */
export function renderCloudConfigLogin(config: CloudConfigLogin): CloudYamlMap {
  const { password } = config;
  const passwords = nonEmpty(config.userPasswords)?.map(renderUserPassword);
  return {
    user: config.user,
    users: renderUsers(config),
    password: password?._text,
    chpasswd:
      password === undefined && passwords === undefined
        ? undefined
        : { expire: config.passwordExpires ?? false, users: passwords },
    ...renderCloudConfigSsh(config),
    groups: nonEmpty(config.groups)?.map(renderGroup),
  };
}

function renderUserPassword({ name, password }: UserPassword): CloudYaml {
  return { name, password: password._text, type: password._hashed ? 'hash' : 'text' };
}

function renderGroup({ name, members = [] }: GuestGroup): CloudYaml {
  return members.length === 0 ? name : { [name]: members };
}

/** `default` comes first if the default user is asked for; an empty list says that no user is wanted. */
function renderUsers(config: CloudConfigLogin): readonly CloudYaml[] | undefined {
  if (config.users === undefined && config.defaultUser === undefined) return undefined;
  const users = (config.users ?? []).map(renderGuestUser);
  return config.defaultUser === true ? ['default', ...users] : users;
}

/** Without a default user its settings are lost: cloud-init only logs a warning. */
function checkDefaultUser(faults: Faults, config: Readonly<Record<string, unknown>>): void {
  const { password, passwordExpires } = config;
  if (!(config.defaultUser ?? (config.users === undefined || config.user !== undefined))) {
    for (const property of ['user', 'password', 'sshAuthorizedKeys'].filter((name) => config[name] !== undefined)) {
      faults.note(
        `'${property}' must have the default user to belong to, got ${config.users === undefined ? "'defaultUser' false" : "'users' without it"}; give it to one of 'users', or set 'defaultUser' to true`,
      );
    }
  }
  if (passwordExpires !== undefined && password === undefined && config.userPasswords === undefined) {
    faults.note("'passwordExpires' must be given with 'password', got no 'password'; give one");
  }
  if (password instanceof Password && password._hashed && !TOLD_FROM_TEXT.test(password._text)) {
    const scheme = /^\$[^$]*\$/.exec(password._text)?.[0];
    faults.note(
      `'password' must be a hash that cloud-init knows here ($1$, $2a$, $2y$, $5$ or $6$), got ${scheme}; make one with 'openssl passwd -6', or give it to one of 'users'`,
    );
  }
}
