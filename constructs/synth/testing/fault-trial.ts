import { realpathSync } from 'node:fs';
import { Judge, systemError, withFileCalls } from './file-calls';
import { OutputName, ReplacedFolder } from './replaced-folder';

/** How the folder is replaced: moved as a whole, or, where the system refuses that, file by file. */
export type Way = 'as a whole' | 'file by file';

export const WAYS: readonly Way[] = ['as a whole', 'file by file'];

/** Refuses to move the output folder, as the system does where it is a mount point. */
export function refusal(way: Way, outdir: string): Judge {
  return (_call, name, [from]) => {
    if (way === 'file by file' && name === 'renameSync' && from === outdir) throw systemError('EBUSY', name);
  };
}

/** What a trial showed: what was wrong, if anything. */
export interface Trial {
  readonly call: number;
  readonly name: string;
  /** Whether the synth went on to its end. */
  readonly ended: boolean;
  /** Whether the folder held no whole output, and the journal named one. */
  readonly journaled: boolean;
  readonly wrong: readonly string[];
}

/** How many calls a synth makes, by the way. */
export function countCalls(folder: ReplacedFolder, way: Way): number {
  folder.begin();
  return withFileCalls(refusal(way, folder.outdir), () => folder.synth('new'));
}

/** How long calls fail: one does, or all from it on, as where a disk dies, so that nothing can be undone either. */
export type Duration = 'once' | 'for good';

/** Fails a call of a synth, and looks at what it leaves and at the synth after it. */
export function fail(folder: ReplacedFolder, way: Way, call: number, code: string, duration: Duration = 'once'): Trial {
  folder.begin();
  const refuse = refusal(way, folder.outdir);
  let [failed, error]: [string, unknown] = ['', undefined];
  try {
    withFileCalls(
      (number, name, args) => {
        if (number < call || (number > call && duration === 'once')) return refuse(number, name, args);
        failed ||= name;
        throw systemError(code, name);
      },
      () => folder.synth('new'),
    );
  } catch (thrown) {
    error = thrown;
  }
  return judged(folder, call, failed, error === undefined);
}

/** Cuts a synth off at a call, and the next one, which mends what that left, at another. */
export function failTwice(folder: ReplacedFolder, ways: readonly [Way, Way], calls: readonly [number, number]): Trial {
  folder.begin();
  const [first, second] = calls;
  cutOff(folder, ways[0], first, 'new');
  const ended = cutOff(folder, ways[1], second, 'next');
  return judged(folder, second, `after call ${first}`, ended, ended ? ['next'] : ['old', 'new', 'next']);
}

/** Fails all calls from one on; answers whether the synth went on to its end, because it makes fewer calls. */
function cutOff(folder: ReplacedFolder, way: Way, call: number, output: OutputName): boolean {
  const refuse = refusal(way, folder.outdir);
  const judge: Judge = (number, name, args) => {
    if (number < call) return refuse(number, name, args);
    throw systemError('EIO', name);
  };
  try {
    withFileCalls(judge, () => folder.synth(output));
    return true;
  } catch {
    return false;
  }
}

/** What a synth that failed or was killed left, and whether the next one heals it. */
export function judged(
  folder: ReplacedFolder,
  call: number,
  name: string,
  ended: boolean,
  allowed: readonly (OutputName | undefined)[] = ended ? ['new'] : ['old', 'new'],
): Trial {
  const wrong: string[] = [];
  const [standing, whole] = [folder.standing(), attempt(() => folder.named(), wrong)];
  if (!allowed.includes(whole)) wrong.push(`the whole output is ${whole ?? 'a mix'}`);
  attempt(() => folder.synth('next'), wrong);
  const next = folder.standing();
  if (next !== 'next') wrong.push(`after the next synth the folder holds ${next ?? 'a mix'}`);
  if (folder.leftovers().length > 0) wrong.push(`left behind: ${folder.leftovers().join(', ')}`);
  return { call, name, ended, journaled: standing !== whole, wrong };
}

function attempt<T>(action: () => T, wrong: string[]): T | undefined {
  try {
    return action();
  } catch (error) {
    wrong.push(String(error));
    return undefined;
  }
}

/** A place for trials in a folder that exists. */
export function trialFolder(parent: string): ReplacedFolder {
  return new ReplacedFolder(`${realpathSync(parent)}/trial`);
}
