import { command } from '../github';
import { ChangeFormat } from './compared';
import { planOf } from './plan';
import { levelOf, sentence } from './sarif';

/**
 * For GitHub Actions: each change as an annotation of its line.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const github: ChangeFormat = function* ({ diff, faults, basis, place }) {
  for (const { file, line, message } of faults)
    yield `${command('error', { file, line, title: 'cdk8s-kubevirt diff' }, message)}\n`;
  for (const change of diff.changes) {
    const at = place(change);
    const level = levelOf(change);
    const properties = { file: change.object.file, line: at?.line, col: at?.column, title: change.consequence };
    yield `${command(level === 'note' ? 'notice' : level, properties, sentence(change))}\n`;
  }
  yield `${planOf(diff)} (${basis})\n`;
};
