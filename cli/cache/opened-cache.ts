import { dirname } from 'node:path';
import { show } from '../../constructs/shared/shown-value';
import { JudgementCache } from './judgement-cache';
import { programState } from './program-state';

/**
 * The cache of a folder, for this program.
 *
 * @param place Where the folder is.
 * @param given How the command line names it.
 * @throws if there cannot be such a folder.
 */
export function openedCache(place: string, given: string, complain: (line: string) => void): JudgementCache {
  const file = require.resolve('cdk8s-kubevirt/package.json');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { version } = require('cdk8s-kubevirt/package.json') as { readonly version: string };
  try {
    return new JudgementCache(place, `${version} ${programState(dirname(file))}`, complain);
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    throw new Error(`'--cache' must name a folder that can be written to, got ${show(given)}: ${code ?? message}`);
  }
}
