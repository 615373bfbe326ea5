import { ReviewedManifest } from '../manifest';
import { isApplicable } from './root-builds';

test.each([
  [true, { apiVersion: 'v1', kind: 'Secret' }, 'a.yaml'],
  [false, { kind: 'Secret' }, 'a.yaml'],
  [false, { apiVersion: 'v1' }, 'a.yaml'],
  [false, null, 'a.yaml'],
  [false, [], 'a.yaml'],
  [false, { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, 'kustomization.yaml'],
])('isApplicable is %s for %j', (expected, object, file) => {
  expect(isApplicable(ReviewedManifest.of(object, { file }))).toBe(expected);
});
