#!/usr/bin/env node
// The command and the validation plugin in a clone, whose TypeScript has not been compiled: cdk8s.yaml names this file as
// its package, and what runs under `--require` of it reads the sources, too. The package itself holds JavaScript.
const { readFileSync } = require('node:fs');
const { join, sep } = require('node:path');

const { remembered } = require('../scripts/remembered-swc.cjs');

const ROOT = join(__dirname, '..') + sep;
const OPTIONS = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
  configFile: false,
  swcrc: false,
};
const before = require.extensions['.ts'];

const { version } = require('@swc/core/package.json');
const compiled = remembered('sources', JSON.stringify([version, OPTIONS]), (input, { fileName }) =>
  require('@swc/core').transformSync(input, { ...OPTIONS, filename: fileName }),
);

require.extensions['.ts'] = (module, path) => {
  const isOurs = path.startsWith(ROOT) && !path.slice(ROOT.length).startsWith(`node_modules${sep}`);
  if (!isOurs && before !== undefined) return before(module, path);
  module._compile(compiled(readFileSync(path, 'utf8'), { fileName: path }).code, path);
};

if (require.main === module) require('./main').runInProcess();

module.exports = {
  get KubeVirtReview() {
    return require('../review/plugin').KubeVirtReview;
  },
};
