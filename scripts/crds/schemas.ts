import * as fs from 'node:fs';
import * as path from 'node:path';
import { KindRecord, SchemaMode, SourceRecord } from '../../review/schema/node';
import { KUBERNETES } from '../../review/schema/tree';
import { listVersions, readCrds, readPairs } from './crd-folders';
import { NodeTable } from './node-table';
import { PAGE, releaseRows, withReleaseTable } from './release-table';
import { compileCore, CoreKind } from './schema-core';
import { compileCrd, Schema } from './schema-crd';
import { VM_WEBHOOK, VMI_WEBHOOK, WebhookFacts } from './schema-webhook';

const USAGE = `Usage: npm run schemas

Compiles crds/ and Kubernetes' own kinds into review/schema/table.jsonl, offline, and writes the table of releases of docs/another-release.md.
`;

/** Where the compiled table stands. */
export const TABLE = 'review/schema/table.jsonl';

/** The text of the compiled table, in lines of JSON: the pairs, each source of crds/ and Kubernetes itself, each node. */
export function tableText(root: string): string {
  const table = new NodeTable();
  const core = compileCore(table, root);
  const sources: SourceRecord[] = [{ source: KUBERNETES, kinds: coreKinds(core.kinds) }];
  for (const source of listVersions(root)) {
    sources.push({ source, kinds: compileVersion(table, core.metadata, readCrds(root, source)) });
  }
  return [{ pairs: readPairs(root) }, ...sources, ...table.nodes].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function coreKinds(kinds: readonly CoreKind[]): Record<string, KindRecord> {
  return Object.fromEntries(
    kinds.map(({ apiVersion, kind, node, namespaced }) => [
      `${apiVersion}/${kind}`,
      { mode: SchemaMode.CORE, node, namespaced },
    ]),
  );
}

function compileVersion(table: NodeTable, metadata: number, crds: readonly Schema[]): Record<string, KindRecord> {
  const kinds: Record<string, KindRecord> = {};
  for (const crd of crds) {
    const { group, names, versions, scope } = crd.spec as CrdSpec;
    for (const { name, served, schema, subresources } of versions) {
      if (!served) continue;
      const dropsStatus = subresources?.status !== undefined;
      const webhook = WEBHOOKS[`${group}/${names.kind}`];
      const node = compileCrd(schema.openAPIV3Schema, { table, metadata, dropsStatus, webhook });
      const mode = webhook === undefined ? SchemaMode.CRD : SchemaMode.VM;
      kinds[`${group}/${name}/${names.kind}`] = { mode, node, namespaced: scope === 'Namespaced' };
    }
  }
  return kinds;
}

const WEBHOOKS: Readonly<Record<string, WebhookFacts>> = {
  'kubevirt.io/VirtualMachine': VM_WEBHOOK,
  'kubevirt.io/VirtualMachineInstance': VMI_WEBHOOK,
};

interface CrdSpec {
  readonly group: string;
  readonly scope: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly {
    readonly name: string;
    readonly served: boolean;
    readonly schema: { readonly openAPIV3Schema: Schema };
    readonly subresources?: { readonly status?: unknown };
  }[];
}

function main(argv: readonly string[]): number {
  if (argv.length > 0) {
    console.log(USAGE);
    return argv.includes('--help') || argv.includes('-h') ? 0 : 2;
  }
  const root = path.join(__dirname, '..', '..');
  const text = tableText(root);
  fs.writeFileSync(path.join(root, TABLE), text);
  console.log(`written: ${TABLE} (${Math.round(text.length / 1024)} KiB)`);
  // The review reads the table when it is first asked: it is the one that was just written.
  const page = path.join(root, PAGE);
  const old = fs.readFileSync(page, 'utf8');
  const written = withReleaseTable(old, releaseRows(root));
  if (written !== old) console.log(`written: the table of releases of ${PAGE}`);
  fs.writeFileSync(page, written);
  return 0;
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
