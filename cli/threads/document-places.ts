import type { Contents } from '../../review/manifests/file-batch';

/** Where the object of a document stands: in which run of files, and as which of its documents. */
export interface DocumentPlace {
  readonly run: number;
  readonly index: number;
  /** How many documents the run has. */
  readonly length: number;
}

/** Where the objects stand that are documents of files, each of which is asked for once. */
export class DocumentPlaces {
  private readonly numbers = new Map<unknown, number>();
  private readonly lengths = new Map<number, number>();

  constructor(runs: ReadonlyMap<number, Contents>) {
    for (const [run, contents] of runs) {
      let index = 0;
      for (const { manifests } of contents.values()) {
        for (const { object } of manifests) this.numbers.set(object, run * MOST_DOCUMENTS + index++);
      }
      this.lengths.set(run, index);
    }
  }

  /** The place of an object; undefined if it is not a document of a file, or was taken. */
  public taken(object: unknown): DocumentPlace | undefined {
    const number = this.numbers.get(object);
    if (number === undefined) return undefined;
    // A document that several roots take is judged for the first of them.
    this.numbers.delete(object);
    const run = Math.floor(number / MOST_DOCUMENTS);
    return { run, index: number % MOST_DOCUMENTS, length: this.lengths.get(run)! };
  }
}

/** More documents than the files of a run hold. */
const MOST_DOCUMENTS = 2 ** 32;
