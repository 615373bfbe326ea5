import { printable } from '../../../constructs/shared/printable';
import { Change, Consequence } from '../../changes';
import { PLAINLY_NEW } from '../../changes/creation';
import { titleOf } from '../words';
import { ChangeFormat } from './compared';
import { planOf, signOf } from './plan';

/** For people: the plan in one line, then the objects, the worst first. */
export const table: ChangeFormat = ({ diff, faults, basis, accepted }) => {
  const objects = diff.objects.map(({ object, worst, changes }) => {
    const file = object.file === undefined ? '' : `  (${object.file})`;
    const title = `${signOf(worst).padEnd(3)} ${worst.padEnd(9)}  ${titleOf(object)}${file}`;
    return [title, ...changes.filter((change) => !isPlainlyNew(change)).flatMap(lines)];
  });
  const known = accepted.map(
    ({ change, reason }) =>
      `  ${change.consequence}  ${titleOf(change.object)}: ${change.message}  accepted: ${reason}`,
  );
  const input = faults.map(({ file, line, severity, message }) => {
    const at = [file, line].filter((part) => part !== undefined).join(':');
    return `  ${at}: ${severity}: ${message}`;
  });
  const parts = [
    [planOf(diff), ...(basis === '' ? [] : [`  ${basis}`])],
    ...(input.length > 0 ? [['Input', ...input]] : []),
    ...objects,
    ...(known.length > 0 ? [['Accepted', ...known]] : []),
  ];
  return parts.map((part) => part.map((line) => `${printable(line)}\n`).join('')).join('\n');
};

/** Of an object that is only new, its title says everything. */
function isPlainlyNew({ consequence, reason }: Change): boolean {
  return consequence === Consequence.CREATED && reason === PLAINLY_NEW;
}

function lines({ consequence, field, message, reason, remedy, assumed = [], source }: Change): string[] {
  const at = field === '' ? '' : `  [${field}]`;
  return [
    `    ${consequence}: ${message}${at}`,
    `      ${reason}`,
    ...(remedy === undefined ? [] : [`      instead: ${remedy}`]),
    ...(assumed.length === 0 ? [] : [`      assumed: ${assumed.join('; ')}`]),
    `      source: ${source}`,
  ];
}
