import { jsonPieces } from '../../constructs/shared/json-pieces';
import { csvLines } from './csv';
import { markdownPieces } from './markdown';
import { Inventory } from './model';

/** How an inventory may be written, by the word of the command line: in pieces, as of a million disks the whole is too long. */
export const INVENTORY_FORMATS: Readonly<Record<string, (inventory: Inventory) => Iterable<string>>> = {
  markdown: (inventory) => markdownPieces(inventory),
  json,
  csv: csvLines,
};

/** The inventory as JSON; sizes are bytes. */
function* json(inventory: Inventory): Generator<string> {
  yield* jsonPieces(inventory);
  yield '\n';
}

/** The same at once. */
export function renderJson(inventory: Inventory): string {
  return [...json(inventory)].join('');
}
