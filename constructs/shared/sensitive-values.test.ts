import { SensitiveValues } from './sensitive-values';

describe('SensitiveValues', () => {
  const of = (object: object) => new SensitiveValues('Secret', [object]);

  test('hides what a sensitive field got, but not its type or length', () => {
    const values = of({ data: { a: 'pw' } });
    expect(values.hide(`'a' must be base64, got "pw"`, 'data.a')).toBe(
      "'a' must be base64, got a value that is not shown",
    );
    expect(values.hide("'a' must be text, got 1234", 'data.a')).toBe("'a' must be text, got a value that is not shown");
    expect(values.hide("'a' must be text, got true", 'data.a')).toBe("'a' must be text, got a value that is not shown");
    expect(values.hide('must be text, got an object', 'data.a')).toBe('must be text, got an object');
    expect(values.hide('must have at most 3 characters, got 12', 'data.a')).toBe(
      'must have at most 3 characters, got 12',
    );
    expect(values.hide("'a' must have at most 3 characters, got 12x", 'data.a')).toBe(
      "'a' must have at most 3 characters, got a value that is not shown",
    );
    expect(values.hide('data: old → new → newer', 'data.a')).toBe('data: a value that is not shown → another');
    expect(values.hide('old → new', 'data.a')).toBe('a value that is not shown → another');
    expect(values.hide(' → new', 'data.a')).toBe('a value that is not shown → another');
    expect(values.hide(', got "pw", got "a" b', 'data.a')).toBe(', got a value that is not shown');
  });

  test('hides a value wherever it stands, raw, escaped, cut, or as a number', () => {
    const values = of({ data: { a: 'hunter2"\n' + 'x'.repeat(200) }, stringData: { pin: 84736251, b: 'abc' } });
    const long = JSON.stringify('hunter2"\n' + 'x'.repeat(200));
    expect(values.hide(`got ${long}`)).toBe('got "…"');
    expect(values.hide(`got ${long.slice(0, 60)}… too`)).toBe('got "… too');
    expect(values.hide(`${long.slice(1, 60)}… too`)).toBe('… too');
    expect(values.hide(`… got ${long.slice(0, 60)}… too`)).toBe('… got "… too');
    expect(values.hide('write 84736251')).toBe('write …');
    expect(values.hide('abc is "abc"')).toBe('abc is "…"');
    const limits = of({ stringData: { short: 'abcde', long: 'uvwxyz' } });
    expect(limits.hide('abcde is "abcde", uvwxyz is "uvwxyz"')).toBe('abcde is "…", … is "…"');
  });

  test.each<[string, object, boolean]>([
    ['the value of a key such as password', { metadata: { annotations: { 'a/password': 'hunter22' } } }, true],
    ['what stands below a command', { spec: { command: ['sh', { deep: 'hunter22' }] } }, true],
    ['what stands below a patch', { spec: { patches: [{ value: 'hunter22' }] } }, true],
    ['an environment value', { env: [{ name: 'A', value: 'hunter22' }] }, true],
    ['a text in the place of an environment variable', { env: ['hunter22'] }, true],
    ['the name of an environment variable', { env: [{ name: 'hunter22' }] }, false],
    ['what is below a source of an environment variable', { env: [{ valueFrom: { a: 'hunter22' } }] }, false],
    ['user data of cloud-init', { cloudInitNoCloud: { userData: 'hunter22' } }, true],
    ['an unknown field of cloud-init', { cloudInitNoCloud: { a: { b: 'hunter22' } } }, true],
    ['the name of a Secret of cloud-init', { cloudInitNoCloud: { secretRef: { name: 'hunter22' } } }, false],
    ['the value of a parameter', { parameters: [{ name: 'A', value: 'hunter22' }] }, true],
    ['the name of a parameter', { parameters: [{ name: 'hunter22' }] }, false],
    ['what is not a secret', { spec: { hostname: 'hunter22' } }, false],
    ['data of another kind', { data: { a: 'hunter22' } }, false],
  ])('hides %s of a machine, or not', (_what, object, isHidden) => {
    expect(new SensitiveValues('VirtualMachine', [object]).hide('it is hunter22')).toBe(
      isHidden ? 'it is …' : 'it is hunter22',
    );
  });

  test.each<[string, (inner: unknown) => unknown]>([
    ['maps', (inner) => ({ a: inner })],
    ['lists', (inner) => [inner]],
  ])('hides a value below 128 %s, as deep as the review walks', (_what, around) => {
    const shown = (depth: number): string => {
      const object = Array.from({ length: depth - 1 }).reduce(around, 'hunter22');
      return of({ data: object }).hide('it is hunter22');
    };
    expect([shown(128), shown(129)]).toEqual(['it is …', 'it is hunter22']);
  });

  test.each<[string, object, string, string]>([
    [
      'a text that holds a password',
      { helm: { values: 'db:\n  password: hunter2' } },
      String.raw`db:\n  password: hunter2 → x`,
      '… → x',
    ],
    ['a private key', { a: ['-----BEGIN PRIVATE KEY-----'] }, 'got "-----BEGIN PRIVATE…', 'got "…'],
    ['the login of an address without a scheme', { httpProxy: 'me:pw@proxy:80' }, 'me:pw@proxy:80', '…@proxy:80'],
    ['that of a list of addresses', { registries: ['me:pw@r'] }, 'got ["me:pw@r"]', 'got ["…@r"]'],
    ['the login of an address with a quote', { url: 'https://u:p"w@h/x' }, 'https://u:p"w@h/x', 'https://…@h/x'],
    ['the query of an address without a host', { url: '/x?sig=1' }, 'got "/x?sig=1"', 'got "/x?…"'],
    ['no login in a text that is not an address', { owner: 'a:b@team' }, 'a:b@team', 'a:b@team'],
    ['the login of an address alone', { url: 'https://me:pw@h/x' }, 'got "https://me:pw@h/x"', 'got "https://…@h/x"'],
  ])('hides %s', (_what, object, sentence, shown) =>
    expect(new SensitiveValues('Application', [object]).hide(sentence)).toBe(shown),
  );

  test('hides what stands in the open fields of a Secret by mistake', () => {
    const values = new SensitiveValues('Secret', [{ type: { password: 'hunter11' }, immutable: 'hunter22' }]);
    expect(values.hide('got hunter11 and hunter22')).toBe('got … and …');
    expect(new SensitiveValues('Secret', [{ type: 'example.org/own' }]).hide('got example.org/own')).toBe(
      'got example.org/own',
    );
  });

  test('hides what a SealedSecret makes a Secret from', () => {
    const template = { metadata: { name: 'hunter11' }, data: { a: 'hunter22' } };
    const values = new SensitiveValues('SealedSecret', [{ spec: { template } }]);
    expect(values.hide('spec.template.a: hunter22 of hunter11')).toBe('spec.template.a: … of hunter11');
  });

  test('hides a value of the object that it replaces, and of a Secret all that is no metadata', () => {
    expect(new SensitiveValues('Secret', [undefined, { unknown: { a: 'hunter22' } }]).hide('hunter22')).toBe('…');
    expect(of({ metadata: { name: 'hunter22' }, type: 'hunter22' }).hide('hunter22')).toBe('hunter22');
    expect(of({ metadata: { data: { a: 'hunter22' } } }).hide('hunter22')).toBe('hunter22');
  });
});
