// The fleet as a user's program makes it: peers.ts compiles it, so that it takes the built package.
import { ManifestApp } from 'cdk8s-kubevirt';
import { addFleet } from '../fleet-charts';

const [, , outdir, vms, output] = process.argv;
const app = new ManifestApp({ outdir, gitOps: output === 'gitOps' });
addFleet(app, Number(vms));
if (output === 'text') app.synthYaml();
else app.synth();
