import { Size } from 'cdk8s';
import { addKind, Faults, kindOf, refuse, show } from './refusal';
import { failureOf } from './testing/manifests';
import { alternatives } from './wording';

describe('Faults', () => {
  test('refuses nothing where there is no fault', () => {
    const faults = new Faults('app/disk');
    expect(faults.count).toBe(0);
    expect(() => faults.refuse()).not.toThrow();
  });

  test('says all faults of one object in one error, a line each', () => {
    const faults = new Faults('app/disk');
    faults.add('size', "be at least '1Mi'", '1Ki', 'a disk has a size');
    faults.add('bus', "be 'virtio'", 'virtoi');
    faults.note('the disk is upside down');
    expect(faults.count).toBe(3);
    expect(failureOf(() => faults.refuse())).toBe(
      `[app/disk] 'size' must be at least '1Mi', got "1Ki"; a disk has a size
[app/disk] 'bus' must be 'virtio', got "virtoi"
[app/disk] the disk is upside down`,
    );
  });
});

describe('refuse', () => {
  test('throws one fault at once', () => {
    expect(failureOf(() => refuse('Disk.of', 'name', 'be text', 4))).toBe("[Disk.of] 'name' must be text, got 4");
  });
});

describe('show', () => {
  const circle: Record<string, unknown> = {};
  circle.circle = circle;

  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['it\'s "so"', '"it\'s \\"so\\""'],
    [NaN, 'NaN'],
    [10n, '10'],
    [['a', 1], '["a",1]'],
    [() => 1, 'function'],
    [Symbol('s'), 'symbol'],
    [circle, '[object Object]'],
    [Size.gibibytes(2), '"2Gi"'],
    ['x'.repeat(118), `"${'x'.repeat(118)}"`],
    ['x'.repeat(119), `"${'x'.repeat(119)}…`],
  ])('writes %p as %s', (value, text) => {
    expect(show(value)).toBe(text);
  });
});

class Vault {
  public constructor(public readonly secret: string) {}
}

describe('addKind', () => {
  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['pod', '"pod"'],
    [2, '2'],
    [Vault, 'function'],
    [['hunter2'], 'a list'],
    [{ secret: 'hunter2' }, 'an object'],
    [new Vault('hunter2'), 'a Vault'],
  ])('shows %p as %s: of an object its class alone', (value, got) => {
    const faults = new Faults('here');
    addKind(faults, 'prop', 'be one', value, 'write one');
    addKind(faults, 'prop', 'be one', value);
    expect(failureOf(() => faults.refuse())).toBe(
      `[here] 'prop' must be one, got ${got}; write one\n[here] 'prop' must be one, got ${got}`,
    );
  });
});

describe('kindOf', () => {
  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [false, 'false'],
    ['', 'empty text'],
    ['hunter2', "a value of type 'string'"],
    [4711, "a value of type 'number'"],
    [() => 'hunter2', "a value of type 'function'"],
    [['hunter2'], 'a list'],
    [{ secret: 'hunter2' }, 'an object'],
    [Object.assign(Object.create(null), { secret: 'hunter2' }), 'an object'],
    [{ constructor: 'hunter2' }, 'an object'],
    [new (class {})(), 'an object'],
    [new Vault('hunter2'), 'a Vault'],
    [new Error('hunter2'), 'an Error'],
  ])('calls %p %s, without repeating it', (value, text) => {
    expect(kindOf(value)).toBe(text);
  });
});

describe('alternatives', () => {
  test.each([
    [['a'], "'a'"],
    [['a', 'b'], "'a' or 'b'"],
    [['a', 'b', 'c'], "'a', 'b' or 'c'"],
  ])('lists %j', (values, text) => {
    expect(alternatives(values)).toBe(text);
  });
});
