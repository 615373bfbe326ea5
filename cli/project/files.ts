/** What the files of a new project are made of. */
export interface ProjectFacts {
  /** Name of the package; also that of the folder. */
  readonly name: string;
  /** Whether the sources are ES modules; else they are CommonJS. */
  readonly esm: boolean;
  /** Version of cdk8s-kubevirt. */
  readonly version: string;
  /** What package.json takes cdk8s-kubevirt from: a packed file, or a range of versions. */
  readonly source: string;
  /** Versions that cdk8s-kubevirt itself is built and tested with, by package. */
  readonly versions: Readonly<Record<string, string>>;
  /** Where the Action is kept, as a workflow names it: `OWNER/REPOSITORY`. */
  readonly repository: string;
  /**
   * The charts that were imported.
   *
   * @default - a chart with one VM, and its test
   */
  readonly charts?: readonly ProjectChart[];
}

/** A chart of a project, in a file of its own. */
export interface ProjectChart {
  /** Name of the chart, and of its file without the extension. */
  readonly name: string;
  readonly className: string;
  readonly text: string;
}

/** The files of a project that synthesizes, checks and tests, by path. */
export function projectFiles(facts: ProjectFacts): ReadonlyMap<string, string> {
  const end = facts.esm ? '.js' : '';
  const charts = facts.charts ?? [{ name: 'web', className: 'Web', text: WEB }];
  return new Map([
    ['package.json', packageJson(facts)],
    ['tsconfig.json', TSCONFIG],
    ['cdk8s.yaml', cdk8sYaml(facts)],
    ['main.ts', mainTs(end, charts)],
    ...charts.map(({ name, text }) => [`${name}.ts`, text] as const),
    [
      TEST_FILES[facts.charts === undefined ? 'first' : 'imported'],
      facts.charts === undefined ? webTest(end) : importTest(end, charts),
    ],
    ['.gitignore', GITIGNORE],
    ['.github/workflows/manifests.yml', workflow(facts)],
  ]);
}

/** tsx runs TypeScript of both module systems; nothing else stands between `node` and the sources. */
function packageJson({ name, esm, source, versions, charts }: ProjectFacts): string {
  const of = (...names: string[]) => Object.fromEntries(names.map((one) => [one, versions[one]]));
  const project = {
    name,
    version: '0.0.0',
    private: true,
    type: esm ? 'module' : 'commonjs',
    scripts: {
      // Without the look for a newer cdk8s-cli on the network.
      synth: 'cdk8s synth --check-upgrade=false',
      check: 'cdk8s-kubevirt check dist',
      test: `node --import tsx --test ${TEST_FILES[charts === undefined ? 'first' : 'imported']}`,
      typecheck: 'tsc',
    },
    dependencies: { ...of('cdk8s', 'cdk8s-plus-27'), 'cdk8s-kubevirt': source, ...of('constructs') },
    devDependencies: of('@types/node', 'cdk8s-cli', 'tsx', 'typescript'),
  };
  return `${JSON.stringify(project, undefined, 2)}\n`;
}

const TSCONFIG = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "Node16",
    "moduleResolution": "Node16",
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "skipLibCheck": true,
    "types": ["node"],
    "noEmit": true
  },
  "include": ["*.ts"]
}
`;

function cdk8sYaml({ version }: ProjectFacts): string {
  return `language: typescript
# Strips the types, which is quick; \`npm run typecheck\` checks them.
app: node --import tsx main.ts
# Reviews what \`npm run synth\` wrote; \`npm run check\` reads the same properties.
validations:
  - package: ./node_modules/cdk8s-kubevirt/lib/review/plugin.js
    version: ${version}
    class: KubeVirtReview
    properties:
      # kubevirt: v1.9.0   the releases that your cluster runs
      # cdi: v1.66.0
      # What the cluster has without these manifests, such as { kind: StorageClass, name: fast-block }
      external: []
`;
}

function mainTs(end: string, charts: readonly ProjectChart[]): string {
  return `import { ManifestApp } from 'cdk8s-kubevirt';
${importLines(end, charts)}
const app = new ManifestApp();
${charts.map(({ name, className }) => `new ${className}(app, '${name}');\n`).join('')}app.synth();
`;
}

function importLines(end: string, charts: readonly ProjectChart[]): string {
  return charts.map(({ name, className }) => `import { ${className} } from './${name}${end}';\n`).join('');
}

const TEST_FILES = { first: 'web.test.ts', imported: 'charts.test.ts' };

/** Of charts that were imported it is known that the review says of them what it says of the manifests. */
function importTest(end: string, charts: readonly ProjectChart[]): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App, Testing } from 'cdk8s';
import { review } from 'cdk8s-kubevirt/review';
${importLines(end, charts)}
const app = new App();
const charts = ${listOf(charts.map(({ name, className }) => `new ${className}(app, '${name}')`))};

for (const chart of charts) {
  test(\`the cluster takes all that \${chart.node.id} makes\`, () => {
    const errors = review(Testing.synth(chart)).filter(({ severity }) => severity === 'error');
    assert.deepEqual(errors, []);
  });
}
`;
}

/** A list of calls: one in its line, more a line each. */
function listOf(items: readonly string[]): string {
  return items.length < 2 ? `[${items.join('')}]` : `[\n${items.map((item) => `  ${item},\n`).join('')}]`;
}

const WEB = `import { Chart, Size } from 'cdk8s';
import { BootableVM, CloudInit, ContainerDisk, Namespace } from 'cdk8s-kubevirt';
import { Construct } from 'constructs';

/** A web server in a virtual machine. */
export class Web extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'web' });
    new Namespace(this, 'web');
    new BootableVM(this, 'nginx', {
      // A disk that forgets what is written when the VM stops, and needs no storage class. A disk that keeps it is a
      // DataVolumeImport of the same image.
      bootDisk: ContainerDisk.of('quay.io/containerdisks/fedora:41'),
      cpu: { cores: 2 },
      memory: Size.gibibytes(2),
      cloudInit: CloudInit.of({ packages: ['nginx'], runcmd: ['systemctl enable --now nginx'] }),
    });
  }
}
`;

function webTest(end: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App, Testing } from 'cdk8s';
import { review } from 'cdk8s-kubevirt/review';
import { Web } from './web${end}';

const manifests = Testing.synth(new Web(new App(), 'web'));

test('the cluster takes all that the chart makes', () => {
  assert.deepEqual(review(manifests), []);
});

test('the machine has two processors', () => {
  const machine = manifests.find(({ kind }) => kind === 'VirtualMachine');
  assert.equal(machine.spec.template.spec.domain.cpu.cores, 2);
});
`;
}

const GITIGNORE = `node_modules/
# What the cdk8s command line asks for when a review runs, and what an interrupted synth leaves.
construct-metadata.json
.*.synth-*
`;

/** dist/ is committed: it is what a pull request shows, and what is compared. */
function workflow({ repository, version }: ProjectFacts): string {
  return `# Says in a pull request what the cluster would refuse, and what the change will do to machines and their data.
name: manifests
on: pull_request
permissions: { contents: read, pull-requests: write }
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0 } # the comparison needs the commit that the branch began at
      - uses: ${repository}@v${version} # where cdk8s-kubevirt is kept
        with: { path: dist }
`;
}
