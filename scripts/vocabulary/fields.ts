import { isObject } from '../../constructs/shared/checks';

/** Maps whose keys users choose: these are not fields. */
const FREE_MAPS = /\.(?:labels|annotations|nodeSelector|matchLabels)$/;

/**
 * Fields that say what another field says, or that KubeVirt does not read. `running` is the older form of `runStrategy`; the
 * Base64 fields hold the same text; KubeVirt knows a template's kind, and takes labels and annotations alone from the metadata
 * of a VM's template (v1.9.0: pkg/virt-controller/watch/vm/vm.go, setupVMIFromVM and createDataVolumeManifest).
 */
const SAID_OTHERWISE: ReadonlyMap<string, string | undefined> = new Map([
  ['spec.running', 'spec.runStrategy'],
  [
    'spec.template.spec.volumes[].cloudInitNoCloud.userDataBase64',
    'spec.template.spec.volumes[].cloudInitNoCloud.userData',
  ],
  [
    'spec.template.spec.volumes[].cloudInitConfigDrive.userDataBase64',
    'spec.template.spec.volumes[].cloudInitConfigDrive.userData',
  ],
  ['spec.dataVolumeTemplates[].apiVersion', undefined],
  ['spec.dataVolumeTemplates[].kind', undefined],
  ['spec.dataVolumeTemplates[].metadata.namespace', undefined],
  ['spec.template.metadata.name', undefined],
  ['spec.template.metadata.namespace', undefined],
]);

/** The paths of an object's values: list items as `[]`, the keys of free maps as `*`, an empty object by its own path. */
export function fieldsOf(object: unknown): Set<string> {
  const fields = new Set<string>();
  visit(object, '', fields);
  return fields;
}

/** The fields of an object that a set of typed places does not have. */
export function untypedFields(object: unknown, places: ReadonlySet<string>): string[] {
  return [...fieldsOf(object)].filter((field) => {
    const said = SAID_OTHERWISE.has(field) ? SAID_OTHERWISE.get(field) : field;
    return said !== undefined && !places.has(said);
  });
}

/** The fields of manifests, with all that leads to them: the places that their constructs can write. */
export function placesOf(manifests: readonly unknown[]): Set<string> {
  const places = new Set<string>();
  for (const field of manifests.flatMap((manifest) => [...fieldsOf(manifest)])) {
    for (let end = field.length; end > 0; end = field.lastIndexOf('.', end - 1)) places.add(field.slice(0, end));
  }
  return places;
}

function visit(value: unknown, path: string, fields: Set<string>): void {
  // A null says nothing: kubectl writes it where a time is not set yet.
  if (value === null || value === undefined) return;
  // That of every CD-ROM: v1.9.0, pkg/virt-launcher/virtwrap/converter, Convert_v1_Disk_To_api_Disk.
  if (path.endsWith('.cdrom.readonly') && value === true) return;
  if (Array.isArray(value)) value.forEach((item) => visit(item, `${path}[]`, fields));
  else if (!isObject(value) || Object.keys(value).length === 0) fields.add(path);
  else {
    const isFree = FREE_MAPS.test(path) || FREE_MAPS.test(`.${path}`);
    for (const [field, below] of Object.entries(value)) {
      visit(below, `${path === '' ? '' : `${path}.`}${isFree ? '*' : field}`, fields);
    }
  }
}
