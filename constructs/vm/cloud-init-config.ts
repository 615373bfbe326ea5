import { checkBoolean, checkName } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { keysOf } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { checkFiles, CloudInitFile, renderFile } from './cloud-init-file';
import { checkSettings, renderSettings } from './cloud-init-settings';
import {
  checkCloudConfigSoftware,
  CLOUD_CONFIG_SOFTWARE,
  CloudConfigSoftware,
  renderCloudConfigSoftware,
} from './cloud-init-software';
import {
  checkCloudConfigStorage,
  CLOUD_CONFIG_STORAGE,
  CloudConfigStorage,
  renderCloudConfigStorage,
} from './cloud-init-storage';
import {
  checkCloudConfigSystem,
  CLOUD_CONFIG_SYSTEM,
  CloudConfigSystem,
  renderCloudConfigSystem,
  renderUserPasswords,
} from './cloud-init-system';
import { checkAuthorizedKeys, checkGuestText, checkGuestTexts, TextRule } from './cloud-init-text';
import { CloudYaml, CloudYamlMap, printCloudYaml } from './cloud-init-yaml';
import { checkGuestUsers, checkPassword, GuestUser, nonEmpty, renderGuestUser } from './guest-user';
import { Password } from './password';

/**
 * What cloud-init does in the guest at its first boot. Only what is given is written, in the
 * order of the props here; an empty list counts as not given. Text reaches cloud-init as it is.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export interface CloudConfig extends CloudConfigSystem, CloudConfigStorage, CloudConfigSoftware {
  /**
   * Host name.
   *
   * @default - the VM's name, which KubeVirt hands over
   */
  readonly hostname?: string;

  /**
   * Time zone, by its path in the zone database: `Europe/Paris`.
   *
   * @default - that of the image
   */
  readonly timezone?: string;

  /**
   * Whether the guest has the default user of its image (`fedora`, `ubuntu`, `alpine`).
   *
   * @default - true without `users`; false with them, as cloud-init has it
   */
  readonly defaultUser?: boolean;

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
   * Public SSH keys of the image's default user, each as it is in a `.pub` file.
   *
   * @default - none
   */
  readonly sshAuthorizedKeys?: string[];

  /**
   * Whether SSH lets in by password.
   *
   * @default - as the image has it: as a rule not
   */
  readonly sshPasswordAuthentication?: boolean;

  /**
   * Whether the list of packages is fetched again.
   *
   * @default - only where `packages` ask for it
   */
  readonly packageUpdate?: boolean;

  /**
   * Whether all installed packages are upgraded.
   *
   * @default false
   */
  readonly packageUpgrade?: boolean;

  /**
   * Packages to install, by the names of the guest's package manager.
   *
   * @default - none
   */
  readonly packages?: string[];

  /**
   * The message of the day: the content of `/etc/motd`, as it is; end it with a line break.
   *
   * @default - that of the image
   */
  readonly messageOfTheDay?: string;

  /**
   * Files to write.
   *
   * @default - none
   */
  readonly writeFiles?: CloudInitFile[];

  /**
   * Command lines for `sh` that run early at every boot, before network and users.
   *
   * @default - none
   */
  readonly bootcmd?: string[];

  /**
   * Command lines for `sh` that run once, late in the first boot.
   *
   * @default - none
   */
  readonly runcmd?: string[];

  /**
   * Settings of cloud-init's other modules, by its own top-level keys and in its own words: `{ snap: { commands: […] } }`.
   *
   * @default - none
   */
  readonly settings?: { readonly [key: string]: unknown };
}

const KNOWN: { readonly [key in keyof Required<CloudConfig>]: true } = {
  hostname: true,
  timezone: true,
  defaultUser: true,
  users: true,
  password: true,
  passwordExpires: true,
  sshAuthorizedKeys: true,
  sshPasswordAuthentication: true,
  packageUpdate: true,
  packageUpgrade: true,
  packages: true,
  messageOfTheDay: true,
  writeFiles: true,
  bootcmd: true,
  runcmd: true,
  settings: true,
  ...keysOf(CLOUD_CONFIG_SYSTEM),
  ...keysOf(CLOUD_CONFIG_STORAGE),
  ...keysOf(CLOUD_CONFIG_SOFTWARE),
};

const TIMEZONE: TextRule = { form: /^[A-Za-z][A-Za-z0-9_+/-]*$/, must: "be a zone such as 'Europe/Paris' or 'UTC'" };

/** Hashes that cloud-init tells from plain text in `password`; any other it would take for the password itself. */
const TOLD_FROM_TEXT = /^\$(1|2a|2y|5|6)\$/;

/** The file whose content the guest shows after a login. */
const MESSAGE_OF_THE_DAY = '/etc/motd';

/** Notes what is wrong with a cloud-config. */
export function checkCloudConfig(faults: Faults, config: unknown): void {
  if (!checkKeys(faults, 'config', config, KNOWN)) return;
  if (config.hostname !== undefined) checkName(faults, 'hostname', config.hostname);
  if (config.timezone !== undefined) checkGuestText(faults, 'timezone', config.timezone, TIMEZONE);
  checkGuestUsers(faults, 'users', config.users);
  checkPassword(faults, 'password', config.password);
  checkAuthorizedKeys(faults, 'sshAuthorizedKeys', config.sshAuthorizedKeys);
  checkGuestTexts(faults, 'packages', config.packages, { oneLine: true });
  if (config.messageOfTheDay !== undefined) checkGuestText(faults, 'messageOfTheDay', config.messageOfTheDay);
  checkFiles(faults, 'writeFiles', config.writeFiles);
  checkGuestTexts(faults, 'bootcmd', config.bootcmd);
  checkGuestTexts(faults, 'runcmd', config.runcmd);
  for (const flag of ['defaultUser', 'passwordExpires', 'sshPasswordAuthentication', 'packageUpdate', 'packageUpgrade'])
    checkBoolean(faults, flag, config[flag]);
  checkCloudConfigSystem(faults, config);
  checkCloudConfigStorage(faults, config);
  checkCloudConfigSoftware(faults, config);
  checkSettings(faults, config);
  checkDefaultUser(faults, config);
}

/** User data of the format `#cloud-config`. */
export function renderCloudConfig(config: CloudConfig): string {
  const { password, messageOfTheDay: message } = config;
  const passwords = renderUserPasswords(config.userPasswords);
  const files = (config.writeFiles ?? []).map(renderFile);
  const map: CloudYamlMap = {
    hostname: config.hostname,
    timezone: config.timezone,
    users: renderUsers(config),
    password: password?._text,
    chpasswd:
      password === undefined && passwords === undefined
        ? undefined
        : { expire: config.passwordExpires ?? false, users: passwords },
    ssh_authorized_keys: nonEmpty(config.sshAuthorizedKeys),
    ssh_pwauth: config.sshPasswordAuthentication,
    package_update: config.packageUpdate,
    package_upgrade: config.packageUpgrade,
    packages: nonEmpty(config.packages),
    write_files: nonEmpty(message === undefined ? files : [{ path: MESSAGE_OF_THE_DAY, content: message }, ...files]),
    bootcmd: nonEmpty(config.bootcmd),
    runcmd: nonEmpty(config.runcmd),
    ...renderCloudConfigSystem(config),
    ...renderCloudConfigStorage(config),
    ...renderCloudConfigSoftware(config),
    ...renderSettings(config.settings),
  };
  return `#cloud-config\n${printCloudYaml(map)}`;
}

/** `default` comes first if the default user is asked for; an empty list says that no user is wanted. */
function renderUsers(config: CloudConfig): readonly CloudYaml[] | undefined {
  if (config.users === undefined && config.defaultUser === undefined) return undefined;
  const users = (config.users ?? []).map(renderGuestUser);
  return config.defaultUser === true ? ['default', ...users] : users;
}

/** Without a default user its settings are lost: cloud-init only logs a warning. */
function checkDefaultUser(faults: Faults, config: Readonly<Record<string, unknown>>): void {
  const { password, passwordExpires } = config;
  if (!(config.defaultUser ?? config.users === undefined)) {
    for (const property of ['password', 'sshAuthorizedKeys'].filter((name) => config[name] !== undefined)) {
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
