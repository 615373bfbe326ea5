import { failureOf, untyped } from '../shared/testing/manifests';
import { DashboardLogin } from './dashboard-login';

describe('DashboardLogin', () => {
  test('names the Secret of the users, or asks nobody', () => {
    expect(DashboardLogin.fromSecretName('dashboard-users')._secretName()).toBe('dashboard-users');
    expect(DashboardLogin.publicDemo()._secretName()).toBeUndefined();
  });

  test.each(['', 'Users', undefined, 7])('fails when the Secret is called %j', (name) => {
    expect(failureOf(() => DashboardLogin.fromSecretName(untyped(name)))).toContain(
      "[DashboardLogin.fromSecretName] 'secretName' must be a DNS name",
    );
  });
});
