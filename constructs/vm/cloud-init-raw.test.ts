import { failureOf } from '../shared/testing/manifests';
import { CloudInit } from './cloud-init';

const HASH = '$6$salt$hash';

describe('CloudInit.raw with YAML', () => {
  test.each([
    ['nothing', '#cloud-config'],
    ['an empty document', '#cloud-config\n---\n'],
    ['a hash', `#cloud-config\npassword: ${HASH}\nusers:\n  - name: a\n    passwd: ${HASH}\n`],
    ['a locked password', "#cloud-config\nusers: [{ name: a, passwd: '!', lock_passwd: true }]\n"],
    ['hashes in a list', `#cloud-config\nchpasswd:\n  list: |\n    root:${HASH}\n    a:RANDOM\n`],
    ['a public key', '#cloud-config\nssh_authorized_keys: [ssh-ed25519 AAAA]\n'],
    ['a password of a script', '#!/bin/sh\necho root:hunter2 | chpasswd\n'],
    ['a template', '## template: jinja\n#cloud-config\n{% if v1 %}\nhostname: a\n{% endif %}\n'],
  ])('takes %s', (_, text) => {
    expect(CloudInit.raw(text).userData).toBe(text);
  });

  test.each([
    ['text that is no YAML', '#cloud-config\na: [hunter2\n', "'userData' must be YAML, got other text at line"],
    [
      'a key twice',
      '#cloud-config\nhostname: hunter2\nhostname: b\n',
      "'userData' must be YAML, got other text at line 3",
    ],
    ['a list', '#cloud-config\n- hunter2\n', "'userData' must be a map in YAML, got a list"],
    ['a password', '#cloud-config\npassword: hunter2\n', 'got one at password (not shown)'],
    ['a password of digits', '#cloud-config\npassword: 12345678\n', 'got one at password (not shown)'],
    [
      'the password of a user',
      '#cloud-config\nusers:\n  - default\n  - name: a\n    plain_text_passwd: hunter2\n',
      'got one at users[1].plain_text_passwd (not shown)',
    ],
    [
      'no hash in the place of one',
      '#cloud-config\nusers: [{ name: a, passwd: hunter2 }]\n',
      'got one at users[0].passwd',
    ],
    ['a list of passwords', '#cloud-config\nchpasswd: { list: ["a:hunter2"] }\n', 'got one at chpasswd.list'],
    ['text of passwords', '#cloud-config\nchpasswd:\n  list: |\n    a:hunter2\n', 'got one at chpasswd.list'],
    [
      'a password by chpasswd',
      '#cloud-config\nchpasswd: { users: [{ name: a, password: hunter2, type: text }] }\n',
      'got one at chpasswd.users[0].password',
    ],
    [
      'a private key in a file',
      '#cloud-config\nwrite_files:\n  - content: |\n      -----BEGIN OPENSSH PRIVATE KEY-----\n      hunter2\n    path: /a\n',
      'got one at write_files[0].content',
    ],
  ])('fails when it holds %s', (_, text, message) => {
    const failure = failureOf(() => CloudInit.raw(text));
    expect(failure).toMatch(/^\[CloudInit\.raw\] /);
    expect(failure).toContain(message);
    expect(failure).not.toMatch(/hunter2|12345678/);
  });

  test('takes a password that everybody may know by the factory that says so', () => {
    const text = '#cloud-config\npassword: lab\n';
    expect(CloudInit.publicDemoRaw(text).userData).toBe(text);
    expect(failureOf(() => CloudInit.publicDemoRaw('#cloud-config\na: [\n'))).toContain(
      "[CloudInit.publicDemoRaw] 'userData' must be YAML",
    );
  });
});

describe('networkData', () => {
  test.each([
    ['no YAML', 'a: [', "'networkData' must be YAML, got other text"],
    ['text', 'dhcp', "'networkData' must be a map in YAML, got text"],
  ])('fails when it is %s', (_, networkData, message) => {
    expect(failureOf(() => CloudInit.fromSecretName('user', { networkData }))).toContain(message);
  });
});
