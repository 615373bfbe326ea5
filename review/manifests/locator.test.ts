import { ObjectReference } from '../finding';
import { Locator } from './locator';
import { parseManifests } from './parser';

const TEXT = `# first
kind: Secret
---
# nothing
---
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: a
  labels: {"a.b/c": 'x'}
spec:
  template:
    spec:
      volumes:
        - name: one
        - name: two
          cloudInitNoCloud:
            userData: |
              #cloud-config
`;
const LIST = `kind: List
items:
- kind: Secret
  metadata: {name: a}
- kind: Secret
  metadata: {name: b, namespace: n}
  type: x
`;

function place(text: string, field: string, object: Partial<ObjectReference> = {}) {
  const { lines } = parseManifests('f', Buffer.from(text));
  const locator = new Locator(
    () => text,
    (file) => lines.get(file) ?? [],
  );
  const finding = { object: { apiVersion: '', kind: '', name: '', file: 'f', document: 1, ...object }, field };
  const found = locator.places([finding]).get(finding);
  return found === undefined ? undefined : `${found.line}:${found.column}`;
}

describe('Locator', () => {
  test.each([
    ['kind', '7:1'],
    ['metadata.labels[a.b/c]', '10:12'],
    ['spec.template.spec.volumes[1].name', '16:11'],
    ['spec.template.spec.volumes[1].cloudInitNoCloud.userData', '18:13'],
    ['spec.template.spec.volumes[1].missing.below', '16:11'],
    ['spec.template.spec.volumes[7]', '14:7'],
    ['nothing', '6:1'],
    ['', '6:1'],
  ])('finds %s at %s', (field, expected) => {
    expect(place(TEXT, field)).toBe(expected);
  });

  test('finds the object in a list', () => {
    const b = { kind: 'Secret', name: 'b', namespace: 'n', document: 0 };
    expect(place(LIST, 'type', b)).toBe('7:3');
    expect(place(LIST, 'metadata.name', b)).toBe('6:14');
  });

  test('finds its way in a text of Windows', () => {
    expect(place(TEXT.replaceAll('\n', '\r\n'), 'spec.template.spec.volumes[1].name')).toBe('16:11');
    expect(
      place(LIST.replaceAll('\n', '\r\n'), 'type', { kind: 'Secret', name: 'b', namespace: 'n', document: 0 }),
    ).toBe('7:3');
    expect(place('{"a": 1}\r\n{\r\n "b": 2}\r\n', 'b')).toBe('3:2');
  });

  test('finds an alias, and its way in a text that begins with a line end', () => {
    const text = '\na: &x {b: 1}\nc: [*x]\n';
    expect(place(text, 'c[0]', { document: 0 })).toBe('3:5');
    expect(place(text, 'a.b', { document: 0 })).toBe('2:8');
  });

  test('finds the second of two JSON objects in one line', () => {
    expect(place('{"a": 1} {"b": {"c": 2}}\n', 'b.c')).toBe('1:17');
  });

  test('finds its way in a text with directives, and in JSON', () => {
    expect(place('%YAML 1.2\n---\na: 1\n---\nb: 1\n', 'b')).toBe('5:1');
    expect(place('{\n "a": {\n  "b": 1}}', 'a.b', { document: 0 })).toBe('3:3');
  });

  test('finds its way in eight million characters, and in no more', () => {
    const text = 'a: 1\n#'.padEnd(8 * 2 ** 20, '-');
    const finding = { object: { apiVersion: '', kind: '', name: '', file: 'f', document: 0 }, field: 'a' };
    const found = (given: string) =>
      new Locator(
        () => given,
        () => [0],
      ).places([finding]);
    expect(found(text).get(finding)).toEqual({ line: 1, column: 1 });
    expect(found(`${text}-`).get(finding)).toBeUndefined();
  });

  test('answers nothing where there is nothing', () => {
    expect(place(TEXT, 'kind', { document: 9 })).toBeUndefined();
    expect(place(TEXT, 'kind', { file: undefined })).toBeUndefined();
    const locator = new Locator(
      () => undefined,
      () => [0],
    );
    const finding = { object: { apiVersion: '', kind: '', name: '', file: 'f', document: 0 }, field: 'a' };
    expect(locator.places([finding]).size).toBe(0);
  });
});
