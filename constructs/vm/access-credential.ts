import { aLabel, texts } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/**
 * Keys and passwords that KubeVirt brings into the guest from a Secret of the VM's namespace.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/accessing_virtual_machines/#dynamic-ssh-public-key-injection-via-qemu-guest-agent
 */
export class AccessCredential {
  /**
   * Public SSH keys, by cloud-init at the first start (`CloudInitDatasource.NO_CLOUD`).
   *
   * @throws if the name is not valid for a Secret.
   */
  public static sshKeysByCloudInit(secretName: string): AccessCredential {
    return sshKeys('AccessCredential.sshKeysByCloudInit', secretName, { noCloud: {} });
  }

  /**
   * Public SSH keys, by cloud-init from a config drive at the first start (`CloudInitDatasource.CONFIG_DRIVE`).
   *
   * @throws if the name is not valid for a Secret.
   */
  public static sshKeysByConfigDrive(secretName: string): AccessCredential {
    return sshKeys('AccessCredential.sshKeysByConfigDrive', secretName, { configDrive: {} });
  }

  /**
   * Public SSH keys of users, by the guest agent: a change of the Secret reaches the running guest.
   *
   * @param users Of the guest, who get the keys.
   * @throws if the name is not valid for a Secret, or no user is named; all faults in one error.
   */
  public static sshKeysByGuestAgent(secretName: string, users: string[]): AccessCredential {
    const faults = new Faults('AccessCredential.sshKeysByGuestAgent');
    texts(faults, 'users', users ?? null);
    if (Array.isArray(users) && users.length === 0) faults.add('users', 'name a user', users);
    faults.refuse();
    return sshKeys('AccessCredential.sshKeysByGuestAgent', secretName, { qemuGuestAgent: { users: [...users] } });
  }

  /**
   * Passwords by the guest agent: the keys of the Secret are the users.
   *
   * @throws if the name is not valid for a Secret.
   */
  public static passwordsByGuestAgent(secretName: string): AccessCredential {
    const source = secretSource('AccessCredential.passwordsByGuestAgent', secretName);
    return AccessCredential._of({ userPassword: { source, propagationMethod: { qemuGuestAgent: {} } } });
  }

  /** @internal */
  public static _of(rendered: Record<string, unknown>): AccessCredential {
    return new AccessCredential(rendered);
  }

  private constructor(private readonly rendered: Record<string, unknown>) {}

  /**
   * The cloud-init volume that brings it; undefined if it comes by the guest agent.
   *
   * @internal
   */
  public get _neededVolume(): string | undefined {
    const key = this.rendered.sshPublicKey as { readonly propagationMethod: object } | undefined;
    const method = Object.keys(key?.propagationMethod ?? {})[0];
    return method === undefined ? undefined : VOLUMES.get(method);
  }

  /** @internal */
  public _render(): Record<string, unknown> {
    return { ...this.rendered };
  }
}

const VOLUMES: ReadonlyMap<string, string> = new Map([
  ['noCloud', 'cloudInitNoCloud'],
  ['configDrive', 'cloudInitConfigDrive'],
]);

/** KubeVirt names a volume of the pod `SECRET-access-cred`: v1.9.0, pkg/virt-controller/services/rendervolumes.go. */
const LONGEST_SECRET_NAME = 51;

function sshKeys(factory: string, secretName: string, propagationMethod: object): AccessCredential {
  const source = secretSource(factory, secretName);
  return AccessCredential._of({ sshPublicKey: { source, propagationMethod } });
}

function secretSource(factory: string, secretName: string): object {
  const faults = new Faults(factory);
  aLabel(faults, 'secretName', secretName);
  if (typeof secretName === 'string' && secretName.length > LONGEST_SECRET_NAME) {
    faults.add('secretName', `be at most ${LONGEST_SECRET_NAME} characters`, secretName);
  }
  faults.refuse();
  return { secret: { secretName } };
}
