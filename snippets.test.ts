import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { readmeBlocks } from './scripts/readme-blocks';

const ROOT = __dirname;
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const SNIPPETS = readmeBlocks('ts');

describe('README', () => {
  it('compiles every TypeScript block', () => {
    expect(typeErrors(SNIPPETS)).toEqual([]);
  });

  it.each(SNIPPETS.map((snippet, index) => [index + 1, snippet] as const))('runs TypeScript block %i', (_, snippet) => {
    expect(() => run(snippet)).not.toThrow();
  });

  it('shows the YAML that its first snippet makes', () => {
    expect(run(SNIPPETS[0] ?? '')('web.k8s.yaml')).toBe(readmeBlocks('yaml')[0]);
  });

  it('has the two commands and the beginning of the first snippet within its first 20 lines', () => {
    const top = README.split('\n').slice(0, 20).join('\n');
    expect(top).toContain('npm ci && npm run synth');
    expect(top).toContain('npm ci && npm test');
    expect(top).toContain('```ts');
  });

  it('prints the outcome of a clone and the reason of a refusal as its comments say', () => {
    const log = jest.spyOn(console, 'log').mockImplementation();
    run(SNIPPETS.find((snippet) => snippet.includes('clone.outcome')) ?? '');
    const printed = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    expect(printed[0]).toBe('snapshot');
    expect(printed[1]).toMatch(/the clone never finishes: .*no common backend.*; set the StorageProfile other-array/);
  });
});

/** Type-checks the blocks as files of the project, in one program. */
function typeErrors(snippets: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const files = new Map(snippets.map((snippet, index) => [join(ROOT, `readme-${index + 1}.ts`), snippet]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((path) =>
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
