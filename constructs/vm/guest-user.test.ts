import { Duration } from 'cdk8s';
import { load } from 'js-yaml';
import { failureOf, untyped } from '../shared/testing/manifests';
import { CloudInit } from './cloud-init';
import { CloudConfig } from './cloud-init-config';
import { GuestUser } from './guest-user';
import { Password } from './password';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBaY me@home';

/**
 * The keys of a user that cloud-init knows and has not deprecated: cloudinit/config/schemas/schema-cloud-config-v1.json of release
 * 26.2, users_groups.user. `passwd` is a hash for a user that is not there yet, where `hashed_passwd` holds for every user;
 * `snapuser` stands in the place of a name, by `settings`; `plain_text_passwd` is a demo password.
 */
const KEYS = [
  ...['name', 'gecos', 'groups', 'sudo', 'doas', 'primary_group', 'no_user_group', 'create_groups', 'shell', 'uid'],
  ...['system', 'homedir', 'no_create_home', 'expiredate', 'inactive', 'selinux_user', 'no_log_init', 'lock_passwd'],
  ...['hashed_passwd', 'ssh_authorized_keys', 'ssh_import_id', 'ssh_redirect_user'],
];

const USER: Required<GuestUser> = {
  name: 'ada',
  gecos: 'Ada Lovelace',
  groups: ['wheel'],
  sudo: ['ALL=(ALL) ALL'],
  doas: ['permit nopass ada'],
  primaryGroup: 'staff',
  noUserGroup: true,
  createGroups: false,
  shell: '/bin/bash',
  uid: 2000,
  system: false,
  homedir: '/srv/ada',
  noCreateHome: false,
  expiredate: '2027-12-31',
  inactive: Duration.days(30),
  selinuxUser: 'staff_u',
  noLogInit: true,
  password: Password.hash('$6$salt$hash'),
  lockPassword: false,
  sshAuthorizedKeys: [KEY],
  sshImportId: ['gh:ada'],
  sshRedirectUser: false,
};

function usersOf(config: CloudConfig): unknown {
  return (load(CloudInit.userDataOf(config)) as { readonly users?: unknown }).users;
}

describe('GuestUser', () => {
  test('writes all of its props, which are all keys of a user', () => {
    const [written] = usersOf({ users: [USER] }) as [object];
    expect(written).toEqual({
      name: 'ada',
      gecos: 'Ada Lovelace',
      groups: ['wheel'],
      sudo: ['ALL=(ALL) ALL'],
      doas: ['permit nopass ada'],
      primary_group: 'staff',
      no_user_group: true,
      create_groups: false,
      shell: '/bin/bash',
      uid: 2000,
      system: false,
      homedir: '/srv/ada',
      no_create_home: false,
      expiredate: '2027-12-31',
      inactive: '30',
      selinux_user: 'staff_u',
      no_log_init: true,
      lock_passwd: false,
      hashed_passwd: '$6$salt$hash',
      ssh_authorized_keys: [KEY],
      ssh_import_id: ['gh:ada'],
      ssh_redirect_user: false,
    });
    expect(Object.keys(written).sort()).toEqual([...KEYS].sort());
  });

  test.each([0, 4294967294])('takes the number %d', (uid) => {
    expect(usersOf({ users: [{ name: 'ada', uid }] })).toEqual([{ name: 'ada', uid }]);
  });

  test('has no login of its own', () => {
    expect(usersOf({ defaultUser: true, users: [{ name: 'guest', sshRedirectUser: true }] })).toEqual([
      'default',
      { name: 'guest', ssh_redirect_user: true },
    ]);
  });

  test.each<[Partial<GuestUser>, object]>([
    [{}, {}],
    [{ lockPassword: true }, { lock_passwd: true }],
    [{ password: Password.hash('$6$salt$hash') }, { lock_passwd: false, hashed_passwd: '$6$salt$hash' }],
    [
      { password: Password.hash('$6$salt$hash'), lockPassword: true },
      { lock_passwd: true, hashed_passwd: '$6$salt$hash' },
    ],
  ])('may log in by a password where it has one: %#', (login, written) => {
    expect(usersOf({ users: [{ name: 'ada', ...login }] })).toEqual([{ name: 'ada', ...written }]);
  });

  test.each<[CloudConfig, unknown]>([
    [{ hostname: 'a' }, undefined],
    [{ defaultUser: true }, ['default']],
    [{ defaultUser: false }, []],
    [{ users: [{ name: 'ada' }] }, [{ name: 'ada' }]],
    [{ users: [{ name: 'ada' }], defaultUser: false }, [{ name: 'ada' }]],
    [{ users: [{ name: 'ada' }], defaultUser: true }, ['default', { name: 'ada' }]],
  ])('stands among the users of %j', (config, users) => {
    expect(usersOf(config)).toEqual(users);
  });

  test.each<[CloudConfig, boolean]>([
    [{ sshAuthorizedKeys: [KEY] }, true],
    [{ sshAuthorizedKeys: [KEY], user: 'ada' }, true],
    [{ sshAuthorizedKeys: [KEY], user: 'ada', users: [{ name: 'guest' }] }, true],
    [{ sshAuthorizedKeys: [KEY], defaultUser: true, users: [{ name: 'guest' }] }, true],
    [{ sshAuthorizedKeys: [KEY], users: [{ name: 'guest' }] }, false],
    [{ sshAuthorizedKeys: [KEY], defaultUser: false }, false],
    [{ sshAuthorizedKeys: [KEY], defaultUser: false, user: 'ada' }, false],
  ])('takes keys for the default user, if there is one: %j', (config, isTaken) => {
    const make = () => CloudInit.userDataOf(config);
    if (isTaken) expect(make).not.toThrow();
    else expect(failureOf(make)).toContain("'sshAuthorizedKeys' must have the default user to belong to");
  });

  test.each<[string, object, string]>([
    ['a number below 0', { uid: -1 }, "'users[0].uid' must be a whole number from 0 to 4294967294, got -1"],
    ['a number that no user has', { uid: 4294967295 }, "'users[0].uid' must be a whole number from 0 to 4294967294"],
    ['a home without a slash', { homedir: 'srv' }, "'users[0].homedir' must be an absolute path"],
    ['no day', { expiredate: '2027-13-01' }, "'users[0].expiredate' must be a day: YYYY-MM-DD"],
    ['half a day', { inactive: Duration.hours(12) }, "'users[0].inactive' must be whole days"],
    ['a number of days', { inactive: 30 }, "'users[0].inactive' must be a Duration of cdk8s"],
    ['two lines of doas', { doas: ['permit a\npermit b'] }, "'users[0].doas[0]' must be one line of text"],
    ['a group with a blank', { primaryGroup: 'a b' }, "'users[0].primaryGroup' must be letters"],
    [
      'keys beside the redirection',
      { sshRedirectUser: true, sshAuthorizedKeys: [KEY] },
      "'users[0].sshAuthorizedKeys' must be left out with 'sshRedirectUser'",
    ],
    [
      'published keys beside the redirection',
      { sshRedirectUser: true, sshImportId: ['gh:ada'] },
      "'users[0].sshImportId' must be left out with 'sshRedirectUser'",
    ],
    [
      'published keys on two lines',
      { sshImportId: ['gh:a\ngh:b'] },
      "'users[0].sshImportId[0]' must be one line of text",
    ],
    [
      'a password that is text',
      { password: 'hunter2' },
      "'users[0].password' must be a Password, got something else (not shown); write",
    ],
    ['a password that is an object', { password: {} }, "'users[0].password' must be a Password, got an object; write"],
    ['a misspelt prop', { homeDir: '/srv' }, "write 'homedir'"],
  ])('fails when given %s', (_, props, message) => {
    const config = untyped<CloudConfig>({ users: [{ name: 'ada', ...props }] });
    expect(failureOf(() => CloudInit.of(config))).toContain(message);
  });
});
