import { report, ReviewedManifest } from '..';
import { Unchecked } from '../report';
import { uncheckedLines } from './unchecked';

const thing = (kind: string, number: number) => ({
  apiVersion: 'example.org/v1',
  kind,
  metadata: { name: `n${number}` },
});
const things = (kind: string, count: number) => Array.from({ length: count }, (_one, index) => thing(kind, index));

function lines(manifests: readonly unknown[], isVerbose = false): string[] {
  return uncheckedLines(report(manifests).unchecked, isVerbose);
}

describe('what is not checked', () => {
  test('is listed where it is little', () => {
    expect(lines([...things('A', 1), ...things('B', 3)])).toEqual([
      'A n0: no schema of example.org/v1 A',
      'B n0 and 2 more: no schema of example.org/v1 B',
    ]);
  });

  test('is counted by what it is, the commonest first, where it is much', () => {
    const many = ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((kind, index) => things(kind, index + 1));
    expect(lines(many)).toEqual([
      '21 objects of kinds without a schema: F (6), E (5), D (4), C (3) and 2 others',
      '--verbose lists all',
    ]);
    expect(lines(many, true)).toHaveLength(21);
    expect(lines(many, true)[20]).toBe('F n5: no schema of example.org/v1 F');
  });

  test('counts what is a part of a Kustomization, not applied, or not built, each for itself', () => {
    const passed = (reason: string, number: number): unknown =>
      ReviewedManifest.passedBy(reason.replace('#', String(number)), { file: `${number}.yaml` });
    const reasons = [
      'a patch, or another file that is not a whole object, for # kustomization.yaml',
      'no Kustomization lists it, so nobody applies it: #',
      'not built with kustomize, as it takes "#"',
    ];
    expect(lines(reasons.flatMap((reason) => [1, 2, 3].map((number) => passed(reason, number))))).toEqual([
      '3 documents of Kustomizations that are no whole objects: patches, values, settings',
      '3 documents that no Kustomization lists, so that nobody applies them: 1.yaml, 2.yaml, 3.yaml',
      '3 Kustomizations not built with kustomize, as they take what is remote, a plugin or a Helm chart: what their patches, prefixes and generators touch is not judged for what it lacks',
      '--verbose lists all',
    ]);
  });

  test('counts placeholders, parts of objects and machines within others', () => {
    const secret = (number: number) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: `s${number}` },
      data: { [`k${number}`]: '<< KEY >>' },
    });
    const part = (name: string) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' } },
      spec: name === 'c' ? {} : { [name === 'a' ? 'selector' : 'template']: name === 'a' ? {} : { spec: {} } },
    });
    const chart = (name: string) => ({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name },
      spec: { chart: { spec: { chart: 'vm' } } },
    });
    const found = lines([...[1, 2, 3].map(secret), ...['a', 'b', 'c'].map(part), ...['x', 'y', 'z'].map(chart)]);
    expect(found).toEqual(
      expect.arrayContaining([
        '3 objects not reviewed where placeholders stand for something else: manifests (3)',
        'the VM within 3 objects was not looked at: HelmRelease (3); helm template x vm --values VALUES | cdk8s-kubevirt check -',
        '3 objects that may be parts of others: what they lack is right if another owner holds the rest',
      ]),
    );
  });

  test('has at most six lines of other reasons', () => {
    const others: Unchecked[] = Array.from({ length: 9 }, (_one, index) => ({ reason: `reason ${index}` }));
    expect(uncheckedLines(others.slice(0, 6), false)).toEqual(
      [0, 1, 2, 3, 4, 5].map((index) => `manifests: reason ${index}`),
    );
    expect(uncheckedLines(others.slice(0, 7), false).slice(5)).toEqual(['2 other reasons', '--verbose lists all']);
    expect(uncheckedLines(others, false)).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => `manifests: reason ${index}`),
      '4 other reasons',
      '--verbose lists all',
    ]);
  });
});
