import { App, Chart } from 'cdk8s';
import { report, review, ReviewedManifest } from '..';

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
const wrong = (given: unknown) => () => review(given as Iterable<unknown>);

describe('manifests that are given', () => {
  test.each([
    ['a text', 'kind: Secret', /^\[review\] 'manifests' must be a list of objects, got a text; parse it first: /],
    ['the bytes of a text', Buffer.from('kind: Secret'), /^\[review\] 'manifests' must be a list.*got bytes; parse/],
    ['one object', secret, /^\[review\] 'manifests' must be a list of objects, got an object; write \[…\] around it$/],
    ['nothing', undefined, /^\[review\] 'manifests' must be a list of objects, got nothing/],
    ['a promise', Promise.resolve([]), /got a promise; await it$/],
  ])('fail when they are %s', (_title, given, message) => {
    expect(wrong(given)).toThrow(message);
  });

  test.each([
    ['a text', ['kind: Secret'], /'manifests\[0\]' must be a Kubernetes object, got a text; parse it first: /],
    ['a list', [secret, [secret]], /'manifests\[1\]' must be a Kubernetes object, got a list; spread it$/],
    ['a number', [5], /'manifests\[0\]' must be a Kubernetes object, got a number$/],
    [
      'an object of another sort',
      [{ a: secret }],
      /'manifests\[0\]' must be a Kubernetes object, got an object with no 'apiVersion' and no 'kind'/,
    ],
    [
      'a chart',
      [new Chart(new App(), 'c')],
      /'manifests\[0\]' .*got a construct; write Testing\.synth\(chart\) or chart\.toJson\(\)$/,
    ],
  ])('fail when one of them is %s', (_title, given, message) => {
    expect(wrong(given)).toThrow(message);
  });

  test('may be any iterable, with documents of YAML that hold nothing', () => {
    expect(report(new Set([secret, null, undefined]))).toMatchObject({
      findings: [],
      objects: 1,
      unchecked: [
        { reason: 'a manifest must be an object, got nothing' },
        { reason: 'a manifest must be an object, got nothing' },
      ],
    });
  });

  test('may be anything, and are listed as unchecked, where a reader says where they come from', () => {
    const { unchecked } = report([ReviewedManifest.of('text', { file: 'a.yaml', document: 0 })]);
    expect(unchecked).toEqual([{ file: 'a.yaml', document: 0, reason: 'a manifest must be an object, got string' }]);
  });
});
