import { purposeOf } from './purpose';

test.each([
  [['check', 'dist'], 'check'],
  [['diff', 'a', 'b', '--format', 'html'], 'diff'],
  [['rules'], 'rules'],
  [['check', '--help'], 'help'],
  [['check', 'dist', '-h'], 'help'],
  [['--help'], 'help'],
  [['init', 'web'], 'help'],
  [[], 'help'],
])('%j is loaded for %s', (argv, purpose) => expect(purposeOf(argv)).toBe(purpose));
