import { parseCommandLine } from './usage';

test.each([
  [['init'], { kind: 'init', folder: undefined, esm: false }],
  [['init', 'web'], { kind: 'init', folder: 'web', esm: false }],
  [['init', 'web', '--esm'], { kind: 'init', folder: 'web', esm: true }],
  [['rules'], { kind: 'rules', format: 'table' }],
  [['rules', '--format', 'json'], { kind: 'rules', format: 'json' }],
  [['explain', 'guest-port'], { kind: 'explain', rule: 'guest-port' }],
])('%j is one request', (argv, request) => expect(parseCommandLine(argv)).toEqual(request));

test.each([
  [['init', 'a', 'b'], "'NAME' must be one folder"],
  [['explain'], "'RULE' must be one id of a rule"],
  [['explain', 'a', 'b'], "'RULE' must be one id of a rule"],
  [['rules', 'a'], "write 'explain a'"],
])('fails for %j', (argv, message) => expect(() => parseCommandLine(argv)).toThrow(message));
