import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

const IS_OFF = (process.env.NODE_DISABLE_COMPILE_CACHE ?? '') !== '';

/** A program in one file, and what its functions are compiled to. */
export interface Program {
  readonly file: string;
  /** Tells its text from any other. */
  readonly id: string;
  /** What it is loaded for: what this needs is compiled. */
  readonly purpose: string;
}

/**
 * Loads a program together with what V8 compiled of it in an earlier run for the same purpose. Node.js's own compile cache, from 22.1 on, holds
 * no function that was compiled when it was first called, which most are: compiling them again was a third of a check of one file
 * (and on Node.js 20, which has no such cache).
 *
 * What was compiled stands in `node_modules/.cache/cdk8s-kubevirt`, beside the code that it was made of and as trusted as that. It counts for this text, and for
 * this V8 with these flags and this processor alone. Where that folder cannot be written to, Node.js's cache has to do. As with
 * that, nothing is kept or taken where NODE_DISABLE_COMPILE_CACHE is set.
 *
 * @see https://nodejs.org/api/module.html#module-compile-cache
 * @see https://nodejs.org/api/vm.html#scriptcreatecacheddata
 * @see https://nodejs.org/api/v8.html#v8cacheddataversiontag
 */
export class CompiledCode {
  private readonly tag = cachedDataVersionTag();
  private readonly path: string;
  private script?: Script;

  constructor(private readonly program: Program) {
    const { file, id, purpose } = program;
    this.path = join(cacheBeside(file), `${purpose}-${id}-${this.tag.toString(16)}`);
  }

  /** What the program exports. It is the same module for whoever requires it. */
  public load<Exports>(): Exports {
    const { file } = this.program;
    const known = IS_OFF ? undefined : read(this.path);
    if (known === undefined && !(IS_OFF || canWrite(dirname(this.path)))) return ofNode<Exports>(file);
    const text = readFileSync(file, 'utf8');
    this.script = new Script(Module.wrap(text), { filename: file, cachedData: known });
    const module = new Module(file, require.main);
    require.cache[file] = module;
    const run = this.script.runInThisContext() as (...of: unknown[]) => void;
    run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
    module.loaded = true;
    return module.exports as Exports;
  }

  /**
   * Keeps what has been compiled by now, if the run began without.
   *
   * @param status Exit status of the run: what fails has compiled too little of what the command needs.
   */
  public keep(status: number): void {
    if (status > 1 || IS_OFF || this.script?.cachedDataRejected === false) return;
    // Flags that a large input has changed would have the next run refuse it.
    if (this.script === undefined || cachedDataVersionTag() !== this.tag) return;
    const { id, purpose } = this.program;
    write(this.path, this.script.createCachedData());
    forget(dirname(this.path), (name) => name.startsWith(`${purpose}-`) && !name.startsWith(`${purpose}-${id}-`));
  }
}

/** The cache in the folder of packages that a file is in, else in that of its project: lib/ stands in the project's folder. */
function cacheBeside(file: string): string {
  const [packages] = /^.*[\\/]node_modules(?=[\\/])/s.exec(file) ?? [join(dirname(file), '..', 'node_modules')];
  return join(packages, '.cache', 'cdk8s-kubevirt');
}

/** As Node.js loads a program, with what its own cache holds. */
function ofNode<Exports>(file: string): Exports {
  (Module as { enableCompileCache?: () => void }).enableCompileCache?.();
  return createRequire(file)(file) as Exports;
}

function canWrite(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function write(path: string, data: Buffer): void {
  // By way of a name of its own: another process may read.
  const part = `${path}.${process.pid}`;
  try {
    writeFileSync(part, data);
    renameSync(part, path);
  } catch {
    // The next run compiles it again.
  }
}

/** Removes what was kept of other texts: of releases that were here before. */
function forget(folder: string, isOther: (name: string) => boolean): void {
  try {
    for (const name of readdirSync(folder)) if (isOther(name)) rmSync(join(folder, name), { force: true });
  } catch {
    // It takes room, and does no harm.
  }
}
