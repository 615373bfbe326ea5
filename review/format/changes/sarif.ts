import { printableJson } from '../../../constructs/shared/printable';
import { Change } from '../../changes';
import { Consequence } from '../../changes/consequence';
import { physical } from '../sarif';
import { titleOf } from '../words';
import { ChangeFormat } from './compared';
import { isSerious } from './plan';

/**
 * For code scanning: SARIF 2.1.0, a rule a consequence.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif: ChangeFormat = ({ diff, faults, basis, accepted, place }) => {
  const rules = Object.values(Consequence);
  const result = (change: Change, justification?: string): object => ({
    ruleId: change.consequence,
    ruleIndex: rules.indexOf(change.consequence),
    level: levelOf(change),
    message: { text: sentence(change) },
    locations: [
      {
        physicalLocation: physical(change.object.file, place(change)),
        logicalLocations: [{ fullyQualifiedName: `${titleOf(change.object)} ${change.field}`, kind: 'object' }],
      },
    ],
    suppressions: justification === undefined ? [] : [{ kind: 'external', justification }],
  });
  const run = {
    tool: { driver: { name: 'cdk8s-kubevirt diff', rules: rules.map((id) => ({ id })) } },
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
    results: [
      ...diff.changes.map((change) => result(change)),
      ...accepted.map(({ change, reason }) => result(change, reason)),
    ],
  };
  const whole = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${printableJson(whole)}\n`;
};

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
