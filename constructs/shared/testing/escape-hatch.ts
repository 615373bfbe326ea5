import { IConstruct } from 'constructs';
import { Overrides } from '../overrides';
import { failureOf, manifest, Manifest } from './manifests';

type Given = Record<string, unknown>;

/** What every construct promises of its `overrides`; `read` says which object they change. */
export function testEscapeHatch(
  make: (overrides: Given) => IConstruct,
  read: (construct: IConstruct) => Manifest = manifest,
): void {
  test('keeps a field that nobody knows, given by overrides that say so', () => {
    const unknown = Overrides.unknownField({ deep: [1, null, { text: 'yes' }] });
    expect(
      read(make({ unknownField: unknown, spec: Overrides.unknownField({ unknownField: unknown }) })),
    ).toMatchObject({
      unknownField: { deep: [1, null, { text: 'yes' }] },
      spec: { unknownField: { deep: [1, null, { text: 'yes' }] } },
    });
  });

  test('lets overrides win over everything, and removes by null', () => {
    const changed = read(make({ metadata: { labels: { app: 'other', gone: null }, annotations: null } }));
    expect(changed.metadata.labels).toMatchObject({ app: 'other' });
    expect(changed.metadata).not.toHaveProperty('annotations');
  });

  test('fails when overrides rename the object, move it, or make another kind of it', () => {
    const message = failureOf(() => make({ kind: 'Other', metadata: { name: 'renamed', namespace: 'moved' } }));
    expect(message).toMatch(/'overrides.metadata.name' must be "[^"]+", as the construct has it, got "renamed"; /);
    expect(message).toMatch(/'overrides.metadata.namespace' must be .*, got "moved"; set the prop 'namespace'/);
    expect(message).toMatch(/'overrides.kind' must be "[A-Za-z]+", as the construct has it, got "Other"; /);
  });

  test('fails when overrides are not an object, without repeating them', () => {
    expect(() => make('hunter2' as unknown as Given)).toThrow(/must be a plain object, got a value of type 'string'$/);
  });
}
