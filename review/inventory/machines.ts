import { objectAt, objectsAt, textAt } from '../json';
import type { Json } from '../rule';
import { Machine } from './guest';

/** The machine that an object is; nothing where it is none. */
export function machineOf(object: Json): Machine | undefined {
  const kind = textAt(object, 'kind');
  if (kind !== 'VirtualMachine' && kind !== 'VirtualMachineInstance') return undefined;
  const template = kind === 'VirtualMachine' ? objectAt(object, 'spec', 'template') : object;
  return {
    kind,
    namespace: textAt(object, 'metadata', 'namespace'),
    name: textAt(object, 'metadata', 'name'),
    guest: objectAt(template, 'spec') ?? {},
    annotations: objectAt(template, 'metadata', 'annotations') ?? {},
    spec: objectAt(object, 'spec') ?? {},
  };
}

/**
 * The spec of one of a pool's machines: the disks that it makes for itself are numbered as it is
 * (KubeVirt v1.6.2: pkg/virt-controller/watch/pool/pool.go, indexVMSpec).
 */
export function numbered(spec: Json, index: number): Json {
  const templates = objectsAt(spec, 'dataVolumeTemplates');
  if (templates.length === 0) return spec;
  const names = new Set(templates.map((template) => textAt(template, 'metadata', 'name')));
  const copy = JSON.parse(JSON.stringify(spec)) as Json;
  const rename = (of: unknown, key: string): void => {
    const named = of as Record<string, unknown> | undefined;
    if (named !== undefined && names.has(String(named[key]))) named[key] = `${String(named[key])}-${index}`;
  };
  for (const template of objectsAt(copy, 'dataVolumeTemplates')) rename(template.metadata, 'name');
  for (const volume of objectsAt(copy, 'template', 'spec', 'volumes')) {
    rename(volume.dataVolume, 'name');
    rename(volume.persistentVolumeClaim, 'claimName');
  }
  return copy;
}
