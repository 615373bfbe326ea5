import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { ROOT } from '../process';

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema?: { readonly openAPIV3Schema?: object } }[];
  };
}

/** The releases that the review takes, where nothing names another. */
const RELEASES = ['kubevirt/v1.9.0', 'cdi/v1.66.0'];

/**
 * Writes the schemas of the CRDs as kubeconform reads them, an unknown field a fault as in the review.
 *
 * @returns The words of kubeconform's command line that name them.
 */
export function writeSchemas(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  for (const release of RELEASES) {
    const crds = join(ROOT, 'crds', release);
    for (const name of readdirSync(crds).filter((one) => one.endsWith('.yaml'))) {
      for (const one of loadAll(readFileSync(join(crds, name), 'utf8')) as Definition[]) write(folder, one);
    }
  }
  const place = join(folder, '{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json');
  return ['-schema-location', place, '-skip', 'Namespace,PersistentVolumeClaim,Secret,Service'];
}

function write(folder: string, { spec: { group, names, versions } }: Definition): void {
  for (const { name, schema } of versions) {
    const file = `${group}_${name}_${names.kind.toLowerCase()}.json`;
    writeFileSync(join(folder, file), JSON.stringify(strict(schema?.openAPIV3Schema ?? {})));
  }
}

/** The schema with no other fields than it names; `apiVersion`, `kind` and `metadata` of every object are among them. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  const isOpen =
    !('properties' in inner) || 'additionalProperties' in inner || 'x-kubernetes-preserve-unknown-fields' in inner;
  return isOpen ? inner : { ...inner, additionalProperties: false };
}
