// How a test file is run (https://jestjs.io/docs/configuration#testrunner-string): by jest-circus, as ever, but Node.js loads the
// file and what it imports. So the files of one worker share their modules, which are loaded once and stay compiled. With a copy
// for each of 426 files all tests took 259 s of CPU, and 126 s without. In return a module keeps its state from one file to the next.
const Module = require('node:module');
const { setFlagsFromString } = require('node:v8');
const { default: runByCircus } = require('jest-circus/runner');
const { runAnew } = require('./framework.cjs');
const { setHooks } = require('./source-hooks.cjs');

// As in the command (cli/engine-flags.ts): V8 puts few functions into others, which took 7 of 94 s of CPU.
setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');

/** Of `jest`, what would change modules, by a registry that they are not in. */
const REFUSED = [
  ...['mock', 'doMock', 'setMock', 'unmock', 'dontMock', 'deepUnmock', 'unstable_mockModule', 'createMockFromModule'],
  ...['enableAutomock', 'requireActual', 'requireMock', 'resetModules', 'isolateModules', 'isolateModulesAsync'],
];

const refusals = REFUSED.map((name) => [
  name,
  () => {
    throw new Error(`jest.${name} has no effect: test files share their modules, see scripts/jest/shared-modules.cjs`);
  },
]);

module.exports = async (globalConfig, config, environment, runtime, testPath, sendMessage) => {
  await setHooks(globalConfig, config);
  runtime.requireInternalModule = runAnew;
  runtime.requireModule = (path) => {
    const { jest } = runtime.requireModuleOrMock(path, '@jest/globals');
    globalThis.jest = { ...jest, ...Object.fromEntries(refusals) };
    // By itself, since `require` would remember the test file.
    const module = new Module(path);
    module.load(path);
    return module.exports;
  };
  return runByCircus(globalConfig, config, environment, runtime, testPath, sendMessage);
};
