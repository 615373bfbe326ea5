import { IConstruct } from 'constructs';
import { manifest, Manifest } from './manifests';

type Overrides = Record<string, unknown>;

/** What every construct promises of its `overrides`; `read` says which object they change. */
export function testEscapeHatch(
  make: (overrides: Overrides) => IConstruct,
  read: (construct: IConstruct) => Manifest = manifest,
): void {
  test('keeps a field that nobody knows, given by overrides', () => {
    const unknown = { deep: [1, null, { text: 'yes' }] };
    expect(read(make({ unknownField: unknown, spec: { unknownField: unknown } }))).toMatchObject({
      unknownField: { deep: [1, null, { text: 'yes' }] },
      spec: { unknownField: { deep: [1, null, { text: 'yes' }] } },
    });
  });

  test('lets overrides win over everything, and removes by null', () => {
    const changed = read(make({ kind: 'Other', metadata: { name: 'renamed', namespace: 'moved' }, apiVersion: null }));
    expect(changed).toMatchObject({ kind: 'Other', metadata: { name: 'renamed', namespace: 'moved' } });
    expect(changed).not.toHaveProperty('apiVersion');
  });

  test('fails when overrides are not an object, without repeating them', () => {
    expect(() => make('hunter2' as unknown as Overrides)).toThrow(
      /must be a plain object, got a value of type 'string'$/,
    );
  });
}
