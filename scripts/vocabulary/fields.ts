import { isObject } from '../../constructs/shared/checks';

/** Maps whose keys users choose: these are not fields. */
const FREE_MAPS = /(?:\.(?:labels|annotations|nodeSelector|matchLabels)|^spec\.selectors\.\w+)$/;

/**
 * Fields that say what another field says: what is found, and the field that says it. `running` is the older form of `runStrategy`;
 * the Base64 fields hold the same text; a label of `matchLabels` is an expression `In` of one value (Kubernetes: LabelSelector);
 * `dataSource` is the older form of `dataSourceRef`, of the same namespace; the claim of a DataVolume has its name; a preference's
 * `preferredUseEfi` and its neighbours are the older form of `preferredEfi`, its ratio that of `spreadOptions`.
 */
const SAID_OTHERWISE: readonly (readonly [RegExp, string])[] = [
  [/^(spec\.(?:virtualMachineTemplate\.spec\.)?)running$/, '$1runStrategy'],
  [/(cloudInit\w+\.(?:user|network)Data)Base64$/, '$1'],
  [/(elector)\.matchLabels\.\*$/, '$1.matchExpressions[].key'],
  [/\.dataSource\.(apiGroup|kind|name)$/, '.dataSourceRef.$1'],
  [/(\.volumes\[\])\.dataVolume\.name$/, '$1.persistentVolumeClaim.claimName'],
  [/(\.volumes\[\])\.dataVolume\.hotpluggable$/, '$1.persistentVolumeClaim.hotpluggable'],
  [/\.preferredUseEfi$/, '.preferredEfi'],
  [/\.preferredUseSecureBoot$/, '.preferredEfi.secureBoot'],
  [/^spec\.preferSpreadSocketToCoreRatio$/, 'spec.cpu.spreadOptions.ratio'],
];

/**
 * Fields that KubeVirt and CDI do not read: what is empty in the template of a DataImportCron; a template's kind; KubeVirt takes labels and annotations alone from the metadata of a
 * VM's template (v1.9.0: pkg/virt-controller/watch/vm/vm.go, setupVMIFromVM and createDataVolumeManifest).
 */
const NOT_READ = [
  /\.dataVolumeTemplates\[\]\.(?:apiVersion|kind|metadata\.namespace)$/,
  /^spec\.(?:virtualMachineTemplate\.spec\.)?template\.metadata\.(?:name|namespace)$/,
  /^spec\.template\.(?:metadata|status)$/,
];

/** The paths of an object's values: list items as `[]`, the keys of free maps as `*`, an empty object by its own path. */
export function fieldsOf(object: unknown): Set<string> {
  const fields = new Set<string>();
  visit(object, '', fields);
  return fields;
}

/** The fields of an object that a set of typed places does not have. */
export function untypedFields(object: unknown, places: ReadonlySet<string>): string[] {
  return [...fieldsOf(object)].filter((field) => !isTyped(field, places));
}

/** Whether a set of typed places has a field, or one that says the same. */
export function isTyped(field: string, places: ReadonlySet<string>): boolean {
  if (places.has(field) || NOT_READ.some((pattern) => pattern.test(field))) return true;
  return SAID_OTHERWISE.some(([pattern, said]) => pattern.test(field) && places.has(field.replace(pattern, said)));
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
