import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { checkSize, fromBytes, isQuantity, isSize, Quantity, quantity, toBytes } from './quantity';
import { Faults } from './refusal';
import { failureOf, untyped } from './testing/manifests';

test.each<[unknown, boolean]>([
  ['0', true],
  ['7Ei', true],
  ['8Ei', false],
  ['9223372036854775808', false],
  ['0.1', false],
  ['1GB', false],
  [1, false],
])('isQuantity of %j is %j', (value, is) => expect(isQuantity(value)).toBe(is));

describe('Quantity.parse', () => {
  test.each([
    ['0', 0],
    ['1', 1],
    ['1Ki', 1024],
    ['1k', 1000],
    ['500M', 500_000_000],
    ['1Gi', 1_073_741_824],
    ['1.5Gi', 1_610_612_736],
    ['.5Gi', 536_870_912],
    ['1.Gi', 1_073_741_824],
    ['+1Gi', 1_073_741_824],
    ['8.2T', 8_200_000_000_000],
    ['4.35G', 4_350_000_000],
    ['16.1k', 16_100],
    ['1e9', 1_000_000_000],
    ['1E3', 1000],
    ['1.5e3', 1500],
    ['10e-1', 1],
    ['1Ti', 1_099_511_627_776],
    ['2Pi', 2_251_799_813_685_248],
    ['1E', 1_000_000_000_000_000_000],
    ['7Ei', 8_070_450_532_247_928_832],
  ])('reads %s as %i bytes', (text, bytes) => {
    expect(toBytes(Quantity.parse(text))).toBe(bytes);
  });

  test.each([
    ['1GB', "; write '1Gi' (1073741824 bytes) or '1G' (1000000000 bytes)"],
    ['1 GB', "; write '1Gi' (1073741824 bytes) or '1G' (1000000000 bytes)"],
    ['1gb', "; write '1Gi' (1073741824 bytes) or '1G' (1000000000 bytes)"],
    ['1gi', "; write '1Gi' (1073741824 bytes)"],
    ['1 Gi', "; write '1Gi' (1073741824 bytes)"],
    ['1GiB', "; write '1Gi' (1073741824 bytes)"],
    ['1.5TB', "; write '1.5Ti' (1649267441664 bytes) or '1.5T' (1500000000000 bytes)"],
    ['512MB', "; write '512Mi' (536870912 bytes) or '512M' (512000000 bytes)"],
    ['1K', "; write '1Ki' (1024 bytes) or '1k' (1000 bytes)"],
    ['1m', "; write '1Mi' (1048576 bytes) or '1M' (1000000 bytes)"],
    ['8EB', "; write '8E' (8000000000000000000 bytes)"],
    ['1,5Gi', ''],
    ['ten', ''],
    ['', ''],
    ['.', ''],
    ['Gi', ''],
    ['-1Gi', ''],
    ['0x10', ''],
    ['constructor', ''],
    ['1Gi\n', "; write '1Gi' (1073741824 bytes)"],
    ['1e9999', ''],
  ])('fails when the text is %j', (text, remedy) => {
    expect(failureOf(() => Quantity.parse(text))).toBe(
      `[Quantity.parse] 'text' must be a Kubernetes quantity such as '1Gi' or '500M', got ${JSON.stringify(text)}${remedy}`,
    );
  });

  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [10, '10'],
    [{}, '{}'],
  ])('fails when the text is %p', (value, got) => {
    expect(failureOf(() => Quantity.parse(untyped<string>(value)))).toMatch(`'1Gi' or '500M', got ${got}`);
  });

  test.each(['0.5', '1.0001Ki', '1e-1', '8Ei', '9223372036854775808', '1e19', '9007199254740993'])(
    'fails when %s is no whole number of bytes that a size holds',
    (text) => {
      expect(failureOf(() => Quantity.parse(text))).toBe(
        `[Quantity.parse] 'text' must be a whole number of bytes, below 8Ei, got "${text}"`,
      );
    },
  );
});

describe('Quantity.format', () => {
  test.each([
    [Size.kibibytes(0), '0'],
    [fromBytes(1), '1'],
    [fromBytes(1000), '1000'],
    [fromBytes(1023), '1023'],
    [Size.kibibytes(1), '1Ki'],
    [Size.kibibytes(1023), '1023Ki'],
    [Size.mebibytes(1), '1Mi'],
    [Size.gibibytes(0.5), '512Mi'],
    [Size.mebibytes(1086), '1086Mi'],
    [Size.gibibytes(10), '10Gi'],
    [Size.tebibytes(1), '1Ti'],
    [Size.tebibytes(1024 ** 2), '1Ei'],
    [fromBytes(1e9), '1000000000'],
    [fromBytes(1e18), '976562500000000Ki'],
  ])('writes %p as %s', (size, text) => {
    expect(Quantity.format(size)).toBe(text);
  });

  test.each([
    [Size.kibibytes(0.3), '\'size\' must be a whole number of bytes, below 8Ei, got "0.3Ki"'],
    [Size.tebibytes(8 * 1024 ** 2), '\'size\' must be a whole number of bytes, below 8Ei, got "8388608Ti"'],
    [undefined, "'size' must be given, got nothing; write Size.gibibytes(…)"],
    ['1Gi', `'size' must be a Size of cdk8s, got "1Gi"; write Quantity.parse('1Gi')`],
  ])('fails when the size is %p', (size, message) => {
    expect(failureOf(() => Quantity.format(untyped<Size>(size)))).toBe(`[Quantity.format] ${message}`);
  });

  test('writes what parse reads as the same size', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.constantFrom('', 'k', 'M', 'Ki', 'Mi', 'Gi'), (number, suffix) => {
        const size = Quantity.parse(`${number}${suffix}`);
        expect(toBytes(Quantity.parse(Quantity.format(size)))).toBe(toBytes(size));
      }),
    );
  });

  test('writes every whole number of bytes as a quantity of that many bytes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(toBytes(Quantity.parse(Quantity.format(fromBytes(bytes))))).toBe(bytes);
      }),
    );
  });

  test('reads decimals without the error of binary fractions', () => {
    fc.assert(
      fc.property(fc.nat(999_999), fc.nat(999), (whole, thousandths) => {
        const text = `${whole}.${String(thousandths).padStart(3, '0')}`;
        expect(toBytes(Quantity.parse(`${text}M`))).toBe(whole * 1_000_000 + thousandths * 1_000);
        expect(toBytes(Quantity.parse(`${text}e6`))).toBe(whole * 1_000_000 + thousandths * 1_000);
      }),
    );
  });

  test('never fails but by its own words, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{0,5} ?[a-zA-Z]{0,4}$/)), (text) => {
        let message = '';
        try {
          Quantity.parse(text);
        } catch (error) {
          message = (error as Error).message;
        }
        expect(message).toMatch(/^($|\[Quantity\.parse\] 'text' must be )/);
      }),
    );
  });
});

describe('quantity', () => {
  test('wraps a size for an L1 class', () => {
    expect(quantity(k8s.Quantity, Size.gibibytes(1.5))).toEqual(k8s.Quantity.fromString('1536Mi'));
  });
});

describe('isSize', () => {
  test.each([
    [Size.gibibytes(1), true],
    [{ toKibibytes: () => 1 }, true],
    ['1Gi', false],
    [null, false],
    [undefined, false],
  ])('says of %p: %p', (value, is) => {
    expect(isSize(value)).toBe(is);
  });
});

describe('checkSize', () => {
  function said(size: unknown, least?: Size): string {
    const faults = new Faults('x');
    checkSize(faults, 'size', size, least);
    return faults.count === 0 ? '' : failureOf(() => faults.refuse());
  }

  test.each([
    [fromBytes(1024 ** 2 - 1), `[x] 'size' must be at least '1Mi', got "1048575 bytes"`],
    [fromBytes(500_000), `[x] 'size' must be at least '1Mi', got "500k"`],
    [fromBytes(1), `[x] 'size' must be at least '1Mi', got "1 byte"`],
    [fromBytes(0), `[x] 'size' must be at least '1Mi', got "0 bytes"`],
    [Size.mebibytes(1), ''],
    [fromBytes(1024 ** 2 + 1), ''],
    [undefined, ''],
  ])('compares %p with the least size', (size, message) => {
    expect(said(size, Size.mebibytes(1))).toBe(message);
  });

  test('fails in words when what looks like a size has no more of one', () => {
    expect(said({ toKibibytes: () => NaN })).toBe(`[x] 'size' must be a whole number of bytes, below 8Ei, got {}`);
  });

  test.each([
    ['1GB', `"1GB"; write Quantity.parse('1Gi') (1073741824 bytes) or Quantity.parse('1G') (1000000000 bytes)`],
    ['10Gi', `"10Gi"; write Quantity.parse('10Gi')`],
    ['10', '"10"; write Size.gibibytes(10) or Size.mebibytes(10)'],
    [10, '10; write Size.gibibytes(10) or Size.mebibytes(10)'],
    [-1, '-1; write Size.gibibytes(…)'],
    [NaN, 'NaN; write Size.gibibytes(…)'],
    [null, 'null; write Size.gibibytes(…)'],
    [Infinity, 'Infinity; write Size.gibibytes(…)'],
    [true, 'true; write Size.gibibytes(…)'],
    [[5], 'a list; write Size.gibibytes(…)'],
    [Object.create(null), 'an object; write Size.gibibytes(…)'],
    [{ toString: 1, valueOf: 1 }, 'an object; write Size.gibibytes(…)'],
    ['big', `"big"; write Size.gibibytes(…) or Quantity.parse('…Gi')`],
  ])('fails when the size is %p', (size, got) => {
    expect(said(size)).toBe(`[x] 'size' must be a Size of cdk8s, got ${got}`);
  });
});
