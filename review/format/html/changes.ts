import { Change, Consequence } from '../../changes';
import { inventory } from '../../inventory/inventory';
import type { ChangeFormat } from '../changes';
import { isNoticed, planOf } from '../changes/plan';
import { titleOf } from '../words';
import { capacityBars, inventoryGraph, inventoryTables } from './objects';
import { htmlPage, Problem, Weight } from './page';

/** A comparison as one page that people look at: what is lost or refused, then every change. */
export const changesHtml: ChangeFormat = ({ diff, faults, basis, accepted, place, manifests = [] }) => {
  const counted = inventory(manifests);
  const noticed = diff.changes.filter(isNoticed);
  return htmlPage({
    title: 'What a change will do',
    basis: [planOf(diff), basis],
    problemsTitle: 'What will not work, or costs data or a restart',
    problems: [
      ...faults.map(({ file, message }): Problem => ({ weight: 'bad', object: file, text: message })),
      ...noticed.map((change): Problem => ({
        weight: weightOf(change),
        object: titleOf(change.object),
        text: `${change.consequence}: ${change.message}; ${change.reason}${change.remedy === undefined ? '' : `; instead: ${change.remedy}`}`,
        place: placeOf(change, place(change)?.line),
      })),
    ],
    fine: 'Nothing is lost, refused, replaced, restarted or stopped.',
    cards: [
      ...Object.values(Consequence).flatMap((consequence) => {
        const number = diff.objects.filter(({ worst }) => worst === consequence).length;
        return number === 0 ? [] : [{ label: consequence, value: String(number), weight: weightOf({ consequence }) }];
      }),
      { label: 'unchanged', value: String(diff.unchanged) },
    ],
    bars: capacityBars(counted),
    graph: inventoryGraph(counted),
    tables: [
      {
        title: 'Changes',
        columns: ['consequence', 'object', 'field', 'what', 'why', 'instead', 'assumed'],
        rows: diff.changes.map((change) => [
          { text: change.consequence, sort: ORDER.indexOf(change.consequence), weight: weightOf(change) },
          titleOf(change.object),
          change.field,
          change.message,
          change.reason,
          change.remedy ?? '',
          (change.assumed ?? []).join('; '),
        ]),
      },
      {
        title: 'Accepted',
        columns: ['consequence', 'object', 'what', 'reason'],
        rows: accepted.map(({ change, reason }) => [
          change.consequence,
          titleOf(change.object),
          change.message,
          reason,
        ]),
      },
      ...inventoryTables(counted),
    ],
  });
};

/** The worst first. */
const ORDER: readonly Consequence[] = Object.values(Consequence);

const BAD: ReadonlySet<Consequence> = new Set([Consequence.DATA_LOST, Consequence.REFUSED, Consequence.NEW_DISK]);

function weightOf(change: Pick<Change, 'consequence'>): Weight {
  if (BAD.has(change.consequence)) return 'bad';
  return isNoticed(change) ? 'doubtful' : 'plain';
}

function placeOf({ object }: Change, line: number | undefined): string | undefined {
  return line === undefined || object.file === undefined ? object.file : `${object.file}:${line}`;
}
