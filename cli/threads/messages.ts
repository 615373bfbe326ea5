import type { FileBatch } from '../../review/manifests/file-batch';
import type { ClusterConfig } from '../../review/rule';
import type { JudgedReleases, Judgement } from '../../review/verdicts/judge';

/** What a thread is started with: the files, which all threads read a run after the other. */
export interface ThreadWork {
  readonly files: readonly string[];
  /** Where their content stands. */
  readonly places: readonly string[];
  readonly maxBytes: number;
  /** How many files are read at a time. */
  readonly run: number;
  /** The number of the next run, which whoever reads it takes. */
  readonly next: SharedArrayBuffer;
}

/** A run of files that was read. */
export interface RunBatch {
  readonly run: number;
  readonly batch: FileBatch;
}

/** What a thread is asked, once all files are read. */
export interface JudgeOrder {
  readonly releases: JudgedReleases;
  /** What is known of the clusters. */
  readonly configs: readonly ClusterConfig[];
  /** Of the documents of each run the number of the configuration that each is judged by; 0 if it is not. */
  readonly runs: readonly { readonly run: number; readonly configs: Uint16Array<ArrayBuffer> }[];
  /** Runs that the thread did not read itself. */
  readonly given: readonly RunBatch[];
}

/** What a thread answers: each run that it read, that none is left, and what it says of each run that it judged. */
export type ThreadAnswer =
  | { readonly kind: 'read'; readonly read: RunBatch }
  | { readonly kind: 'all read' }
  | { readonly kind: 'judged'; readonly run: number; readonly judgements: readonly (readonly [number, Judgement])[] };
