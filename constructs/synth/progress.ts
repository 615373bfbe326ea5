import { createRequire } from 'node:module';
import type * as CliProgress from 'cli-progress';

/** A synth that ends within this time shows nothing, in milliseconds. */
const PATIENCE = 2000;

/** Where progress is shown; `process.stderr` is one. */
export interface ProgressTarget extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/**
 * A bar on the terminal while a synth is long. Piped, or in CI, it stays silent; standard output,
 * which may carry the manifests, is never written to.
 */
export class Progress {
  private readonly shown: boolean;
  private readonly begin: number;
  private bar?: CliProgress.SingleBar;
  private done = 0;

  public constructor(
    private readonly total: number,
    private readonly target: ProgressTarget = process.stderr,
    private readonly now: () => number = Date.now,
  ) {
    this.shown = target.isTTY === true && !process.env.CI;
    this.begin = now();
  }

  /** One of the parts is done. */
  public advance(): void {
    this.done += 1;
    if (!this.shown) return;
    if (this.bar === undefined && this.now() - this.begin >= PATIENCE) this.start();
    this.bar?.update(this.done);
  }

  /** All are done, or it failed: the bar is taken off the terminal. */
  public stop(): void {
    this.bar?.stop();
  }

  private start(): void {
    // Loaded when it is needed: most synths are short.
    const { SingleBar } = createRequire(__filename)('cli-progress') as typeof CliProgress;
    const format = 'synthesizing [{bar}] {value} of {total} charts, {eta} s to go';
    this.bar = new SingleBar({ format, stream: this.target, clearOnComplete: true, hideCursor: true });
    this.bar.start(this.total, this.done);
  }
}
