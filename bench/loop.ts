import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, ROOT } from './process';

const ROUNDS = 5;

/** Our synth takes at most this part of the stock one's time. */
const GOAL = 0.07;

/** A command that synthesizes all chapters. */
interface Loop {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Record<string, string>;
}

const OURS: Loop = { title: 'npm run synth', command: ['npm', 'run', '--silent', 'synth'] };

/** The loop of cdk8s's TypeScript template: ts-node checks all types at every start. */
const STOCK: Loop = {
  title: 'npx ts-node main.ts (the stock template)',
  command: ['npx', 'ts-node', 'main.ts'],
  env: {
    TS_NODE_PROJECT: join(ROOT, 'bench', 'stock', 'tsconfig.json'),
    // So that both run the same sources.
    NODE_OPTIONS: '--conditions=cdk8s-kubevirt-source',
  },
};

/** Times both loops in turn, and prints the ratio of each pair: a slow moment of the machine meets both. */
export function loop(): void {
  const ratios: number[] = [];
  time(OURS);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const ours = time(OURS);
    const stock = time(STOCK);
    ratios.push(ours / stock);
    console.log(
      `round ${round}: ${OURS.title} ${seconds(ours)}, ${STOCK.title} ${seconds(stock)}, ratio ${(ours / stock).toFixed(2)}`,
    );
  }
  console.log(`ratio: median ${median(ratios)}, goal at most ${GOAL}`);
}

/** Milliseconds that a loop takes, from the start of its process to its end. */
function time({ title, command: [program, ...args], env }: Loop): number {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-loop-'));
  try {
    const start = process.hrtime.bigint();
    const run = spawnSync(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env, CDK8S_OUTDIR: join(outdir, 'dist') },
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    if (run.status !== 0) throw new Error(`${title} failed`);
    return Number(process.hrtime.bigint() - start) / 1e6;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
