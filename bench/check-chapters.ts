// The synth of the chapters as `npm run synth` runs it, then the review of what it wrote in the same process: prints
// the milliseconds from the start of the process to the end of the synth, and those that the review adds.
/* eslint-disable @typescript-eslint/no-require-imports -- loading is part of what is measured */
require('../main');
const synthesized = performance.now();
// The review is loaded as the validation plugin and the command load it in a clone, by cli/cdk8s-kubevirt.cjs.
require('../cli/cdk8s-kubevirt.cjs');
const { report } = require('../review') as typeof import('../review');
const { readManifests } = require('../review/manifests/reader') as typeof import('../review/manifests/reader');

const outdir = process.env.CDK8S_OUTDIR ?? 'dist';
const { manifests } = readManifests([outdir], { cwd: process.cwd(), stdin: () => Buffer.alloc(0) });
const { objects } = report(manifests);
console.error(JSON.stringify({ objects, synth: synthesized, review: performance.now() - synthesized }));
