import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { ManifestApp } from './manifest-app';
import { shownLine, synthLine } from './synth-line';

describe('synthLine', () => {
  it.each([
    [
      { manifests: 46, kustomizations: 0, documents: ['a/RUNBOOK.md', 'b/RUNBOOK.md', 'README.md'] },
      '46 manifests, 2 runbooks, 1 other text → dist/',
    ],
    [{ manifests: 1, kustomizations: 0, documents: [] }, '1 manifest → dist/'],
    [
      { manifests: 2, kustomizations: 1, documents: ['a/RUNBOOK.md'] },
      '2 manifests, 1 Kustomization, 1 runbook → dist/',
    ],
  ])('counts %j', (count, line) => {
    expect(synthLine('dist', count)).toBe(`${line}\n`);
  });

  it('names a folder elsewhere by its way from here', () => {
    expect(synthLine(join(process.cwd(), 'out', 'dist'), { manifests: 1, kustomizations: 0, documents: [] })).toBe(
      `1 manifest → ${join('out', 'dist')}/\n`,
    );
  });
});

describe('shownLine', () => {
  const { NO_COLOR } = process.env;
  const colours = { isTTY: true, hasColors: () => true };
  beforeEach(() => delete process.env.NO_COLOR);
  afterAll(() => {
    if (NO_COLOR !== undefined) process.env.NO_COLOR = NO_COLOR;
  });

  it('is green where the terminal has colours', () => {
    expect(shownLine('1 manifest → dist/\n', colours)).toBe('\u001b[32m1 manifest → dist/\u001b[39m\n');
  });

  it('is plain in a file, on a terminal without colours, and with NO_COLOR', () => {
    expect(shownLine('a\n', { ...colours, isTTY: false })).toBe('a\n');
    expect(shownLine('a\n', { ...colours, hasColors: () => false })).toBe('a\n');
    process.env.NO_COLOR = '1';
    expect(shownLine('a\n', colours)).toBe('a\n');
  });
});

describe('ManifestApp.synth', () => {
  const { isTTY } = process.stderr;
  const outdir = mkdtempSync(join(tmpdir(), 'line-'));
  const written = (terminal: boolean): string => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    process.stderr.isTTY = terminal;
    const app = new ManifestApp({ outdir });
    new Chart(app, 'a');
    new Chart(app, 'b');
    app.addDocument('c/RUNBOOK.md', { produce: () => 'text' });
    app.synth();
    const lines = write.mock.calls.map(([text]) => String(text)).join('');
    write.mockRestore();
    return lines;
  };
  afterAll(() => {
    process.stderr.isTTY = isTTY;
    rmSync(outdir, { recursive: true });
  });

  it('says on a terminal what it wrote, and nothing elsewhere', () => {
    expect(written(true)).toMatch(/^2 manifests, 1 runbook → .*\/\n$/);
    expect(written(false)).toBe('');
  });
});
