import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { failure, ROOT } from '../process';
import type { Command } from './process-cost';

/** The folder in which the benchmark of the peers keeps what it measures: the built package, and fleets of several sizes. */
export class Workshop {
  private readonly folder = mkdtempSync(join(workFolder(), 'bench-peers-'));
  private asides = 0;

  constructor() {
    run('npm', ['run', '--silent', 'build'], ROOT);
    mkdirSync(join(this.folder, 'node_modules'));
    symlinkSync(ROOT, join(this.folder, 'node_modules', 'cdk8s-kubevirt'), 'junction');
    for (const name of ['cdk8s', 'constructs']) {
      symlinkSync(join(ROOT, 'node_modules', name), join(this.folder, 'node_modules', name), 'junction');
    }
    for (const name of ['fleet-charts', 'peers/fleet-app']) this.compile(name);
  }

  public path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** The command as the package has it. */
  public cli(args: readonly string[], node = process.execPath): Command {
    return { program: node, args: [join(ROOT, 'lib', 'cli', 'main.js'), ...args], cwd: this.folder };
  }

  /** Writes a fleet with the built constructs. */
  public generation(outdir: string, vms: number, output = 'files'): Command {
    const args = [this.path('peers', 'fleet-app.js'), this.path(outdir), String(vms), output];
    return { program: process.execPath, args, cwd: this.folder };
  }

  /** The folder of a fleet, written the first time. */
  public fleet(vms: number): string {
    const name = `fleet-${vms}`;
    if (!existsSync(this.path(name))) {
      const { program, args } = this.generation(name, vms);
      run(program, args, this.folder);
    }
    return name;
  }

  /** Takes what stands at some names out of the way; it is removed at the end with all else, as `workFolder` says why. */
  public setAside(...names: readonly string[]): void {
    for (const name of names.filter((one) => existsSync(this.path(one)))) {
      renameSync(this.path(name), this.path(`aside-${this.asides++}`));
    }
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private compile(name: string): void {
    const { code } = transformFileSync(join(__dirname, '..', `${name}.ts`), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
      configFile: false,
      swcrc: false,
    });
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(`${name}.js`), code);
  }
}

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';

/** What all rows write, in bytes. */
const ROOM = 4 * 2 ** 30;

/**
 * Where the benchmark writes: in memory, where there is room, so that what a disk and its file system do is not measured. ext4
 * without a journal looks at each file that was removed in the last minutes before it makes one (`recently_deleted` of Linux v6.18,
 * fs/ext4/ialloc.c): after a run of tests, ten thousand new files cost as much as all else.
 */
function workFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize >= ROOM) return MEMORY;
  } catch {
    // Another system.
  }
  return tmpdir();
}

/** Runs a program to its end. */
export function run(program: string, args: readonly string[], cwd: string): string {
  const done = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 30,
  });
  if (done.status !== 0) throw failure(program, done);
  return done.stdout;
}
