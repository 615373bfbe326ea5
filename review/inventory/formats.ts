import { printableJson } from '../../constructs/shared/printable';
import { renderCsv } from './csv';
import { renderMarkdown } from './markdown';
import { Inventory } from './model';

/** How an inventory may be written, by the word of the command line. */
export const INVENTORY_FORMATS: Readonly<Record<string, (inventory: Inventory) => string>> = {
  markdown: (inventory) => renderMarkdown(inventory),
  json: renderJson,
  csv: renderCsv,
};

/** The inventory as JSON; sizes are bytes. */
export function renderJson(inventory: Inventory): string {
  return `${printableJson(inventory)}\n`;
}
