import fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, Lazy } from 'cdk8s';
import { FolderLock, LockHeld, LockOwner } from './folder-lock';
import { ManifestApp } from './manifest-app';

/** A process id that no process has: larger than any that Linux or macOS gives. */
const DEAD = 99_999_999;

let folder: string;
beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'lock-')))));
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

const path = (): string => join(folder, 'lock');
const take = (): FolderLock => FolderLock.take(path(), Date.now() - 1);
const owner = (): LockOwner => JSON.parse(fs.readFileSync(path(), 'utf8')) as LockOwner;

/** Plants the lock of another writer, whose stamp is some seconds old. */
function plant(change: Partial<LockOwner>, age = 0): void {
  const lock = take();
  const other = { ...owner(), token: 'another', ...change };
  lock.release();
  fs.writeFileSync(path(), JSON.stringify(other));
  const stamp = new Date(Date.now() - age * 1000);
  fs.utimesSync(path(), stamp, stamp);
}

describe('a lock', () => {
  test('names the host, the process and its start, and is gone when it is released', () => {
    const lock = take();
    const { host, pid, start, pidNamespace, boot, token, thread } = owner();
    expect({ host, pid, thread }).toEqual({ host: hostname(), pid: process.pid, thread: 0 });
    expect(token).toMatch(/^[0-9a-f]{16}$/);
    if (process.platform === 'linux') {
      expect(start).toMatch(/^\d+$/);
      expect(pidNamespace).toBe(fs.readlinkSync('/proc/self/ns/pid'));
      expect(boot).toMatch(/^[0-9a-f-]{36}$/);
    }
    lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('keeps out a second writer of the same process', () => {
    const lock = take();
    expect(take).toThrow(new LockHeld(path(), owner()));
    expect(take).toThrow(`process ${process.pid} on host '${hostname()}' holds '${path()}'`);
    lock.release();
    take().release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('is waited for', () => {
    const lock = take();
    const wait = Atomics.wait;
    jest.spyOn(Atomics, 'wait').mockImplementation((...args: Parameters<typeof wait>) => {
      lock.release();
      return wait(...args);
    });
    FolderLock.take(path(), Date.now() + 5000).release();
  });

  const abandoned: [string, Partial<LockOwner>, number][] = [
    ['whose process is dead', { pid: DEAD }, 0],
    ['that this thread made and does not hold', {}, 0],
    ['of another host, when its stamp is older than a minute', { host: 'elsewhere' }, 61],
    ['of another PID namespace, when its stamp is older than a minute', { pidNamespace: 'pid:[1]' }, 61],
    ['of a process that is alive, when its stamp is older than a minute', { pid: process.ppid }, 61],
  ];
  if (process.platform === 'linux') {
    abandoned.push(['whose process id was given to another process', { pid: process.ppid, start: '1' }, 0]);
    abandoned.push(['of a thread of a process that had the id of this one', { start: '1', thread: 7 }, 0]);
  }
  test.each(abandoned)('is replaced at once: one %s', (_which, change, age) => {
    plant(change, age);
    const lock = take();
    expect(owner().token).not.toBe('another');
    lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  /** When a process started, as Linux counts it. */
  const startOf = (pid: number): string => {
    if (process.platform !== 'linux') return '';
    return (
      fs
        .readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19] ?? ''
    );
  };
  test.each<[string, () => Partial<LockOwner>, number]>([
    ['of another host, for a minute, be its process dead or not', () => ({ host: 'elsewhere', pid: DEAD }), 55],
    ['of another start of the machine', () => ({ boot: 'another', pid: DEAD }), 55],
    ['of another PID namespace', () => ({ pidNamespace: 'pid:[1]', pid: DEAD }), 55],
    ['of a process that is alive', () => ({ pid: process.ppid, start: startOf(process.ppid) }), 55],
    ['of another thread of this process', () => ({ thread: 7 }), 55],
  ])('is not taken over: one %s', (_which, change, age) => {
    plant(change(), age);
    expect(take).toThrow(LockHeld);
    expect(owner().token).toBe('another');
  });

  test('is not taken over when it does not say whose it is, until it is a minute old', () => {
    fs.writeFileSync(path(), '');
    expect(take).toThrow(`another process holds '${path()}'`);
    const stamp = new Date(Date.now() - 61_000);
    fs.utimesSync(path(), stamp, stamp);
    take().release();
  });

  test.each(['{"pid":7}', '{"host":"elsewhere"}', '{"pid":"7","host":"elsewhere"}', '{"pid":7,"host":1}', 'null', '7'])(
    'fails without a name when its file says but %s',
    (text) => {
      fs.writeFileSync(path(), text);
      expect(take).toThrow(`another process holds '${path()}'`);
    },
  );

  test('is taken over when its stamp is older than 60 seconds, and not before', () => {
    plant({ host: 'elsewhere' });
    const stamp = new Date(1_800_000_000_000);
    fs.utimesSync(path(), stamp, stamp);
    const now = jest.spyOn(Date, 'now').mockReturnValue(stamp.getTime() + 60_000);
    expect(take).toThrow(LockHeld);
    now.mockReturnValue(stamp.getTime() + 60_001);
    take().release();
  });

  test('is left to a writer that was faster, where the file system has no links', () => {
    jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      fs.writeFileSync(path(), '{"host":"elsewhere","pid":7}');
      throw Object.assign(new Error('no links'), { code: 'ENOTSUP' });
    });
    expect(take).toThrow(LockHeld);
    expect(fs.readdirSync(folder)).toEqual(['lock']);
    expect(fs.readFileSync(path(), 'utf8')).toBe('{"host":"elsewhere","pid":7}');
  });

  test('is left to a writer that took it over in the meantime', () => {
    plant({ pid: DEAD });
    const rename = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      fs.writeFileSync(path(), 'of one that was faster');
      rename(from, to);
    });
    expect(take).toThrow(LockHeld);
    expect(fs.readdirSync(folder)).toEqual(['lock']);
    expect(fs.readFileSync(path(), 'utf8')).toBe('of one that was faster');
  });

  test('renews its stamp when that is five seconds old, and not before', () => {
    const start = Date.now();
    const now = jest.spyOn(Date, 'now').mockReturnValue(start);
    const lock = take();
    const past = new Date(start - 50_000);
    fs.utimesSync(path(), past, past);
    now.mockReturnValue(start + 4999);
    expect(lock.renew()).toBe(true);
    expect(fs.statSync(path()).mtime).toEqual(past);
    now.mockReturnValue(start + 5000);
    expect(lock.renew()).toBe(true);
    expect(fs.statSync(path()).mtimeMs).toBeGreaterThan(start - 10_000);
  });

  test('fails when another writer took it over, and leaves it to that one', () => {
    const lock = take();
    fs.writeFileSync(path(), JSON.stringify({ host: 'elsewhere', pid: 7 }));
    expect(() => lock.stands()).toThrow(
      `[ManifestApp] '${path()}' must name this process, got process 7 on host 'elsewhere', which took the lock over; synthesize again`,
    );
    lock.release();
    expect(fs.readdirSync(folder)).toEqual(['lock']);
    fs.rmSync(path());
    expect(lock.stands()).toBe(false);
  });

  test.each(['EPERM', 'ENOTSUP'])('is made where the file system has no links (%s)', (code) => {
    jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('no links'), { code });
    });
    const lock = take();
    expect(owner().pid).toBe(process.pid);
    expect(take).toThrow(LockHeld);
    lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('two writers of a folder', () => {
  const dist = (): string => join(folder, 'dist');

  function app(lazy = Lazy.any({ produce: () => 'text' })): ManifestApp {
    const made = new ManifestApp({ outdir: dist() });
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { lazy } };
    new ApiObject(new Chart(made, 'a'), 'a', object);
    return made;
  }

  test.each(['.dist.synth-lock', 'dist/.cdk8s-files.synth-lock'])('fail by name after ten seconds, by %s', (name) => {
    app().synth();
    fs.writeFileSync(join(folder, name), JSON.stringify({ host: 'elsewhere', pid: 7 }));
    const start = Date.now();
    let now = start;
    jest.spyOn(Date, 'now').mockImplementation(() => (now += 500));
    expect(() => app().synth()).toThrow(
      `[ManifestApp] 'outdir' must be written by one process at a time, got "${dist()}"; process 7 on host 'elsewhere' holds ` +
        `'${join(folder, name)}'; wait for it, or delete that file if nobody writes there`,
    );
    expect(now - start).toBeGreaterThan(10_000);
    expect(fs.readFileSync(join(dist(), 'a.k8s.yaml'), 'utf8')).toContain('lazy: text');
    expect(fs.readdirSync(folder).sort()).toEqual(name.startsWith('dist') ? ['dist'] : ['.dist.synth-lock', 'dist']);
  });

  test('fail when the lock is taken over while one renders, and the old output stays', () => {
    app().synth();
    const produce = (): string => {
      fs.writeFileSync(join(folder, '.dist.synth-lock'), '{"host":"elsewhere","pid":7}');
      return 'new';
    };
    expect(() => app(Lazy.any({ produce })).synth()).toThrow('took the lock over');
    expect(fs.readFileSync(join(dist(), 'a.k8s.yaml'), 'utf8')).toContain('lazy: text');
    expect(fs.readdirSync(folder).sort()).toEqual(['.dist.synth-lock', 'dist']);
  });

  test('fail when the lock is removed while one renders', () => {
    app().synth();
    const produce = (): string => (fs.rmSync(join(folder, '.dist.synth-lock')), 'new');
    expect(() => app(Lazy.any({ produce })).synth()).toThrow(`the lock of '${dist()}' must stand until`);
    expect(fs.readdirSync(folder)).toEqual(['dist']);
  });

  test('do not fail when the whole folder is removed while one renders, as the cdk8s command line does', () => {
    app().synth();
    const produce = (): string => (fs.rmSync(dist(), { recursive: true }), 'new');
    app(Lazy.any({ produce })).synth();
    expect(fs.readFileSync(join(dist(), 'a.k8s.yaml'), 'utf8')).toContain('lazy: new');
    expect(fs.readdirSync(folder)).toEqual(['dist']);
  });

  test('fail when nothing can be made, and leave no folder', () => {
    const outdir = join(folder, 'not', 'yet', 'there');
    const made = new ManifestApp({ outdir });
    made.node.addValidation({ validate: () => ['broken'] });
    expect(() => made.synth()).toThrow('broken');
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});
