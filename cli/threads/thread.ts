import { parentPort, workerData } from 'node:worker_threads';
import { Contents, ListedFile, readBatch, unpacked } from '../../review/manifests/file-batch';
import type { Json } from '../../review/rule';
import { isSilent, Judge, Judgement } from '../../review/verdicts/judge';
import type { JudgeOrder, ThreadAnswer, ThreadWork } from './messages';

/** Takes the next run of files that nobody has read; undefined when none is left. */
export function nextRun(work: ThreadWork): Run | undefined {
  const { places, maxBytes, run, next } = work;
  const number = Atomics.add(new Int32Array(next), 0, 1);
  const names = namesOf(work, number);
  if (names.length === 0) return undefined;
  const files = names.map((file, index) => ({ file, place: places[number * run + index]!, maxBytes }));
  return { number, files };
}

/** The names of the files of a run. */
export function namesOf({ files, run }: Pick<ThreadWork, 'files' | 'run'>, number: number): readonly string[] {
  return files.slice(number * run, (number + 1) * run);
}

/** Some files that are read together. */
export interface Run {
  readonly number: number;
  readonly files: readonly ListedFile[];
}

/** The objects of a run, in the order of the files. */
export function objectsOf(contents: Contents): readonly unknown[] {
  return [...contents.values()].flatMap(({ manifests }) => manifests.map(({ object }) => object));
}

/** What a thread beside the first one does: it reads files, hands on what they hold, and judges the objects. */
export function work(): void {
  const port = parentPort!;
  const files = workerData as ThreadWork;
  const answer = (message: ThreadAnswer, handedOver: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, handedOver);
  const objects = new Map<number, readonly unknown[]>();
  for (let run = nextRun(files); run !== undefined; run = nextRun(files)) {
    const { batch, contents } = readBatch(run.files);
    objects.set(run.number, objectsOf(contents));
    answer({ kind: 'read', read: { run: run.number, batch } }, [
      batch.json.buffer,
      batch.counts.buffer,
      batch.lines.buffer,
    ]);
  }
  answer({ kind: 'all read' });
  port.once('message', ({ releases, configs, runs, given }: JudgeOrder) => {
    const judge = new Judge(releases);
    for (const { run, batch } of given) {
      objects.set(run, objectsOf(unpacked(namesOf(files, run), batch)));
    }
    for (const { run, configs: asked } of runs) {
      const judgements: (readonly [number, Judgement])[] = [];
      for (const [index, object] of (objects.get(run) ?? []).entries()) {
        const config = configs[asked[index]! - 1];
        if (config === undefined) continue;
        const judgement = judge.judge({ object: object as Json }, config);
        if (!isSilent(judgement)) judgements.push([index, judgement]);
      }
      answer({ kind: 'judged', run, judgements });
    }
  });
}
