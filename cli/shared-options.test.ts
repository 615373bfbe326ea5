import { checkedOptions } from '../review/options';
import { COMMANDS } from './help';

/** The options that a kind of review names when it is given one that there is not. */
function optionsOf(kind: 'review' | 'plugin'): string[] {
  try {
    checkedOptions({ 'not-an-option': true }, kind);
  } catch (thrown) {
    const [, list = ''] = /; the options are (.*)$/.exec((thrown as Error).message) ?? [];
    return [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name).sort();
  }
  throw new Error('it took an option that there is not');
}

/** The options of a command, by its help, in the words of a program: `--feature-gate NAME`, which is repeated, is `featureGates`. */
function wordsOf(help: string): string[] {
  const LISTS: Readonly<Record<string, string>> = { 'feature-gate': 'featureGates', backend: 'backends' };
  const words = [...help.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, word = '']) => word);
  return words.map((word) => LISTS[word] ?? word.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())).sort();
}

/** What only a command has: how it reads, writes and narrows. */
const OF_COMMAND = ['cache', 'changed', 'format', 'help', 'maxSize', 'noKustomize', 'threads', 'verbose', 'version'];

describe('the options of a review', () => {
  test('are those of the plugin, which has its exit status beside them', () => {
    expect(optionsOf('plugin')).toEqual([...optionsOf('review'), 'strict'].sort());
  });

  test('are those of the command, but for what is an object, and for what only a comparison asks for', () => {
    const command = wordsOf(COMMANDS.check).filter((word) => !OF_COMMAND.includes(word));
    expect([...command, 'configuration', 'rolloutStrategy'].sort()).toEqual(optionsOf('plugin'));
  });
});
