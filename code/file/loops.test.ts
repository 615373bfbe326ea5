import { likenessOf } from './loops';

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
