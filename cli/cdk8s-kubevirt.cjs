#!/usr/bin/env node
// The command and the validation plugin in a clone, whose TypeScript has not been compiled: cdk8s.yaml names this file as
// its package, and what runs under `--require` of it reads the sources, too. The package itself holds JavaScript.
require('../scripts/source-loader.cjs');

if (require.main === module) require('./main').runInProcess();

module.exports = {
  get KubeVirtReview() {
    return require('../review/plugin').KubeVirtReview;
  },
};
