import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { SensitiveValues } from '../../constructs/shared/sensitive-values';
import type { ParsedText } from '../../review/manifests/input';
import { textAt } from '../../review/manifests/json';
import type { Reviewed } from '../../review/manifests/manifest';
import type { ClusterConfig } from '../../review/rule';
import { isSilent, JudgedReleases, Judgement } from '../../review/verdicts/judge';
import type { Asked, OtherJudges } from '../../review/verdicts/other-judges';
import { textOf } from '../threads/numbered-configs';
import { Pack, PackEntry } from './pack';

/** Of a file that was read: what its bytes are, in short. */
interface MetFile {
  readonly bytes: string;
  /** The configuration by which its documents were last judged, and under which digest that stands. */
  config?: ClusterConfig;
  digest: string;
}

/** A document of such a file. */
interface Place {
  readonly file: MetFile;
  readonly document: number;
}

/** What is said in this run of the documents of a file. */
interface OpenEntry {
  readonly judged: number[];
  readonly said: [number, Judgement][];
  /** Whether it may not be kept: a sentence holds what must not be shown. */
  isClosed: boolean;
}

/**
 * Remembers what was said of objects by themselves, by the bytes of their files, the releases and settings of their clusters, and the
 * program that said it. Of a file with a Secret nothing is kept, and no sentence that repeats what must not be shown.
 */
export class JudgementCache implements OtherJudges {
  private readonly places = new Map<unknown, Place>();
  private readonly said = new Map<Reviewed, Judgement>();
  private readonly open = new Map<string, OpenEntry>();
  private readonly texts = new Map<ClusterConfig, string>();
  private pack: Pack | undefined;

  /**
   * @param folder Made if it is not there.
   * @param program Which program judges.
   * @param complain Called with a line for what goes wrong.
   * @throws if it is not a folder, or cannot be written to.
   */
  constructor(
    private readonly folder: string,
    private readonly program: string,
    private readonly complain: (line: string) => void,
  ) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
  }

  /** Takes note of a file that is read. */
  public meet(bytes: Uint8Array, { manifests, faults }: ParsedText): void {
    if (faults.length > 0 || manifests.some(({ object }) => isKeptOut(object))) return;
    const file: MetFile = { bytes: sha256(bytes), digest: '' };
    for (const [document, { object }] of manifests.entries()) this.places.set(object, { file, document });
  }

  public take(asked: readonly Asked[], releases: JudgedReleases): ReadonlySet<Reviewed> {
    this.pack = new Pack(this.folder, sha256(JSON.stringify([this.program, releases])).slice(0, 16), this.complain);
    const taken = new Set<Reviewed>();
    for (const one of asked) {
      const place = this.placeOf(one);
      if (place === undefined) continue;
      const entry = this.pack.get(this.digestOf(place.file, one.config));
      if (entry === undefined || !entry.judged.includes(place.document)) continue;
      taken.add(one.reviewed);
      const [, judgement] = entry.said.find(([document]) => document === place.document) ?? [];
      if (judgement !== undefined) this.said.set(one.reviewed, judgement);
    }
    return taken;
  }

  public hear(asked: Asked, judgement: Judgement): void {
    const place = this.placeOf(asked);
    if (place === undefined) return;
    const digest = this.digestOf(place.file, asked.config);
    let entry = this.open.get(digest);
    if (entry === undefined) this.open.set(digest, (entry = { judged: [], said: [], isClosed: false }));
    entry.judged.push(place.document);
    if (isSilent(judgement)) return;
    entry.said.push([place.document, judgement]);
    entry.isClosed ||= holdsSensitive(judgement, asked.reviewed);
  }

  public judgements(): Promise<ReadonlyMap<Reviewed, Judgement>> {
    return Promise.resolve(this.said);
  }

  /** Keeps what was said in this run for the next one. */
  public keep(): void {
    try {
      for (const [digest, { isClosed, judged, said }] of this.open) {
        const before = this.pack?.get(digest);
        if (isClosed || isHeld(before, judged)) continue;
        const own = (before?.said ?? []).filter(([document]) => !judged.includes(document));
        this.pack?.put(digest, {
          judged: [...new Set([...(before?.judged ?? []), ...judged])],
          said: [...own, ...said],
        });
      }
      this.pack?.write();
    } catch (thrown) {
      const { code, message } = thrown as NodeJS.ErrnoException;
      this.complain(`${this.folder}: the findings could not be kept (${code ?? message})`);
    }
  }

  /** Where an object stands, if it is a document as it was read, and no other stands in the cluster. */
  private placeOf({ reviewed: { object, old } }: Asked): Place | undefined {
    return old === undefined ? this.places.get(object) : undefined;
  }

  private digestOf(file: MetFile, config: ClusterConfig): string {
    if (file.config === config) return file.digest;
    let text = this.texts.get(config);
    if (text === undefined) this.texts.set(config, (text = textOf(config)));
    file.config = config;
    file.digest = sha256(`${this.pack!.key}\n${file.bytes}\n${text}`).slice(0, DIGITS);
    return file.digest;
  }
}

/** Two files with the same digest are not to be expected: 160 bits. */
const DIGITS = 40;

/** A Secret, and what may hold one: a digest of its bytes would tell whoever guesses them that the guess is right. */
function isKeptOut(object: unknown): boolean {
  const kind = textAt(object, 'kind');
  return kind === 'Secret' || kind === 'Template' || kind.endsWith('List');
}

function isHeld(entry: PackEntry | undefined, judged: readonly number[]): boolean {
  return entry !== undefined && judged.every((document) => entry.judged.includes(document));
}

/** Whether a sentence repeats what must not be shown: such a sentence is said anew each time. */
function holdsSensitive({ said, unchecked, failed }: Judgement, { object }: Reviewed): boolean {
  const values = new SensitiveValues(textAt(object, 'kind'), [object]);
  const isOpen = (text: string, field?: string): boolean => values.hide(text, field) === text;
  return !(
    said.every(({ fault }) => isOpen(fault.message, fault.field) && isOpen(fault.remedy ?? '')) &&
    [...unchecked, ...failed].every((text) => isOpen(text))
  );
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
