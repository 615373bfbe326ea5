import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { Code, literal, options } from '../language/expression';
import {
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
import { migrationEntries } from './day-two';
import { byClass, Kind } from './way';

export const namespace: Kind = () => [byClass('Namespace', k.Namespace, [])];

export const kubeVirt: Kind = (_scope, { spec }) => {
  const developer = valueAt(spec, 'configuration', 'developerConfiguration');
  return [
    byClass('KubeVirt', k.KubeVirt, [
      ['useEmulation', flagCode(valueAt(developer, 'useEmulation'))],
      ['featureGates', textList(valueAt(developer, 'featureGates'))],
      ['migrations', clusterMigrations(valueAt(spec, 'configuration', 'migrations'))],
    ]),
  ];
};

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
    ]),
  ];
};

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
