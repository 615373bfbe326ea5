import { Consequence, Diff } from '../../changes';
import { planOf, signOf } from './plan';

const diffOf = (worst: readonly Consequence[], unchanged: number): Diff => ({
  changes: [],
  objects: worst.map((one) => ({ object: { apiVersion: 'v1', kind: 'Secret', name: 'a' }, worst: one, changes: [] })),
  unchanged,
  basis: '',
  accepted: [],
});

describe('planOf', () => {
  test.each([
    [[], 0, '0 unchanged'],
    [[Consequence.RESTART], 2, '1 restart, 2 unchanged'],
    [[Consequence.RESTART, Consequence.RESTART], 1, '2 restarts, 1 unchanged'],
    [
      [Consequence.CREATED, Consequence.NEW_DISK, Consequence.DATA_LOST, Consequence.NEW_DISK],
      0,
      '1 data lost, 2 new disks without the old data, 1 created, 0 unchanged',
    ],
  ])('counts %j', (worst, unchanged, plan) => expect(planOf(diffOf(worst, unchanged))).toBe(plan));
});

test('each consequence has a sign of its own', () => {
  const signs = Object.values(Consequence).map(signOf);
  expect(new Set(signs).size).toBe(signs.length);
});
