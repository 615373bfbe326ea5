import { groupedInventory, renderMarkdown } from 'cdk8s-kubevirt/review/inventory';
import { Chapter } from './chapter';
import { LAB_STORAGE } from './lab';

/** What the chapters make, and what the lab's storage will do with it, as Markdown. */
export function renderInventory(chapters: readonly Chapter[]): string {
  const groups = chapters.map((chapter) => chapter.inventoryGroup());
  return renderMarkdown(groupedInventory(groups, { catalog: LAB_STORAGE, kubevirt: 'v1.6.2', cdi: 'v1.63.1' }));
}
