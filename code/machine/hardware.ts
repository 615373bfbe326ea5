import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { call, Code, literal, options, record } from '../language/expression';
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
} from '../language/scalars';
import { isNothing } from '../meaning/sameness';
import { guestDevices, ioThreads, launchSecurity, tpm } from './devices';
import { DiskEntries } from './disks';
import { features, firmware } from './firmware';
import { credential, probe } from './guest-access';
import { networks } from './networks';
import { dns, scheduling } from './scheduling';
import { clock, hyperv } from './windows';

/** The props of a machine that say what the `spec` of an instance says, in the order in which they are read. */
export function machineEntries(
  spec: Json,
  { boot, secondary, cloudInit }: DiskEntries,
  hasInstancetype: boolean,
): Entries {
  const domain = objectOr(spec.domain);
  const devices = objectOr(domain.devices);
  return [
    ...boot,
    ['cpu', cpu(domain.cpu)],
    ['memory', sizeCode(valueAt(domain, 'memory', 'guest'))],
    ['maxMemory', sizeCode(valueAt(domain, 'memory', 'maxGuest'))],
    ['hugepages', sizeCode(valueAt(domain, 'memory', 'hugepages', 'pageSize'))],
    ['reservedOverhead', reservedOverhead(valueAt(domain, 'memory', 'reservedOverhead'))],
    ['memoryLeftOpen', hasInstancetype || hasMemory(domain) ? undefined : literal(true)],
    ['resources', resources(domain.resources)],
    ...secondary,
    ['networks', networks(spec, devices)],
    ...cloudInit,
    ['hostname', textCode(spec.hostname)],
    ['subdomain', textCode(spec.subdomain)],
    ['dns', dns(spec)],
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
    ['resourceClaims', wholeList(eachCode(spec.resourceClaims, resourceClaim))],
    ['nodeSelector', textsCode(spec.nodeSelector)],
    ['scheduling', scheduling(spec)],
    ['evictionStrategy', memberCode('EvictionStrategy', k.EvictionStrategy, spec.evictionStrategy)],
    ['terminationGracePeriod', secondsCode(spec.terminationGracePeriodSeconds)],
    ['accessCredentials', wholeList(eachCode(spec.accessCredentials, credential))],
    ['livenessProbe', probe(spec.livenessProbe)],
    ['readinessProbe', probe(spec.readinessProbe)],
    ['startStrategy', memberCode('StartStrategy', k.StartStrategy, spec.startStrategy)],
    ['rebootPolicy', memberCode('RebootPolicy', k.RebootPolicy, domain.rebootPolicy)],
    ['serviceAccountName', textCode(spec.serviceAccountName)],
  ];
}

/** Whether a machine says what an instance type brings. */
export function hasSizes(domain: unknown): boolean {
  const parts = ['cores', 'sockets', 'threads'].map((key) => ['cpu', key]);
  const paths = ['requests', 'limits'].flatMap((key) => ['memory', 'cpu'].map((what) => ['resources', key, what]));
  return [...parts, ...paths, ['memory']].some((path) => !isNothing(valueAt(domain, ...path), path.at(-1)!));
}

/** Whether anything says how much memory the guest has. */
function hasMemory(domain: Json): boolean {
  const paths = [
    ['memory', 'guest'],
    ['memory', 'hugepages', 'pageSize'],
    ['resources', 'requests', 'memory'],
  ];
  return [...paths, ['resources', 'limits', 'memory']].some((path) => valueAt(domain, ...path) !== undefined);
}

function texts(value: unknown, keys: readonly string[]): Code | undefined {
  const from = objectOr(value);
  return options(keys.map((key) => [key, textCode(from[key])]));
}

function cpu(value: unknown): Code | undefined {
  const from = objectOr(value);
  return options([
    ['cores', numberCode(from.cores)],
    ['sockets', numberCode(from.sockets)],
    ['threads', numberCode(from.threads)],
    ['maxSockets', numberCode(from.maxSockets)],
    ['model', textCode(from.model)],
    ['features', cpuFeatures(from.features)],
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

/** Features of the processors. */
export function cpuFeatures(value: unknown): Code | undefined {
  return wholeList(eachCode(value, cpuFeature));
}

function cpuFeature(value: unknown): Code | undefined {
  const { name, policy } = objectOr(value);
  const nameCode = textCode(name);
  if (nameCode === undefined) return undefined;
  return record([
    ['name', nameCode],
    ['policy', memberCode('CpuFeaturePolicy', k.CpuFeaturePolicy, policy)],
  ]);
}

function reservedOverhead(value: unknown): Code | undefined {
  return options([
    ['addedOverhead', sizeCode(valueAt(value, 'addedOverhead'))],
    ['memLock', memberCode('MemoryLock', k.MemoryLock, valueAt(value, 'memLock'))],
  ]);
}

function resourceClaim(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const { name, resourceClaimName, resourceClaimTemplateName } = value;
  const [factory, target] =
    resourceClaimName === undefined
      ? ['fromTemplateName', resourceClaimTemplateName]
      : ['fromClaimName', resourceClaimName];
  return tried(() => call('ResourceClaim', k.ResourceClaim, factory, literal(name), literal(target)));
}
