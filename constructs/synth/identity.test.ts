import { identity } from './identity';

describe('identity', () => {
  test.each<[unknown, string]>([
    [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }, "Secret 'a'"],
    [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'shop' } }, "Secret 'shop/a'"],
    [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } }, "Deployment.apps 'a'"],
    [{ apiVersion: 'apps/v1beta1', kind: 'Deployment', metadata: { name: 'a' } }, "Deployment.apps 'a'"],
    [{ apiVersion: '/v1', kind: 'Any', metadata: { name: 'a' } }, "Any. 'a'"],
  ])('of %j is %s', (manifest, text) => expect(identity(manifest)).toBe(text));

  test.each([
    undefined,
    null,
    {},
    { apiVersion: 'v1', kind: 'Secret' },
    { apiVersion: 'v1', kind: 'Secret', metadata: {} },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 7 } },
    { kind: 'Secret', metadata: { name: 'a' } },
    { apiVersion: 1, kind: 'Secret', metadata: { name: 'a' } },
  ])('%j has none', (manifest) => expect(identity(manifest)).toBeUndefined());
});
