import { Chart, Testing } from 'cdk8s';
import { ClusterObjectProps } from '../shared/api-object';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { Namespace } from './namespace';

describe('Namespace', () => {
  test('carries no namespace itself, in the chart of the objects that it holds', () => {
    const namespace = new Namespace(testChart('lab'), 'lab');
    expect(manifest(namespace)).toEqual({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lab' } });
    expect(namespace.name).toBe('lab');
  });

  test('writes every prop', () => {
    const props: Required<ClusterObjectProps> = {
      name: 'sc27-alpine-a',
      labels: { app: 'alpine' },
      annotations: { note: 'yes' },
      overrides: { spec: { finalizers: ['kubernetes'] } },
    };
    const chart = new Chart(Testing.app(), 'test', { namespace: 'lab', labels: { team: 'a' } });
    const namespace = new Namespace(chart, 'namespace', props);
    expect(manifest(namespace)).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'sc27-alpine-a', labels: { team: 'a', app: 'alpine' }, annotations: { note: 'yes' } },
      spec: { finalizers: ['kubernetes'] },
    });
    expect(namespace.name).toBe('sc27-alpine-a');
  });

  test.each([
    [62, true],
    [63, true],
    [64, false],
  ])('takes a name of %i characters: %p', (length, taken) => {
    const make = () => new Namespace(testChart(), 'namespace', { name: 'a'.repeat(length) });
    if (taken) expect(make).not.toThrow();
    else expect(failureOf(make)).toContain("[test/namespace] 'name' must be a DNS label");
  });

  test.each([
    [
      'lab',
      { name: 'My.Lab' },
      `[test/lab] 'name' must be a DNS label (lower-case letters, digits and '-', at most 63 characters), got "My.Lab"; write 'my-lab'`,
    ],
    [
      'Lab',
      {},
      `[test/Lab] 'id' must be a DNS label (lower-case letters, digits and '-', at most 63 characters), got "Lab"; write 'lab'`,
    ],
    ['lab', null, `[test/lab] 'props' must be an object, got null`],
    ['lab', 'lab', `[test/lab] 'props' must be an object, got a value of type 'string'`],
  ])('fails when %s has the props %j', (id, props, message) => {
    expect(failureOf(() => new Namespace(testChart(), id, untyped<ClusterObjectProps>(props)))).toBe(message);
  });

  test('takes no namespace', () => {
    // @ts-expect-error a Namespace stands in none
    expect(() => new Namespace(testChart(), 'lab', { namespace: 'other' })).toThrow('got "namespace"');
  });

  testEscapeHatch((overrides) => new Namespace(testChart('lab'), 'lab', { overrides }));
});
