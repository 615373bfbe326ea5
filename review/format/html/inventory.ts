import type { Inventory } from '../../inventory/model';
import { capacityBars, inventoryCards, inventoryGraph, inventoryProblems, inventoryTables } from './objects';
import { htmlPage } from './page';

/** The inventory as one page that people look at. */
export function inventoryHtml(inventory: Inventory): Iterable<string> {
  const basis = inventory.hasCatalog
    ? ['What the storage will do follows from what is known of its classes.']
    : ["The cluster's storage is not known: '--storage FILE' says what clones will do."];
  return htmlPage({
    title: 'Inventory of virtual machines',
    basis,
    problemsTitle: 'What will not work',
    problems: inventoryProblems(inventory),
    fine: 'No machine and no clone of these is known to fail.',
    cards: inventoryCards(inventory),
    bars: capacityBars(inventory),
    graph: inventoryGraph(inventory),
    tables: inventoryTables(inventory),
  });
}
