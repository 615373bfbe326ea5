import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, literal, options, record } from '../language/expression';
import {
  eachCode,
  Entries,
  flagCode,
  memberCode,
  numberCode,
  objectOr,
  textCode,
  tried,
  wholeList,
} from '../language/scalars';

/** Devices beside disks and networks. */
export function guestDevices(from: Json): Code | undefined {
  const there = (key: string): Code | undefined => (isObject(from[key]) ? literal(true) : undefined);
  const watchdog = valueAt(from.watchdog, 'i6300esb', 'action') ?? valueAt(from.watchdog, 'diag288', 'action');
  const watchdogName = valueAt(from.watchdog, 'name');
  return options([
    ['rng', there('rng')],
    ['networkMultiqueue', flagCode(from.networkInterfaceMultiqueue)],
    ['blockMultiqueue', flagCode(from.blockMultiQueue)],
    ['graphics', flagCode(from.autoattachGraphicsDevice)],
    ['videoType', textCode(valueAt(from.video, 'type'))],
    ['serialConsole', flagCode(from.autoattachSerialConsole)],
    ['logSerialConsole', flagCode(from.logSerialConsole)],
    ['memoryBalloon', flagCode(from.autoattachMemBalloon)],
    ['vsock', flagCode(from.autoattachVSOCK)],
    ['downwardMetrics', there('downwardMetrics')],
    [
      'tablets',
      wholeList(
        eachCode(from.inputs, (item) => {
          const { name, bus, type } = objectOr(item);
          if (type !== 'tablet') return undefined;
          return record([
            ['name', textCode(name)],
            ['bus', memberCode('InputBus', k.InputBus, bus)],
          ]);
        }),
      ),
    ],
    ['inputDevice', flagCode(from.autoattachInputDevice)],
    ['sound', memberCode('SoundModel', k.SoundModel, valueAt(from.sound, 'model'))],
    ['clientPassthrough', there('clientPassthrough')],
    ['watchdog', memberCode('WatchdogAction', k.WatchdogAction, watchdog)],
    ['watchdogName', watchdogName === 'watchdog' ? undefined : textCode(watchdogName)],
    ['panicDevices', wholeList(eachCode(from.panicDevices, panicDevice))],
    ...nodeDevices(from),
    ['useVirtioTransitional', flagCode(from.useVirtioTransitional)],
    ['disableHotplug', flagCode(from.disableHotplug)],
  ]);
}

function panicDevice(value: unknown): Code | undefined {
  return memberCode('PanicDeviceModel', k.PanicDeviceModel, valueAt(value, 'model'));
}

/** Devices of the node that the guest has for itself. */
export function nodeDevices(from: Json): Entries {
  return [
    ['gpus', wholeList(eachCode(from.gpus, nodeDevice))],
    ['hostDevices', wholeList(eachCode(from.hostDevices, nodeDevice))],
  ];
}

function nodeDevice(item: unknown): Code | undefined {
  if (!isObject(item)) return undefined;
  const display = valueAt(item, 'virtualGPUOptions', 'display');
  return record([
    ...['name', 'deviceName', 'claimName', 'requestName', 'tag'].map((key) => [key, textCode(item[key])] as const),
    ['display', flagCode(valueAt(display, 'enabled'))],
    ['ramFb', flagCode(valueAt(display, 'ramFB', 'enabled'))],
  ]);
}

/** A trusted platform module. */
export function tpm(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const factory = value.enabled === false ? 'disabled' : value.persistent === true ? 'persistent' : 'volatile';
  return call('Tpm', k.Tpm, factory);
}

/** Threads of disks. */
export function ioThreads(domain: Json): Code | undefined {
  const { ioThreadsPolicy: policy } = domain;
  const count = numberCode(valueAt(domain, 'ioThreads', 'supplementalPoolThreadCount'));
  if (policy === 'supplementalPool' && count) {
    return tried(() => call('IoThreads', k.IoThreads, 'supplementalPool', count));
  }
  return policy === 'shared' || policy === 'auto' ? call('IoThreads', k.IoThreads, policy) : undefined;
}

/** Memory that the node cannot read. */
export function launchSecurity(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  if (isObject(value.snp)) return call('LaunchSecurity', k.LaunchSecurity, 'snp');
  if (isObject(value.tdx)) return call('LaunchSecurity', k.LaunchSecurity, 'tdx');
  if (Object.keys(value).length === 0) return call('LaunchSecurity', k.LaunchSecurity, 'secureExecution');
  if (!isObject(value.sev)) return undefined;
  const isEncrypted = valueAt(value.sev, 'policy', 'encryptedState') === true;
  const all = options([
    ['attestation', isObject(value.sev.attestation) ? literal(true) : undefined],
    ['session', textCode(value.sev.session)],
    ['dhCert', textCode(value.sev.dhCert)],
  ]);
  return tried(() => call('LaunchSecurity', k.LaunchSecurity, isEncrypted ? 'sevEs' : 'sev', all));
}
