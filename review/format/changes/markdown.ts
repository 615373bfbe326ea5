import { printable } from '../../../constructs/shared/printable';
import { Change, ObjectChanges } from '../../changes';
import { titleOf } from '../words';
import { ChangeFormat } from './compared';
import { isHarmless, legendOf, planOf, signOf } from './plan';

/** For the comment of a pull request: the counts as headline, what anybody notices in full, the rest folded. */
export const markdown: ChangeFormat = ({ diff, faults, basis, accepted }) => {
  const isRest = ({ changes }: ObjectChanges): boolean => changes.every(isHarmless);
  const worst = diff.objects.filter((object) => !isRest(object));
  const rest = diff.objects.filter(isRest);
  const parts = [
    `### ${text(planOf(diff))}`,
    ...(basis === '' ? [] : [`_${text(basis)}_`]),
    ...faults.map(({ file, message }) => `- **not read**: ${text(file)}: ${text(message)}`),
    ...worst.map(section),
    ...(rest.length > 0 ? [folded(`${rest.length} more changed`, rest.map(section).join('\n\n'))] : []),
    ...(accepted.length > 0
      ? [
          folded(
            `${accepted.length} accepted`,
            accepted
              .map(
                ({ change, reason }) => `- ${text(titleOf(change.object))}: ${text(change.message)} (${text(reason)})`,
              )
              .join('\n'),
          ),
        ]
      : []),
    ...(legendOf(diff) === '' ? [] : [`<sub>${text(legendOf(diff))}</sub>`]),
  ];
  return `${parts.join('\n\n')}\n`;
};

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

function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** A text of the manifests: no link, image, mention, HTML or markup of its own. */
function text(value: string): string {
  return printable(value)
    .replace(/[\\`*_{}[\]()#!|<>~]/g, (found) => `&#${found.codePointAt(0)};`)
    .replace(/@/g, '&#64;')
    .replace(/(https?):\/\//g, '$1&#58;//');
}
