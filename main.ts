import { addChapters } from './chapters';
import { ManifestApp } from './constructs';

const app = new ManifestApp();
for (const chapter of addChapters(app)) {
  app.addDocument(`${chapter.node.id}/RUNBOOK.md`, () => chapter.renderRunbook());
}
app.synth();
