import { randomBytes } from 'node:crypto';
import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';
import { regularText } from '../shared/regular-file';
import { codeOf, removeFile, succeeds, unless } from './file-system';

/** A lock whose time stamp is older is taken over, in milliseconds. */
export const LOCK_LIFETIME = 60_000;

/** How long a second writer waits, in milliseconds. */
export const LOCK_PATIENCE = 10_000;

/** How often its owner renews the stamp, and how often a writer that waits looks again, in milliseconds. */
const RENEWAL = 5000;
const LOOK = 50;

/** Who holds a lock, as its file says. A process id alone means nothing in another container. */
export interface LockOwner {
  readonly host: string;
  /** Which start of the machine: two of one name are told apart by it. Empty where the system does not say. */
  readonly boot: string;
  /** The PID namespace. Empty where the system has no such thing. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** When the process started, as the system counts it. Empty where the system does not say. */
  readonly start: string;
  readonly thread: number;
  /** Tells this lock from any other. */
  readonly token: string;
}

/** The locks that this thread holds. */
const held = new Set<string>();

/** A file that says who writes a folder. */
export class FolderLock {
  /**
   * Takes the lock at a path; where another writer holds it, waits for it.
   *
   * @param deadline Until when it waits, as `Date.now` counts.
   * @throws LockHeld if it is held until then.
   */
  public static take(path: string, deadline: number): FolderLock {
    for (;;) {
      const holder = readHolder(path);
      if (holder !== undefined && isAbandoned(holder)) takeAway(path, holder);
      if (holder === undefined || isAbandoned(holder)) {
        const lock = FolderLock.create(path);
        if (lock !== undefined) return lock;
      }
      if (Date.now() >= deadline) throw new LockHeld(path, holder?.owner);
      sleep(LOOK);
    }
  }

  /** The lock, or undefined where another writer was faster. */
  private static create(path: string): FolderLock | undefined {
    const owner = thisOwner();
    const text = `${JSON.stringify(owner)}\n`;
    return placeWhole(path, text, owner.token) ? new FolderLock(path, text, owner.token) : undefined;
  }

  private renewed = Date.now();

  private constructor(
    public readonly path: string,
    private readonly text: string,
    private readonly token: string,
  ) {
    held.add(token);
  }

  /** Renews the time stamp where it is some seconds old; answers whether the lock still stands. */
  public renew(): boolean {
    return Date.now() - this.renewed < RENEWAL || this.stands();
  }

  /**
   * Whether the lock still stands; its time stamp is renewed.
   *
   * @throws if another writer took it over: this one slept for longer than the lock lasts.
   */
  public stands(): boolean {
    const text = unless(['ENOENT', 'ENOTDIR'], () => regularText(this.path));
    if (text === undefined) return false;
    if (text !== this.text) {
      throw new Error(
        `[ManifestApp] '${this.path}' must name this process, got ${ownerText(parseOwner(text))}, which took the lock over; synthesize again`,
      );
    }
    const now = new Date();
    utimesSync(this.path, now, now);
    this.renewed = now.getTime();
    return true;
  }

  /** Removes the lock, if it is still this one. */
  public release(): void {
    held.delete(this.token);
    const text = unless(['ENOENT', 'ENOTDIR'], () => regularText(this.path));
    if (text === this.text) removeFile(this.path);
  }
}

/** Another writer holds the lock. */
export class LockHeld extends Error {
  public constructor(
    public readonly path: string,
    owner: LockOwner | undefined,
  ) {
    super(`${ownerText(owner)} holds '${path}'`);
  }
}

function ownerText(owner: LockOwner | undefined): string {
  return owner === undefined ? 'another process' : `process ${owner.pid} on host '${owner.host}'`;
}

interface Holder {
  readonly text: string;
  /** Undefined where the file does not say: it was not written by a synth, or not as a whole. */
  readonly owner: LockOwner | undefined;
  /** When the stamp was renewed, as `Date.now` counts. */
  readonly stamp: number;
}

function readHolder(path: string): Holder | undefined {
  return unless(['ENOENT'], () => {
    const text = regularText(path);
    return { text, owner: parseOwner(text), stamp: statSync(path).mtimeMs };
  });
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<LockOwner> | null;
    return Number.isSafeInteger(owner?.pid) && typeof owner?.host === 'string' ? (owner as LockOwner) : undefined;
  } catch {
    return undefined;
  }
}

function isAbandoned({ owner, stamp }: Holder): boolean {
  if (Date.now() - stamp > LOCK_LIFETIME) return true;
  if (owner === undefined) return false;
  const self = thisOwner();
  // What another machine or another PID namespace calls 7 is not what this one does.
  if (owner.host !== self.host || owner.boot !== self.boot || owner.pidNamespace !== self.pidNamespace) return false;
  if (owner.pid !== self.pid || owner.start !== self.start) return !isAlive(owner);
  return owner.thread === self.thread && !held.has(owner.token);
}

/** Removes an abandoned lock, and no other: of several writers that see it one moves it. */
function takeAway(path: string, holder: Holder): void {
  const moved = `${path}-${randomBytes(8).toString('hex')}`;
  if (!succeeds(['ENOENT'], () => renameSync(path, moved))) return;
  // A writer that was faster has put its own in place.
  const text = unless(['ENOENT'], () => regularText(moved));
  if (text !== undefined && text !== holder.text) unless(['EEXIST', 'ENOENT'], () => linkSync(moved, path));
  removeFile(moved);
}

/** Makes a file that is never seen half written; answers false where one stands there. */
function placeWhole(path: string, text: string, token: string): boolean {
  const temporary = `${path}-${token}`;
  writeFileSync(temporary, text, { flag: 'wx' });
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    // ENOENT: another writer has the lock, and tidied up.
    if (['EEXIST', 'ENOENT'].includes(codeOf(error))) return false;
    if (!['EACCES', 'EMLINK', 'EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error))) throw error;
    return placeAlone(path, text);
  } finally {
    removeFile(temporary);
  }
}

/** Where the file system has no links. */
function placeAlone(path: string, text: string): boolean {
  const descriptor = unless(['EEXIST'], () => openSync(path, 'wx'));
  if (descriptor === undefined) return false;
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

function thisOwner(): LockOwner {
  const pidNamespace = unless(UNKNOWN, () => readlinkSync('/proc/self/ns/pid')) ?? '';
  const boot = unless(UNKNOWN, () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';
  const start = processStat('self')?.start ?? '';
  const token = randomBytes(8).toString('hex');
  return { host: hostname(), boot, pidNamespace, pid: process.pid, start, thread: threadId, token };
}

/** What the system answers where it has no `/proc`, or hides it. */
const UNKNOWN = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EINVAL', 'ESRCH'];

function isAlive({ pid, start }: LockOwner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const stat = processStat(String(pid));
  return stat === undefined || (stat.start === start && !['Z', 'X'].includes(stat.state));
}

/** proc_pid_stat(5): the name, in parentheses, may hold anything; the state follows it, the start is field 22. */
function processStat(process: string): { readonly state: string; readonly start: string } | undefined {
  const text = unless(UNKNOWN, () => readFileSync(`/proc/${process}/stat`, 'utf8'));
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? undefined : { state: fields[0] ?? '', start: fields[19] ?? '' };
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
