import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A project that installs the package: its files by name, and how it is compiled and run. */
export interface Consumer {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** Packages beside ours, by version. */
  readonly packages: readonly string[];
  /** Commands that write the manifests to `dist/`. */
  readonly synth: readonly string[];
}

/** What else the package is to give: the review, the generated types, and their types under this project's compiler. */
const USES_ALL = `
import { readFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import { VirtualMachine } from 'cdk8s-kubevirt/imports/kubevirt.io';
import { Finding, review } from 'cdk8s-kubevirt/review';
import { inventory } from 'cdk8s-kubevirt/review/inventory';

const chart = new Chart(new App(), 'bare');
new VirtualMachine(chart, 'bare', { spec: { template: {} } });
const found: Finding[] = review(chart.toJson());
if (found.length === 0) throw new Error('the review finds nothing in a VM without a disk, memory or run strategy');
if (inventory(chart.toJson()).vms.length !== 1) throw new Error('the inventory counts no VM');
if (!readFileSync('dist/web.k8s.yaml', 'utf8').includes('kind: VirtualMachine')) throw new Error('no VM was written');
`;

/** A project of TypeScript's strictest kind, of one module system. */
function plain(type: 'commonjs' | 'module', snippet: string, packages: readonly string[]): Consumer {
  const compilerOptions = {
    strict: true,
    module: 'Node16',
    moduleResolution: 'Node16',
    target: 'ES2022',
    noUncheckedIndexedAccess: true,
    types: ['node'],
  };
  return {
    name: type,
    files: new Map([
      ['package.json', JSON.stringify({ name: `consumer-${type}`, version: '1.0.0', private: true, type })],
      ['tsconfig.json', JSON.stringify({ compilerOptions, files: ['main.ts', 'all.ts'] })],
      ['main.ts', snippet],
      ['all.ts', USES_ALL],
    ]),
    packages: ['typescript@5.9', '@types/node@20', ...packages],
    synth: ['npx tsc', 'node main.js', 'node all.js'],
  };
}

/** The lowest version of a range that starts with a caret. */
function lowest([name, range]: [string, string]): string {
  return `${name}@${range.replace(/^\^/, '')}`;
}

/** The folder of the template that `cdk8s init typescript-app` copies. */
function templateFolder(): string {
  return join(dirname(require.resolve('cdk8s-cli/package.json')), 'templates', 'typescript-app');
}

/** The project that `cdk8s init typescript-app` makes, with its cdk8s-plus of another version, and the review in its synth. */
function initialized(snippet: string): Consumer {
  const load = createRequire(__filename);
  const version = (name: string): string => (load(`${name}/package.json`) as { version: string }).version;
  const words: Readonly<Record<string, string>> = {
    $base: 'consumer-init',
    cdk8s_core_version: version('cdk8s'),
    cdk8s_plus_version: version('cdk8s-plus-33'),
    constructs_version: version('constructs'),
    cdk8s_cli_spec: `^${version('cdk8s-cli')}`,
  };
  const folder = templateFolder();
  const files = new Map<string, string>();
  for (const file of readdirSync(folder, { withFileTypes: true })) {
    if (!file.isFile() || file.name.startsWith('.hooks') || file.name === 'main.test.ts') continue;
    const text = readFileSync(join(folder, file.name), 'utf8');
    files.set(
      file.name.replace('{{}}', ''),
      text.replace(/\{\{ (\S+) \}\}/g, (_, word: string) => words[word] ?? ''),
    );
  }
  files.set(
    'main.ts',
    `import { KubeDeployment } from 'cdk8s-plus-33/lib/imports/k8s';\n${snippet}\nvoid KubeDeployment;\n`,
  );
  files.set('all.ts', USES_ALL);
  files.set('cdk8s.yaml', PROJECT);
  return { name: 'init', files, packages: [], synth: ['npx cdk8s synth', 'npx ts-node all.ts', 'npm run compile'] };
}

/** The template's own, without the import of Kubernetes's schema, which is a download; the review as the README has it. */
const PROJECT = `language: typescript
app: npx ts-node main.ts
validations:
  - package: ./node_modules/cdk8s-kubevirt/lib/review/plugin.js
    version: 0.1.0
    class: KubeVirtReview
    properties: { external: [{ kind: Namespace, name: shop }, { kind: StorageClass, name: fast-block }] }
`;

/** The projects that the package is tried in: the oldest peers that it takes, the newest, and what cdk8s itself makes. */
export function consumers(snippet: string, peers: Readonly<Record<string, string>>): Consumer[] {
  return [
    plain('commonjs', snippet, Object.entries(peers).map(lowest)),
    plain('module', snippet, Object.keys(peers)),
    initialized(snippet),
  ];
}
