import { ManifestApp } from 'cdk8s-kubevirt';
import { addChapters } from './chapters';
import { renderInventory } from './chapters/inventory';

const app = new ManifestApp();
const chapters = addChapters(app);
for (const chapter of chapters) {
  app.addDocument(`${chapter.node.id}/RUNBOOK.md`, () => chapter.renderRunbook());
}
app.addDocument('INVENTORY.md', () => renderInventory(chapters));
app.synth();
