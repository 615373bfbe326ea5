import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Contents, FileBatch, readBatch, unpacked } from '../../review/manifests/file-batch';
import type { Reviewed } from '../../review/manifests/manifest';
import type { Listing } from '../../review/manifests/reader';
import { isSilent, Judge, JudgedReleases, Judgement } from '../../review/verdicts/judge';
import type { Asked, OtherJudges } from '../../review/verdicts/other-judges';
import { DocumentPlaces } from './document-places';
import type { JudgeOrder, RunBatch, ThreadAnswer, ThreadWork } from './messages';
import { NumberedConfigs } from './numbered-configs';
import { namesOf, nextRun } from './thread';

/** Runs of files for each thread: enough that all end at the same time, and few enough that a message is worth its while. */
const RUNS_OF_A_THREAD = 16;

/** The most files that are read at a time. */
const LONGEST_RUN = 64;

/** Another thread. */
interface Thread {
  readonly worker: Worker;
  /** The runs that it was asked to judge and has said nothing of yet. */
  readonly pending: Set<number>;
  isAlive: boolean;
  /** Whether it takes no run of files any more. */
  hasRead: boolean;
}

/**
 * Threads that read files beside this one, and then judge single objects while this one asks the rules of roots. Whatever they
 * do not do, since one of them ended early, is done here.
 */
export class Threads implements OtherJudges {
  private readonly work: ThreadWork;
  private readonly threads: readonly Thread[];
  /** What each run of files holds, by its number. */
  private readonly contents = new Map<number, Contents>();
  /** The runs that this thread read, as they are handed to others. */
  private readonly own = new Map<number, FileBatch>();
  /** Who read the others. */
  private readonly readers = new Map<number, Thread>();
  /** The objects of each run that are judged elsewhere, by their place in it. */
  private readonly asked = new Map<number, Map<number, Asked>>();
  private readonly said = new Map<Reviewed, Judgement>();
  private releases: JudgedReleases | undefined;
  private awaken: () => void = () => undefined;

  /** @param count How many threads there are, with this one. */
  constructor(listing: Listing, count: number) {
    const { files } = listing;
    const run = Math.max(1, Math.min(LONGEST_RUN, Math.ceil(files.length / (count * RUNS_OF_A_THREAD))));
    this.work = {
      files: files.map(({ file }) => file),
      places: files.map(({ place }) => place),
      maxBytes: files[0]?.maxBytes ?? 0,
      run,
      next: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
    };
    this.threads = Array.from({ length: count - 1 }, () => this.start());
  }

  /** The content of the files, as far as it is handed on: whoever asks reads the rest. */
  public async read(): Promise<Contents> {
    for (let run = nextRun(this.work); run !== undefined; run = nextRun(this.work)) {
      const { batch, contents } = readBatch(run.files);
      this.contents.set(run.number, contents);
      this.own.set(run.number, batch);
      // What others read is taken in between.
      await new Promise((go) => setImmediate(go));
    }
    await this.until(({ hasRead }) => hasRead);
    return new Map([...this.contents.values()].flatMap((contents) => [...contents]));
  }

  public take(asked: readonly Asked[], releases: JudgedReleases): ReadonlySet<Reviewed> {
    const alive = this.threads.filter(({ isAlive }) => isAlive);
    if (alive.length === 0) return new Set();
    this.releases = releases;
    const places = new DocumentPlaces(this.contents);
    const configs = new NumberedConfigs();
    const taken = new Set<Reviewed>();
    const runs = new Map<number, Uint16Array<ArrayBuffer>>();
    for (const one of asked) {
      const { reviewed, config } = one;
      const number = reviewed.old === undefined ? configs.numberOf(config) : 0;
      const place = number === 0 ? undefined : places.taken(reviewed.object);
      if (place === undefined) continue;
      const { run, index, length } = place;
      if (!runs.has(run)) {
        runs.set(run, new Uint16Array(length));
        this.asked.set(run, new Map());
      }
      runs.get(run)![index] = number;
      this.asked.get(run)!.set(index, one);
      taken.add(reviewed);
    }
    this.order(alive, { releases, configs: configs.all }, runs);
    return taken;
  }

  public async judgements(): Promise<ReadonlyMap<Reviewed, Judgement>> {
    await this.until(({ pending }) => pending.size === 0);
    for (const { pending } of this.threads) for (const run of pending) this.judgeHere(run);
    return this.said;
  }

  /** Ends the threads, whatever they do. */
  public end(): void {
    for (const { worker } of this.threads) void worker.terminate();
  }

  /** Asks each thread to judge what it read itself; what this one read is dealt out. */
  private order(
    alive: readonly Thread[],
    order: Pick<JudgeOrder, 'releases' | 'configs'>,
    runs: ReadonlyMap<number, Uint16Array<ArrayBuffer>>,
  ): void {
    const orders = new Map(alive.map((thread) => [thread, { runs: [], given: [] } as OpenOrder]));
    let turn = 0;
    for (const [run, configs] of runs) {
      const batch = this.own.get(run);
      const thread = batch === undefined ? this.readers.get(run) : alive[turn++ % alive.length];
      // Who read it may have ended since.
      if (thread?.isAlive !== true) {
        this.judgeHere(run);
        continue;
      }
      const open = orders.get(thread)!;
      open.runs.push({ run, configs });
      if (batch !== undefined) open.given.push({ run, batch });
      thread.pending.add(run);
    }
    this.own.clear();
    for (const [{ worker }, open] of orders) {
      const handedOver = open.given.flatMap(({ batch }) => [
        batch.json.buffer,
        batch.counts.buffer,
        batch.lines.buffer,
      ]);
      worker.postMessage({ ...order, ...open } satisfies JudgeOrder, handedOver);
    }
  }

  /** Judges a run of which nobody else says anything. */
  private judgeHere(run: number): void {
    const judge = new Judge(this.releases!);
    for (const { reviewed, config } of this.asked.get(run)?.values() ?? []) {
      const judgement = judge.judge(reviewed, config);
      if (!isSilent(judgement)) this.said.set(reviewed, judgement);
    }
  }

  /** Waits until all threads have come so far, or ended. */
  private async until(isSo: (thread: Thread) => boolean): Promise<void> {
    while (this.threads.some((thread) => thread.isAlive && !isSo(thread))) {
      await new Promise<void>((go) => (this.awaken = go));
    }
  }

  private start(): Thread {
    const worker = new Worker(PROGRAM, { eval: true, workerData: this.work });
    const thread: Thread = { worker, pending: new Set(), isAlive: true, hasRead: false };
    const stop = (): void => {
      thread.isAlive = false;
      this.awaken();
    };
    worker.on('message', (answer: ThreadAnswer) => {
      this.hearAnswer(thread, answer);
      this.awaken();
    });
    // What it was doing is done here, and says the same: memory that is not there, or a fault of its own.
    worker.on('error', stop);
    worker.on('exit', stop);
    return thread;
  }

  private hearAnswer(thread: Thread, answer: ThreadAnswer): void {
    switch (answer.kind) {
      case 'read': {
        const { run, batch } = answer.read;
        this.contents.set(run, unpacked(namesOf(this.work, run), batch));
        this.readers.set(run, thread);
        return;
      }
      case 'all read':
        thread.hasRead = true;
        return;
      case 'judged': {
        thread.pending.delete(answer.run);
        const asked = this.asked.get(answer.run);
        for (const [index, judgement] of answer.judgements) {
          const one = asked?.get(index);
          if (one !== undefined) this.said.set(one.reviewed, judgement);
        }
      }
    }
  }
}

/** An order that is not complete yet. */
interface OpenOrder {
  readonly runs: JudgeOrder['runs'][number][];
  readonly given: RunBatch[];
}

/** What a thread runs: this program once more, of which it needs a part. In a clone the sources, as the command reads them. */
const PROGRAM = __filename.endsWith('.ts')
  ? `require(${JSON.stringify(join(__dirname, '..', 'cdk8s-kubevirt.cjs'))}); require(${JSON.stringify(join(__dirname, 'thread.ts'))}).work();`
  : `require(${JSON.stringify(join(__dirname, '..', 'thread.js'))});`;
