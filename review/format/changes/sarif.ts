import { jsonPieces } from '../../../constructs/shared/json-pieces';
import { Change } from '../../changes';
import { Consequence } from '../../changes/consequence';
import { Place } from '../../manifests/locator';
import { physical } from '../sarif';
import { titleOf } from '../words';
import { ChangeFormat, Compared } from './compared';
import { isSerious } from './plan';

/**
 * For code scanning: SARIF 2.1.0, a rule a consequence.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif: ChangeFormat = (compared) => sarifPieces([compared]);

/** Several comparisons as one log, a run each. */
export function* sarifPieces(several: readonly Compared[]): Generator<string> {
  yield* jsonPieces({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: several.map(run),
  });
  yield '\n';
}

const RULES = Object.values(Consequence);

function run(compared: Compared): object {
  const { faults, basis } = compared;
  return {
    tool: { driver: { name: 'cdk8s-kubevirt diff', rules: RULES.map((id) => ({ id })) } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: faults.length === 0,
        toolExecutionNotifications: [basis, ...faults.map(({ file, message }) => `${file}: ${message}`)].map(
          (text) => ({
            level: 'note',
            message: { text },
          }),
        ),
      },
    ],
    results: results(compared),
  };
}

function* results({ diff, accepted, place }: Compared): Generator<object> {
  for (const change of diff.changes) yield result(change, place(change));
  for (const { change, reason } of accepted) yield result(change, place(change), reason);
}

function result(change: Change, at: Place | undefined, justification?: string): object {
  return {
    ruleId: change.consequence,
    ruleIndex: RULES.indexOf(change.consequence),
    level: levelOf(change),
    message: { text: sentence(change) },
    locations: [
      {
        physicalLocation: physical(change.object.file, at),
        logicalLocations: [{ fullyQualifiedName: `${titleOf(change.object)} ${change.field}`, kind: 'object' }],
      },
    ],
    suppressions: justification === undefined ? [] : [{ kind: 'external', justification }],
  };
}

/** What happened, what follows, and the way out, in one line. */
export function sentence({ object, message, consequence, reason, remedy }: Change): string {
  const instead = remedy === undefined ? '' : `; instead: ${remedy}`;
  return `${titleOf(object)}: ${message} (${consequence}): ${reason}${instead}`;
}

/** How bad a change is for a tool that knows three levels. */
export function levelOf(change: Change): 'error' | 'warning' | 'note' {
  if (change.consequence === Consequence.DATA_LOST || change.consequence === Consequence.REFUSED) return 'error';
  return isSerious(change) || change.consequence === Consequence.RESTART ? 'warning' : 'note';
}
