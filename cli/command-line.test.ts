import { remedy } from './command-line';

test.each([
  [['show', 'slow', 'shot'], "; write 'slow'"],
  [['last', 'late', 'lane'], "; write '--last' or '--late' or '--lane'"],
  [['last', 'late', 'lane', 'lamp'], ''],
  [['other'], ''],
])('remedy names no more than three of %j', (words, text) => {
  const [word, before] = words.includes('slow') ? ['slow', ''] : ['la', '--'];
  expect(remedy(word, words, before)).toBe(text);
});
