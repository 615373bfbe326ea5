import { clearSecrets, clearSecretsOf } from './clear-secrets';

describe('clearSecrets', () => {
  test.each([
    [{ password: 'hunter2' }, ['password']],
    [{ users: ['default', { name: 'a', plain_text_passwd: 'x1' }] }, ['users[1].plain_text_passwd']],
    [
      { users: [{ name: 'a', hashed_passwd: 'no hash' }, { passwd: 1234 }] },
      ['users[0].hashed_passwd', 'users[1].passwd'],
    ],
    [{ chpasswd: { list: 'a:hunter2\nb:R' } }, ['chpasswd.list']],
    [{ chpasswd: { list: ['a:hunter2'] } }, ['chpasswd.list']],
    [{ chpasswd: { users: [{ name: 'a', password: 'hunter2' }] } }, ['chpasswd.users[0].password']],
    [
      { landscape: { client: { registration_key: 'a' } }, ubuntu_advantage: { token: 'a' } },
      ['ubuntu_advantage.token'],
    ],
    [{ write_files: [{ content: '-----BEGIN PRIVATE KEY-----' }] }, ['write_files[0].content']],
    [{ write_files: [{ content: '[Interface]\n\tPrivateKey = a' }] }, ['write_files[0].content']],
  ])('finds what everybody could read in %j', (data, places) => expect(clearSecrets(data)).toEqual(places));

  test.each([
    [{ users: [{ passwd: '$6$salt$hash' }, { lock_passwd: true, passwd: '!' }] }],
    [{ password: 'RANDOM' }],
    [{ password: '' }],
    [{ chpasswd: { expire: false, list: 'a:$6$salt$hash\nb:RANDOM\nno colon' } }],
    [{ ssh_authorized_keys: ['ssh-ed25519 AAAA'] }],
    [{ snap: { args: ['--a'], command: 'b' } }],
  ])('finds nothing in %j', (data) => expect(clearSecrets(data)).toEqual([]));
});

test.each([
  ['#cloud-config\npassword: hunter2\n', ['password']],
  ['#cloud-config\npackages: [nginx]\n', []],
  ['#!/bin/sh\necho "a: b', []],
  ['', []],
])('clearSecretsOf reads the text %j', (text, places) => expect(clearSecretsOf(text)).toEqual(places));
