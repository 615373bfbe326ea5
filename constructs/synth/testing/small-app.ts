import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ManifestApp } from '../manifest-app';

/** An app of three charts, the first of which depends on the last; run by the cdk8s command line. */
const app = new ManifestApp();
const objectOf = (chart: Chart, name: string): ApiObject =>
  new ApiObject(chart, name, { apiVersion: 'v1', kind: 'Secret', metadata: { name } });

const step = new Construct(app, 'step');
const first = objectOf(new Chart(step, 'first'), 'one');
objectOf(new Chart(step, 'second'), 'two');
const last = new Chart(app, 'last');
objectOf(last, 'four').addDependency(objectOf(last, 'three'));
first.addDependency(last);
app.addDocument('step/RUNBOOK.md', { produce: () => 'run\n' });
app.synth();
