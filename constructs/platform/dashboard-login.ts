import { checkName } from '../shared/checks';
import { inCluster } from '../shared/external';
import { Faults } from '../shared/refusal';

/**
 * How the dashboard asks who somebody is. It knows one rank of users: who is let in has all of its `access`.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html
 */
export class DashboardLogin {
  /**
   * A user name and a password (HTTP basic authentication), looked up in a Secret of the dashboard's namespace. Its key
   * `.htpasswd` holds a line `USER:HASH` for each user; `openssl passwd -6` makes such a hash. Until the Secret is there the
   * dashboard's pod waits. A changed Secret holds without a restart.
   *
   * @throws if Kubernetes does not accept the name.
   */
  public static fromSecretName(secretName: string): DashboardLogin {
    const faults = new Faults('DashboardLogin.fromSecretName');
    checkName(faults, 'secretName', secretName);
    faults.refuse();
    return inCluster(new DashboardLogin(secretName), { kind: 'Secret', name: secretName });
  }

  /** Nobody is asked: for a lab, where everybody who reaches the dashboard may do all that its `access` allows. */
  public static publicDemo(): DashboardLogin {
    return new DashboardLogin(undefined);
  }

  private constructor(private readonly secretName: string | undefined) {}

  /**
   * The Secret that users are looked up in; undefined where nobody is asked.
   *
   * @internal
   */
  public _secretName(): string | undefined {
    return this.secretName;
  }
}
