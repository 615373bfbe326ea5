import { printable } from '../../../constructs/shared/printable';
import { Change, ObjectChanges } from '../../changes';
import { PLAINLY_NEW } from '../../changes/creation';
import { Paint, PLAIN, Tone } from '../paint';
import { titleOf } from '../words';
import { ChangeFormat, Compared } from './compared';
import { isNoticed, legendOf, planOf, signOf } from './plan';
import { levelOf } from './sarif';

/** For people: the plan in one line, then the objects, the worst first; what the signs stand for is the last line. */
export const table: ChangeFormat = function* (compared) {
  let isFirst = true;
  for (const part of parts(compared)) {
    yield `${isFirst ? '' : '\n'}${part.map((line) => `${line}\n`).join('')}`;
    isFirst = false;
  }
};

/** What stands between empty lines. */
function* parts({ diff, faults, basis, accepted, paint = PLAIN }: Compared): Generator<readonly string[]> {
  const known = accepted.map(
    ({ change, reason }) =>
      `  ${change.consequence}  ${titleOf(change.object)}: ${change.message}  accepted: ${reason}`,
  );
  const input = faults.map(({ file, line, severity, message }) => {
    const at = [file, line].filter((part) => part !== undefined).join(':');
    return `  ${at}: ${severity}: ${message}`;
  });
  const plan = paint(planTone(diff.objects), printable(planOf(diff)));
  yield [plan, ...(basis === '' ? [] : [quiet(paint, `  ${basis}`)])];
  yield* section(paint, 'Input', input);
  for (const one of diff.objects) yield objectLines(one, paint);
  yield* section(paint, 'Accepted', known);
  const legend = legendOf(diff);
  if (legend !== '') yield [quiet(paint, legend)];
}

function section(paint: Paint, title: string, lines: readonly string[]): string[][] {
  return lines.length === 0 ? [] : [[paint(Tone.TITLE, title), ...lines.map(printable)]];
}

function quiet(paint: Paint, line: string): string {
  return paint(Tone.QUIET, printable(line));
}

function planTone(objects: readonly ObjectChanges[]): Tone {
  const tones = new Set(objects.flatMap(({ changes }) => changes.map(toneOf)));
  return [Tone.BAD, Tone.DOUBTFUL].find((tone) => tones.has(tone)) ?? Tone.GOOD;
}

function toneOf(change: Change): Tone {
  if (levelOf(change) === 'error') return Tone.BAD;
  return isNoticed(change) ? Tone.DOUBTFUL : Tone.GOOD;
}

function objectLines({ object, worst, changes }: ObjectChanges, paint: Paint): string[] {
  const file = object.file === undefined ? '' : `  (${object.file})`;
  const tone = toneOf(changes[0]!);
  const what = paint(tone, `${signOf(worst).padEnd(3)} ${worst.padEnd(9)}`);
  const title = `${what}  ${paint(Tone.TITLE, printable(titleOf(object)))}${printable(file)}`;
  return [title, ...changes.filter((change) => !isPlainlyNew(change)).flatMap((change) => lines(change, paint))];
}

/** Of an object that is only new, its title says everything. */
function isPlainlyNew({ reason }: Change): boolean {
  return reason === PLAINLY_NEW;
}

function lines(change: Change, paint: Paint): string[] {
  const { consequence, field, message, reason, remedy, assumed = [], source } = change;
  const at = field === '' ? '' : `  ${quiet(paint, `[${field}]`)}`;
  return [
    `    ${paint(toneOf(change), consequence)}: ${printable(message)}${at}`,
    printable(`      ${reason}`),
    ...(remedy === undefined ? [] : [printable(`      instead: ${remedy}`)]),
    ...(assumed.length === 0 ? [] : [quiet(paint, `      assumed: ${assumed.join('; ')}`)]),
    quiet(paint, `      source: ${source}`),
  ];
}
