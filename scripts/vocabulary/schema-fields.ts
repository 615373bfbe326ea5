import { isObject } from '../../constructs/shared/checks';
import { listVersions, readCrds } from '../crds/crd-folders';
import { Schema } from '../crds/schema-crd';
import { isTyped } from './fields';

/** The fields that the newest held release of a component has in the `spec` of a kind: leaves alone, the keys of maps as `*`. */
export function schemaFields(root: string, component: string, kind: string): string[] {
  const newest = listVersions(root)
    .filter((version) => version.startsWith(`${component}/`))
    .at(-1);
  const crd = readCrds(root, newest ?? component).find(({ spec }) => kindOf(spec) === kind);
  if (crd === undefined) throw new Error(`crds/${newest ?? component} must hold the kind ${kind}`);
  const { versions } = crd.spec as { readonly versions: readonly Version[] };
  const storage = versions.find((version) => version.storage) ?? versions[0]!;
  const leaves: string[] = [];
  visit(storage.schema.openAPIV3Schema.properties.spec, 'spec', leaves);
  return leaves;
}

/**
 * Fields of the schemas that no manifest gives: each with the reason. KubeVirt is of v1.9.0, CDI of v1.66.0.
 */
const NOT_GIVEN: readonly (readonly [RegExp, string])[] = [
  [/\.dataVolumeTemplates\[\]\.status$/, 'the state of a DataVolume, which nobody asks for'],
  [/\.(?:macvtap|slirp|passt)$/, 'refused: pkg/network/admitter/binding.go, countInterfaceBindings'],
  [
    /\.utilityVolumes\[\]/,
    'refused: pkg/storage/admitters/storagehotplug.go, ValidateUtilityVolumesNotPresentOnCreation',
  ],
  [/\.cdrom\.readonly$/, 'every CD-ROM is read-only: pkg/virt-launcher/virtwrap/converter'],
  [/\.(?:spinlocks|vendorid)\.enabled$/, 'true where the number or the text is given'],
  [/\.ephemeral\.persistentVolumeClaim\.readOnly$/, 'not read: nothing is written to the claim of an ephemeral volume'],
  [/\.memoryDump\.readOnly$/, 'a claim that takes a dump is written to'],
  [/\.containerPath\.readOnly$/, 'true, as the schema has it and demands it'],
  [/\.fieldRef\.apiVersion$/, 'v1, as Kubernetes has it'],
  [/\.dataSourceRef\.namespace$/, 'refused: pkg/apiserver/webhooks/datavolume-validate.go, validateDataSourceRef'],
];

/** The same, of one kind alone. */
const NOT_GIVEN_OF: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  DataImportCron: [
    [
      /^spec\.template\.spec\.(?:sourceRef|contentType|checkpoints|finalCheckpoint)(?:$|[.[])/,
      'refused: pkg/apiserver/webhooks/dataimportcron-validate.go, validateDataImportCronSpec',
    ],
    [/^spec\.template\.spec\.source\.(?!registry\.|pvc\.)/, 'refused: the same'],
    [/^spec\.template\.spec\.(?:pvc|storage)\.dataSource/, 'refused beside a source'],
    [/^spec\.template\.spec\.(?:pvc|storage)\.volumeName$/, 'a volume serves one import, of many'],
    [/^spec\.template\.(?:apiVersion|kind|metadata)$/, 'not read, or pruned: the schema has nothing below metadata'],
    [/^spec\.template\.status\./, 'the state of a DataVolume, which nobody asks for'],
  ],
};

/** Why no manifest of a kind gives a field; undefined if one may. */
export function whyNotGiven(kind: string, field: string): string | undefined {
  return [...NOT_GIVEN, ...(NOT_GIVEN_OF[kind] ?? [])].find(([pattern]) => pattern.test(field))?.[1];
}

/** The fields of a schema that a set of typed places does not have. A map of amounts has a place where one of its amounts has. */
export function missingFields(fields: readonly string[], places: ReadonlySet<string>): string[] {
  return fields.filter((field) => !isTyped(field, places) && !(field.endsWith('.*') && places.has(field.slice(0, -2))));
}

interface Version {
  readonly storage: boolean;
  readonly schema: { readonly openAPIV3Schema: { readonly properties: Readonly<Record<string, Schema>> } };
}

function kindOf(spec: unknown): unknown {
  return isObject(spec) && isObject(spec.names) ? spec.names.kind : undefined;
}

function visit(schema: Schema | undefined, path: string, leaves: string[]): void {
  const { properties, items, additionalProperties } = schema ?? {};
  if (isObject(items)) visit(items, `${path}[]`, leaves);
  else if (isObject(properties) && Object.keys(properties).length > 0) {
    Object.entries(properties).forEach(([name, below]) => visit(below as Schema, `${path}.${name}`, leaves));
  } else if (isObject(additionalProperties)) visit(additionalProperties, `${path}.*`, leaves);
  else leaves.push(path);
}
