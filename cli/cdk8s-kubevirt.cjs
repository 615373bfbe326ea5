#!/usr/bin/env node
// The command and the validation plugin in a clone, whose TypeScript has not been compiled: cdk8s.yaml names this file as
// its package, and what runs under `--require` of it reads the sources, too. The package itself holds JavaScript.
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

if (require.main === module) require('./main').runInProcess();

module.exports = {
  get KubeVirtReview() {
    return require('../review/plugin').KubeVirtReview;
  },
};
