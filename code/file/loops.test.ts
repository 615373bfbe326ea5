import { Made } from '../kinds/way';
import { isPlain, likenessOf, withName } from './loops';

describe('likenessOf', () => {
  test.each([
    ['the name alone', ['web'], ['db']],
    ['what begins with it', ['web-disk'], ['db-disk']],
    ['what ends with it', ['of.web'], ['of.db']],
    ['it twice', ['web/web'], ['db/db']],
    ['it as a key', { web: 1 }, { db: 1 }],
    ['it beside the neighbours of letters and digits', '/web:@web[`web{', '/db:@db[`db{'],
  ])('is the same for %s', (_title, one, other) => {
    expect(likenessOf('web', one)).toBe(likenessOf('db', other));
  });

  test.each(['0', '9', 'A', 'Z', 'a', 'z'])('keeps a name that stands beside %s', (sign) => {
    expect(likenessOf('web', `${sign}web`)).toBe(`"${sign}web"`);
    expect(likenessOf('web', `web${sign} and web`)).toBe(`"web${sign} and \0"`);
    expect(likenessOf('aa', `aa${sign}aa`)).toBe(`"aa${sign}aa"`);
  });

  test('takes each name that stands by itself', () => {
    expect(likenessOf('a', 'a.a-a aa')).toBe('"\0.\0-\0 aa"');
  });

  test.each([
    ['12', { memory: 12, name: '12' }, '{"memory":12,"name":"\0"}'],
    ['true', { isOn: true, name: 'true' }, '{"isOn":true,"name":"\0"}'],
    ['null', { empty: null, name: 'null' }, '{"empty":null,"name":"\0"}'],
  ])('leaves the value that is no text where the name is %s', (name, content, likeness) => {
    expect(likenessOf(name, content)).toBe(likeness);
  });
});

describe('withName', () => {
  const none = new Map<string, string>();

  test.each([
    ["new VM(this, 'web');", 'new VM(this, name);'],
    ["new VM(this, 'web-root', { claim: 'of.web' });", 'new VM(this, `${name}-root`, { claim: `of.${name}` });'],
    ["{ 'web': 'webs' }", "{ [name]: 'webs' }"],
    ["'it\\'s web\\\\'", "`it's ${name}\\\\`"],
    ["'`$web`'", '`\\`\\$${name}\\``'],
    ["'${web}'", '`\\${${name}}`'],
  ])('says %s by the variable', (text, said) => {
    expect(withName(text, 'web', none)).toBe(said);
  });

  test('takes an apostrophe in a comment for no text', () => {
    const comment = "    // the machine's disk of 'web'\n";
    expect(withName(`${comment}    new VM(this, 'web');\n`, 'web', none)).toBe(`${comment}    new VM(this, name);\n`);
    expect(withName("new VM('https://web');", 'web', none)).toBe('new VM(`https://${name}`);');
  });

  test('calls variables what they are called in the loop', () => {
    const variables = new Map([['webDisk', 'disk']]);
    const text = "const webDisk = f('webDisk'); a.webDisk(webDisk, { webDisk: webDisks, $webDisk });";
    const said = "const disk = f('webDisk'); a.webDisk(disk, { webDisk: webDisks, $webDisk });";
    expect(withName(text, 'web', variables)).toBe(said);
  });
});

test.each<[string, Pick<Made, 'by' | 'overridden'> | undefined, string[], boolean]>([
  ['props alone', { by: 'construct', overridden: [] }, [], true],
  ['overrides', { by: 'construct', overridden: ['spec.a'] }, [], false],
  ['a generated class', { by: 'generated', overridden: [] }, [], false],
  ['a comment beside its object', { by: 'construct', overridden: [] }, ['It differs.'], false],
  ['a comment alone', undefined, ['It is left out.'], false],
])('a section is plain, or not, by %s', (_title, made, notes, is) => {
  expect(isPlain({ statements: [{ made: made as Made, notes }] })).toBe(is);
});
