import { Chart, Size } from 'cdk8s';
import { failureOf, manifests, testChart } from './manifests';

/** Something that is made in a chart of the namespace `shop`; `wrong` is what only JavaScript lets through. */
type Make = (chart: Chart, wrong: (value: unknown) => never) => unknown;

/**
 * A wrong input: what it is, what makes it, all that is said of it, the same with the remedy followed, and the value that was
 * meant: at that path of an object of that kind, `VirtualMachine.spec.runStrategy`.
 */
export type WrongInput = readonly [what: string, make: Make, says: string, mend: Make, field: string, meant: unknown];

/** Tests each wrong input: what is said names the construct, the property, the value and the remedy, and the remedy leads to what was meant. */
export function testWrongInputs(inputs: readonly WrongInput[]): void {
  const wrong = (value: unknown): never => value as never;
  test.each(inputs)('fails when %s', (_what, make, says, mend, field, meant) => {
    const chart = testChart('shop');
    expect(failureOf(() => make(chart, wrong))).toBe(says);
    expect(ownLinesOf(() => make(testChart('shop'), wrong))).toEqual([]);
    const mended = testChart('shop');
    mend(mended, wrong);
    expect(valueAt(mended, field)).toEqual(meant);
  });
}

/** The lines of ours in the stack of a refusal. */
function ownLinesOf(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    return ((error as Error).stack ?? '')
      .split('\n')
      .filter((line) => /[\\/]constructs[\\/]/.test(line) && !/\.test\.ts|[\\/]testing[\\/]/.test(line));
  }
  throw new Error('it did not fail');
}

function valueAt(chart: Chart, field: string): unknown {
  const [kind = '', ...path] = field.split('.');
  const objects = chart.node.root.node.children.filter((child) => Chart.isChart(child)).flatMap(manifests);
  const found = objects.filter((object) => object.kind === kind).map((object) => path.reduce(step, object as unknown));
  return found.length === 1 ? found[0] : found;
}

function step(value: unknown, key: string): unknown {
  return (value as Record<string, unknown> | undefined)?.[key];
}

/** So many gibibytes. */
export const gibi = (amount: number): Size => Size.gibibytes(amount);
