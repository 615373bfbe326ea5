import { GoPackage } from './go-package';

const A = `package admitters

// check is not part of it
func check(a int) error {
	return help(a) // a word
}

func help(a int) error { return nil }

func (admitter *A) Admit() { check(1) }
`;
const B = `package admitters

func (admitter *B) Admit() {
	other()
}

func other() {
}
`;

describe('GoPackage', () => {
  const own = new GoPackage(
    new Map([
      ['a.go', A],
      ['b.go', B],
    ]),
  );

  test('reads a function with what it calls in its package, without comments', () => {
    expect([...own.reach('a.go', 'check')]).toEqual([
      ['check', 'func check(a int) error { return help(a) }'],
      ['help', 'func help(a int) error { return nil }'],
    ]);
  });

  test('takes the method of the file, where several types have one of that name', () => {
    expect([...own.reach('b.go', 'Admit').keys()]).toEqual(['Admit', 'other']);
    expect([...own.reach('a.go', 'Admit').keys()]).toEqual(['Admit', 'check', 'help']);
  });

  test('reads a whole file, and nothing where there is no such function', () => {
    expect([...own.reach('b.go').keys()]).toEqual(['Admit', 'other']);
    expect([...own.reach('b.go', 'missing')]).toEqual([]);
  });
});
