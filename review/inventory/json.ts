import { Inventory } from './model';

/** The inventory as JSON; sizes are bytes. */
export function renderJson(inventory: Inventory): string {
  return `${JSON.stringify(inventory, undefined, 2)}\n`;
}
