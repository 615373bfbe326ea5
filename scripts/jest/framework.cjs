// jest-circus keeps what it knows of a test file in variables of its modules and in the global object, and is run anew for each file:
// compiled once, since that alone takes 5 ms, and with one store, since each AsyncLocalStorage that was ever made slows each promise
// (12 % of the CPU of 150 files; Node.js 20, lib/async_hooks.js, _propagate).
const asyncHooks = require('node:async_hooks');
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const { compileFunction } = require('node:vm');

const store = new asyncHooks.AsyncLocalStorage();

class OneStore {
  constructor() {
    return store;
  }
}

const compiled = new Map();

/** What a module of the framework exports when it is run once more. */
exports.runAnew = (path) => {
  if (!compiled.has(path)) compiled.set(path, compile(path));
  const { run, load } = compiled.get(path);
  const module = { exports: {} };
  run(module, module.exports, load, path, dirname(path));
  return module.exports;
};

function compile(path) {
  const names = ['module', 'exports', 'require', '__filename', '__dirname'];
  const load = createRequire(path);
  const lent = { ...asyncHooks, AsyncLocalStorage: OneStore };
  return {
    run: compileFunction(readFileSync(path, 'utf8'), names, { filename: path }),
    load: Object.assign((name) => (name === 'node:async_hooks' ? lent : load(name)), load),
  };
}
