import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckFigures } from './check-run';
import { failure, median, ROOT, run } from './process';

const VMS = 10_000;
const PROCESSES = 5;
const CHAPTER_RUNS = 9;

/** Times the review of a fleet against parsing its YAML, cold and warm, and what the review adds to a synth. */
export function check(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-check-'));
  try {
    const file = join(folder, 'fleet.yaml');
    run('check-run.ts', file, String(VMS));
    const cold: number[] = [];
    const warm: number[] = [];
    for (let turn = 1; turn <= PROCESSES; turn += 1) {
      const rounds = run('check-run.ts', file)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as CheckFigures);
      rounds.forEach((figures, round) => {
        (round === 0 ? cold : warm).push(figures.review / figures.parse);
        console.log(line(turn, round, figures));
      });
    }
    console.log(`review/parse: cold ${median(cold)}, warm ${median(warm)}; goal at most 1`);
    console.log(`what the review adds to npm run synth: ${chapters()} of its time; goal at most 0.25`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function line(turn: number, round: number, { objects, parse, review, findings }: CheckFigures): string {
  const state = round === 0 ? 'cold' : 'warm';
  const ratio = (review / parse).toFixed(2);
  return `process ${turn}, ${state}: ${objects} objects, ${findings} findings, parse ${parse.toFixed(0)} ms, review ${review.toFixed(0)} ms, ratio ${ratio}`;
}

/** What the review adds to the synth of the chapters, loading it and reading the files included. */
function chapters(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-check-'));
  // As `npm run synth` starts.
  const command = ['-C', 'cdk8s-kubevirt-source', '-r', 'ts-node/register', join(__dirname, 'check-chapters.ts')];
  const env = { ...process.env, CDK8S_OUTDIR: join(outdir, 'dist') };
  try {
    const ratios = Array.from({ length: CHAPTER_RUNS }, () => {
      const done = spawnSync(process.execPath, command, { cwd: ROOT, env, encoding: 'utf8' });
      if (done.status !== 0) throw failure('check-chapters.ts', done);
      const { synth, review } = JSON.parse(done.stderr.trim().split('\n').at(-1) ?? '') as Record<string, number>;
      return (review ?? NaN) / (synth ?? NaN);
    });
    return median(ratios);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
