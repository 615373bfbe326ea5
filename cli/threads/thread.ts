import { parentPort, workerData } from 'node:worker_threads';
import { Contents, ListedFile, readBatch, unpacked } from '../../review/manifests/file-batch';
import type { Json } from '../../review/rule';
import { isSilent, Judge, Judgement } from '../../review/verdicts/judge';
import type { JudgeOrder, ThreadAnswer, ThreadWork } from './messages';

/** Takes the next run of files that nobody has read; undefined when none is left. */
export function nextRun({ files, places, maxBytes, run, next }: ThreadWork): Run | undefined {
  const number = Atomics.add(new Int32Array(next), 0, 1);
  const start = number * run;
  if (start >= files.length) return undefined;
  const names = files.slice(start, start + run);
  return { number, names, files: names.map((file, index) => ({ file, place: places[start + index]!, maxBytes })) };
}

/** Some files that are read together. */
export interface Run {
  readonly number: number;
  readonly names: readonly string[];
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
      const { names } = runOf(files, run);
      objects.set(run, objectsOf(unpacked(names, batch)));
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

function runOf({ files, run }: ThreadWork, number: number): { readonly names: readonly string[] } {
  return { names: files.slice(number * run, (number + 1) * run) };
}
