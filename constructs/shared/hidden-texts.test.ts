import { HiddenTexts } from './hidden-texts';

function hiding(...texts: readonly string[]): HiddenTexts {
  const hidden = new HiddenTexts();
  for (const text of texts) hidden.add(text);
  return hidden;
}

test.each<[string, readonly string[], string, string]>([
  ['nothing', [], 'got "hunter2"', 'got "hunter2"'],
  ['an empty text', [''], 'got ""', 'got ""'],
  ['a text of six signs wherever it stands', ['hunter'], 'a hunter, xhunterx', 'a …, x…x'],
  ['a text of five signs in quotes alone', ['abcde'], 'abcde "abcde" "abcde', 'abcde "…" "abcde'],
  ['a text of one sign in quotes alone', ['a'], 'a "a" a"', 'a "…" a"'],
  ['a text as JSON writes it', ['hunter\n2'], String.raw`got "hunter\n2"`, 'got "…"'],
  ['the longest of two that begin alike', ['hunter2', 'hunter2-long'], 'hunter2-long hunter2', '… …'],
  ['a short text and a long one that begins with it', ['hunt', 'hunter2'], '"hunt" "hunter2"', '"…" "…"'],
  ['texts beside each other', ['hunter2', 'secret3'], 'hunter2secret3', '……'],
  ['the beginning of a text that is cut', ['hunter2-long'], 'got hunter2…', 'got …'],
  ['not a beginning of five signs', ['hunter2-long'], 'got hunte…', 'got hunte…'],
  ['not what only begins like a text', ['hunter2-long'], 'got hunter3…', 'got hunter3…'],
  ['the last of texts that begin alike', ['hunter1', 'hunter2', 'hunter3-long'], 'hunter3-l…', '…'],
  ['a text that repeats its own beginning', ['aaaaaaaab'], 'got aaaaaaaa…', 'got …'],
])('hides %s', (_what, texts, sentence, shown) => expect(hiding(...texts).hide(sentence)).toBe(shown));

test('shows what stands in the place of a text, and hides what was added later', () => {
  const hidden = new HiddenTexts();
  hidden.add('me:pw@proxy', '…@proxy');
  expect(hidden.hide('by "me:pw@proxy"')).toBe('by "…@proxy"');
  hidden.add('hunter2');
  expect(hidden.hide('hunter2 by me:pw@proxy')).toBe('… by …@proxy');
});
