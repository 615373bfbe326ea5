import { failureOf } from '../shared/testing/manifests';
import { CloudInit } from './cloud-init';

const ED25519 = 'AAAAC3NzaC1lZDI1NTE5AAAAIMkP/oxBLzUe/Ie6IZBxyJ1/noow3+lEFs+KtDRjfuoc';
const MUST =
  "'sshAuthorizedKeys[0]' must be one public key on one line, as a '.pub' file has it: 'ssh-ed25519 AAAA… name'";

describe('sshAuthorizedKeys', () => {
  test.each([
    `ssh-ed25519 ${ED25519}`,
    `ssh-ed25519 ${ED25519} ops@example.com and more`,
    `ssh-ed25519 ${ED25519} ops\n`,
    `ssh-ed25519 ${ED25519} ops\r\n`,
    `  ssh-ed25519\t${ED25519}  ops`,
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB',
    'ssh-dss AAAAB3NzaC1kc3MAAAA=',
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAA=',
    'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAA== key',
    'ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29t ops',
    `no-pty,command="echo hello world" ssh-ed25519 ${ED25519} ops`,
  ])('take %j', (key) => {
    expect(() => CloudInit.of({ sshAuthorizedKeys: [key] })).not.toThrow();
    expect(() => CloudInit.of({ users: [{ name: 'ops', sshAuthorizedKeys: [key] }] })).not.toThrow();
  });

  test.each([
    ['a name alone', 'hunter2'],
    ['the address of a user', 'hunter2@example.com'],
    ['the path of a file', '~/.ssh/hunter2.pub'],
    ['a key without its type', ED25519],
    ['a type without a key', 'ssh-ed25519'],
    ['a type and no base64', 'ssh-ed25519 hunter2'],
    ['base64 that is not a key', 'ssh-ed25519 aHVudGVyMgo='],
    ['a key that lost its end', `ssh-ed25519 ${ED25519.slice(0, -1)}`],
    ['a key with a character of no base64', `ssh-ed25519 ${ED25519}… ops`],
    ['a type that nobody knows', `pgp-rsa ${ED25519}`],
    ['a key of PuTTY', 'ssh-ed25519 255 SHA256:hunter2'],
    ['two keys', `ssh-ed25519 ${ED25519} a\nssh-ed25519 ${ED25519} b`],
    ['nothing', ''],
  ])('fail when an item is %s, which is not repeated', (_, key) => {
    const failure = failureOf(() => CloudInit.of({ sshAuthorizedKeys: [key] }));
    expect(failure).toContain(MUST);
    expect(failure).not.toContain('hunter2');
    expect(failure).not.toContain('aHVudGVyMgo');
    expect(failure).not.toContain(ED25519.slice(0, -1));
  });
});
