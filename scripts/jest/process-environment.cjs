// Where tests run (https://jestjs.io/docs/configuration#testenvironment-string): in the process of the worker itself. Jest's own
// environment is a `vm` context for each file, in which every module is loaded and compiled once more. What a file changes in the
// process is put back after it.
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { stackOf } = require('./source-stacks.cjs');

module.exports = class ProcessEnvironment {
  #globals = Object.getOwnPropertyDescriptors(globalThis);
  #process = valuesOf(process);
  #env = { ...process.env };
  #folder = process.cwd();

  constructor({ projectConfig: config }) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null; // those of before jest 27
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
  }

  /** There is none: shared-modules.cjs loads the files. */
  getVmContext() {
    return null;
  }

  async setup() {
    // jest-runtime has replaced it by one that looks for modules in jest.
    process.getBuiltinModule = this.#process.getBuiltinModule;
    Error.prepareStackTrace = stackOf;
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    putBackGlobals(this.#globals);
    Object.assign(process, this.#process);
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    if (process.cwd() !== this.#folder) process.chdir(this.#folder);
  }
};

/** What jest or a test replaces in the process. */
function valuesOf({ env, exit, exitCode, getBuiltinModule }) {
  return { env, exit, exitCode, getBuiltinModule };
}

function putBackGlobals(before) {
  for (const key of Reflect.ownKeys(globalThis)) {
    const was = Object.hasOwn(before, key) ? before[key] : undefined;
    const is = Object.getOwnPropertyDescriptor(globalThis, key);
    if (was === undefined) Reflect.deleteProperty(globalThis, key);
    else if (is.value !== was.value || is.get !== was.get) Object.defineProperty(globalThis, key, was);
  }
}
