import { NodeRecord, NodeType, SchemaMode } from './node';
import { checkScalar, typeRemedy } from './scalars';
import { Node } from './tree';

/** What is said of a value under a schema. */
function said(record: NodeRecord, value: unknown, mode = SchemaMode.CRD): string[] {
  const notes: string[] = [];
  const node = new Node(record, () => {
    throw new Error('a scalar has no other node');
  });
  checkScalar(node, value, mode, (_rule, message, remedy = '') =>
    notes.push(remedy === '' ? message : `${message}; ${remedy}`),
  );
  return notes;
}

describe('checkScalar', () => {
  const text: NodeRecord = { t: NodeType.STRING, minLength: 2, maxLength: 4 };

  test.each([
    ['a', ['must have at least 2 characters, got "a"']],
    ['ab', []],
    ['abcd', []],
    ['abcde', ['must have at most 4 characters, got 5']],
    ['\u{1f600}', ['must have at least 2 characters, got "\u{1f600}"']],
    ['\u{1f600}a', []],
    ['\u{1f600}\u{1f600}', []],
    ['\u{1f600}\u{1f600}\u{1f600}\u{1f600}', []],
    ['\u{1f600}\u{1f600}\u{1f600}\u{1f600}a', ['must have at most 4 characters, got 9']],
  ])('counts the characters of %j as code points', (value, expected) => expect(said(text, value)).toEqual(expected));

  test.each([
    ['abc', []],
    ['ab1', ['must match ^[a-z]+$, got "ab1"']],
  ])('holds %j to its pattern', (value, expected) =>
    expect(said({ t: NodeType.STRING, pattern: '^[a-z]+$' }, value)).toEqual(expected),
  );

  test.each<[unknown, SchemaMode, string[]]>([
    ['Always', SchemaMode.CRD, []],
    ['Alwayz', SchemaMode.CRD, ["must be 'Always' or 'Never', got \"Alwayz\"; write 'Always'"]],
    ['Sometimes', SchemaMode.CRD, ["must be 'Always' or 'Never', got \"Sometimes\""]],
    [5, SchemaMode.CRD, ["must be 'Always' or 'Never', got 5"]],
    ['', SchemaMode.CRD, ["must be 'Always' or 'Never', got \"\""]],
    ['', SchemaMode.VM, []],
    ['', SchemaMode.CORE, []],
  ])('holds %j to its words, of a kind of mode %s', (value, mode, expected) =>
    expect(said({ t: NodeType.STRING, e: ['Always', 'Never'] }, value, mode)).toEqual(expected),
  );

  test.each([
    ['1Gi', []],
    ['1GB', ["must be a quantity such as '1Gi' or '500m', got \"1GB\"; write '1Gi'"]],
    ['2.5g', ["must be a quantity such as '1Gi' or '500m', got \"2.5g\"; write '2.5Gi'"]],
    ['ten', ["must be a quantity such as '1Gi' or '500m', got \"ten\""]],
  ])('holds %j to a quantity', (value, expected) =>
    expect(said({ t: NodeType.INT_OR_STRING, format: 'quantity' }, value)).toEqual(expected),
  );

  test.each([
    ['2025-01-31T12:00:00Z', []],
    ['2025-01-31t12:00:00.5+01:00', []],
    ['2025-01-31', ['must be a time such as \'2025-01-31T12:00:00Z\', got "2025-01-31"']],
  ])('holds %j to a time', (value, expected) =>
    expect(said({ t: NodeType.STRING, format: 'date-time' }, value)).toEqual(expected),
  );

  test.each([
    ['YWI=', []],
    ['YW\r\nI=\n', []],
    ['YWI', ['must be base64, got "YWI"; use stringData for plain text']],
    ['a b=', ['must be base64, got "a b="; use stringData for plain text']],
  ])('holds %j to base64', (value, expected) =>
    expect(said({ t: NodeType.STRING, format: 'byte' }, value)).toEqual(expected),
  );

  test.each([
    [0, ['must be at least 1, got 0']],
    [1, []],
    [100, []],
    [101, ['must be at most 100, got 101']],
  ])('holds %d to its range', (value, expected) =>
    expect(said({ t: NodeType.INTEGER, min: 1, max: 100 }, value)).toEqual(expected),
  );

  test.each([
    [-2147483649, ['must fit 32 bits, got -2147483649']],
    [-2147483648, []],
    [2147483647, []],
    [2147483648, ['must fit 32 bits, got 2147483648']],
  ])('holds %d to 32 bits', (value, expected) => {
    expect(said({ t: NodeType.INTEGER, format: 'int32' }, value)).toEqual(expected);
    expect(said({ t: NodeType.INTEGER, format: 'int64' }, value)).toEqual([]);
  });
});

test.each<[NodeType, unknown, string | undefined]>([
  [NodeType.STRING, 5, 'quote it'],
  [NodeType.STRING, false, 'quote it'],
  [NodeType.STRING, [], undefined],
  [NodeType.INT_OR_STRING, 1.5, 'quote it'],
  [NodeType.INT_OR_STRING, true, undefined],
  [NodeType.BOOLEAN, 'true', 'remove the quotes'],
  [NodeType.BOOLEAN, 'yes', undefined],
  [NodeType.BOOLEAN, 1, undefined],
  [NodeType.INTEGER, '-5', 'remove the quotes'],
  [NodeType.INTEGER, 'true', undefined],
  [NodeType.INTEGER, '1.5', undefined],
  [NodeType.ARRAY, '5', undefined],
])('typeRemedy of %s for %j is %s', (type, value, remedy) => expect(typeRemedy(type, value)).toBe(remedy));
