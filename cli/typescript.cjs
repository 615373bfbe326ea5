// Reads the TypeScript of this package where it has not been compiled: in its own repository. A packed copy has the
// JavaScript beside it, which Node finds first.
const { join, sep } = require('node:path');

const ROOT = join(__dirname, '..') + sep;
const before = require.extensions['.ts'];

require.extensions['.ts'] = (module, path) => {
  const isOurs = path.startsWith(ROOT) && !path.slice(ROOT.length).startsWith(`node_modules${sep}`);
  if (!isOurs && before !== undefined) return before(module, path);
  const { transformFileSync } = require('@swc/core');
  const options = {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    configFile: false,
    swcrc: false,
  };
  module._compile(transformFileSync(path, options).code, path);
};
