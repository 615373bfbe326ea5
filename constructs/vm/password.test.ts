import { inspect } from 'node:util';
import fc from 'fast-check';
import { Password } from './password';

const SHA512 = '$6$rounds=4096$saltsalt$' + 'a'.repeat(86);
const YESCRYPT = '$y$j9T$ydzju/dIJLh/6ohtOK5Ud0$ds0UQiwpQmJuq/jyzCP8bbmIM7GXgMqPadMlbFe7.t4';

describe('Password', () => {
  test.each([
    SHA512,
    YESCRYPT,
    '$6$salt$hash',
    '$6$$salt$hash',
    '$5$salt$hash',
    '$1$salt$hash',
    '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
  ])('takes the hash %s', (crypt) => {
    expect(Password.hash(crypt)._text).toBe(crypt);
    expect(Password.hash(crypt)._hashed).toBe(true);
  });

  test.each([
    'hunter2',
    '',
    '$6$',
    '$6$salt',
    '$6$salt$',
    '$6$$$',
    '$9$salt$hash',
    '$6$salt$ha:sh',
    '$6$salt$hash\n',
    ' $6$salt$hash',
    'x$6$a$b',
  ])('fails when a hash is %j, without repeating it', (crypt) => {
    const message = failureOf(() => Password.hash(crypt));
    expect(message).toMatch(
      /^\[Password\.hash\] 'crypt' must be a crypt\(3\) hash such as '\$6\$salt\$hash', got other text/,
    );
    expect(message).toMatch(/openssl passwd -6/);
    expect(message).toMatch(/mkpasswd --method=SHA-512/);
    expect(message).not.toContain('hunter2');
  });

  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [4711, "a value of type 'number'"],
    [{ secret: 'hunter2' }, 'an object'],
  ])('fails when a hash is %j', (crypt, got) => {
    expect(failureOf(() => Password.hash(crypt as unknown as string))).toContain(`got ${got};`);
  });

  test('takes a demo value', () => {
    expect(Password.publicDemoValue('pass: #word "é😀"')._text).toBe('pass: #word "é😀"');
    expect(Password.publicDemoValue('alpine')._hashed).toBe(false);
  });

  test.each([
    ['', "'text' must be text, got empty text"],
    ['hunter2\nroot:x', "'text' must be one line without control characters"],
    ['hunter2\u0000', "'text' must be one line without control characters"],
    ['hunter2\ud800', "'text' must be one line without control characters"],
    [SHA512, "'text' must be plain text, got a hash (not shown); write Password.hash(…)"],
    ['RANDOM', "'text' must not be a word for which cloud-init makes up a random password"],
    ['R', "'text' must not be a word for which cloud-init makes up a random password"],
    [4711, "'text' must be text, got a value of type 'number'"],
    [undefined, "'text' must be text, got nothing"],
  ])('fails when a demo value is %j, without repeating it', (text, message) => {
    const failure = failureOf(() => Password.publicDemoValue(text as string));
    expect(failure).toContain(`[Password.publicDemoValue] ${message}`);
    expect(failure).not.toMatch(/hunter2|RANDOM|4711|aaaa/);
  });

  test('shows what it holds neither as JSON nor on a console', () => {
    const password = Password.publicDemoValue('hunter2');
    expect(JSON.stringify({ password })).toBe('{"password":{}}');
    expect(inspect(password, { showHidden: true, depth: 5 })).not.toContain('hunter2');
  });

  test('refuses any text that is not a hash without repeating it', () => {
    const secrets = fc.string({ unit: 'grapheme', minLength: 12 }).filter((text) => !text.startsWith('$'));
    fc.assert(
      fc.property(secrets, (text) => {
        expect(failureOf(() => Password.hash(text))).not.toContain(text);
      }),
    );
  });

  test('has no public constructor', () => {
    // @ts-expect-error the constructor is private: a password comes by hash() or publicDemoValue()
    expect(() => new Password('hunter2', false)).not.toThrow();
  });
});

function failureOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it did not fail');
}
