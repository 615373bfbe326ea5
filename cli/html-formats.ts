import type { Format } from '../review/format';
import type { ChangeFormat } from '../review/format/changes';
import type { Inventory } from '../review/inventory';

/* What writes HTML is loaded when somebody asks for it. */
/* eslint-disable @typescript-eslint/no-require-imports */

/** A review as one page. */
export const reviewHtml: Format = (reviewed) =>
  (require('../review/format/html/check') as typeof import('../review/format/html/check')).checkHtml(reviewed);

/** A comparison as one page. */
export const comparisonHtml: ChangeFormat = (compared) =>
  (require('../review/format/html/changes') as typeof import('../review/format/html/changes')).changesHtml(compared);

/** An inventory as one page. */
export const inventoryHtml = (inventory: Inventory): Iterable<string> =>
  (require('../review/format/html/inventory') as typeof import('../review/format/html/inventory')).inventoryHtml(
    inventory,
  );
