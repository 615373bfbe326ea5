import { call, Code, lines, list, literal, member, record } from './expression';
import { cpuCode, eachCode, secondsCode, sizeCode, textCode, textsCode } from './scalars';

const text = (code: Code | undefined): string | undefined => code?.print(0, 0);

describe('the code of a value', () => {
  test.each<[unknown, string | undefined]>([
    ['10Gi', 'Size.gibibytes(10)'],
    ['4096Mi', 'Size.gibibytes(4)'],
    ['1025Mi', 'Size.mebibytes(1025)'],
    ['1048576Ki', 'Size.gibibytes(1)'],
    ['2Ti', 'Size.tebibytes(2)'],
    ['0Gi', "Quantity.parse('0Gi')"],
    ['10G', "Quantity.parse('10G')"],
    [5, "Quantity.parse('5')"],
    ['x', undefined],
    [true, undefined],
    [undefined, undefined],
  ])('of the size %j is %s', (value, code) => expect(text(sizeCode(value))).toBe(code));

  test.each<[unknown, string | undefined]>([
    [0, 'Duration.seconds(0)'],
    [59, 'Duration.seconds(59)'],
    [60, 'Duration.minutes(1)'],
    [90, 'Duration.seconds(90)'],
    [3600, 'Duration.hours(1)'],
    [5400, 'Duration.minutes(90)'],
    [-60, undefined],
    [1.5, undefined],
    ['60', undefined],
  ])('of %j seconds is %s', (value, code) => expect(text(secondsCode(value))).toBe(code));

  test.each<[unknown, string | undefined]>([
    ['2', 'Cpu.units(2)'],
    [2, 'Cpu.units(2)'],
    ['500m', 'Cpu.millis(500)'],
    ['1.5', undefined],
    [undefined, undefined],
  ])('of the CPU time %j is %s', (value, code) => expect(text(cpuCode(value))).toBe(code));

  test.each<[unknown, string | undefined]>([
    ['a', "'a'"],
    ['', undefined],
    [5, undefined],
  ])('of the text %j is %s', (value, code) => expect(text(textCode(value))).toBe(code));

  test.each<[unknown, string | undefined]>([
    [{ a: 'b' }, "{ a: 'b' }"],
    [{}, undefined],
    [{ a: 1 }, undefined],
    ['a', undefined],
  ])('of the map %j is %s', (value, code) => expect(text(textsCode(value))).toBe(code));

  it('of a list is that of each item, or none', () => {
    expect(eachCode(['a', 'b'], textCode)?.map(text)).toEqual(["'a'", "'b'"]);
    expect(eachCode(['a', 1], textCode)).toBeUndefined();
    expect(eachCode([], textCode)).toBeUndefined();
    expect(eachCode('a', textCode)).toBeUndefined();
  });

  it('of a member of an enum is its name', () => {
    expect(text(member('Word', { A: 'a', B: 'b' }, 'b'))).toBe('Word.B');
    expect(member('Word', { A: 'a' }, 'c')).toBeUndefined();
    expect(member('Word', { A: undefined }, undefined)).toBeUndefined();
  });
});

describe('a literal', () => {
  test.each<[unknown, string]>([
    ["it's", "'it\\'s'"],
    ['a"b', `'a"b'`],
    ['a\\b', "'a\\\\b'"],
    [null, 'null'],
    [[], '[]'],
    [{}, '{}'],
    [{ 'a-b': [1, true] }, "{ 'a-b': [1, true] }"],
    ['a\nb\nc', "'a\\nb\\nc'"],
  ])('%j is %s', (value, code) => expect(text(literal(value))).toBe(code));

  it('of one line stays whole, however long', () => {
    expect(text(literal('a'.repeat(200)))).toBe(`'${'a'.repeat(200)}'`);
    expect(text(literal(`${'a'.repeat(80)}\nb`))).toBe(`'${'a'.repeat(80)}\\nb'`);
  });

  it('of several lines stands in lines once it is long', () => {
    const short = `${'a'.repeat(56)}\nb\nc`;
    expect(text(literal(short))).toBe(`'${'a'.repeat(56)}\\nb\\nc'`);
    expect(text(literal(`a${short}`))).toBe(`['${'a'.repeat(57)}', 'b', 'c'].join('\\n')`);
    expect(text(lines('a\nb'))).toBe("'a\\nb'");
    expect(text(lines('a\nb\nc'))).toBe("['a', 'b', 'c'].join('\\n')");
    expect(text(lines('a\nb\u0007\nc'))).toBe("'a\\nb\\u0007\\nc'");
  });

  it('has a key as any other by the name of a prototype', () => {
    const code = record([['__proto__', literal(1)]]);
    expect(Object.keys(code.value as object)).toEqual(['__proto__']);
    expect(text(code)).toBe("{ '__proto__': 1 }");
  });

  it('puts the last argument alone over lines, where what is before it leaves room for a bracket', () => {
    const made = (length: number) =>
      call('X', { of: () => 1 }, 'of', literal('a'.repeat(length)), record([['b', literal('c')]]));
    // X.of('a…', { has ten characters beside the a's.
    expect(text(made(89))).toBe(`X.of('${'a'.repeat(89)}', {\n  b: 'c',\n})`);
    expect(text(made(90))).toBe(`X.of('${'a'.repeat(90)}', {\n  b: 'c',\n})`);
    expect(text(made(91))).toBe(`X.of(\n  '${'a'.repeat(91)}',\n  { b: 'c' },\n)`);
    expect(made(50).print(4, 40)).toBe(`X.of('${'a'.repeat(50)}', {\n      b: 'c',\n    })`);
    expect(made(51).print(4, 40)).toBe(`X.of(\n      '${'a'.repeat(51)}',\n      { b: 'c' },\n    )`);
  });

  it('fits into a hundred characters, and is broken beyond', () => {
    const items = (length: number) => list([literal('a'.repeat(length)), literal('b')]);
    // ['a…', 'b'] has nine characters beside the a's.
    expect(text(items(91))).toBe(`['${'a'.repeat(91)}', 'b']`);
    expect(text(items(92))).toBe(`[\n  '${'a'.repeat(92)}',\n  'b',\n]`);
    expect(items(51).print(4, 41)).toBe(`[\n      '${'a'.repeat(51)}',\n      'b',\n    ]`);
    expect(items(50).print(4, 41)).toBe(`['${'a'.repeat(50)}', 'b']`);
  });
});
