import { ApiObject, Chart, Lazy } from 'cdk8s';
import { ManifestApp } from '../manifest-app';

/** An app whose process dies while its second chart is rendered; the output folder is its argument. */
const app = new ManifestApp({ outdir: process.argv[2] });
for (const id of ['first', 'second']) {
  const die = (): void => {
    if (id === 'second') process.kill(process.pid, 'SIGKILL');
  };
  const props = { apiVersion: 'v1', kind: 'Secret', metadata: { name: id }, data: Lazy.any({ produce: die }) };
  new ApiObject(new Chart(app, id), 'a', props);
}
app.synth();
