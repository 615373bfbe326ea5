import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { countCalls, Duration, fail, failTwice, judged, Trial, trialFolder, Way, WAYS } from './fault-trial';
import { ReplacedFolder } from './replaced-folder';

/** What a disk, a full disk, a folder of somebody else, a lock and a network drive answer. */
const CODES = ['EIO', 'ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV', 'ENOTSUP', 'EINVAL', 'ENOENT'];

const ROOT = join(__dirname, '..', '..', '..');

/**
 * Fails every call of the file system that a synth makes, and kills as many synths as the command line says, in both ways
 * of replacing a folder: `npm run faults -- 400`.
 */
function run(kills: number): boolean {
  const parent = mkdtempSync(join(tmpdir(), 'faults-'));
  try {
    const folder = trialFolder(parent);
    const trials = WAYS.flatMap((way) => {
      const calls = countCalls(folder, way);
      return [
        ...CODES.flatMap((code) => failAll(folder, way, calls, code, 'once')),
        ...failAll(folder, way, calls, 'EIO', 'for good'),
        ...WAYS.flatMap((next) => failTwiceAll(folder, [way, next], calls)),
        ...killAll(folder, way, calls, Math.ceil(kills / WAYS.length)),
      ];
    });
    return trials.every(({ wrong }) => wrong.length === 0);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

function failAll(folder: ReplacedFolder, way: Way, calls: number, code: string, duration: Duration): Trial[] {
  const trials = Array.from({ length: calls }, (_, index) => fail(folder, way, index + 1, code, duration));
  report(`${way}, ${code} ${duration}`, trials);
  return trials;
}

/** A sample of all pairs of calls. */
function failTwiceAll(folder: ReplacedFolder, ways: readonly [Way, Way], calls: number): Trial[] {
  const trials = Array.from({ length: calls }, (_, index) => {
    const second = 1 + ((index * STRIDE) % calls);
    return failTwice(folder, ways, [index + 1, second]);
  });
  report(`${ways[0]}, cut off, and again ${ways[1]}`, trials);
  return trials;
}

/** Spreads the second call over all, whatever the first. */
const STRIDE = 37;

/** At every call in turn, and once more from the first one where there are more kills than calls. */
function killAll(folder: ReplacedFolder, way: Way, calls: number, kills: number): Trial[] {
  const trials = Array.from({ length: kills }, (_, index) => {
    const call = kills < calls ? 1 + Math.floor((index * calls) / kills) : 1 + (index % calls);
    return kill(folder, way, call);
  });
  report(`${way}, killed`, trials);
  return trials;
}

function kill(folder: ReplacedFolder, way: Way, call: number): Trial {
  folder.begin();
  const script = join(__dirname, 'killed-synth.ts');
  const args = ['-r', join(ROOT, 'cli', 'cdk8s-kubevirt.cjs'), script, dirname(folder.outdir), way, String(call)];
  const { signal, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  const trial = judged(folder, call, stdout.trim(), false);
  return signal === 'SIGKILL' ? trial : { ...trial, wrong: [...trial.wrong, `was not killed: ${stderr}`] };
}

function report(title: string, trials: readonly Trial[]): void {
  const count = (is: (trial: Trial) => boolean): number => trials.filter(is).length;
  const wrong = trials.filter((trial) => trial.wrong.length > 0);
  console.log(
    `${title}: ${trials.length} trials, ${count(({ ended }) => ended)} ended well by another way, ` +
      `${count(({ journaled }) => journaled)} whole by the journal, ${wrong.length} wrong`,
  );
  for (const { call, name, wrong: sentences } of wrong)
    console.log(`  call ${call} (${name}): ${sentences.join('; ')}`);
}

process.exitCode = run(Number(process.argv[2] ?? 400)) ? 0 : 1;
