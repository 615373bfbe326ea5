import { TaintEffect } from 'cdk8s-plus-27';
import { failureOf, untyped } from './testing/manifests';
import { Toleration } from './toleration';

describe('Toleration', () => {
  test('tolerates every effect unless one is named', () => {
    expect(Toleration.exists('a')._render()).toEqual({ key: 'a', operator: 'Exists' });
    expect(Toleration.equals('example.com/a', 'b', TaintEffect.PREFER_NO_SCHEDULE)._render()).toEqual({
      key: 'example.com/a',
      operator: 'Equal',
      value: 'b',
      effect: 'PreferNoSchedule',
    });
  });

  test.each<[string, () => unknown, string]>([
    ['the key is empty', () => Toleration.exists(''), `[Toleration.exists] 'key' must be of the form`],
    ['the key is missing', () => Toleration.exists(untyped(undefined)), `'key' must be of the form`],
    ['the key has two slashes', () => Toleration.equals('a/b/c', 'd'), `[Toleration.equals] 'key' must be of the form`],
    ['the value is a number', () => Toleration.equals('a', untyped(1)), `'value["a"]' must be text`],
    ['the value has a blank', () => Toleration.equals('a', 'b c'), `'value["a"]' must be text`],
    ['the effect is unknown', () => Toleration.exists('a', untyped('noschedule')), `write 'NoSchedule'`],
  ])('fails when %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });

  test('takes no effect that Kubernetes does not know', () => {
    // @ts-expect-error effects are an enum
    expect(() => Toleration.exists('a', 'Never')).toThrow("'effect'");
  });
});
