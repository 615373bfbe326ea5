import { Json } from '../rule';
import { checkMetadata } from './metadata';

function found(metadata: Json, kind = 'kubevirt.io/v1 VirtualMachine'): string[] {
  const [apiVersion, name] = kind.split(' ');
  const notes: string[] = [];
  checkMetadata({ apiVersion, kind: name, metadata }, (rule, field) => notes.push(`${rule} ${field}`));
  return notes;
}

const NAME = ['metadata-name metadata.name'];

describe('checkMetadata', () => {
  test.each(['web', 'web.example.com', '1', 'a'.repeat(253)])('takes the name %p', (name) => {
    expect(found({ name })).toEqual([]);
  });

  test.each(['Web', 'web_1', '-web', 'web.', 'a'.repeat(254)])('refuses the name %p', (name) => {
    expect(found({ name })).toEqual(NAME);
  });

  test('asks for a name, or for the start of one', () => {
    expect(found({})).toEqual(NAME);
    expect(found({ generateName: 'web-' })).toEqual([]);
    expect(found({ generateName: 'Web-' })).toEqual(['metadata-name metadata.generateName']);
  });

  test('leaves what is no text to the schema', () => {
    expect(found({ name: 5, labels: [], annotations: 'a' })).toEqual([]);
  });

  test.each([
    ['v1 Namespace', 'a.b', NAME],
    ['v1 Service', '1a', NAME],
    ['v1 Service', 'a1', []],
    ['rbac.authorization.k8s.io/v1 ClusterRole', 'system:admin', []],
    ['rbac.authorization.k8s.io/v1 ClusterRole', 'a/b', NAME],
  ])('names a %s by its own rule: %s', (kind, name, expected) => {
    expect(found({ name }, kind)).toEqual(expected);
  });

  test('checks the namespace', () => {
    expect(found({ name: 'a', namespace: 'a.b' })).toEqual(['metadata-namespace metadata.namespace']);
  });

  test.each([
    ['a', 'b', []],
    ['example.com/a', '', []],
    ['a', 'b c', ['metadata-labels metadata.labels']],
    ['a', 'b'.repeat(63), []],
    ['a', 'b'.repeat(64), ['metadata-labels metadata.labels']],
    ['Example.com/a', 'b', ['metadata-labels metadata.labels']],
    ['a/b/c', 'b', ['metadata-labels metadata.labels']],
    ['', 'b', ['metadata-labels metadata.labels']],
    ['/a', 'b', ['metadata-labels metadata.labels']],
    ['a'.repeat(63), 'b', []],
    ['a'.repeat(64), 'b', ['metadata-labels metadata.labels']],
    [`${'a'.repeat(253)}/a`, 'b', []],
    [`${'a'.repeat(254)}/a`, 'b', ['metadata-labels metadata.labels']],
  ])('checks the label %p: %p', (key, value, expected) => {
    expect(found({ name: 'a', labels: { [key]: value } })).toEqual(expected);
  });

  test('checks the keys of annotations, whatever the case of their domain, and their size', () => {
    expect(found({ name: 'a', annotations: { 'Example.com/a': 'b c' } })).toEqual([]);
    expect(found({ name: 'a', annotations: { 'a b': '' } })).toEqual(['metadata-annotations metadata.annotations']);
    expect(found({ name: 'a', annotations: { a: 'b'.repeat(256 * 1024 - 1) } })).toEqual([]);
    expect(found({ name: 'a', annotations: { a: 'b'.repeat(256 * 1024) } })).toEqual([
      'metadata-annotations metadata.annotations',
    ]);
  });
});

test.each([
  [
    { name: 'a'.repeat(254) },
    'v1',
    'Secret',
    "'name' must be a DNS name (a-z, 0-9, '-' and '.') of at most 253 characters, got",
  ],
  [{ name: 'a/b' }, 'rbac.authorization.k8s.io/v1', 'Role', "'name' must be text without '/' and '%', got"],
  [{ name: 'a', labels: { 'a b': 'c' } }, 'v1', 'Secret', "'labels' must have keys like 'name' or 'domain/name', got"],
])('checkMetadata says what %j must be', (metadata, apiVersion, kind, words) => {
  const notes: string[] = [];
  checkMetadata({ apiVersion, kind, metadata }, (_rule, _field, message) => notes.push(message));
  expect(notes).toEqual([expect.stringContaining(words)]);
});
