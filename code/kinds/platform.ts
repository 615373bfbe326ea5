import { ImagePullPolicy } from 'cdk8s-plus-27';
import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { Json } from '../../review/rule';
import { Code, literal, options, record } from '../language/expression';
import {
  cpuCode,
  Entries,
  objectOr,
  sizeCode,
  eachCode,
  flagCode,
  memberCode,
  numberCode,
  secondsCode,
  textCode,
  textsCode,
  wholeList,
} from '../language/scalars';
import { toleration } from '../machine/scheduling';
import { secondsOf } from '../meaning/sameness';
import { migrationEntries } from './day-two';
import { byClass, Kind } from './way';

export const namespace: Kind = () => [byClass('Namespace', k.Namespace, [])];

export const kubeVirt: Kind = (_scope, { spec }) => {
  const developer = valueAt(spec, 'configuration', 'developerConfiguration');
  return [
    byClass('KubeVirt', k.KubeVirt, [
      ['useEmulation', flagCode(valueAt(developer, 'useEmulation'))],
      ['featureGates', textList(valueAt(developer, 'featureGates'))],
      ['disabledFeatureGates', textList(valueAt(developer, 'disabledFeatureGates'))],
      ['migrations', clusterMigrations(valueAt(spec, 'configuration', 'migrations'))],
      ...machineEntries(objectOr(valueAt(spec, 'configuration'))),
      ['imagePullPolicy', memberCode('ImagePullPolicy', ImagePullPolicy, valueAt(spec, 'imagePullPolicy'))],
      ['workloadUpdates', workloadUpdates(valueAt(spec, 'workloadUpdateStrategy'))],
      ['infrastructure', placement(valueAt(spec, 'infra', 'nodePlacement'))],
      ['infrastructureReplicas', numberCode(valueAt(spec, 'infra', 'replicas'))],
      ['workloads', placement(valueAt(spec, 'workloads', 'nodePlacement'))],
      ['permittedHostDevices', permitted(valueAt(spec, 'configuration', 'permittedHostDevices'))],
      ['logVerbosity', verbosity(valueAt(developer, 'logVerbosity'))],
    ]),
  ];
};

/** What the machines of a cluster are. */
function machineEntries(configuration: Json): Entries {
  const { evictionStrategy, vmRolloutStrategy, liveUpdateConfiguration: live, smbios } = configuration;
  return [
    ['evictionStrategy', memberCode('EvictionStrategy', k.EvictionStrategy, evictionStrategy)],
    ['vmRolloutStrategy', memberCode('VmRolloutStrategy', k.VmRolloutStrategy, vmRolloutStrategy)],
    [
      'liveUpdate',
      options([
        ['maxCpuSockets', numberCode(valueAt(live, 'maxCpuSockets'))],
        ['maxGuest', sizeCode(valueAt(live, 'maxGuest'))],
        ['maxHotplugRatio', numberCode(valueAt(live, 'maxHotplugRatio'))],
      ]),
    ],
    ['cpuModel', textCode(configuration.cpuModel)],
    [
      'smbios',
      options(
        ['manufacturer', 'product', 'version', 'sku', 'family'].map((key) => [key, textCode(valueAt(smbios, key))]),
      ),
    ],
    ['vmStateStorageClassName', textCode(configuration.vmStateStorageClass)],
  ];
}

function workloadUpdates(value: unknown): Code | undefined {
  const method = (one: unknown): Code | undefined => memberCode('WorkloadUpdateMethod', k.WorkloadUpdateMethod, one);
  return options([
    ['methods', wholeList(eachCode(valueAt(value, 'workloadUpdateMethods'), method))],
    ['batchEvictionSize', numberCode(valueAt(value, 'batchEvictionSize'))],
    ['batchEvictionInterval', secondsCode(secondsOf(valueAt(value, 'batchEvictionInterval')))],
  ]);
}

function permitted(value: unknown): Code | undefined {
  const kind =
    (...keys: readonly string[]) =>
    (device: unknown): Code =>
      record([
        ...keys.map((key) => [key, textCode(valueAt(device, key))] as const),
        ['selectors', wholeList(eachCode(valueAt(device, 'selectors'), usbSelector))],
        ['externalResourceProvider', flagCode(valueAt(device, 'externalResourceProvider'))],
      ]);
  const each = (key: string, of: (device: unknown) => Code): Code | undefined =>
    wholeList(eachCode(valueAt(value, key), of));
  return options([
    ['pciHostDevices', each('pciHostDevices', kind('pciVendorSelector', 'resourceName'))],
    ['mediatedDevices', each('mediatedDevices', kind('mdevNameSelector', 'resourceName'))],
    ['usb', each('usb', kind('resourceName'))],
  ]);
}

function usbSelector(value: unknown): Code {
  return record(['vendor', 'product'].map((key) => [key, textCode(valueAt(value, key))]));
}

function verbosity(value: unknown): Code | undefined {
  const nodes = Object.entries(objectOr(valueAt(value, 'nodeVerbosity')));
  return options([
    ['virtApi', numberCode(valueAt(value, 'virtAPI'))],
    ...['virtController', 'virtHandler', 'virtLauncher', 'virtOperator'].map(
      (key) => [key, numberCode(valueAt(value, key))] as const,
    ),
    ['nodes', options(nodes.map(([node, number]) => [node, numberCode(number)]))],
  ]);
}

function clusterMigrations(value: unknown): Code | undefined {
  return options([
    ...migrationEntries(value),
    ['parallelMigrationsPerCluster', numberCode(valueAt(value, 'parallelMigrationsPerCluster'))],
    ['parallelOutboundMigrationsPerNode', numberCode(valueAt(value, 'parallelOutboundMigrationsPerNode'))],
    ['progressTimeout', secondsCode(valueAt(value, 'progressTimeout'))],
    ['utilityVolumesTimeout', secondsCode(valueAt(value, 'utilityVolumesTimeout'))],
    ['network', textCode(valueAt(value, 'network'))],
    ['nodeDrainTaintKey', textCode(valueAt(value, 'nodeDrainTaintKey'))],
    ['unsafeMigrationOverride', flagCode(valueAt(value, 'unsafeMigrationOverride'))],
    ['disableTls', flagCode(valueAt(value, 'disableTLS'))],
    ['matchSELinuxLevelOnMigration', flagCode(valueAt(value, 'matchSELinuxLevelOnMigration'))],
  ]);
}

export const cdi: Kind = (_scope, { spec }) => {
  const config = valueAt(spec, 'config');
  const overhead = Number(valueAt(config, 'filesystemOverhead', 'global'));
  return [
    byClass('Cdi', k.Cdi, [
      ['uploadProxyUrl', textCode(valueAt(config, 'uploadProxyURLOverride'))],
      ['insecureRegistries', textList(valueAt(config, 'insecureRegistries'))],
      ['scratchSpaceStorageClassName', textCode(valueAt(config, 'scratchSpaceStorageClass'))],
      ['cloneStrategyOverride', memberCode('CloneStrategy', k.CloneStrategy, valueAt(spec, 'cloneStrategyOverride'))],
      ['filesystemOverhead', Number.isFinite(overhead) ? literal(overhead) : undefined],
      ['featureGates', textList(valueAt(config, 'featureGates'))],
      ['infrastructure', placement(valueAt(spec, 'infra'))],
      ['workloads', placement(valueAt(spec, 'workload'))],
      ['imagePullPolicy', memberCode('ImagePullPolicy', ImagePullPolicy, valueAt(spec, 'imagePullPolicy'))],
      ['podResources', podResources(valueAt(config, 'podResourceRequirements'))],
      ['preallocation', flagCode(valueAt(config, 'preallocation'))],
      ['logVerbosity', numberCode(valueAt(config, 'logVerbosity'))],
    ]),
  ];
};

function podResources(value: unknown): Code | undefined {
  const amounts = (name: string, of: (amount: unknown) => Code | undefined): Code | undefined =>
    options([
      ['request', of(valueAt(value, 'requests', name))],
      ['limit', of(valueAt(value, 'limits', name))],
    ]);
  return options([
    ['cpu', amounts('cpu', cpuCode)],
    ['memory', amounts('memory', sizeCode)],
    ['ephemeralStorage', amounts('ephemeral-storage', sizeCode)],
  ]);
}

function textList(value: unknown): Code | undefined {
  return wholeList(eachCode(value, textCode));
}

function placement(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  return options([
    ['nodeSelector', textsCode(value.nodeSelector)],
    ['tolerations', wholeList(eachCode(value.tolerations, toleration))],
  ]);
}
