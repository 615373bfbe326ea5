import { inOrderOf } from './order';

test('inOrderOf goes by code units, and leaves what has one text as it is', () => {
  const items = ['b1', 'a2', 'B', 'a1', 'a-', 'é', 'b0'];
  expect(inOrderOf(items, (item) => item[0]!)).toEqual(['B', 'a2', 'a1', 'a-', 'b1', 'b0', 'é']);
});
