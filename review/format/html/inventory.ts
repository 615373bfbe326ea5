import type { Inventory } from '../../inventory/model';
import { capacityBars, inventoryCards, inventoryGraph, inventoryProblems, inventoryTables } from './objects';
import { htmlPage } from './page';

/** The inventory as one page that people look at. */
export function inventoryHtml(inventory: Inventory): string {
  const basis = inventory.hasCatalog
    ? ['What the storage will do follows from what is known of its classes.']
    : ["Nothing is known of the cluster's storage: give --storage FILE to know what clones will do."];
  return htmlPage({
    title: 'Inventory of virtual machines',
    basis,
    problemsTitle: 'What will not work',
    problems: inventoryProblems(inventory),
    fine: 'Nothing that is known stands against it.',
    cards: inventoryCards(inventory),
    bars: capacityBars(inventory),
    graph: inventoryGraph(inventory),
    tables: inventoryTables(inventory),
  });
}
