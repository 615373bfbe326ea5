import { Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { CloudInit, CloudInitDatasource, CloudInitOptions } from './cloud-init';
import { CloudConfig } from './cloud-init-config';
import { CloudInitFile } from './cloud-init-file';
import { CloudConfigLogin } from './cloud-init-login';
import { CloudConfigSoftware } from './cloud-init-software';
import { CloudConfigStorage } from './cloud-init-storage';
import { CloudConfigSystem } from './cloud-init-system';
import { GuestUser } from './guest-user';
import { Password } from './password';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBaY me@home';
const HASH = '$6$salt$hash';

describe('CloudInit.of', () => {
  test('writes what is given and nothing else', () => {
    const lines = [
      'echo "alpine:alpine" | chpasswd',
      "echo 'Welcome to Alpine Linux on KubeVirt in the NetApp LoD!' > /etc/motd",
      'apk add --no-cache lsblk parted',
    ];
    const { userData } = CloudInit.of({ runcmd: lines });
    expect(userData).toBe(
      '#cloud-config\n' +
        'runcmd:\n' +
        '  - echo "alpine:alpine" | chpasswd\n' +
        "  - echo 'Welcome to Alpine Linux on KubeVirt in the NetApp LoD!' > /etc/motd\n" +
        '  - apk add --no-cache lsblk parted\n',
    );
    expect(read(userData)).toEqual({ runcmd: lines });
  });

  test('is user data in the manifest for the datasource NoCloud', () => {
    expect(CloudInit.of({ runcmd: ['ls'] })._volumeSource()).toEqual({
      cloudInitNoCloud: { userData: '#cloud-config\nruncmd:\n  - ls\n' },
    });
    expect(CloudInit.of({ runcmd: ['ls'] }).secretName).toBeUndefined();
  });

  test('writes every prop, in the order of the props', () => {
    const user: GuestUser = {
      name: 'ada',
      gecos: 'Ada Lovelace',
      groups: ['wheel', 'docker'],
      sudo: ['ALL=(ALL) NOPASSWD:ALL'],
      shell: '/bin/bash',
      password: Password.hash(HASH),
      lockPassword: true,
      sshAuthorizedKeys: [KEY],
    };
    const file: CloudInitFile = {
      path: '/home/ada/.profile',
      content: 'export A=1\nexport B=2\n',
      owner: 'ada:ada',
      permissions: '0600',
      append: true,
      defer: false,
    };
    const config: Required<
      Omit<
        CloudConfig,
        | keyof CloudConfigLogin
        | keyof CloudConfigSystem
        | keyof CloudConfigStorage
        | keyof CloudConfigSoftware
        | 'settings'
      >
    > &
      Partial<CloudConfigLogin & CloudConfigSoftware> = {
      runcmd: ['systemctl start nginx'],
      hostname: 'web-1',
      timezone: 'Europe/Paris',
      defaultUser: true,
      users: [user],
      password: Password.publicDemoValue('alpine'),
      passwordExpires: true,
      sshAuthorizedKeys: [KEY],
      sshPasswordAuthentication: true,
      packageUpdate: true,
      packageUpgrade: false,
      packages: ['nginx'],
      messageOfTheDay: 'Hello: all\n',
      writeFiles: [file],
      bootcmd: ['echo boot'],
    };
    expect(CloudInit.of(config).userData).toBe(`#cloud-config
hostname: web-1
timezone: Europe/Paris
users:
  - default
  - name: ada
    gecos: Ada Lovelace
    groups:
      - wheel
      - docker
    sudo:
      - ALL=(ALL) NOPASSWD:ALL
    shell: /bin/bash
    lock_passwd: true
    hashed_passwd: $6$salt$hash
    ssh_authorized_keys:
      - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBaY me@home
password: alpine
chpasswd:
  expire: true
ssh_authorized_keys:
  - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBaY me@home
ssh_pwauth: true
package_update: true
package_upgrade: false
packages:
  - nginx
write_files:
  - path: /etc/motd
    content: |
      Hello: all
  - path: /home/ada/.profile
    content: |
      export A=1
      export B=2
    owner: ada:ada
    permissions: '0600'
    append: true
    defer: false
bootcmd:
  - echo boot
runcmd:
  - systemctl start nginx
`);
  });

  test.each<[string, CloudConfig, unknown]>([
    ['nothing', {}, {}],
    ['empty lists', { packages: [], writeFiles: [], bootcmd: [], runcmd: [], sshAuthorizedKeys: [] }, {}],
    [
      'a password that does not expire',
      { password: Password.hash(HASH) },
      { password: HASH, chpasswd: { expire: false } },
    ],
    [
      'a user with keys alone, locked by cloud-init',
      { users: [{ name: 'fedora', sshAuthorizedKeys: [KEY], groups: [], sudo: [] }] },
      { users: [{ name: 'fedora', ssh_authorized_keys: [KEY] }] },
    ],
    [
      'a user with a hash, unlocked',
      { users: [{ name: 'a', password: Password.hash('$y$j9T$salt$hash') }] },
      { users: [{ name: 'a', lock_passwd: false, hashed_passwd: '$y$j9T$salt$hash' }] },
    ],
    [
      'a user with a demo value, unlocked',
      { users: [{ name: 'a', password: Password.publicDemoValue('012') }] },
      { users: [{ name: 'a', lock_passwd: false, plain_text_passwd: '012' }] },
    ],
    ['a host name in capitals', { hostname: 'SRV-DB_01.Example.com' }, { hostname: 'SRV-DB_01.Example.com' }],
    ['a name of the default user', { user: 'ops' }, { user: 'ops' }],
    ['it beside others', { user: 'ops', users: [{ name: 'a' }] }, { user: 'ops', users: [{ name: 'a' }] }],
    ['the default user by name', { defaultUser: true }, { users: ['default'] }],
    ['nobody', { defaultUser: false }, { users: [] }],
    ['a message as it is', { messageOfTheDay: 'yes' }, { write_files: [{ path: '/etc/motd', content: 'yes' }] }],
    ['a key read from a file', { sshAuthorizedKeys: [`${KEY}\n`] }, { ssh_authorized_keys: [`${KEY}\n`] }],
    ['flags that are false', { sshPasswordAuthentication: false }, { ssh_pwauth: false }],
  ])('writes %s', (_, config, expected) => {
    expect(read(CloudInit.of(config).userData)).toEqual(expected);
  });

  const text = fc
    .string({
      unit: fc.constantFrom(...' \t\n\r\u0085\u2028\u007f:#-@\'"%\\=~|>ye01é😀'.match(/./gsu)!),
      maxLength: 20,
    })
    .filter((value) => value.trim() !== '');

  test('hands over any text as it is', () => {
    const lines = fc.array(text, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, text, text, (runcmd, messageOfTheDay, content) => {
        const { userData } = CloudInit.of({ runcmd, messageOfTheDay, writeFiles: [{ path: '/a', content }] });
        const expected = {
          runcmd,
          write_files: [
            { path: '/etc/motd', content: messageOfTheDay },
            { path: '/a', content },
          ],
        };
        expect(read(userData)).toEqual({ write_files: expected.write_files, runcmd });
        expect(load(userData ?? '')).toEqual(expected);
      }),
    );
  });

  test('hands over any demo value as it is', () => {
    const values = fc.string({ unit: 'grapheme', minLength: 3, maxLength: 40 }).filter((value) => isDemoValue(value));
    fc.assert(
      fc.property(values, (value) => {
        const password = Password.publicDemoValue(value);
        const { userData } = CloudInit.of({ defaultUser: true, password, users: [{ name: 'a', password }] });
        expect(read(userData)).toEqual({
          users: ['default', { name: 'a', lock_passwd: false, plain_text_passwd: value }],
          password: value,
          chpasswd: { expire: false },
        });
      }),
    );
  });

  // Around an item stand 27 bytes: '#cloud-config', 'runcmd:', '  - ' and three line breaks; two more where it is quoted.
  test.each([
    [2047, 'a'.repeat(2020)],
    [2048, 'a'.repeat(2021)],
    [2048, `a${'é'.repeat(1009)}`],
  ])('takes %d bytes', (bytes, line) => {
    const { userData } = CloudInit.of({ runcmd: [line] });
    expect(Buffer.byteLength(userData ?? '')).toBe(bytes);
  });

  test.each([
    [2049, 'a'.repeat(2022)],
    [2049, 'é'.repeat(1010)],
  ])('fails when there are %d bytes', (bytes, line) => {
    const failure = failureOf(() => CloudInit.of({ runcmd: [line] }));
    expect(failure).toContain(`[CloudInit.of] 'config' must make at most 2048 bytes`);
    expect(failure).toContain(`got ${bytes} bytes; CloudInit.userDataOf(…) gives it: put it into a Secret`);
    expect(failure).toContain('kubectl create secret generic NAME --from-file=userdata=FILE');
    expect(failure).toContain("CloudInit.fromSecretName('NAME')");
  });

  const bad = (config: object): CloudConfig => config as CloudConfig;
  test.each<[CloudConfig, string]>([
    [bad({ runcmd: 'ls' }), "'runcmd' must be a list of text, got a value of type 'string'; write [ ] around it"],
    [bad({ runcmd: ['ls', 42] }), "'runcmd[1]' must be text, got 42; quote it"],
    [bad({ runcmd: [null] }), "'runcmd[0]' must be text, got null"],
    [bad({ runcmd: [, 'x'] }), "'runcmd[0]' must be text, got nothing"],
    [bad({ runcmd: [['ls', '-l']] }), "'runcmd[0]' must be text, got a list"],
    [bad({ runcmd: null }), "'runcmd' must be a list of text, got null"],
    [bad({ bootcmd: [true] }), "'bootcmd[0]' must be text, got true; quote it"],
    [
      { runcmd: ['ok', 'a\u0000'] },
      "'runcmd[1]' must be text without U+0000 and lone surrogates, got U+0000 at index 1",
    ],
    [{ runcmd: ['😀\udc00'] }, "'runcmd[0]' must be text without U+0000 and lone surrogates, got U+DC00 at index 2"],
    [{ messageOfTheDay: '\ud83d' }, "'messageOfTheDay' must be text without U+0000 and lone surrogates, got U+D83D"],
    [bad({ messageOfTheDay: 7 }), "'messageOfTheDay' must be text, got 7"],
    [bad({ packages: 'nginx' }), "'packages' must be a list of text, got a value of type 'string'"],
    [{ packages: ['a', ' '] }, "'packages[1]' must be one line of text, got empty text"],
    [{ packages: ['a\nb'] }, "'packages[0]' must be one line of text, got text with line breaks"],
    [bad({ packageUpdate: 'yes' }), '\'packageUpdate\' must be true or false, got "yes"'],
    [bad({ packageUpgrade: 1 }), "'packageUpgrade' must be true or false, got 1"],
    [bad({ sshPasswordAuthentication: 'no' }), '\'sshPasswordAuthentication\' must be true or false, got "no"'],
    [bad({ defaultUser: 'fedora' }), '\'defaultUser\' must be true or false, got "fedora"'],
    [{ hostname: 'web-' }, "'hostname' must be letters, digits, '-', '_' and '.'"],
    [{ timezone: 'Paris time' }, "'timezone' must be a zone such as 'Europe/Paris' or 'UTC', got \"Paris time\""],
    [{ sshAuthorizedKeys: [''] }, "'sshAuthorizedKeys[0]' must be one public key on one line"],
    [{ sshAuthorizedKeys: [`${KEY}\n${KEY}`] }, "'sshAuthorizedKeys[0]' must be one public key on one line"],
    [bad({ runCmd: [] }), "'config' must have known keys only, got \"runCmd\"; write 'runcmd'"],
    [bad({ write_files: [] }), "'config' must have known keys only, got \"write_files\"; write 'writeFiles'"],
    [bad({ ntpp: {} }), `'config' must have known keys only, got "ntpp"; write 'ntp'`],
    [bad([]), "'config' must be an object, got a list"],
    [null as unknown as CloudConfig, "'config' must be an object, got null"],
    [bad({ users: { name: 'a' } }), "'users' must be a list of at least one user, got an object"],
    [
      { users: [] },
      "'users' must be a list of at least one user, got an empty list; leave it out for the default user",
    ],
    [bad({ users: ['a'] }), "'users[0]' must be an object, got a value of type 'string'"],
    [
      bad({ users: [{}] }),
      "'users[0].name' must be letters, digits, '_', '-' and '.', a letter or '_' first, at most 32 characters, got nothing",
    ],
    [
      { users: [{ name: 'a b' }] },
      "'users[0].name' must be letters, digits, '_', '-' and '.', a letter or '_' first, at most 32 characters, got \"a b\"",
    ],
    [{ users: [{ name: 'a' }, { name: 'a' }] }, '\'users[1].name\' must name each user once, got "a"'],
    [
      bad({ users: [{ name: 'a', sudo: 'ALL' }] }),
      "'users[0].sudo' must be a list of text, got a value of type 'string'",
    ],
    [bad({ users: [{ name: 'a', groups: ['x', 'y,z'] }] }), "'users[0].groups[1]' must be letters"],
    [
      { users: [{ name: 'a', shell: 'bash' }] },
      "'users[0].shell' must be an absolute path such as '/bin/bash', got \"bash\"",
    ],
    [{ users: [{ name: 'a', gecos: 'A:B' }] }, "'users[0].gecos' must be one line of text without ':', got \"A:B\""],
    [bad({ users: [{ name: 'a', lockPassword: 'no' }] }), '\'users[0].lockPassword\' must be true or false, got "no"'],
    [
      bad({ users: [{ name: 'a', ssh_authorized_keys: [] }] }),
      "'users[0]' must have known keys only, got \"ssh_authorized_keys\"; write 'sshAuthorizedKeys'",
    ],
    [bad({ writeFiles: { path: '/a' } }), "'writeFiles' must be a list of files, got an object"],
    [bad({ writeFiles: [{ path: '/a' }] }), "'writeFiles[0].content' must be text, got nothing"],
    [
      { writeFiles: [{ path: 'a', content: '' }] },
      "'writeFiles[0].path' must be the absolute path of a file, such as '/etc/motd', got \"a\"",
    ],
    [
      bad({ writeFiles: [{ path: '/a', content: '', permissions: 0o644 }] }),
      "'writeFiles[0].permissions' must be octal digits as text, such as '0644', got 420; quote it",
    ],
    [
      { writeFiles: [{ path: '/a', content: '', permissions: 'rw' }] },
      "'writeFiles[0].permissions' must be octal digits as text, such as '0644', got \"rw\"",
    ],
    [
      { writeFiles: [{ path: '/a', content: '', owner: 'a b' }] },
      "'writeFiles[0].owner' must be of the form 'user' or 'user:group', got \"a b\"",
    ],
    [
      bad({ writeFiles: [{ path: '/a', content: '', append: 'x' }] }),
      '\'writeFiles[0].append\' must be true or false, got "x"',
    ],
    [
      bad({ writeFiles: [{ path: '/a', content: '', defer: 'x' }] }),
      '\'writeFiles[0].defer\' must be true or false, got "x"',
    ],
    [
      { users: [{ name: 'a' }], password: Password.hash(HASH) },
      "'password' must have the default user to belong to, got 'users' without it; give it to one of 'users', or set 'defaultUser' to true",
    ],
    [
      { defaultUser: false, sshAuthorizedKeys: [KEY] },
      "'sshAuthorizedKeys' must have the default user to belong to, got 'defaultUser' false",
    ],
    [{ passwordExpires: true }, "'passwordExpires' must be given with 'password'"],
    [
      { password: Password.hash('$y$j9T$salt$hash') },
      "'password' must be a hash that cloud-init knows here ($1$, $2a$, $2y$, $5$ or $6$), got $y$; make one with 'openssl passwd -6'",
    ],
  ])('fails when given %j', (config, message) => {
    expect(failureOf(() => CloudInit.of(config))).toContain(`[CloudInit.of] ${message}`);
  });

  test('tells all faults at once', () => {
    const config = bad({ hostname: '-', runcmd: [1], packages: 'x' });
    const failure = failureOf(() => CloudInit.of(config, { datasource: 'x' as CloudInitDatasource }));
    expect(failure.split('\n').map((line) => line.split("'")[1])).toEqual([
      'hostname',
      'runcmd[0]',
      'packages',
      'datasource',
    ]);
  });

  const SECRET = 'hunter2';
  test.each([
    { password: SECRET },
    { password: 4711 },
    { password: { hash: SECRET } },
    { users: [{ name: 'a', password: SECRET }] },
    { users: { name: 'a', password: SECRET } },
    { users: [`a:${SECRET}`] },
    { runcmd: `echo "a:${SECRET}" | chpasswd` },
    { runcmd: [`echo "a:${SECRET}\u0000" | chpasswd`] },
    { runcmd: [[`echo "a:${SECRET}"`]] },
    { sshAuthorizedKeys: [`-----BEGIN OPENSSH PRIVATE KEY-----\n${SECRET}`] },
    { users: [{ name: 'a', sshAuthorizedKeys: [`-----BEGIN RSA PRIVATE KEY-----\n${SECRET}`] }] },
    { users: [{ name: 'a' }], password: Password.publicDemoValue(SECRET) },
    { runcmd: ['x'.repeat(2048)], password: Password.publicDemoValue(SECRET) },
  ])('never repeats a password in a refusal (%#)', (config) => {
    expect(failureOf(() => CloudInit.of(bad(config)))).not.toMatch(/hunter2|4711/);
  });

  test('names the way to a Password', () => {
    expect(failureOf(() => CloudInit.of(bad({ password: SECRET })))).toBe(
      "[CloudInit.of] 'password' must be a Password, got something else (not shown); write Password.hash(…) or Password.publicDemoValue(…)",
    );
  });

  test('has types that forbid what it refuses', () => {
    // @ts-expect-error a password is no plain text
    expect(() => CloudInit.of({ password: 'x' })).toThrow("'password'");
    // @ts-expect-error command lines are a list
    expect(() => CloudInit.of({ runcmd: 'ls' })).toThrow("'runcmd'");
    // @ts-expect-error permissions are text: 0644 and 420 are too easily confused
    expect(() => CloudInit.of({ writeFiles: [{ path: '/a', content: '', permissions: 644 }] })).toThrow(
      "'writeFiles[0]",
    );
    // @ts-expect-error a user has a name
    expect(() => CloudInit.of({ users: [{ sudo: [] }] })).toThrow("'users[0].name'");
    // @ts-expect-error the datasource is one of two
    expect(() => CloudInit.of({}, { datasource: 'noCloud' })).toThrow("'datasource'");
  });
});

describe('CloudInit.userDataOf', () => {
  test('gives text of any length', () => {
    expect(CloudInit.userDataOf({ runcmd: ['a'.repeat(5000)] })).toBe(
      `#cloud-config\nruncmd:\n  - ${'a'.repeat(5000)}\n`,
    );
  });

  test('fails when the configuration is wrong', () => {
    expect(() => CloudInit.userDataOf({ hostname: '' })).toThrow("[CloudInit.userDataOf] 'hostname' must");
  });
});

describe('CloudInit.raw', () => {
  test.each([
    '#cloud-config\nruncmd: [ls]',
    '\n#cloud-config\n{}',
    '#Cloud-Config\n{}',
    '#!/bin/sh\nls\n',
    '#include\nhttps://a/b',
    '#include-once\nhttps://a/b',
    '#cloud-boothook\nls',
    '#part-handler\n',
    '#cloud-config-archive\n[]',
    '#cloud-config-jsonp\n[]',
    '## template: jinja\n#cloud-config\n{}',
    'Content-Type: multipart/mixed; boundary="x"\nMIME-Version: 1.0\n\n--x',
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x',
    '#ps1_sysnative\nls',
    '{"ignition": {"version": "3.4.0"}}',
  ])('takes %j as it is', (userData) => {
    expect(CloudInit.raw(userData).userData).toBe(userData);
    expect(CloudInit.raw(userData)._volumeSource()).toEqual({ cloudInitNoCloud: { userData } });
  });

  test('fails for its length alone when a header of MIME stands behind long ones', () => {
    const userData = `Content-Type: text/plain\nX-Note: ${'x'.repeat(3000)}\nMIME-Version: 1.0\n\na`;
    const failure = failureOf(() => CloudInit.raw(userData));
    expect(failure).toContain('at most 2048 bytes');
    expect(failure).not.toContain('must begin with a header');
  });

  test.each([
    ['', 'empty text'],
    ['runcmd: [ls]', 'other text (not shown)'],
    ['password: hunter2', 'other text'],
    ['# password: hunter2', '"# password"'],
    ['# cloud-config\nruncmd: [ls]', '"# cloud-config"'],
    ['#cloudconfig\n', '"#cloudconfig"'],
    ['\ufeff#cloud-config\n', 'a byte order mark before it'],
    ['\n#!/bin/sh\nls', '"#"'],
    ['Content-Type: text/x-shellscript\n\n#!/bin/sh', 'other text'],
  ])('fails when cloud-init would not recognise %j', (userData, got) => {
    const failure = failureOf(() => CloudInit.raw(userData));
    expect(failure).toContain(
      "[CloudInit.raw] 'userData' must begin with a header of cloud-init ('#cloud-config', '#!',",
    );
    expect(failure).toContain(`got ${got.replace(' (not shown)', '')}`);
    expect(failure).toContain("put '#cloud-config' on the first line");
    expect(failure).not.toContain('hunter2');
  });

  test.each([
    [undefined, "'userData' must be text, got nothing"],
    [{ runcmd: [] }, "'userData' must be text, got an object"],
    ['#!/bin/sh\n\u0000', "'userData' must be text without U+0000 and lone surrogates, got U+0000 at index 10"],
  ])('fails when the user data is %j', (userData, message) => {
    expect(() => CloudInit.raw(userData as string)).toThrow(`[CloudInit.raw] ${message}`);
  });

  test.each([
    ['#!/bin/sh\n'.padEnd(2047, 'x'), 2047],
    ['#!/bin/sh\n'.padEnd(2048, 'x'), 2048],
    [`#!/bin/sh\n${'😀'.repeat(509)}xx`, 2048],
  ])('takes data of up to 2048 bytes (%#)', (userData, bytes) => {
    expect(Buffer.byteLength(userData)).toBe(bytes);
    expect(CloudInit.raw(userData).userData).toBe(userData);
  });

  test.each([['#!/bin/sh\n'.padEnd(2049, 'x')], [`#!/bin/sh\n${'😀'.repeat(509)}xxx`]])(
    'fails when there are 2049 bytes (%#)',
    (userData) => {
      expect(() => CloudInit.raw(userData)).toThrow(
        "[CloudInit.raw] 'userData' must have at most 2048 bytes (KubeVirt refuses more inline data), got 2049 bytes; put it into a Secret",
      );
    },
  );

  test.each(['\u007f', '\u0001', '\u0085', '\u2028', '\ufeff', '\ufffe'])(
    'goes in base64 where readers of YAML disagree on a character (%j)',
    (character) => {
      const cloudInit = CloudInit.raw(`#!/bin/sh\necho ${character}`);
      const { userDataBase64, userData } = cloudInit._volumeSource().cloudInitNoCloud ?? {};
      expect(userData).toBeUndefined();
      expect(Buffer.from(userDataBase64 as string, 'base64').toString()).toBe(`#!/bin/sh\necho ${character}`);
      expect(cloudInit.userData).toBe(`#!/bin/sh\necho ${character}`);
    },
  );
});

describe('CloudInit.foreign', () => {
  test('hands over what is not for cloud-init as it is', () => {
    expect(CloudInit.foreign('version: v1alpha1\nmachine: {}\n')._volumeSource()).toEqual({
      cloudInitNoCloud: { userData: 'version: v1alpha1\nmachine: {}\n' },
    });
  });

  test.each<[string, string, string]>([
    ['is for cloud-init', '#cloud-config\n', 'write CloudInit.raw(…)'],
    ['is a script', '#!/bin/sh\n', 'write CloudInit.raw(…)'],
    ['is empty', '', 'got empty text'],
    ['has 2049 bytes', 'a'.repeat(2049), 'must have at most 2048 bytes'],
  ])('fails when the text %s', (_title, text, message) => {
    expect(() => CloudInit.foreign(text)).toThrow(message);
  });
});

describe('CloudInit.networkOnly', () => {
  test('says how the cards are set up, and nothing else', () => {
    const networkData = 'version: 2\nethernets: {}\n';
    expect(CloudInit.networkOnly({ networkData })._volumeSource()).toEqual({ cloudInitNoCloud: { networkData } });
    expect(CloudInit.networkOnly({ networkDataSecretName: 'cards' })._volumeSource()).toEqual({
      cloudInitNoCloud: { networkDataSecretRef: { name: 'cards' } },
    });
  });

  test('fails when nothing is said of the network', () => {
    const options = { datasource: CloudInitDatasource.CONFIG_DRIVE };
    expect(() => CloudInit.networkOnly(options)).toThrow("[CloudInit.networkOnly] 'network' must be given");
  });
});

describe('CloudInit.fromSecretName', () => {
  test('refers to the Secret', () => {
    const cloudInit = CloudInit.fromSecretName('web-userdata');
    expect(cloudInit._volumeSource()).toEqual({ cloudInitNoCloud: { secretRef: { name: 'web-userdata' } } });
    expect(cloudInit.userData).toBeUndefined();
    expect(cloudInit.secretName).toBe('web-userdata');
  });

  test.each(['', 'Web', undefined, 7])('fails when the name is %j', (name) => {
    expect(() => CloudInit.fromSecretName(name as string)).toThrow(
      "[CloudInit.fromSecretName] 'secretName' must be a DNS name",
    );
  });
});

describe('CloudInit.fromSecret', () => {
  test('refers to the Secret', () => {
    const secret = new Secret(Testing.chart(), 'data', { metadata: { name: 'web-userdata' } });
    expect(CloudInit.fromSecret(secret)._volumeSource()).toEqual({
      cloudInitNoCloud: { secretRef: { name: 'web-userdata' } },
    });
  });

  test.each([
    ['web-userdata', "a value of type 'string'"],
    [undefined, 'nothing'],
    [{}, 'an object'],
  ])('fails when the Secret is %j', (secret, got) => {
    expect(() => CloudInit.fromSecret(secret as unknown as Secret)).toThrow(
      `[CloudInit.fromSecret] 'secret' must be a Secret of cdk8s-plus, got ${got}; write CloudInit.fromSecretName(…)`,
    );
  });
});

describe('CloudInitOptions', () => {
  const all: Required<Omit<CloudInitOptions, 'network'>> = {
    datasource: CloudInitDatasource.CONFIG_DRIVE,
    networkData: 'version: 2\n',
    networkDataSecretName: 'net',
  };
  const inline: CloudInitOptions = { ...all, networkDataSecretName: undefined };
  const byName: CloudInitOptions = { ...all, networkData: undefined };

  test('renders a config drive with network data', () => {
    expect(CloudInit.raw('#!/bin/sh', inline)._volumeSource()).toEqual({
      cloudInitConfigDrive: { userData: '#!/bin/sh', networkData: 'version: 2\n' },
    });
    expect(CloudInit.fromSecretName('user', byName)._volumeSource()).toEqual({
      cloudInitConfigDrive: { secretRef: { name: 'user' }, networkDataSecretRef: { name: 'net' } },
    });
  });

  test('takes a copy', () => {
    const options = { networkData: 'version: 2\n' };
    const cloudInit = CloudInit.raw('#!/bin/sh', options);
    options.networkData = 'version: 1\n';
    expect(cloudInit._volumeSource().cloudInitNoCloud?.networkData).toBe('version: 2\n');
  });

  test.each([2047, 2048])('takes %d bytes of network data', (bytes) => {
    const networkData = 'version: 2 #'.padEnd(bytes, 'x');
    expect(CloudInit.raw('#!/bin/sh', { networkData })._volumeSource().cloudInitNoCloud?.networkData).toBe(networkData);
  });

  test.each<[CloudInitOptions, string]>([
    [all, "'networkDataSecretName' must stand without 'networkData', got both; keep one"],
    [
      { networkData: 'x'.repeat(2049) },
      "'networkData' must have at most 2048 bytes (KubeVirt refuses more inline data), got 2049 bytes; put it into a Secret",
    ],
    [{ networkData: `${'é'.repeat(1024)}x` }, 'got 2049 bytes'],
    [{ networkData: '' }, "'networkData' must be text, got empty text; leave it out"],
    [{ networkData: 7 as unknown as string }, "'networkData' must be text, got 7"],
    [{ networkDataSecretName: 'Net' }, "'networkDataSecretName' must be a DNS name"],
    [
      { datasource: 'noCloud' as CloudInitDatasource },
      "'datasource' must be 'cloudInitNoCloud' or 'cloudInitConfigDrive', got \"noCloud\"",
    ],
    ['cloudInitNoCloud' as CloudInitOptions, "'options' must be an object, got a value of type 'string'"],
    [
      { dataSource: 'x' } as CloudInitOptions,
      "'options' must have known keys only, got \"dataSource\"; write 'datasource'",
    ],
  ])('fails when the options are %j', (options, message) => {
    const ways = [
      () => CloudInit.of({}, options),
      () => CloudInit.raw('#!/bin/sh', options),
      () => CloudInit.fromSecretName('a', options),
      () => CloudInit.fromSecret(new Secret(Testing.chart(), 'a'), options),
    ];
    for (const way of ways) expect(failureOf(way)).toContain(message);
  });
});

/** As cloud-init reads it: YAML 1.1. */
function read(userData: string | undefined): unknown {
  expect(userData?.startsWith('#cloud-config\n')).toBe(true);
  return parse(userData ?? '', { version: '1.1' });
}

function isDemoValue(text: string): boolean {
  try {
    return Password.publicDemoValue(text) instanceof Password;
  } catch {
    return false;
  }
}

function failureOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it did not fail');
}
