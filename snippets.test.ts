import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { parseManifests, review } from './review';
import { exampleNames } from './scripts/docs/examples';
import { docsBlocks, readmeBlocks } from './scripts/docs/readme-blocks';

const ROOT = __dirname;
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const SNIPPETS = readmeBlocks('ts');
const DOCS = docsBlocks('ts');

test('the TypeScript blocks of README and docs, and the examples, compile in a project as cdk8s init makes it', () => {
  expect(typeErrors([...SNIPPETS, ...[...DOCS.values()].flat()])).toEqual([]);
}, 60_000);

describe('README', () => {
  it.each(SNIPPETS.map((snippet, index) => [index + 1, snippet] as const))('runs TypeScript block %i', (_, snippet) => {
    expect(() => run(snippet)).not.toThrow();
  });

  it('shows the YAML that its first snippet makes', () => {
    expect(run(SNIPPETS[0] ?? '')('web.k8s.yaml')).toBe(readmeBlocks('yaml')[0]);
  });

  it('has the two commands and what the review says within its first 20 lines, and a beginning of at most 200', () => {
    const lines = README.split('\n');
    const top = lines.slice(0, 20).join('\n');
    expect(top).toContain('npm ci && npm run synth');
    expect(top).toContain('npm ci && npm test');
    expect(top).toContain('[schema-unknown-field]');
    expect(lines.length).toBeLessThanOrEqual(200);
  });

  it('shows what the review says of a field that does not exist', () => {
    const spec = { runStratgy: 'Always', template: { spec: { domain: { memory: { guest: '2Gi' }, devices: {} } } } };
    const machine = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: { name: 'web', namespace: 'shop' },
      spec,
    };
    const { message, remedy } = review([machine]).find(({ rule }) => rule === 'schema-unknown-field')!;
    expect(README).toContain(`      ${message}; ${remedy}\n`);
  });
});

describe('docs/between-storage-classes.md', () => {
  it('prints the outcome of a clone and the reason of a refusal as its comments say', () => {
    const log = jest.spyOn(console, 'log').mockImplementation();
    run(DOCS.get('between-storage-classes.md')?.find((snippet) => snippet.includes('clone.outcome')) ?? '');
    const printed = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    expect(printed[0]).toBe('snapshot');
    expect(printed[1]).toMatch(/the clone never finishes: .*no common backend.*; set the StorageProfile other-array/);
  });
});

describe.each([...DOCS])('docs/%s', (_page, snippets) => {
  it.each(snippets.map((snippet, index) => [index + 1, snippet] as const))('runs TypeScript block %i', (_, snippet) => {
    expect(() => run(snippet)).not.toThrow();
  });
});

test('the dashboard of docs/dashboard.md holds nothing that the review finds fault with', () => {
  const manifests = run(DOCS.get('dashboard.md')?.[0] ?? '')('dashboard.k8s.yaml');
  expect(manifests).toContain('kind: Deployment');
  const external = ['shop', 'desk'].map((name) => ({ kind: 'Namespace', name }));
  expect(review(parseManifests(manifests), { external, allReleases: true })).toEqual([]);
});

/** Type-checks the blocks as files of a project, and the examples, in one program. */
function typeErrors(snippets: readonly string[]): string[] {
  const template = join(ROOT, 'node_modules/cdk8s-cli/templates/typescript-app/tsconfig.json');
  const { config } = ts.readConfigFile(template, (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  // These resolve by folders and not by what package.json exports.
  const paths = { 'cdk8s-kubevirt': [join(ROOT, 'constructs')], 'cdk8s-kubevirt/*': [join(ROOT, '*')] };
  const options = { ...parsed.options, declaration: false, types: ['node', 'jest'], paths };
  const files = new Map(snippets.map((snippet, index) => [join(ROOT, `block-${index + 1}.ts`), snippet]));
  const examples = exampleNames(ROOT).map((name) => join(ROOT, 'examples', name, 'main.ts'));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target);
  };
  const all = [...files.keys(), ...examples];
  const program = ts.createProgram(all, options, host);
  return all.flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`),
  );
}

/** Runs a block in a folder of its own; what comes back reads a file that it wrote. */
function run(snippet: string): (file: string) => string {
  const outdir = mkdtempSync(join(tmpdir(), 'readme-'));
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    const module = ts.ModuleKind.CommonJS;
    const { outputText } = ts.transpileModule(snippet, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } });
    new Function('require', 'exports', outputText)(require, {});
    const written = new Map<string, string>();
    for (const file of ts.sys.readDirectory(outdir))
      written.set(file.slice(outdir.length + 1), readFileSync(file, 'utf8'));
    return (file) => written.get(file) ?? '';
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}
