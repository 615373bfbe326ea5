import { command } from '../github';
import { ChangeFormat } from './compared';
import { planOf } from './plan';
import { levelOf, sentence } from './sarif';

/**
 * For GitHub Actions: each change as an annotation of its line.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export const github: ChangeFormat = ({ diff, faults, basis, place }) => {
  const lines = [
    ...faults.map(({ file, line, message }) => command('error', { file, line, title: 'cdk8s-kubevirt diff' }, message)),
    ...diff.changes.map((change) => {
      const at = place(change);
      const level = levelOf(change);
      const properties = { file: change.object.file, line: at?.line, col: at?.column, title: change.consequence };
      return command(level === 'note' ? 'notice' : level, properties, sentence(change));
    }),
    `${planOf(diff)} (${basis})`,
  ];
  return lines.map((line) => `${line}\n`).join('');
};
