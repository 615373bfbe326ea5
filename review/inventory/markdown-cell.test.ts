import * as fc from 'fast-check';
import { cell, guardedCell } from './markdown-cell';

describe('a cell', () => {
  test.each([
    ['10Gi', '10Gi'],
    ['never bound: no class', 'never bound: no class'],
    ['a  b\n c', 'a b c'],
    ['a|b', 'a\\|b'],
    ['WWW.example.com', '`WWW.example.com`'],
    ['see www.example.com', '`see www.example.com`'],
    ['<b>', '`<b>`'],
    ['https://user:secret@host/x', '`https://…@host/x`'],
    ['\u202ea', '\\\\u202ea'],
  ])('of %j is %j', (text, shown) => expect(cell(text)).toBe(shown));

  it('is the same whether or not it is known to be plain', () => {
    const part = fc.constantFrom(
      ...`aZ0_ .,;:()'/+%-wW|\\[]<>@\`&#?=\n\t\u202e\u00a0é`,
      'www.',
      'http:',
      '//',
      '&amp;',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        expect(cell(parts.join(''))).toBe(guardedCell(parts.join('')));
      }),
      { numRuns: 3000 },
    );
  });
});
