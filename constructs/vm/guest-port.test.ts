import { failureOf, untyped } from '../shared/testing/manifests';
import { GuestPort, GuestPortOptions } from './guest-port';

describe('GuestPort', () => {
  test.each<[string, GuestPort, object]>([
    ['SSH', GuestPort.ssh(), { name: 'ssh', protocol: 'TCP', port: 22, targetPort: 22 }],
    ['RDP', GuestPort.rdp(), { name: 'rdp', protocol: 'TCP', port: 3389, targetPort: 3389 }],
    ['WinRM', GuestPort.winrm(), { name: 'winrm', protocol: 'TCP', port: 5986, targetPort: 5986 }],
    ['HTTP', GuestPort.http(), { name: 'http', protocol: 'TCP', port: 80, targetPort: 80 }],
    ['HTTPS', GuestPort.https(), { name: 'https', protocol: 'TCP', port: 443, targetPort: 443 }],
    ['a TCP port', GuestPort.tcp('pg', 5432), { name: 'pg', protocol: 'TCP', port: 5432, targetPort: 5432 }],
    ['a UDP port', GuestPort.udp('dns', 53), { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 }],
  ])('is %s', (_, port, expected) => {
    expect(port._render()).toEqual(expected);
  });

  test('takes all options', () => {
    const options: Required<GuestPortOptions> = { port: 8080, nodePort: 30080, appProtocol: 'http' };
    expect(GuestPort.http(options)._render()).toEqual({
      name: 'http',
      protocol: 'TCP',
      port: 8080,
      targetPort: 80,
      nodePort: 30080,
      appProtocol: 'http',
    });
    expect(GuestPort.http(options).name).toBe('http');
  });

  test.each([1, 65535])('takes the port %p', (port) => {
    expect(GuestPort.tcp('a', port, { port, nodePort: port })._render()).toMatchObject({ port, targetPort: port });
  });

  test('has no name where the Service has no other', () => {
    expect(GuestPort.unnamed(8080, { port: 80 })._render()).toEqual({
      name: undefined,
      protocol: 'TCP',
      port: 80,
      targetPort: 8080,
      nodePort: undefined,
    });
  });

  test.each<[string, () => unknown, string]>([
    ['port 0 without a name', () => GuestPort.unnamed(0), "[GuestPort.unnamed] 'targetPort' must be a whole number"],
    [
      'port 0',
      () => GuestPort.tcp('a', 0),
      "[GuestPort.tcp] 'targetPort' must be a whole number from 1 to 65535, got 0",
    ],
    [
      'port 65536',
      () => GuestPort.udp('a', 65536),
      "[GuestPort.udp] 'targetPort' must be a whole number from 1 to 65535",
    ],
    ['no port', () => GuestPort.tcp('a', untyped(undefined)), "'targetPort' must be given, got nothing"],
    ['a name with a dot', () => GuestPort.tcp('a.b', 1), "'name' must be a DNS label that starts with a letter"],
    [
      'a port of the Service that is text',
      () => GuestPort.ssh(untyped({ port: '22' })),
      "'options.port' must be a whole",
    ],
    ['a node port that is too large', () => GuestPort.rdp({ nodePort: 65536 }), "'options.nodePort' must be a whole"],
    ['a misspelt option', () => GuestPort.ssh(untyped({ nodeport: 1 })), `got "nodeport"; write 'nodePort'`],
  ])('fails when given %s', (_, make, message) => {
    expect(failureOf(make)).toContain(message);
  });
});
