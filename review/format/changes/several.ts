import { printable, printableJson } from '../../../constructs/shared/printable';
import { ChangeFormat, Compared } from './compared';

/** One comparison of several, and what it is called: the file of a step. */
export interface TitledComparison {
  readonly title: string;
  readonly compared: Compared;
}

/** Several comparisons as one text: of a folder of steps, one after the other. What they rest on is said once. */
export function severalComparisons(
  name: string,
  format: ChangeFormat,
  comparisons: readonly TitledComparison[],
): string {
  if (name === 'json') {
    const steps = comparisons.map(({ title, compared }) => ({
      step: title,
      ...(JSON.parse(format(compared)) as object),
    }));
    return `${printableJson(steps)}\n`;
  }
  if (name === 'sarif') {
    const logs = comparisons.map(
      ({ compared }) => JSON.parse(format(compared)) as { readonly runs: readonly object[] },
    );
    return `${printableJson({ ...logs[0], runs: logs.flatMap(({ runs }) => runs) })}\n`;
  }
  const heading = name === 'markdown' ? '## ' : '# ';
  return comparisons
    .map(({ title, compared }, index) => {
      const basis = index === 0 ? compared.basis : '';
      return `${heading}${printable(title)}\n\n${format({ ...compared, basis })}`;
    })
    .join('\n');
}
