import { checkKeys } from '../shared/known-keys';
import { keysOf } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';
import { checkFiles, CloudInitFile, renderFile } from './cloud-init-file';
import {
  checkCloudConfigLogin,
  CLOUD_CONFIG_LOGIN,
  CloudConfigLogin,
  renderCloudConfigLogin,
} from './cloud-init-login';
import { checkSettings, renderSettings } from './cloud-init-settings';
import {
  checkCloudConfigSoftware,
  CLOUD_CONFIG_SOFTWARE,
  CloudConfigSoftware,
  renderCloudConfigSoftware,
  renderPackages,
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
} from './cloud-init-system';
import { checkGuestText, checkGuestTexts, GUEST_HOSTNAME, nonEmpty, TextRule } from './cloud-init-text';
import { CloudYamlMap, printCloudYaml } from './cloud-init-yaml';

/**
 * What cloud-init does in the guest at its first boot. Only what is given is written, in the
 * order of the props here; an empty list counts as not given. Text reaches cloud-init as it is.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export interface CloudConfig extends CloudConfigLogin, CloudConfigSystem, CloudConfigStorage, CloudConfigSoftware {
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
  messageOfTheDay: true,
  writeFiles: true,
  bootcmd: true,
  runcmd: true,
  settings: true,
  ...keysOf(CLOUD_CONFIG_LOGIN),
  ...keysOf(CLOUD_CONFIG_SYSTEM),
  ...keysOf(CLOUD_CONFIG_STORAGE),
  ...keysOf(CLOUD_CONFIG_SOFTWARE),
};

const TIMEZONE: TextRule = { form: /^[A-Za-z][A-Za-z0-9_+/-]*$/, must: "be a zone such as 'Europe/Paris' or 'UTC'" };

/** The file whose content the guest shows after a login. */
const MESSAGE_OF_THE_DAY = '/etc/motd';

/** Notes what is wrong with a cloud-config. */
export function checkCloudConfig(faults: Faults, config: unknown): void {
  if (!checkKeys(faults, 'config', config, KNOWN)) return;
  if (config.hostname !== undefined) checkGuestText(faults, 'hostname', config.hostname, GUEST_HOSTNAME);
  if (config.timezone !== undefined) checkGuestText(faults, 'timezone', config.timezone, TIMEZONE);
  if (config.messageOfTheDay !== undefined) checkGuestText(faults, 'messageOfTheDay', config.messageOfTheDay);
  checkFiles(faults, 'writeFiles', config.writeFiles);
  checkGuestTexts(faults, 'bootcmd', config.bootcmd);
  checkGuestTexts(faults, 'runcmd', config.runcmd);
  checkCloudConfigLogin(faults, config);
  checkCloudConfigSystem(faults, config);
  checkCloudConfigStorage(faults, config);
  checkCloudConfigSoftware(faults, config);
  checkSettings(faults, config);
}

/** User data of the format `#cloud-config`. */
export function renderCloudConfig(config: CloudConfig): string {
  const { messageOfTheDay: message } = config;
  const files = (config.writeFiles ?? []).map(renderFile);
  const map: CloudYamlMap = {
    hostname: config.hostname,
    timezone: config.timezone,
    ...renderCloudConfigLogin(config),
    ...renderPackages(config),
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
