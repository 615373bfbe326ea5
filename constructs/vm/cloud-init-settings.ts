import { isObject } from '../shared/checks';
import { clearSecrets } from '../shared/clear-secrets';
import { wordsMeant } from '../shared/likeness';
import { Faults, kindOf } from '../shared/refusal';
import { alternatives } from '../shared/wording';
import { CloudYaml, CloudYamlMap } from './cloud-init-yaml';

/** Top-level keys of a cloud-config that have a prop, and the prop. */
const TYPED: { readonly [key: string]: string } = {
  apt: 'apt',
  hostname: 'hostname',
  fqdn: 'fqdn',
  manage_etc_hosts: 'manageEtcHosts',
  timezone: 'timezone',
  locale: 'locale',
  keyboard: 'keyboard',
  ntp: 'ntp',
  groups: 'groups',
  user: 'user',
  users: 'users',
  password: 'password',
  chpasswd: 'userPasswords',
  ssh_authorized_keys: 'sshAuthorizedKeys',
  ssh_import_id: 'sshImportId',
  ssh_pwauth: 'sshPasswordAuthentication',
  disable_root: 'disableRoot',
  package_update: 'packageUpdate',
  package_upgrade: 'packageUpgrade',
  package_reboot_if_required: 'packageRebootIfRequired',
  packages: 'packages',
  apt_update: 'packageUpdate',
  apt_upgrade: 'packageUpgrade',
  apt_reboot_if_required: 'packageRebootIfRequired',
  ca_certs: 'caCerts',
  yum_repos: 'yumRepos',
  'ca-certs': 'caCerts',
  disk_setup: 'diskSetup',
  fs_setup: 'fsSetup',
  mounts: 'mounts',
  swap: 'swap',
  growpart: 'growpart',
  resize_rootfs: 'resizeRootfs',
  write_files: 'writeFiles',
  bootcmd: 'bootcmd',
  runcmd: 'runcmd',
  final_message: 'finalMessage',
  phone_home: 'phoneHome',
  power_state: 'powerState',
};

/**
 * Keys whose values say more than their prop, which is for what is common: by cloud-init's words instead of it, and the props that
 * they may not stand beside.
 */
const SAYS_MORE: { readonly [key: string]: readonly string[] } = {
  apt: ['apt'],
  bootcmd: ['bootcmd'],
  chpasswd: ['userPasswords', 'password', 'passwordExpires'],
  disk_setup: ['diskSetup'],
  fs_setup: ['fsSetup'],
  growpart: ['growpart'],
  locale: ['locale'],
  manage_etc_hosts: ['manageEtcHosts'],
  mounts: ['mounts'],
  ntp: ['ntp'],
  packages: ['packages'],
  power_state: ['powerState'],
  resize_rootfs: ['resizeRootfs'],
  runcmd: ['runcmd'],
  swap: ['swap'],
  user: ['user', 'defaultUser'],
  users: ['users', 'defaultUser', 'password', 'sshAuthorizedKeys'],
  yum_repos: ['yumRepos'],
};

/**
 * All other top-level keys that cloud-init knows: cloudinit/config/schemas/schema-cloud-config-v1.json of release 26.2.
 */
const SETTINGS = [
  'allow_public_ssh_keys',
  'ansible',
  'apk_repos',
  'apt_pipelining',
  'authkey_hash',
  'autoinstall',
  'byobu_by_default',
  'chef',
  'cloud_config_modules',
  'cloud_final_modules',
  'cloud_init_modules',
  'create_hostname_file',
  'device_aliases',
  'disable_ec2_metadata',
  'disable_root_opts',
  'drivers',
  'fan',
  'grub-dpkg',
  'grub_dpkg',
  'landscape',
  'launch-index',
  'locale_configfile',
  'lxd',
  'manage_resolv_conf',
  'mcollective',
  'merge_how',
  'merge_type',
  'mount_default_fields',
  'no_ssh_fingerprints',
  'output',
  'prefer_fqdn_over_hostname',
  'preserve_hostname',
  'puppet',
  'random_seed',
  'reporting',
  'resolv_conf',
  'rh_subscription',
  'rpi',
  'rsyslog',
  'salt_minion',
  'snap',
  'spacewalk',
  'ssh',
  'ssh_deletekeys',
  'ssh_fp_console_blacklist',
  'ssh_genkeytypes',
  'ssh_key_console_blacklist',
  'ssh_keys',
  'ssh_publish_hostkeys',
  'ssh_quiet_keygen',
  'system_info',
  'ubuntu_advantage',
  'ubuntu_pro',
  'updates',
  'vendor_data',
  'wireguard',
  'yum_repo_dir',
  'zypper',
];

const SECRET = "put the user data into a Secret, and write CloudInit.fromSecretName('…')";

/** Notes what is wrong with settings by cloud-init's own keys, beside the props of the config. */
export function checkSettings(faults: Faults, config: Readonly<Record<string, unknown>>): void {
  const { settings } = config;
  if (settings === undefined) return;
  if (!isObject(settings)) {
    faults.note(`'settings' must be an object of cloud-init's keys, got ${kindOf(settings)}`);
    return;
  }
  for (const [key, value] of Object.entries(settings)) checkSetting(faults, key, value, config);
  for (const place of clearSecrets(settings)) {
    faults.note(`'settings.${place}' must not be a secret that everybody reads, got one (not shown); ${SECRET}`);
  }
}

/** The settings as they are. */
export function renderSettings(settings: { readonly [key: string]: unknown } | undefined): CloudYamlMap {
  return (settings ?? {}) as CloudYamlMap;
}

function checkSetting(faults: Faults, key: string, value: unknown, config: Readonly<Record<string, unknown>>): void {
  const prop = Object.hasOwn(TYPED, key) ? TYPED[key] : undefined;
  const shared = Object.hasOwn(SAYS_MORE, key) ? SAYS_MORE[key] : undefined;
  const beside = shared?.find((name) => config[name] !== undefined);
  if (prop !== undefined && shared === undefined)
    faults.note(`'settings' must not have ${JSON.stringify(key)}; write the prop '${prop}'`);
  else if (prop === undefined && !SETTINGS.includes(key)) {
    const known = `'settings' must have keys that cloud-init knows, got ${JSON.stringify(key)}`;
    faults.note(`${known}; ${remedyFor(key)}`);
  } else if (beside !== undefined) {
    faults.note(`'settings' must not have ${JSON.stringify(key)} beside the prop '${beside}'; keep one`);
  } else if (!isData(value)) {
    faults.note(`'settings.${key}' must be plain data (objects, lists, text, numbers, true, false, null)`);
  }
}

function remedyFor(key: string): string {
  const meant = wordsMeant(key, [...SETTINGS, ...Object.keys(TYPED)]);
  const props = meant.filter((word) => Object.hasOwn(TYPED, word)).map((word) => TYPED[word]);
  if (props.length > 0) return `write the prop ${alternatives(props)}`;
  return meant.length > 0 ? `write ${alternatives(meant)}` : "its keys are those of cloud-init's modules";
}

/** Whether YAML holds it as it is; the depth ends what leads back to itself. */
export function isData(value: unknown, depth = 32): value is CloudYaml {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Array.isArray(value)) return Array.from(value as unknown[]).every((item) => isData(item, depth - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  return Object.values(value).every((item) => item === undefined || isData(item, depth - 1));
}
