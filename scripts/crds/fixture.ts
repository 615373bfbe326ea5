import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { dump } from 'js-yaml';

/** A small CRD as a cluster prints it, its schema given by the properties of `spec`. */
export function crd(group: string, kind: string, more: CrdOptions = {}): Record<string, unknown> {
  const plural = `${kind.toLowerCase()}s`;
  const schema = {
    description: `${kind} is prose`,
    type: 'object',
    properties: { spec: { type: 'object', properties: more.spec ?? { running: { type: 'boolean' } } } },
  };
  const version = (name: string) => ({
    name,
    served: true,
    storage: name === 'v1',
    schema: { openAPIV3Schema: schema },
  });
  return {
    apiVersion: more.apiVersion ?? 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      uid: '8c7a',
      resourceVersion: '12',
      creationTimestamp: '2024-01-01T00:00:00Z',
      labels: more.labels,
      annotations: more.annotations,
    },
    spec: {
      group,
      names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
      scope: 'Namespaced',
      conversion: { strategy: 'None' },
      versions: (more.versions ?? ['v1']).map(version),
    },
    status: { conditions: [] },
  };
}

/** What a test may say about a CRD. */
export interface CrdOptions {
  readonly apiVersion?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly versions?: readonly string[];
  readonly spec?: Record<string, unknown>;
}

/** Several documents in one text. */
export function documents(...objects: readonly unknown[]): string {
  return objects.map((object) => `---\n${dump(object, { skipInvalid: true })}`).join('');
}

/** What `kubectl get -o yaml` prints. */
export function list(...items: readonly unknown[]): Record<string, unknown> {
  return { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items };
}

/** A new folder with these files, and what removes it. */
export function folder(files: Readonly<Record<string, string>>): { readonly at: string; readonly remove: () => void } {
  const at = fs.mkdtempSync(path.join(os.tmpdir(), 'scripts-'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(at, name)), { recursive: true });
    fs.writeFileSync(path.join(at, name), text);
  }
  return { at, remove: () => fs.rmSync(at, { recursive: true, force: true }) };
}
