import { alarmsOf, missesOf } from './judgement';
import { Trial, tryCombination } from './trial';

const TRIALS: readonly Trial[] = Array.from({ length: 300 }, (_, index) => tryCombination(index + 1));

describe('combinations of props', () => {
  test('are made by the constructs where no rule finds fault, and refused where one does', () => {
    expect(
      TRIALS.flatMap((trial) => [...missesOf(trial), ...alarmsOf(trial)].map((kind) => `${trial.seed}: ${kind}`)),
    ).toEqual([]);
  });

  test('are of both kinds, and the same for the same seed', () => {
    expect(TRIALS.filter(({ faults }) => faults.length === 0).length).toBeGreaterThan(80);
    expect(TRIALS.filter(({ faults }) => faults.length > 0).length).toBeGreaterThan(80);
    expect(tryCombination(7).objects).toEqual(TRIALS[6]?.objects);
  });
});

describe('the judgement of a combination', () => {
  const [clean, refused] = [
    TRIALS.find(({ faults }) => faults.length === 0),
    TRIALS.find(({ findings }) => findings.length > 0),
  ];

  test('finds what the constructs let pass', () => {
    const { rule, message } = refused!.findings[0]!;
    expect(missesOf({ ...clean!, findings: refused!.findings })[0]).toBe(`made, and found by ${rule}: ${message}`);
  });

  test('finds what the constructs alone refuse, but for what no rule can find', () => {
    const faults = [
      "'memory' must be even, got 3",
      "'bindImmediately' must be false for kind 'PersistentVolumeClaim', got true",
    ];
    expect(alarmsOf({ ...clean!, faults })).toEqual(["refused, and no rule finds it: 'memory' must be even"]);
    expect(alarmsOf({ ...refused!, faults })).toEqual([]);
  });

  test('forgives the other options of a disk that is none', () => {
    const faults = ["'a[0].bus' must be left out for device 'filesystem', got 1", "'a[0].serial' must be short, got 2"];
    expect(alarmsOf({ ...clean!, faults })).toEqual([]);
    expect(alarmsOf({ ...clean!, faults: faults.slice(1) })).toHaveLength(1);
  });
});
