// Loads the TypeScript of this repository, for `npm run synth` and for the command in a clone (cli/cdk8s-kubevirt.cjs): swc strips
// the types without checking them, and its output is remembered (remembered-swc.cjs). Not ts-node, which loads TypeScript's compiler
// and looks for its settings first: that was a third of a synth of the chapters. Other TypeScript is left to who loaded it before.
const { readFileSync } = require('node:fs');
const { SourceMap } = require('node:module');
const { join, sep } = require('node:path');
const { isMainThread } = require('node:worker_threads');
const { remembered } = require('./remembered-swc.cjs');
const { stackText } = require('./source-stacks.cjs');

const ROOT = join(__dirname, '..') + sep;
const OPTIONS = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
  configFile: false,
  swcrc: false,
};

// Both are loaded when they are needed.
const compile = (input, options) => require('@swc/core').transformSync(input, { ...OPTIONS, ...options });
const { version } = require('@swc/core/package.json');
const remember = remembered('sources', JSON.stringify([version, OPTIONS]), (input, { fileName }) =>
  compile(input, { filename: fileName }),
);

const loaded = new Set();
const before = require.extensions['.ts'];

require.extensions['.ts'] = (module, path) => {
  const isOurs = path.startsWith(ROOT) && !path.slice(ROOT.length).startsWith(`node_modules${sep}`);
  if (!isOurs && before !== undefined) return before(module, path);
  loaded.add(path);
  const input = readFileSync(path, 'utf8');
  const { code } = isOurs ? remember(input, { fileName: path }) : compile(input, { filename: path });
  module._compile(code, path);
};

// The lines of a stack are those of the sources. What maps them is made when somebody asks for a stack.
const prepare = Error.prepareStackTrace;
Error.prepareStackTrace = (error, frames) => {
  if (prepare !== undefined && !frames.some((frame) => loaded.has(frame.getFileName()))) return prepare(error, frames);
  const shown = frames.filter((frame) => frame.getFileName() !== __filename);
  return stackText(error, shown, mapOf);
};

// Node.js would print the line of the compiled text above the stack. A thread has its error told to who started it.
if (isMainThread) {
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    console.error(error);
    process.exit(1);
  });
}

const maps = new Map();

function mapOf(path) {
  if (!loaded.has(path)) return undefined;
  if (!maps.has(path)) maps.set(path, makeMap(path));
  return maps.get(path);
}

function makeMap(path) {
  try {
    const { map } = compile(readFileSync(path, 'utf8'), { filename: path, sourceMaps: true });
    return new SourceMap(JSON.parse(map));
  } catch {
    // The file is gone, or is being changed: its frames stay as they are.
    return undefined;
  }
}
