// What ts-node compiles by (tsconfig.json), and source-loader.cjs: swc, whose output is remembered in node_modules/.cache for each
// file. What is remembered counts only for the same text, options and release of swc; a cache that cannot be read or written is no fault.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const CACHE = join(__dirname, '..', 'node_modules', '.cache', 'remembered-swc');

exports.create = (options) => {
  const { service, nodeModuleEmitKind } = options;
  const { version } = require('@swc/core/package.json');
  const setting = JSON.stringify([version, service.config.options, nodeModuleEmitKind ?? '']);
  let swc;
  const compile = (input, details) => {
    // Loaded when something has changed.
    swc ??= require('ts-node/transpilers/swc').create(options);
    return swc.transpile(input, details);
  };
  return { transpile: remembered('ts-node', setting, compile) };
};

/** As `compile`, whose output is kept in a folder of the cache by the file's name, and counts for the same text and setting. */
function remembered(folder, setting, compile) {
  const cache = resolve(CACHE, folder);
  return (input, details) => {
    const key = digest(`${setting}\n${details.fileName}\n${input}`);
    const path = join(cache, `${digest(details.fileName)}.json`);
    const known = read(path);
    if (known?.key === key) return known.output;
    const output = compile(input, details);
    write(cache, path, JSON.stringify({ key, output }));
    return output;
  };
}

exports.remembered = remembered;

function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function write(cache, path, text) {
  // By way of a name of its own: another process may read.
  const part = `${path}.${process.pid}`;
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(part, text);
    renameSync(part, path);
  } catch {
    // The next one compiles it again.
  }
}
