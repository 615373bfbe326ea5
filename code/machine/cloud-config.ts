import { Duration } from 'cdk8s';
import * as k from '../../constructs';
import { isObject, without } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, lines, literal, options, record } from '../language/expression';
import {
  eachCode,
  Entries,
  flagCode,
  memberCode,
  objectOr,
  secondsCode,
  textCode,
  tried,
  wholeList,
} from '../language/scalars';
import { cloudConfigOf, hasComments, sameCloudConfig } from '../meaning/cloud-config';

/**
 * `CloudInit.of({ … })`, for a `#cloud-config` that it says whole; undefined for other user data. Of a text with comments nothing
 * would be left of these, so that it stays a text.
 */
export function cloudConfigCode(userData: string, more: Code | undefined): Code | undefined {
  const data = cloudConfigOf(userData);
  if (data === undefined || hasComments(userData, data)) return undefined;
  return tried(() => {
    const code = call('CloudInit', k.CloudInit, 'of', record(configEntries(data)), more);
    const made = (code.value as k.CloudInit).userData;
    return made !== undefined && sameCloudConfig(made, userData) ? code : undefined;
  });
}

/** Keys of cloud-init that have a prop of the same form. */
const TEXTS = [
  ['hostname', 'hostname'],
  ['fqdn', 'fqdn'],
  ['timezone', 'timezone'],
  ['locale', 'locale'],
] as const;
const FLAGS = [
  ['manageEtcHosts', 'manage_etc_hosts'],
  ['sshPasswordAuthentication', 'ssh_pwauth'],
  ['disableRoot', 'disable_root'],
  ['packageUpdate', 'package_update'],
  ['packageUpgrade', 'package_upgrade'],
] as const;
const LISTS = [
  ['sshAuthorizedKeys', 'ssh_authorized_keys'],
  ['sshImportId', 'ssh_import_id'],
  ['packages', 'packages'],
  ['bootcmd', 'bootcmd'],
  ['runcmd', 'runcmd'],
] as const;

function configEntries(data: Json): Entries {
  const left = new Set(Object.keys(data));
  const take = (key: string): unknown => {
    left.delete(key);
    return data[key];
  };
  const flags = (rows: readonly (readonly [string, string])[]): Entries =>
    rows.map(([prop, key]) => [prop, flagCode(take(key))]);
  const entries: Entries = [
    ...TEXTS.map(([prop, key]) => [prop, textCode(take(key))] as const),
    ...users(take('users')),
    ...flags(FLAGS),
    ...LISTS.map(([prop, key]) => [prop, textList(take(key))] as const),
    ['writeFiles', wholeList(eachCode(take('write_files'), file))],
    ['groups', wholeList(eachCode(take('groups'), group))],
    ['ntp', ntp(take('ntp'))],
    ['mounts', wholeList(eachCode(take('mounts'), mount))],
    ['growpart', growpart(take('growpart'))],
    ['resizeRootfs', flagCode(take('resize_rootfs'))],
    ['packageRebootIfRequired', flagCode(take('package_reboot_if_required'))],
    ['finalMessage', textCode(take('final_message'))],
    ['powerState', powerState(take('power_state'))],
  ];
  const others = without(data, ...Object.keys(data).filter((key) => !left.has(key)));
  return [...entries, ['settings', Object.keys(others).length > 0 ? literal(others) : undefined]];
}

function textList(value: unknown): Code | undefined {
  return wholeList(eachCode(value, (item) => (typeof item === 'string' ? lines(item) : undefined)));
}

function users(value: unknown): Entries {
  if (!Array.isArray(value)) return [];
  const [first] = value as unknown[];
  const named = first === 'default' ? (value as unknown[]).slice(1) : value;
  return [
    ['defaultUser', first === 'default' ? literal(true) : undefined],
    ['users', wholeList(eachCode(named, user))],
  ];
}

function user(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const words = typeof value.groups === 'string' ? value.groups.split(/\s*,\s*|\s+/).filter(Boolean) : value.groups;
  const sudo = typeof value.sudo === 'string' ? [value.sudo] : value.sudo;
  const password = textCode(value.hashed_passwd ?? value.passwd);
  return record([
    ['name', textCode(value.name)],
    ['gecos', textCode(value.gecos)],
    ['groups', textList(words)],
    ['sudo', textList(sudo)],
    ['shell', textCode(value.shell)],
    ['password', password && call('Password', k.Password, 'hash', password)],
    ['lockPassword', flagCode(value.lock_passwd)],
    ['sshAuthorizedKeys', textList(value.ssh_authorized_keys)],
  ]);
}

function file(value: unknown): Code | undefined {
  const from = objectOr(value);
  if (typeof from.content !== 'string') return undefined;
  return record([
    ['path', textCode(from.path)],
    ['content', lines(from.content)],
    ['owner', textCode(from.owner)],
    ['permissions', textCode(from.permissions)],
    ['append', flagCode(from.append)],
    ['defer', flagCode(from.defer)],
  ]);
}

function group(value: unknown): Code | undefined {
  const [name, members] = typeof value === 'string' ? [value, undefined] : (Object.entries(objectOr(value))[0] ?? []);
  return record([
    ['name', textCode(name)],
    ['members', textList(members)],
  ]);
}

function ntp(value: unknown): Code | undefined {
  const from = objectOr(value);
  return options([
    ['enabled', flagCode(from.enabled)],
    ['servers', textList(from.servers)],
    ['pools', textList(from.pools)],
    ['ntpClient', textCode(from.ntp_client)],
  ]);
}

function mount(value: unknown): Code | undefined {
  const [device, mountPoint, type, given] = Array.isArray(value) ? (value as unknown[]) : [];
  return record([
    ['device', textCode(device)],
    ['mountPoint', textCode(mountPoint)],
    ['type', textCode(type)],
    ['options', textCode(given)],
  ]);
}

function growpart(value: unknown): Code | undefined {
  const from = objectOr(value);
  return options([
    ['mode', memberCode('GrowpartMode', k.GrowpartMode, from.mode)],
    ['devices', textList(from.devices)],
  ]);
}

function powerState(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const { delay } = value;
  return record([
    ['mode', memberCode('PowerStateMode', k.PowerStateMode, value.mode)],
    ['delay', typeof delay === 'number' ? call('Duration', Duration, 'minutes', literal(delay)) : undefined],
    ['message', textCode(value.message)],
    ['timeout', secondsCode(value.timeout)],
    ['condition', textCode(value.condition)],
  ]);
}
