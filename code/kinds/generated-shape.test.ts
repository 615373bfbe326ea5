import { FieldShape, fieldsOf, GeneratedClass } from './generated-shape';

/** What a generated class is given, and what it writes: the forms that `cdk8s import` makes. */
interface Props {
  readonly name: string;
  readonly cpuCores: number;
  readonly size: { readonly value: unknown };
  readonly sizes: readonly { readonly value: unknown }[];
  readonly until: Date;
  readonly args: readonly string[];
  readonly diskImages: readonly { readonly imageUrl: string }[];
  readonly labels: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, { readonly value: unknown }>>;
  readonly inner: { readonly osName: string };
}

class Generated {
  public static readonly GVK = { apiVersion: 'example.com/v1', kind: 'Generated' };

  public static manifest(obj: Props): unknown {
    return {
      ...Generated.GVK,
      name: obj.name,
      cpu_cores: obj.cpuCores,
      size: obj.size?.value,
      sizes: obj.sizes?.map((y) => y?.value),
      until: obj.until?.toISOString(),
      args: obj.args?.map((y) => y),
      diskImages: obj.diskImages?.map((y) => ({ imageURL: y.imageUrl })),
      labels: Object.entries(obj.labels).reduce((r, i) => (i[1] === undefined ? r : { ...r, [i[0]]: i[1] }), {}),
      limits: Object.entries(obj.limits).reduce((r, i) => (i[1] === undefined ? r : { ...r, [i[0]]: i[1]?.value }), {}),
      inner: { OSName: obj.inner.osName, version: 'v1' },
    };
  }
}

const shape = (prop: string, more: Partial<FieldShape> = {}): FieldShape => ({
  prop,
  isList: false,
  isWrapped: false,
  isTime: false,
  ...more,
});

describe('fieldsOf', () => {
  const fields = fieldsOf(Generated as unknown as GeneratedClass);

  test.each<[string, FieldShape]>([
    ['name', shape('name')],
    ['cpu_cores', shape('cpuCores')],
    ['size', shape('size', { isWrapped: true })],
    ['sizes', shape('sizes', { isWrapped: true, isList: true })],
    ['until', shape('until', { isTime: true })],
    ['args', shape('args', { isList: true })],
    ['diskImages', shape('diskImages', { isList: true, fields: new Map([['imageURL', shape('imageUrl')]]) })],
    ['labels', shape('labels', { fields: new Map([['*', shape('*')]]) })],
    ['limits', shape('limits', { fields: new Map([['*', shape('*', { isWrapped: true })]]) })],
    [
      'inner',
      shape('inner', {
        fields: new Map([
          ['OSName', shape('osName')],
          ['version', shape('version')],
        ]),
      }),
    ],
    ['kind', shape('kind')],
  ])('reads of %s which prop it is, and what its values are', (field, expected) => {
    expect(fields.get(field)).toEqual(expected);
  });

  test('reads a class once', () => {
    expect(fieldsOf(Generated as unknown as GeneratedClass)).toBe(fields);
  });
});
