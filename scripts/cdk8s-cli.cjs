// The command line of cdk8s without `init`, for scripts and tests that start it: what makes projects alone needs jsii-pacmak, which
// takes 0.4 s of its start of 0.7 s.
const Module = require('node:module');
const { dirname, join } = require('node:path');

const load = Module._load;
Module._load = (name, ...more) => (/^jsii-pacmak(\/|$)/.test(name) ? {} : load(name, ...more));

require(join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s'));
