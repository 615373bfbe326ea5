import { variable } from '../language/expression';
import { literal, record } from '../language/expression';
import { printProgram } from './printing';
import type { Section } from './statement';

/** A section of one statement that makes an object of a class. */
const section = (type: string, more: Partial<Section> = {}, props = record([])): Section => ({
  statements: [
    {
      notes: [],
      id: 'it',
      made: {
        by: 'construct',
        way: { type, build: () => undefined as never, entries: [] },
        props,
        construct: undefined as never,
        patches: [],
        overridden: [],
      },
    },
  ],
  ...more,
});

const printed = (...sections: readonly Section[]): string =>
  printProgram({ className: 'Machines', namespace: undefined, sections });

describe('an import', () => {
  // `import { ` and ` } from 'cdk8s-kubevirt';` are 34 characters.
  test('fits into a line of a hundred characters', () => {
    const name = 'A'.repeat(66);
    expect(printed(section(name))).toContain(`\nimport { ${name} } from 'cdk8s-kubevirt';\n`);
  });

  test('is broken beyond', () => {
    const name = 'A'.repeat(67);
    expect(printed(section(name))).toContain(`\nimport {\n  ${name},\n} from 'cdk8s-kubevirt';\n`);
  });

  test('stands in the order of the packages, and its names in theirs', () => {
    const props = record([
      ['a', variable('Size', 1)],
      ['b', variable('Cpu', 1)],
      ['c', variable('kubevirt', 1)],
      ['d', variable('Disk', 1)],
    ]);
    expect(printed(section('BootableVM', {}, props))).toMatch(
      /^import \{ Chart, Size \} from 'cdk8s';\nimport \{ BootableVM, Disk \} from 'cdk8s-kubevirt';\nimport \* as kubevirt from 'cdk8s-kubevirt\/imports\/kubevirt\.io';\nimport \{ Cpu \} from 'cdk8s-plus-27';\nimport \{ Construct \} from 'constructs';\n\n/,
    );
  });
});

describe('statements', () => {
  const flat = (type = 'A'): Section => section(type, {}, record([['a', literal(1)]]));
  const made = (type: string): string => `    new ${type}(this, 'it', { a: 1 });\n`;
  const long = section('A', {}, record([['a', literal('a'.repeat(100))]]));
  const withNote = (one: Section): Section => ({ statements: [{ ...one.statements[0]!, notes: ['so'] }] });
  const body = (...sections: readonly Section[]): string =>
    /super\(scope, id\);\n\n([^]*) {2}\}\n\}\n$/.exec(printed(...sections))![1]!;

  test('of one line and one class stand together', () => {
    expect(body(flat(), flat(), flat('B'), flat('B'))).toBe(`${made('A')}${made('A')}\n${made('B')}${made('B')}`);
  });

  test.each<[string, Section]>([
    ['of several lines', long],
    ['with a comment', withNote(flat())],
    ['beside another', { statements: [...flat().statements, ...flat().statements] }],
    ['of a loop', { ...flat(), name: 'it', names: ['it', 'that'] }],
    ['that is a comment alone', { statements: [{ notes: ['so'] }] }],
  ])('%s stand by themselves', (_title, one) => {
    const [alone, beside] = [body(one), made('A')];
    expect(body(flat(), one)).toBe(`${beside}\n${alone}`);
    expect(body(one, flat())).toBe(`${alone}\n${beside}`);
    expect(body(one, one)).toBe(`${alone}\n${alone}`);
  });

  test('that say nothing take no room', () => {
    expect(body(flat(), { statements: [] }, flat())).toBe(`${made('A')}${made('A')}`);
  });
});

describe('a comment', () => {
  const comment = (note: string): string => {
    const text = printed({ statements: [{ notes: [note] }] });
    return /super\(scope, id\);\n\n([^]*) {2}\}\n\}\n$/.exec(text)![1]!;
  };

  // Four spaces, `// ` and a space between the words are eight characters.
  test('fills lines of a hundred characters', () => {
    const [one, other] = ['a'.repeat(46), 'b'.repeat(46)];
    expect(comment(`${one} ${other} c`)).toBe(`    // ${one} ${other}\n    //   c\n`);
    expect(comment(`${one} b${other} c`)).toBe(`    // ${one}\n    //   b${other} c\n`);
  });

  test('is broken at words alone', () => {
    const word = 'a'.repeat(120);
    expect(comment(`so ${word} so`)).toBe(`    // so\n    //   ${word}\n    //   so\n`);
  });
});

describe('the names of a loop', () => {
  const loop = (lengths: readonly number[]): string => {
    const names = lengths.map((length, index) => String(index).padEnd(length, 'x'));
    const text = printed(section('BootableVM', { name: names[0]!, names }, record([['a', literal(names[0])]])));
    return /for \(const name of (\[[^]*?\])\) \{/.exec(text)![1]!;
  };

  test('stand in one line, where they fit', () => {
    expect(loop([2, 3])).toBe("['0x', '1xx']");
  });

  // Three names with quotes and commas, two spaces between, and six before them.
  test('fill lines of a hundred characters', () => {
    const line = `      '0${'x'.repeat(27)}', '1${'x'.repeat(27)}', '2${'x'.repeat(26)}',\n`;
    expect(line).toHaveLength(101);
    expect(loop([28, 28, 27, 4])).toBe(`[\n${line}      '3xxx',\n    ]`);
  });

  test('begin a new line beyond', () => {
    expect(loop([28, 28, 28])).toBe(
      `[\n      '0${'x'.repeat(27)}', '1${'x'.repeat(27)}',\n      '2${'x'.repeat(27)}',\n    ]`,
    );
  });
});
