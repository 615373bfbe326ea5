import { alignedTable, withTables } from './page-tables';

describe('withTables', () => {
  test('keeps what stands around the tables', () => {
    const page = '# A\n<!-- begin x -->\nold\n<!-- end x -->\nB\n<!-- begin y --><!-- end y -->\nC\n';
    expect(withTables('t', page, { x: '1', y: '2' })).toBe(
      '# A\n<!-- begin x -->\n\n1\n\n<!-- end x -->\nB\n<!-- begin y -->\n\n2\n\n<!-- end y -->\nC\n',
    );
  });

  test('fails when a page lacks a mark', () => {
    expect(() => withTables('t', '<!-- begin x -->', { x: '1' })).toThrow(
      "[t] the page must have '<!-- begin x -->' and then '<!-- end x -->'",
    );
  });
});

describe('alignedTable', () => {
  test('gives each column the width of its longest cell', () => {
    expect(alignedTable(['a', 'long'], [['three', 'b']])).toBe(
      ['| a     | long |', '| ----- | ---- |', '| three | b    |'].join('\n'),
    );
  });
});
