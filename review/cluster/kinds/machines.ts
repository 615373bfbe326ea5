import { isObject, objectAt, objectsAt, textAt, wordOf } from '../../manifests/json';
import type { Json } from '../../rule';
import { replicasOf } from '../replicas';
import type { Kind, MachinePlace, MadeObject } from './kind';
import { diskTemplatesIn, namesInMachine } from './name-fields';
import { namesInPool } from './pooled-names';

const VM: MachinePlace = { spec: ['spec'], template: ['spec', 'template'] };
const INSTANCE: MachinePlace = { template: [] };
const OF_SET: MachinePlace = { template: ['spec', 'template'] };
const OF_POOL: MachinePlace = {
  spec: ['spec', 'virtualMachineTemplate', 'spec'],
  template: ['spec', 'virtualMachineTemplate', 'spec', 'template'],
};

/** Machines, and the sets that make several of them. */
export const MACHINE_KINDS: readonly Kind[] = [
  {
    group: 'kubevirt.io',
    kind: 'VirtualMachine',
    machine: VM,
    names: (object, note) => namesInMachine(object, VM, note),
    makes: (object) => [...templateNames(object, VM), ...harvesterClaims(object)],
  },
  {
    group: 'kubevirt.io',
    kind: 'VirtualMachineInstance',
    machine: INSTANCE,
    names: (object, note) => namesInMachine(object, INSTANCE, note),
  },
  {
    // The names are given by the cluster; all of its machines use the same claims (KubeVirt v1.6.2:
    // pkg/virt-controller/watch/replicaset/replicaset.go, scale).
    group: 'kubevirt.io',
    kind: 'VirtualMachineInstanceReplicaSet',
    machine: OF_SET,
    replicas: (object) => replicasOf(object, (index) => [instance(object, index)]),
    names: (object, note) => namesInMachine(object, OF_SET, note),
  },
  {
    // `pool-0` and so on; so are its disk templates (KubeVirt v1.6.2: pkg/virt-controller/watch/pool/pool.go, indexVMSpec).
    group: 'pool.kubevirt.io',
    kind: 'VirtualMachinePool',
    machine: OF_POOL,
    replicas: (object) => replicasOf(object, (index) => [pooledMachine(object, index)]),
    names: (object, note, release) => namesInPool(object, OF_POOL, note, release),
    makes: (object) => templateNames(object, OF_POOL),
  },
];

function templateNames(object: Json, { spec = [] }: MachinePlace): MadeObject[] {
  return diskTemplatesIn(objectAt(object, ...spec)).map((template) => [
    'DataVolume',
    textAt(template, 'metadata', 'name'),
  ]);
}

/** harvester, pkg/util/constants.go, AnnotationVolumeClaimTemplates: claims in JSON, made before the machine starts. */
const HARVESTER = 'harvesterhci.io/volumeClaimTemplates';

function harvesterClaims(object: Json): MadeObject[] {
  const text = textAt(object, 'metadata', 'annotations', HARVESTER);
  if (text === '') return [];
  try {
    const claims: unknown = JSON.parse(text);
    if (!Array.isArray(claims)) return [];
    return claims.filter(isObject).map((claim) => ['PersistentVolumeClaim', textAt(claim, 'metadata', 'name')]);
  } catch {
    return [];
  }
}

function pooledMachine(pool: Json, index: number): Json {
  const spec = objectAt(pool, ...(OF_POOL.spec ?? [])) ?? {};
  const metadata = { name: `${textAt(pool, 'metadata', 'name')}-${index}`, namespace: namespaceOf(pool) };
  return { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', metadata, spec: numbered(spec, index) };
}

/** The spec of one machine of a pool: its disk templates get its number, and so do the volumes that name them. */
function numbered(spec: Json, index: number): Json {
  const templates = diskTemplatesIn(spec);
  if (templates.length === 0) return spec;
  const names = new Set(templates.map((template) => textAt(template, 'metadata', 'name')));
  const copy = JSON.parse(JSON.stringify(spec)) as Json;
  const rename = (of: unknown, key: string): void => {
    const named = of as Record<string, unknown> | undefined;
    if (named !== undefined && names.has(wordOf(named[key]))) named[key] = `${wordOf(named[key])}-${index}`;
  };
  for (const template of diskTemplatesIn(copy)) rename(template.metadata, 'name');
  for (const volume of objectsAt(copy, 'template', 'spec', 'volumes')) {
    rename(volume.dataVolume, 'name');
    rename(volume.persistentVolumeClaim, 'claimName');
  }
  return copy;
}

function instance(set: Json, index: number): Json {
  const template = objectAt(set, ...OF_SET.template) ?? {};
  const base = textAt(template, 'metadata', 'name') || textAt(set, 'metadata', 'name');
  const annotations = objectAt(template, 'metadata', 'annotations');
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name: `${base}*${index + 1}`, namespace: namespaceOf(set), annotations },
    spec: objectAt(template, 'spec') ?? {},
  };
}

function namespaceOf(object: Json): string {
  return textAt(object, 'metadata', 'namespace');
}
