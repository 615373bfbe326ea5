import { ManifestApp } from 'cdk8s-kubevirt';
import { addChapters } from './chapters';
import { renderInventory } from './chapters/inventory';
import { renderOverview } from './chapters/overview';

const app = new ManifestApp();
const chapters = addChapters(app);
for (const chapter of chapters) {
  app.addDocument(`${chapter.node.id}/RUNBOOK.md`, { produce: () => chapter.renderRunbook() });
}
app.addDocument('INVENTORY.md', { produce: () => renderInventory(chapters) });
app.addDocument('README.md', { produce: () => renderOverview(chapters) });
app.synth();
