import { checkKeys, KnownKeys } from './known-keys';
import { Faults } from './refusal';
import { failureOf } from './testing/manifests';

interface Props {
  readonly size: number;
  readonly storageClassName?: string;
  readonly volumeMode?: string;
  readonly volumeName?: string;
}

const KNOWN: KnownKeys<Props> = { size: true, storageClassName: true, volumeMode: true, volumeName: true };

function said(value: unknown): string {
  const faults = new Faults('x');
  expect(checkKeys(faults, 'props', value, KNOWN)).toBe(typeof value === 'object' && !Array.isArray(value) && !!value);
  return faults.count === 0 ? '' : failureOf(() => faults.refuse());
}

describe('checkKeys', () => {
  test.each([[{}], [{ size: 1 }], [{ size: undefined }], [{ size: 1, storageClassName: 'a', volumeMode: 'b' }]])(
    'takes %j',
    (value) => {
      expect(said(value)).toBe('');
    },
  );

  test.each([
    ['Size', `write 'size'`],
    ['storage_class_name', `write 'storageClassName'`],
    ['storage-class-name', `write 'storageClassName'`],
    ['storageClass', `write 'storageClassName'`],
    ['storageclass', `write 'storageClassName'`],
    ['volume', `write 'volumeMode' or 'volumeName'`],
    ['class', 'it knows size, storageClassName, volumeMode, volumeName'],
    ['storageClassNames', `write 'storageClassName'`],
    ['storgeClasName', `write 'storageClassName'`],
    ['volumeMoed', `write 'volumeMode'`],
    ['volumeNode', `write 'volumeMode'`],
    ['volumeMame', `write 'volumeName'`],
    ['siez', 'it knows size, storageClassName, volumeMode, volumeName'],
    ['sizze', `write 'size'`],
    ['sise', `write 'size'`],
    ['sixx', 'it knows size, storageClassName, volumeMode, volumeName'],
    ['s', `write 'size' or 'storageClassName'`],
    ['x', 'it knows size, storageClassName, volumeMode, volumeName'],
    ['storageKlassnamen', `write 'storageClassName'`],
    ['storageKlassnamens', 'it knows size, storageClassName, volumeMode, volumeName'],
    ['toString', 'it knows size, storageClassName, volumeMode, volumeName'],
    ['a "b"\n', 'it knows size, storageClassName, volumeMode, volumeName'],
    ['', `write 'size', 'storageClassName', 'volumeMode' or 'volumeName'`],
  ])('fails when the key is %j, and says which is meant', (key, remedy) => {
    expect(said({ [key]: undefined })).toBe(
      `[x] 'props' must have known keys only, got ${JSON.stringify(key)}; ${remedy}`,
    );
  });

  test('says every unknown key', () => {
    expect(said({ a: 1, size: 2, b: 3 }).split('\n')).toHaveLength(2);
  });

  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['hunter2', "a value of type 'string'"],
    [4711, "a value of type 'number'"],
    [[], 'a list'],
  ])('fails when %j is not an object, without repeating it', (value, got) => {
    expect(said(value)).toBe(`[x] 'props' must be an object, got ${got}`);
  });
});

describe('KnownKeys', () => {
  test('breaks the compile where a prop is not listed, or one is that the interface has not', () => {
    // @ts-expect-error volumeName is not listed
    const less: KnownKeys<Props> = { size: true, storageClassName: true, volumeMode: true };
    // @ts-expect-error Props has no name
    const more: KnownKeys<Props> = { ...KNOWN, size: true, name: true };
    expect([less, more]).toHaveLength(2);
  });
});
