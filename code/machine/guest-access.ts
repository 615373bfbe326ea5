import * as k from '../../constructs';
import { isObject, valueAt } from '../../review/manifests/json';
import { call, Code, literal, options } from '../language/expression';
import { Entries, numberCode, objectOr, secondsCode, textCode, tried } from '../language/scalars';

/** A key or a password that KubeVirt brings into the guest. */
export function credential(value: unknown): Code | undefined {
  const { sshPublicKey, userPassword } = objectOr(value);
  const secret = (from: unknown): Code => literal(valueAt(from, 'source', 'secret', 'secretName'));
  return tried(() => {
    if (isObject(userPassword))
      return call('AccessCredential', k.AccessCredential, 'passwordsByGuestAgent', secret(userPassword));
    const way = objectOr(valueAt(sshPublicKey, 'propagationMethod'));
    if (isObject(way.noCloud))
      return call('AccessCredential', k.AccessCredential, 'sshKeysByCloudInit', secret(sshPublicKey));
    if (isObject(way.configDrive))
      return call('AccessCredential', k.AccessCredential, 'sshKeysByConfigDrive', secret(sshPublicKey));
    const users = valueAt(way, 'qemuGuestAgent', 'users');
    return call('AccessCredential', k.AccessCredential, 'sshKeysByGuestAgent', secret(sshPublicKey), literal(users));
  });
}

/** How it is found out whether the guest is alive, or ready. */
export function probe(value: unknown): Code | undefined {
  if (!isObject(value)) return undefined;
  const times: Entries = [
    ['initialDelay', secondsCode(value.initialDelaySeconds)],
    ['period', secondsCode(value.periodSeconds)],
    ['timeout', secondsCode(value.timeoutSeconds)],
    ['failureThreshold', numberCode(value.failureThreshold)],
    ['successThreshold', numberCode(value.successThreshold)],
  ];
  const { httpGet, tcpSocket, exec, guestAgentPing } = value;
  return tried(() => {
    if (isObject(httpGet)) {
      const { port, path, host } = httpGet;
      return call(
        'GuestProbe',
        k.GuestProbe,
        'httpGet',
        literal(port),
        options([['path', textCode(path)], ['host', textCode(host)], ...times]),
      );
    }
    if (isObject(tcpSocket)) {
      return call(
        'GuestProbe',
        k.GuestProbe,
        'tcpSocket',
        literal(tcpSocket.port),
        options([['host', textCode(tcpSocket.host)], ...times]),
      );
    }
    if (isObject(exec)) return call('GuestProbe', k.GuestProbe, 'exec', literal(exec.command), options(times));
    return isObject(guestAgentPing) ? call('GuestProbe', k.GuestProbe, 'guestAgentPing', options(times)) : undefined;
  });
}
