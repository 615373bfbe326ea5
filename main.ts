import { ManifestApp } from 'cdk8s-kubevirt';
import { addChapters } from './chapters';
import { renderInventory } from './chapters/inventory';

const app = new ManifestApp();
const chapters = addChapters(app);
for (const chapter of chapters) {
  app.addDocument(`${chapter.node.id}/RUNBOOK.md`, { produce: () => chapter.renderRunbook() });
}
app.addDocument('INVENTORY.md', { produce: () => renderInventory(chapters) });
app.synth();
