import { printable } from '../../../constructs/shared/printable';
import { Change, ObjectChanges } from '../../changes';
import { titleOf } from '../words';
import { AcceptedChange, ChangeFormat } from './compared';
import { isHarmless, legendOf, planOf, signOf } from './plan';

/** For the comment of a pull request: the counts as headline, what anybody notices in full, the rest folded. */
export const markdown: ChangeFormat = function* ({ diff, faults, basis, accepted }) {
  const isRest = ({ changes }: ObjectChanges): boolean => changes.every(isHarmless);
  yield `### ${text(planOf(diff))}\n`;
  if (basis !== '') yield `\n_${text(basis)}_\n`;
  for (const { file, message } of faults) yield `\n- **not read**: ${text(file)}: ${text(message)}\n`;
  for (const object of diff.objects) if (!isRest(object)) yield `\n${section(object)}\n`;
  const rest = diff.objects.filter(isRest);
  if (rest.length > 0) yield* folded(`${rest.length} more changed`, '\n\n', rest, section);
  if (accepted.length > 0) yield* folded(`${accepted.length} accepted`, '\n', accepted, acceptedItem);
  if (legendOf(diff) !== '') yield `\n<sub>${text(legendOf(diff))}</sub>\n`;
};

function acceptedItem({ change, reason }: AcceptedChange): string {
  return `- ${text(titleOf(change.object))}: ${text(change.message)} (${text(reason)})`;
}

function section({ object, worst, changes }: ObjectChanges): string {
  const file = object.file === undefined ? '' : ` · ${text(object.file)}`;
  return [`#### \`${signOf(worst)}\` ${worst}: ${text(titleOf(object))}${file}`, '', ...changes.map(item)].join('\n');
}

function item({ consequence, message, reason, remedy, assumed = [], source }: Change): string {
  const details = [
    text(reason),
    ...(remedy === undefined ? [] : [`instead: ${text(remedy)}`]),
    ...(assumed.length === 0 ? [] : [`assumed: ${text(assumed.join('; '))}`]),
    `<sub>${text(source)}</sub>`,
  ];
  return [`- **${consequence}**: ${text(message)}`, ...details.map((line) => `  <br>${line}`)].join('\n');
}

/** What is read only by those who open it. */
function* folded<T>(
  summary: string,
  between: string,
  items: readonly T[],
  write: (item: T) => string,
): Generator<string> {
  yield `\n<details><summary>${summary}</summary>\n\n`;
  for (const [index, item] of items.entries()) yield `${index === 0 ? '' : between}${write(item)}`;
  yield '\n\n</details>\n';
}

/** A text of the manifests: no link, image, mention, HTML or markup of its own. */
function text(value: string): string {
  return printable(value)
    .replace(/[\\`*_{}[\]()#!|<>~]/g, (found) => `&#${found.codePointAt(0)};`)
    .replace(/@/g, '&#64;')
    .replace(/(https?):\/\//gi, '$1&#58;//')
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}&#46;`);
}
