import { Cluster } from '../cluster/cluster';
import { namespaceOf } from '../cluster/identity';
import { diskTemplateField, diskTemplates, guestField, Machine } from '../cluster/machine';
import { Severity } from '../finding';
import { objectAt, objectsAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';
import { OutcomeRule } from './rule';

/** Rules that a Secret among the manifests has the keys that are read of it. */
export const SECRET_RULES: readonly OutcomeRule[] = [
  {
    id: 'secret-keys',
    sentence: 'A Secret has the keys that are read of it.',
    source:
      'CDI, pkg/controller/import-controller.go:makeImportEnv; KubeVirt, pkg/cloud-init/cloud-init.go:resolveNoCloudSecrets, resolveConfigDriveSecrets',
    severity: Severity.WARNING,
    check: (cluster, note) => {
      if (cluster.ofKind('Secret').length === 0) return;
      for (const { from, namespace, name, field, keys } of reads(cluster)) {
        const secret = cluster.object('Secret', namespace, name);
        if (secret === undefined || keys.every((alternatives) => alternatives.some((key) => has(secret, key))))
          continue;
        const wanted = keys.map((alternatives) => alternatives.map((key) => `'${key}'`).join(' or ')).join(' and ');
        const held = [...keysOf(secret)].sort().map((key) => `'${key}'`);
        const message = `'${field.split('.').at(-1)}' must be a Secret with ${wanted}, got ${JSON.stringify(name)} with ${held.join(', ') || 'no key'}`;
        note(from, field, message, 'rename its keys');
      }
    },
  },
];

/** A Secret that is read, with the keys of which each must be there under one of its names. */
interface Read {
  readonly from: Reviewed;
  readonly namespace: string;
  readonly name: string;
  readonly field: string;
  readonly keys: readonly (readonly string[])[];
}

/** What CDI hands to its importer. */
const CREDENTIALS = [['accessKeyId'], ['secretKey']] as const;
const WITH_CREDENTIALS = ['http', 's3', 'registry', 'imageio', 'vddk'];

function* reads(cluster: Cluster): Generator<Read> {
  for (const from of cluster.ofKind('DataVolume')) yield* ofSource(from, namespaceOf(from), from.object, 'spec');
  for (const machine of cluster.sampleMachines) {
    for (const [index, template] of diskTemplates(machine).entries()) {
      yield* ofSource(machine.from, machine.namespace, template, diskTemplateField(machine, index, 'spec'));
    }
    yield* ofVolumes(machine);
  }
}

function* ofSource(from: Reviewed, namespace: string, volume: Json, spec: string): Generator<Read> {
  for (const type of WITH_CREDENTIALS) {
    const name = textAt(volume, 'spec', 'source', type, 'secretRef');
    if (name !== '') yield { from, namespace, name, field: `${spec}.source.${type}.secretRef`, keys: CREDENTIALS };
  }
}

const SEEDS = [
  ['secretRef', [['userdata', 'userData']]],
  ['networkDataSecretRef', [['networkdata', 'networkData']]],
] as const;

function* ofVolumes(machine: Machine): Generator<Read> {
  const { from, namespace, guest } = machine;
  for (const [index, volume] of objectsAt(guest, 'volumes').entries()) {
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
  return new Set(['data', 'stringData'].flatMap((part) => Object.keys(objectAt(object, part) ?? {})));
}

/** A Secret without any data is filled by somebody else. */
function has(secret: Reviewed, key: string): boolean {
  const keys = keysOf(secret);
  return keys.size === 0 || keys.has(key);
}
