import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Judgement } from '../../review/verdicts/judge';

/** What is kept of a file: which of its documents were judged, and what was said of those of which anything was. */
export interface PackEntry {
  readonly judged: readonly number[];
  readonly said: readonly (readonly [document: number, judgement: Judgement])[];
}

/** The first line of a pack. */
interface Head {
  readonly form: string;
  /** Without it nobody can tell from the pack what a file holds. */
  readonly key: string;
}

/** Another form has another name. */
const FORM = 'judgements of cdk8s-kubevirt, form 1';

/** As many entries that a run has not met are kept as these: of other folders. */
const MOST_UNMET = 100_000;

/** As many packs are kept as these: of other releases and versions. */
const MOST_PACKS = 8;

const ENDING = '.judgements.jsonl';

/**
 * Entries in one file of a folder, each under a digest of what it was made of. A file that is damaged in any way is as good as none.
 * It is written beside its place and renamed, so that whoever reads it finds a whole one; of two who write at once the last stays.
 */
export class Pack {
  public readonly key: string;
  private readonly kept = new Map<string, PackEntry>();
  private readonly met = new Map<string, PackEntry>();
  private isNew = false;

  /**
   * @param name A word for everything that holds for all entries.
   * @param complain Called with a line where the file is damaged.
   */
  constructor(
    private readonly folder: string,
    private readonly name: string,
    complain: (line: string) => void,
  ) {
    const text = this.text();
    const lines = text === undefined ? undefined : linesOf(text);
    if (text !== undefined && lines === undefined) complain(`${this.place}: is damaged, and is written anew`);
    const [head, ...entries] = lines ?? [];
    this.key = (head as Head | undefined)?.key ?? randomBytes(32).toString('hex');
    for (const [digest, entry] of entries as [string, PackEntry][]) this.kept.set(digest, entry);
  }

  public get(digest: string): PackEntry | undefined {
    const entry = this.met.get(digest) ?? this.kept.get(digest);
    if (entry !== undefined) this.met.set(digest, entry);
    return entry;
  }

  public put(digest: string, entry: PackEntry): void {
    this.met.set(digest, entry);
    this.isNew = true;
  }

  /**
   * Writes the file, if there is anything new.
   *
   * @throws the fault of the file system.
   */
  public write(): void {
    if (!this.isNew) return;
    const unmet = [...this.kept].filter(([digest]) => !this.met.has(digest)).slice(0, MOST_UNMET);
    const head: Head = { form: FORM, key: this.key };
    const lines = [head, ...this.met, ...unmet].map((line) => JSON.stringify(line)).join('\n');
    const beside = join(this.folder, `${this.name}.${process.pid}.${randomBytes(4).toString('hex')}.part`);
    try {
      fs.writeFileSync(beside, `${lines}\n${sumOf(lines)}\n`, { flag: 'wx', mode: 0o600 });
      fs.renameSync(beside, this.place);
    } catch (thrown) {
      fs.rmSync(beside, { force: true });
      throw thrown;
    }
    this.removeOthers();
  }

  private get place(): string {
    return join(this.folder, `${this.name}${ENDING}`);
  }

  private text(): string | undefined {
    try {
      return fs.readFileSync(this.place, 'utf8');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      return '';
    }
  }

  /** The packs that were written longest ago. */
  private removeOthers(): void {
    const packs = fs
      .readdirSync(this.folder)
      .filter((name) => name.endsWith(ENDING))
      .flatMap((name) => {
        const stats = fs.statSync(join(this.folder, name), { throwIfNoEntry: false });
        return stats === undefined ? [] : { name, time: stats.mtimeMs };
      });
    const old = packs.sort((a, b) => b.time - a.time).slice(MOST_PACKS);
    for (const { name } of old) fs.rmSync(join(this.folder, name), { force: true });
  }
}

/** The lines of a pack; undefined unless it is whole. */
function linesOf(text: string): unknown[] | undefined {
  const end = text.lastIndexOf('\n', text.length - 2);
  const lines = text.slice(0, Math.max(end, 0));
  if (text.slice(end + 1) !== `${sumOf(lines)}\n`) return undefined;
  const [head, ...entries] = lines.split('\n').map((line) => JSON.parse(line) as unknown);
  return (head as Head).form === FORM ? [head, ...entries] : undefined;
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
