import { yamlParser } from '../../constructs/shared/yaml-parser';
import { isObject } from '../manifests/json';
import { readPlain } from '../manifests/plain-yaml';

/**
 * How user data may begin, in any case and behind blanks (cloud-init, cloudinit/handlers/__init__.py, INCLUSION_TYPES_MAP), and
 * the first headers of a message of several parts.
 */
const HEADERS =
  /^\s*(#include|#!|#cloud-config|#part-handler|#cloud-boothook|#upstart-job|## template: jinja|mime-version:|content-type:)/i;

/** What cloudbase-init, which reads it in Windows, takes too (cloudbaseinit/plugins/common/userdatautils.py). */
const OF_WINDOWS = /^\s*(#ps1|rem cmd|<powershell>|<script>|<#ps1)/i;

/** What is meant to be the header, and is not. */
const NEARLY = /^\s*(?:#+\s*|%23|\/\/\s*|-+\s*)?(?:cloud[-_ ]?config|cloud-init|cloudinit)\s*:?\s*(?:\r?\n|$|%0a)/i;

/** A user data that says what it is, as cloud-init reads it. */
export function hasHeader(data: string): boolean {
  return HEADERS.test(data) || OF_WINDOWS.test(data);
}

/** Whether user data without a header is meant for cloud-init: it is nearly the header, or a map of keys that are its own. */
export function isMeantForCloudInit(data: string): boolean {
  if (NEARLY.test(data)) return true;
  // JSON is Ignition, and what begins so is no map of YAML.
  if (/^\s*[{[<]/.test(data) || !KEY.test(data)) return false;
  const value = parsed(data);
  return isObject(value) && !OTHERS.some((key) => key in value) && Object.keys(value).some((key) => KEYS.has(key));
}

/** Whether it is a cloud-config: YAML behind its header. A template, which the guest fills in, is YAML only then. */
export function isCloudConfig(data: string): boolean {
  return /^\s*#cloud-config(?!-)/i.test(data) && !isTemplate(data);
}

/** Whether something fills in the data before the guest reads them: a chart, a shell, Jinja. */
export function isTemplate(data: string): boolean {
  return /\{\{|\$\{|\{%/.test(data);
}

/** Keys of a cloud-config (cloud-init, cloudinit/config/schemas/schema-cloud-config-v1.json). */
const KEYS: ReadonlySet<string> = new Set([
  ...['users', 'user', 'password', 'chpasswd', 'ssh_pwauth', 'ssh_authorized_keys', 'ssh_import_id', 'disable_root'],
  ...['hostname', 'fqdn', 'preserve_hostname', 'prefer_fqdn_over_hostname', 'manage_etc_hosts', 'timezone', 'locale'],
  ...['packages', 'package_update', 'package_upgrade', 'package_reboot_if_required', 'apt', 'yum_repos', 'snap'],
  ...['runcmd', 'bootcmd', 'write_files', 'power_state', 'final_message', 'phone_home', 'growpart', 'resize_rootfs'],
  ...['disk_setup', 'fs_setup', 'mounts', 'swap', 'ntp', 'ca_certs', 'ca-certs', 'ssh_keys', 'ssh_deletekeys'],
  ...['cloud_init_modules', 'cloud_config_modules', 'cloud_final_modules', 'rh_subscription', 'autoinstall'],
]);

/** A line that may begin with such a key: what has none is not read at all. */
const KEY = /^["']?[a-z][\w-]*["']?\s*:/m;

/** What other systems are configured by: Talos, Kairos and Elemental, Flatcar's and CoreOS' Butane, MicroOS. */
const OTHERS = [
  'machine',
  'cluster',
  'ignition',
  'variant',
  'install',
  'stages',
  'k3os',
  'rancher',
  'combustion',
  'kind',
];

/** Why a cloud-config or network data is nothing that cloud-init reads; undefined if it is read. */
export interface DataFault {
  /** The words of a message behind "must be". */
  readonly must: string;
  /** What becomes of it. */
  readonly effect: string;
}

/** Why a text is no map of YAML, without a value of it; undefined if it is one. */
export function dataFault(text: string): DataFault | undefined {
  // Most are plain maps: for those no other parser is loaded.
  if (readPlain(text) !== undefined) return undefined;
  const { value, fault } = read(text);
  if (fault !== undefined) return fault;
  if (value === undefined || value === null || isObject(value)) return undefined;
  const kind = Array.isArray(value) ? 'a list' : 'a text';
  return { must: `a map of keys, not ${kind}`, effect: 'cloud-init does nothing of it' };
}

/** What a text says, or why it is no YAML to Python, which takes more than YAML allows. */
function read(text: string): { readonly value?: unknown; readonly fault?: DataFault } {
  const { load, YAMLException } = yamlParser();
  const lines = text.split('\n');
  // Each turn indents a line that closes a bracket where it began, which Python takes.
  for (let turn = 0; turn <= lines.length; turn += 1) {
    try {
      return { value: load(lines.join('\n')) };
    } catch (thrown) {
      if (!(thrown instanceof YAMLException) || thrown.mark === undefined) return {};
      const { reason, mark } = thrown;
      if (reason.includes(OWN_TAG)) return {};
      if (reason !== 'deficient indentation') return { fault: faultAt(reason, mark.line + 1) };
      lines[mark.line] = `        ${lines[mark.line]}`;
    }
  }
  return {};
}

/** Tags of YAML itself: Python knows them all. */
const OWN_TAG = '!<tag:yaml.org,2002:';

function faultAt(reason: string, line: number): DataFault {
  if (!reason.includes('duplicated mapping key')) {
    return { must: `YAML, which it is not from its line ${line} on`, effect: 'cloud-init does nothing of it' };
  }
  return {
    must: `a map of keys of which each stands once, unlike that of its line ${line}`,
    effect: 'cloud-init takes the last of them, and drops the other',
  };
}

/** What a text of YAML says; undefined if it is none. */
export function parsed(text: string): unknown {
  try {
    return yamlParser().load(text, { json: true });
  } catch {
    return undefined;
  }
}
