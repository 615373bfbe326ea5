import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { main } from './cli/main';
import { parseManifests, review } from './review';
import { diff } from './review/changes';
import { CHANGE_FORMATS } from './review/format/changes';
import { exampleNames } from './scripts/docs/examples';
import { docsBlocks, readmeBlocks } from './scripts/docs/readme-blocks';

const ROOT = __dirname;

/** The manifest of which the README shows the review. */
const WRONG_VM = `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: web
  namespace: shop
spec:
  runStrategy: Always
  template:
    spec:
      domain:
        memory:
          guest: 4GB
        devices:
          disks:
            - name: rootdisk
              disk:
                bus: virtoi
      volumes:
        - name: rootdisk
          persistentVolumeClaim:
            claimName: web-boot
`;

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
    const documents = run(SNIPPETS[0] ?? '')('web.k8s.yaml').split('---\n');
    expect(documents.map((document) => /^kind: (.*)$/m.exec(document)?.[1])).toEqual(['DataVolume', 'VirtualMachine']);
    expect(documents[1]).toBe(readmeBlocks('yaml')[0]);
  });

  it('has the two commands and what the review says within its first 20 lines, and a beginning of at most 160', () => {
    const lines = README.split('\n');
    const top = lines.slice(0, 20).join('\n');
    expect(top).toContain('npm ci && npm run synth');
    expect(top).toContain('npm ci && npm test');
    expect(top).toContain('[disk-bus-known]');
    expect(lines.length).toBeLessThanOrEqual(160);
  });

  it('shows what the review says of a wrong manifest', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'readme-'));
    writeFileSync(join(cwd, 'vm.yaml'), WRONG_VM);
    let said = '';
    const say = (text: string): void => void (said += text);
    await main(['check', 'vm.yaml'], { cwd, stdin: () => Promise.resolve(Buffer.alloc(0)), say, complain: say });
    rmSync(cwd, { recursive: true });
    expect(said).toContain(readmeBlocks('')[0]);
  });

  it('shows what a comparison says of a larger disk and more memory', () => {
    const [before = '', after = ''] = [
      SNIPPETS[0] ?? '',
      (SNIPPETS[0] ?? '').replace('(10)', '(20)').replace('(4)', '(8)'),
    ].map((snippet) => run(snippet)('web.k8s.yaml'));
    const compared = diff(parseManifests(before), parseManifests(after));
    const shownAs = { diff: compared, faults: [], basis: '', accepted: [], place: () => undefined };
    const text = [...CHANGE_FORMATS.table!(shownAs)].join('');
    const shown = (readmeBlocks('')[1] ?? '').trimEnd().split('\n');
    expect(shown).toHaveLength(6);
    for (const line of shown) expect(text).toContain(line);
  });

  it('shows a picture that is there, and small', () => {
    const [, picture = ''] = /!\[[^\]]+\]\(([^)]+)\)/.exec(README) ?? [];
    expect(picture).toBe('docs/report.png');
    const bytes = readFileSync(join(ROOT, picture));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeLessThan(150_000);
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
