import { jsonPieces } from '../../../constructs/shared/json-pieces';
import { printable } from '../../../constructs/shared/printable';
import { ChangeFormat, Compared } from './compared';
import { jsonOf } from './json';
import { sarifPieces } from './sarif';

/** One comparison of several, and what it is called: the file of a step. */
export interface TitledComparison {
  readonly title: string;
  readonly compared: Compared;
}

/** Several comparisons as one text: of a folder of steps, one after the other. What they rest on is said once. */
export function* severalComparisons(
  name: string,
  format: ChangeFormat,
  comparisons: readonly TitledComparison[],
): Generator<string> {
  if (name === 'json') {
    yield* jsonPieces(comparisons.map(({ title, compared }) => ({ step: title, ...jsonOf(compared) })));
    yield '\n';
  } else if (name === 'sarif') {
    yield* sarifPieces(comparisons.map(({ compared }) => compared));
  } else {
    const heading = name === 'markdown' ? '## ' : '# ';
    for (const [index, { title, compared }] of comparisons.entries()) {
      yield `${index === 0 ? '' : '\n'}${heading}${printable(title)}\n\n`;
      yield* format(index === 0 ? compared : { ...compared, basis: '' });
    }
  }
}
