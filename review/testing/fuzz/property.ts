import { report } from '../..';
import { diff } from '../../changes';
import { FORMATS } from '../../format';
import { CHANGE_FORMATS } from '../../format/changes';
import { inventory, objectPicture } from '../../inventory';
import { INVENTORY_FORMATS } from '../../inventory/formats';
import { isObject } from '../../manifests/json';
import { Locator } from '../../manifests/locator';
import { parseManifests } from '../../manifests/parser';

/** The longest that a hostile input of a few kilobytes may take, in milliseconds of the processor. */
const MOST = 2000;

/** What is wrong with what the review makes of a text; undefined if nothing is. */
export function faultOf(text: string): string | undefined {
  const before = process.cpuUsage();
  const printed: string[] = [];
  try {
    const { manifests, faults, lines } = parseManifests('a.yaml', Buffer.from(text));
    const found = report(manifests, {});
    const broken = found.unchecked.find(({ reason }) => /could not be (applied|reviewed)/.test(reason));
    if (broken !== undefined) return broken.reason;
    const places = new Locator(
      () => text,
      (file) => lines.get(file) ?? [],
    ).places(found.findings);
    for (const format of Object.values(FORMATS)) {
      printed.push([...format({ report: found, faults, place: (finding) => places.get(finding) })].join(''));
    }
    const counted = inventory(manifests);
    const uncounted = counted.uncounted.find(({ reason }) => /could not be counted/.test(reason));
    if (uncounted !== undefined) return uncounted.reason;
    for (const format of Object.values(INVENTORY_FORMATS)) printed.push([...format(counted)].join(''));
    printed.push(objectPicture(manifests.map(({ object }) => object).filter(isObject)));
    const half = Math.ceil(manifests.length / 2);
    const compared = {
      diff: diff(manifests.slice(0, half), manifests.slice(half), {}),
      faults: [],
      basis: '',
      accepted: [],
      place: () => undefined,
    };
    for (const format of Object.values(CHANGE_FORMATS)) printed.push([...format(compared)].join(''));
  } catch (thrown) {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
  const shown = printed.join('\n');
  const odd = shown.search(/native code|\[object |https?:\/\/u:p@/);
  if (odd >= 0) return `prints …${shown.slice(Math.max(odd - 80, 0), odd + 80)}…`;
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1000;
  return took > MOST ? `takes ${took} ms` : undefined;
}
