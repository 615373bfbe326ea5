import * as k from '../constructs';
import { isObject, valueAt } from '../review/manifests/json';
import { Json } from '../review/rule';
import { call, Code, literal, options, record } from './expression';
import { networks } from './networks';
import {
  cpuCode,
  eachCode,
  Entries,
  flagCode,
  memberCode,
  numberCode,
  objectOr,
  secondsCode,
  sizeCode,
  textCode,
  textsCode,
  tried,
  wholeList,
} from './scalars';
import { dns, scheduling } from './scheduling';

/** The props of a machine that say what the `spec` of an instance says, apart from its disks. */
export function machineProps(spec: Json): Entries {
  const domain = objectOr(spec.domain);
  const devices = objectOr(domain.devices);
  return [
    ['memory', sizeCode(valueAt(domain, 'memory', 'guest'))],
    ['maxMemory', sizeCode(valueAt(domain, 'memory', 'maxGuest'))],
    ['hugepages', sizeCode(valueAt(domain, 'memory', 'hugepages', 'pageSize'))],
    ['cpu', cpu(domain.cpu)],
    ['resources', resources(domain.resources)],
    ['architecture', memberCode('Architecture', k.Architecture, spec.architecture)],
    ['machineType', textCode(valueAt(domain, 'machine', 'type'))],
    ['firmware', firmware(domain.firmware)],
    ['features', features(domain.features, domain.firmware)],
    ['hyperv', hyperv(domain.features)],
    ['clock', clock(domain.clock)],
    ['tpm', tpm(devices.tpm)],
    ['devices', guestDevices(devices)],
    ['ioThreads', ioThreads(domain)],
    ['launchSecurity', launchSecurity(domain.launchSecurity)],
    ['chassis', texts(domain.chassis, ['manufacturer', 'version', 'serial', 'asset', 'sku'])],
    ['networks', networks(spec, devices)],
    ['hostname', textCode(spec.hostname)],
    ['subdomain', textCode(spec.subdomain)],
    ['nodeSelector', textsCode(spec.nodeSelector)],
    ['dns', dns(spec)],
    ['scheduling', scheduling(spec)],
    ['terminationGracePeriod', secondsCode(spec.terminationGracePeriodSeconds)],
    ['evictionStrategy', memberCode('EvictionStrategy', k.EvictionStrategy, spec.evictionStrategy)],
    ['accessCredentials', wholeList(eachCode(spec.accessCredentials, credential))],
    ['livenessProbe', probe(spec.livenessProbe)],
    ['readinessProbe', probe(spec.readinessProbe)],
    ['startStrategy', memberCode('StartStrategy', k.StartStrategy, spec.startStrategy)],
    ['rebootPolicy', memberCode('RebootPolicy', k.RebootPolicy, domain.rebootPolicy)],
  ];
}

function texts(value: unknown, keys: readonly string[]): Code | undefined {
  const from = objectOr(value);
  return options(keys.map((key) => [key, textCode(from[key])]));
}

function isOn(value: unknown): boolean {
  return isObject(value) && value.enabled !== false;
}

function cpu(value: unknown): Code | undefined {
  const from = objectOr(value);
  return options([
    ['cores', numberCode(from.cores)],
    ['sockets', numberCode(from.sockets)],
    ['threads', numberCode(from.threads)],
    ['maxSockets', numberCode(from.maxSockets)],
    ['model', textCode(from.model)],
    [
      'features',
      wholeList(
        eachCode(from.features, (feature) => {
          const { name, policy } = objectOr(feature);
          const policyCode = memberCode('CpuFeaturePolicy', k.CpuFeaturePolicy, policy);
          return (
            textCode(name) &&
            record([
              ['name', textCode(name)],
              ['policy', policyCode],
            ])
          );
        }),
      ),
    ],
    ['dedicated', flagCode(from.dedicatedCpuPlacement)],
    ['isolateEmulatorThread', flagCode(from.isolateEmulatorThread)],
    ['numaPassthrough', isObject(valueAt(from, 'numa', 'guestMappingPassthrough')) ? literal(true) : undefined],
    ['realtime', isObject(from.realtime) ? literal(true) : undefined],
    ['realtimeMask', textCode(valueAt(from.realtime, 'mask'))],
  ]);
}

function resources(value: unknown): Code | undefined {
  return options([
    ['memoryRequest', sizeCode(valueAt(value, 'requests', 'memory'))],
    ['memoryLimit', sizeCode(valueAt(value, 'limits', 'memory'))],
    ['cpuRequest', cpuCode(valueAt(value, 'requests', 'cpu'))],
    ['cpuLimit', cpuCode(valueAt(value, 'limits', 'cpu'))],
    ['overcommitGuestOverhead', flagCode(valueAt(value, 'overcommitGuestOverhead'))],
  ]);
}

function firmware(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const names: Entries = [
    ['uuid', textCode(value.uuid)],
    ['serial', textCode(value.serial)],
  ];
  const efi = valueAt(value, 'bootloader', 'efi');
  if (isObject(efi)) {
    const factory = efi.secureBoot === false ? 'uefi' : 'secureBoot';
    const persistent = efi.persistent === true ? literal(true) : undefined;
    return tried(() => call('Firmware', k.Firmware, factory, options([...names, ['persistent', persistent]])));
  }
  const useSerial = flagCode(valueAt(value, 'bootloader', 'bios', 'useSerial'));
  return tried(() => call('Firmware', k.Firmware, 'bios', options([...names, ['useSerial', useSerial]])));
}

function features(value: unknown, ofFirmware: unknown): Code | undefined {
  const from = objectOr(value);
  const enabled = (key: string): Code | undefined => (isObject(from[key]) ? literal(isOn(from[key])) : undefined);
  const hasSecureBoot = isObject(valueAt(ofFirmware, 'bootloader', 'efi'));
  return options([
    ['acpi', enabled('acpi')],
    ['apic', enabled('apic')],
    ['apicEndOfInterrupt', flagCode(valueAt(from, 'apic', 'endOfInterrupt'))],
    ['kvmHidden', flagCode(valueAt(from, 'kvm', 'hidden'))],
    ['pvSpinlock', enabled('pvspinlock')],
    // The firmware brings it.
    ['smm', hasSecureBoot && isOn(from.smm) ? undefined : enabled('smm')],
  ]);
}

const ENLIGHTENMENTS = [
  ...['evmcs', 'frequencies', 'ipi', 'reenlightenment', 'relaxed', 'reset', 'runtime', 'synic', 'vapic'].map(
    (key) => [key, key] as const,
  ),
  ['synicTimer', 'synictimer'],
  ['tlbFlush', 'tlbflush'],
  ['vpIndex', 'vpindex'],
] as const;

function hyperv(value: unknown): Code | undefined {
  const from = objectOr(value);
  if (isOn(from.hypervPassthrough)) return call('HyperV', k.HyperV, 'passthrough');
  if (!isObject(from.hyperv)) return undefined;
  const given = from.hyperv;
  const flag = (below: unknown): Code | undefined => (isObject(below) ? literal(isOn(below)) : undefined);
  const all: Entries = [
    ...ENLIGHTENMENTS.map(([prop, key]) => [prop, flag(given[key])] as const),
    ['synicTimerDirect', flag(valueAt(given, 'synictimer', 'direct'))],
    ['tlbFlushDirect', flag(valueAt(given, 'tlbflush', 'direct'))],
    ['tlbFlushExtended', flag(valueAt(given, 'tlbflush', 'extended'))],
    ['spinlockRetries', numberCode(valueAt(given, 'spinlocks', 'spinlocks'))],
    ['vendorId', textCode(valueAt(given, 'vendorid', 'vendorid'))],
  ];
  return tried(() => call('HyperV', k.HyperV, 'of', record(all)));
}

function clock(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const timers = objectOr(value.timer);
  const timer = (key: string): Code | undefined => {
    const from = timers[key];
    if (!isObject(from)) return undefined;
    return record([
      ['present', flagCode(from.present)],
      ['tickPolicy', memberCode('TickPolicy', k.TickPolicy, from.tickPolicy)],
      ['track', memberCode('RtcTrack', k.RtcTrack, from.track)],
    ]);
  };
  const flag = (key: string): Code | undefined =>
    isObject(timers[key]) ? literal(timers[key].present !== false) : undefined;
  const all: Entries = [
    [
      'timers',
      options([
        ['hpet', timer('hpet')],
        ['hyperv', flag('hyperv')],
        ['kvm', flag('kvm')],
        ['pit', timer('pit')],
        ['rtc', timer('rtc')],
      ]),
    ],
  ];
  const zone = textCode(value.timezone);
  if (zone) return tried(() => call('Clock', k.Clock, 'inTimezone', zone, options(all)));
  const offset = numberCode(valueAt(value, 'utc', 'offsetSeconds'));
  return tried(() => call('Clock', k.Clock, 'utc', options([['offsetSeconds', offset], ...all])));
}

function tpm(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const factory = value.enabled === false ? 'disabled' : value.persistent === true ? 'persistent' : 'volatile';
  return call('Tpm', k.Tpm, factory);
}

function ioThreads(domain: Json): Code | undefined {
  const { ioThreadsPolicy: policy } = domain;
  const count = numberCode(valueAt(domain, 'ioThreads', 'supplementalPoolThreadCount'));
  if (policy === 'supplementalPool' && count) {
    return tried(() => call('IoThreads', k.IoThreads, 'supplementalPool', count));
  }
  return policy === 'shared' || policy === 'auto' ? call('IoThreads', k.IoThreads, policy) : undefined;
}

function launchSecurity(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  if (isObject(value.snp)) return call('LaunchSecurity', k.LaunchSecurity, 'snp');
  if (isObject(value.tdx)) return call('LaunchSecurity', k.LaunchSecurity, 'tdx');
  if (!isObject(value.sev)) return undefined;
  const isEncrypted = valueAt(value.sev, 'policy', 'encryptedState') === true;
  const all = options([
    ['attestation', isObject(value.sev.attestation) ? literal(true) : undefined],
    ['session', textCode(value.sev.session)],
    ['dhCert', textCode(value.sev.dhCert)],
  ]);
  return tried(() => call('LaunchSecurity', k.LaunchSecurity, isEncrypted ? 'sevEs' : 'sev', all));
}

function guestDevices(from: Json): Code | undefined {
  const there = (key: string): Code | undefined => (isObject(from[key]) ? literal(true) : undefined);
  const watchdog = valueAt(from.watchdog, 'i6300esb', 'action') ?? valueAt(from.watchdog, 'i6300Esb', 'action');
  const device = (item: unknown): Code | undefined => {
    if (!isObject(item)) return undefined;
    return record(['name', 'deviceName', 'claimName', 'requestName', 'tag'].map((key) => [key, textCode(item[key])]));
  };
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
    ['gpus', wholeList(eachCode(from.gpus, device))],
    ['hostDevices', wholeList(eachCode(from.hostDevices, device))],
    ['useVirtioTransitional', flagCode(from.useVirtioTransitional)],
    ['disableHotplug', flagCode(from.disableHotplug)],
  ]);
}

function credential(value: unknown): Code | undefined {
  const { sshPublicKey, userPassword } = objectOr(value);
  const secret = (from: unknown): Code => literal(valueAt(from, 'source', 'secret', 'secretName'));
  return tried(() => {
    if (isObject(userPassword))
      return call('AccessCredential', k.AccessCredential, 'passwordsByGuestAgent', secret(userPassword));
    const way = objectOr(valueAt(sshPublicKey, 'propagationMethod'));
    if (isObject(way.noCloud))
      return call('AccessCredential', k.AccessCredential, 'sshKeysByCloudInit', secret(sshPublicKey));
    if (isObject(way.configDrive))
      return call('AccessCredential', k.AccessCredential, 'sshKeysByConfigDrive', secret(sshPublicKey));
    const users = valueAt(way, 'qemuGuestAgent', 'users');
    return call('AccessCredential', k.AccessCredential, 'sshKeysByGuestAgent', secret(sshPublicKey), literal(users));
  });
}

function probe(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const times: Entries = [
    ['initialDelay', secondsCode(value.initialDelaySeconds)],
    ['period', secondsCode(value.periodSeconds)],
    ['timeout', secondsCode(value.timeoutSeconds)],
    ['failureThreshold', numberCode(value.failureThreshold)],
    ['successThreshold', numberCode(value.successThreshold)],
  ];
  const { httpGet, tcpSocket, exec, guestAgentPing } = value;
  return tried(() => {
    if (isObject(httpGet)) {
      const { port, path, host } = httpGet;
      return call(
        'GuestProbe',
        k.GuestProbe,
        'httpGet',
        literal(port),
        options([['path', textCode(path)], ['host', textCode(host)], ...times]),
      );
    }
    if (isObject(tcpSocket)) {
      return call(
        'GuestProbe',
        k.GuestProbe,
        'tcpSocket',
        literal(tcpSocket.port),
        options([['host', textCode(tcpSocket.host)], ...times]),
      );
    }
    if (isObject(exec)) return call('GuestProbe', k.GuestProbe, 'exec', literal(exec.command), options(times));
    return isObject(guestAgentPing) ? call('GuestProbe', k.GuestProbe, 'guestAgentPing', options(times)) : undefined;
  });
}
