import { Cluster } from '../cluster/cluster';
import { namespaceOf } from '../cluster/identity';
import { diskTemplateField, diskTemplates, guestField, Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { objectAt, objectsAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { OutcomeRule } from './rule';

/** Rules that a Secret or a ConfigMap among the manifests has the keys that are read of it. */
export const SECRET_RULES: readonly OutcomeRule[] = [
  {
    id: 'secret-keys',
    sentence: 'A Secret, or a ConfigMap of sysprep, has the keys that are read of it.',
    source:
      'CDI, pkg/controller/import-controller.go:makeImportEnv; KubeVirt, pkg/cloud-init/cloud-init.go:resolveNoCloudSecrets, resolveConfigDriveSecrets, pkg/config/sysprep.go:validateUnattendPresence',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      if (['Secret', 'ConfigMap'].every((kind) => cluster.ofKind(kind).length === 0)) return;
      for (const { from, namespace, kind = 'Secret', name, field, keys } of reads(cluster)) {
        const secret = cluster.object(kind, namespace, name);
        if (secret === undefined || keys.every((alternatives) => alternatives.some((key) => has(secret, key))))
          continue;
        const wanted = keys.map((alternatives) => alternatives.map((key) => `'${key}'`).join(' or ')).join(' and ');
        const held = [...keysOf(secret)].sort().map((key) => `'${key}'`);
        const message = `'${field.split('.').at(-1)}' must be a ${kind} with ${wanted}, got ${JSON.stringify(name)} with ${held.join(', ')}`;
        note(from, field, message, 'rename its keys');
      }
    },
  },
];

/** A Secret that is read, with the keys of which each must be there under one of its names. */
interface Read {
  readonly from: Reviewed;
  readonly namespace: string;
  /** `Secret`, unless it is a ConfigMap. */
  readonly kind?: string;
  readonly name: string;
  readonly field: string;
  readonly keys: readonly (readonly string[])[];
}

/** What CDI hands to its importer. */
const CREDENTIALS = [['accessKeyId'], ['secretKey']] as const;
const WITH_CREDENTIALS = [
  ...['http', 's3', 'registry', 'imageio', 'vddk'].map((type) => [type, CREDENTIALS] as const),
  // pkg/common/common.go, ImporterGoogleCredentialFile.
  ['gcs', [['credentials.json']]] as const,
];

function* reads(cluster: Cluster): Generator<Read> {
  for (const from of cluster.ofKind('DataVolume')) yield* ofSource(from, namespaceOf(from), from.object, 'spec');
  for (const from of cluster.ofKind('DataImportCron')) {
    const template = objectAt(from.object, 'spec', 'template');
    if (template !== undefined) yield* ofSource(from, namespaceOf(from), template, 'spec.template.spec');
  }
  for (const machine of cluster.sampleMachines) {
    for (const [index, template] of diskTemplates(machine).entries()) {
      yield* ofSource(machine.from, machine.namespace, template, diskTemplateField(machine, index, 'spec'));
    }
    yield* ofVolumes(machine);
  }
}

function* ofSource(from: Reviewed, namespace: string, volume: Json, spec: string): Generator<Read> {
  for (const [type, keys] of WITH_CREDENTIALS) {
    const name = textAt(volume, 'spec', 'source', type, 'secretRef');
    if (name !== '') yield { from, namespace, name, field: `${spec}.source.${type}.secretRef`, keys };
  }
}

const SEEDS = [
  ['secretRef', [['userdata', 'userData']]],
  ['networkDataSecretRef', [['networkdata', 'networkData']]],
] as const;

/** In lower case: the names of files are compared so. */
const ANSWERS = [['autounattend.xml', 'unattend.xml']] as const;

const OF_VOLUME = [
  [['sysprep', 'secret', 'name'], ANSWERS, 'Secret'],
  [['sysprep', 'configMap', 'name'], ANSWERS, 'ConfigMap'],
  [['containerDisk', 'imagePullSecret'], [['.dockerconfigjson', '.dockercfg']], 'Secret'],
] as const;

function* ofVolumes(machine: Machine): Generator<Read> {
  const { from, namespace, guest } = machine;
  for (const [index, volume] of objectsAt(guest, 'volumes').entries()) {
    for (const [path, keys, kind] of OF_VOLUME) {
      const name = textAt(volume, ...path);
      const field = (): string => guestField(machine, `volumes[${index}].${path.join('.')}`);
      if (name !== '') yield { from, namespace, kind, name, field: field(), keys };
    }
    for (const type of ['cloudInitNoCloud', 'cloudInitConfigDrive']) {
      for (const [part, keys] of SEEDS) {
        const name = textAt(volume, type, part, 'name');
        const field = (): string => guestField(machine, `volumes[${index}].${type}.${part}.name`);
        if (name !== '') yield { from, namespace, name, field: field(), keys };
      }
    }
  }
}

function keysOf({ object }: Reviewed): Set<string> {
  return new Set(['data', 'stringData', 'binaryData'].flatMap((part) => Object.keys(objectAt(object, part) ?? {})));
}

/** A Secret without any data is filled by somebody else. */
function has(secret: Reviewed, key: string): boolean {
  const keys = keysOf(secret);
  return (
    keys.size === 0 || keys.has(key) || (key.endsWith('.xml') && [...keys].some((own) => own.toLowerCase() === key))
  );
}
