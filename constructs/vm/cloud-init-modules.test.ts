import { Duration, Size } from 'cdk8s';
import { load } from 'js-yaml';
import { failureOf, untyped } from '../shared/testing/manifests';
import { CloudInit } from './cloud-init';
import { CloudConfig } from './cloud-init-config';
import { CloudConfigLogin, GuestGroup, UserPassword } from './cloud-init-login';
import { AptConfig, AptSource, CloudConfigSoftware, GuestCaCerts, YumRepo } from './cloud-init-software';
import {
  CloudConfigStorage,
  DiskSetup,
  FileSystemSetup,
  Growpart,
  GrowpartMode,
  GuestMount,
  GuestPartition,
  GuestSwap,
  PartitionTable,
} from './cloud-init-storage';
import {
  CloudConfigSystem,
  GuestKeyboard,
  GuestNtp,
  GuestPhoneHome,
  GuestPowerState,
  PowerStateMode,
} from './cloud-init-system';
import { Password } from './password';

const HASH = '$6$salt$hash';
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

function written(config: CloudConfig): unknown {
  return load(CloudInit.userDataOf(config));
}

describe('the system and the logins of a cloud-config', () => {
  test('is all that its props say', () => {
    const keyboard: Required<GuestKeyboard> = { layout: 'ch', model: 'pc105', variant: 'fr', options: 'compose:rwin' };
    const ntp: Required<GuestNtp> = {
      enabled: true,
      servers: ['ntp.example.com'],
      pools: ['pool.example.com'],
      peers: ['peer.example.com'],
      allow: ['192.0.2.0/24'],
      ntpClient: 'chrony',
    };
    const group: Required<GuestGroup> = { name: 'ops', members: ['ada'] };
    const phoneHome: Required<GuestPhoneHome> = { url: 'https://example.com/ready', post: ['hostname'], tries: 3 };
    const powerState: Required<GuestPowerState> = {
      mode: PowerStateMode.REBOOT,
      delay: Duration.minutes(1),
      message: 'Soon',
      timeout: Duration.seconds(60),
      condition: 'test -f /var/run/reboot-required',
    };
    const password: Required<UserPassword> = { name: 'root', password: Password.hash(HASH) };
    const system: Required<CloudConfigSystem> &
      Pick<CloudConfigLogin, 'groups' | 'userPasswords' | 'disableRoot' | 'sshImportId'> = {
      fqdn: 'web.example.com',
      manageEtcHosts: true,
      locale: 'de_CH.UTF-8',
      keyboard,
      ntp,
      groups: [{ name: 'wheel' }, group],
      userPasswords: [password, { name: 'lab', password: Password.publicDemoValue('lab') }],
      disableRoot: false,
      sshImportId: ['gh:ada'],
      finalMessage: 'Ready',
      phoneHome,
      powerState,
    };
    expect(written(system)).toEqual({
      fqdn: 'web.example.com',
      manage_etc_hosts: true,
      locale: 'de_CH.UTF-8',
      keyboard: { layout: 'ch', model: 'pc105', variant: 'fr', options: 'compose:rwin' },
      ntp: {
        enabled: true,
        servers: ['ntp.example.com'],
        pools: ['pool.example.com'],
        peers: ['peer.example.com'],
        allow: ['192.0.2.0/24'],
        ntp_client: 'chrony',
      },
      groups: ['wheel', { ops: ['ada'] }],
      chpasswd: {
        expire: false,
        users: [
          { name: 'root', password: HASH, type: 'hash' },
          { name: 'lab', password: 'lab', type: 'text' },
        ],
      },
      disable_root: false,
      ssh_import_id: ['gh:ada'],
      final_message: 'Ready',
      phone_home: { url: 'https://example.com/ready', post: ['hostname'], tries: 3 },
      power_state: {
        mode: 'reboot',
        delay: 1,
        message: 'Soon',
        timeout: 60,
        condition: 'test -f /var/run/reboot-required',
      },
    });
  });

  test('posts all where nothing else is said', () => {
    expect(written({ phoneHome: { url: 'https://a' } })).toEqual({ phone_home: { url: 'https://a', post: 'all' } });
  });
});

describe('the storage of a cloud-config', () => {
  test('is all that its props say', () => {
    const partition: Required<GuestPartition> = { percent: 33, type: '82' };
    const disk: Required<DiskSetup> = {
      device: '/dev/vdb',
      tableType: PartitionTable.GPT,
      partitions: [{ percent: 67 }, partition],
      overwrite: true,
    };
    const fs: Required<FileSystemSetup> = {
      device: '/dev/vdb1',
      filesystem: 'xfs',
      label: 'data',
      overwrite: false,
      extraOpts: ['-K'],
    };
    const mount: Required<GuestMount> = {
      device: 'LABEL=data',
      mountPoint: '/data',
      type: 'xfs',
      options: 'defaults,nofail',
    };
    const swap: Required<GuestSwap> = { filename: '/swap', size: Size.gibibytes(1) };
    const growpart: Required<Growpart> = { mode: GrowpartMode.OFF, devices: ['/'] };
    const storage: Required<CloudConfigStorage> = {
      diskSetup: [disk, { device: '/dev/vdc' }],
      fsSetup: [fs],
      mounts: [mount, { device: '/dev/vdc1', mountPoint: '/logs' }],
      swap,
      growpart,
      resizeRootfs: false,
    };
    expect(written(storage)).toEqual({
      disk_setup: {
        '/dev/vdb': { table_type: 'gpt', layout: [67, [33, '82']], overwrite: true },
        '/dev/vdc': { layout: true },
      },
      fs_setup: [{ device: '/dev/vdb1', filesystem: 'xfs', label: 'data', overwrite: false, extra_opts: ['-K'] }],
      mounts: [
        ['LABEL=data', '/data', 'xfs', 'defaults,nofail'],
        ['/dev/vdc1', '/logs'],
      ],
      swap: { filename: '/swap', size: 1073741824 },
      growpart: { mode: 'off', devices: ['/'] },
      resize_rootfs: false,
    });
  });

  test.each([1, 100])('takes a partition of %d percent', (percent) => {
    expect(written({ diskSetup: [{ device: 'a', partitions: [{ percent }] }] })).toEqual({
      disk_setup: { a: { layout: [percent] } },
    });
  });
});

describe('the software of a cloud-config', () => {
  test('is all that its props say', () => {
    const source: Required<AptSource> = {
      name: 'tools',
      source: 'deb http://example.com/apt $RELEASE main',
      keyid: 'ABCD1234',
      keyserver: 'keys.example.com',
      key: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
    };
    const apt: Required<AptConfig> = {
      sources: [source],
      mirror: 'http://mirror.example.com/ubuntu',
      proxy: 'http://proxy.example.com:3128',
      preserveSourcesList: false,
      conf: 'APT::Install-Recommends "false";\n',
    };
    const repo: Required<YumRepo> = {
      id: 'tools',
      name: 'Tools',
      baseurl: 'https://example.com/yum',
      enabled: true,
      gpgcheck: true,
      gpgkey: 'https://example.com/key',
    };
    const caCerts: Required<GuestCaCerts> = { removeDefaults: true, trusted: [PEM] };
    const software: Required<CloudConfigSoftware> = {
      apt,
      yumRepos: [repo, { id: 'more', baseurl: 'https://example.com/more' }],
      caCerts,
      packageUpdate: true,
      packageUpgrade: false,
      packages: ['nginx'],
      packageRebootIfRequired: true,
    };
    expect(written(software)).toEqual({
      apt: {
        sources: {
          tools: {
            source: 'deb http://example.com/apt $RELEASE main',
            keyid: 'ABCD1234',
            keyserver: 'keys.example.com',
            key: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n',
          },
        },
        primary: [{ arches: ['default'], uri: 'http://mirror.example.com/ubuntu' }],
        proxy: 'http://proxy.example.com:3128',
        preserve_sources_list: false,
        conf: 'APT::Install-Recommends "false";\n',
      },
      yum_repos: {
        tools: {
          name: 'Tools',
          baseurl: 'https://example.com/yum',
          enabled: true,
          gpgcheck: true,
          gpgkey: 'https://example.com/key',
        },
        more: { baseurl: 'https://example.com/more', name: 'more' },
      },
      ca_certs: { remove_defaults: true, trusted: [PEM] },
      package_update: true,
      package_upgrade: false,
      packages: ['nginx'],
      package_reboot_if_required: true,
    });
  });
});

describe('settings of other modules', () => {
  test('are written as they are', () => {
    const settings = {
      snap: { commands: [['snap', 'install', 'hello'], 'snap refresh'] },
      random_seed: { file: '/dev/urandom', command: null, command_required: false },
      ubuntu_pro: { enable: ['livepatch'] },
      rpi: {},
      apt_pipelining: 2,
    };
    expect(written({ settings })).toEqual(settings);
  });
});

test.each<[string, object, string]>([
  [
    'a percentage of 101',
    { diskSetup: [{ device: 'a', partitions: [{ percent: 101 }] }] },
    "partitions[0].percent' must",
  ],
  ['no device', { fsSetup: [{ filesystem: 'ext4' }] }, "'fsSetup[0].device' must be given"],
  [
    'options without a type',
    { mounts: [{ device: 'a', mountPoint: 'b', options: 'ro' }] },
    "'mounts[0].type' must be given",
  ],
  ['a swap file without a size', { swap: {} }, "'swap.size' must be given"],
  ['an unknown table', { diskSetup: [{ device: 'a', tableType: 'GPT' }] }, "write 'gpt'"],
  [
    'a password that is text',
    { userPasswords: [{ name: 'a', password: 'hunter2' }] },
    "'userPasswords[0].password' must be",
  ],
  ['half a minute', { powerState: { mode: 'halt', delay: 1 } }, "'powerState.delay' must be a Duration of cdk8s"],
  [
    'what cannot be posted',
    { phoneHome: { url: 'a', post: ['password'] } },
    "'phoneHome.post[0]' must be 'pub_key_rsa'",
  ],
  ['two lines in a proxy', { apt: { proxy: 'http://a\nb' } }, "'apt.proxy' must be one line of text"],
  ['a login in a proxy', { apt: { proxy: 'http://a:hunter2@b' } }, "'apt.proxy' must be an address without a login"],
  [
    'a certificate that is none',
    { caCerts: { trusted: ['MIIB'] } },
    "'caCerts.trusted[0]' must be a certificate as PEM",
  ],
  [
    'a key of a prop',
    { settings: { hostname: 'a' } },
    `'settings' must not have "hostname"; write the prop 'hostname'`,
  ],
  [
    'users beside a password of the default user',
    { settings: { users: [{ snapuser: 'ada@example.com' }] }, password: Password.hash(HASH) },
    `'settings' must not have "users" beside the prop 'password'; keep one`,
  ],
  [
    'passwords beside passwords',
    { settings: { chpasswd: { users: [] } }, passwordExpires: true, password: Password.hash(HASH) },
    `'settings' must not have "chpasswd" beside the prop 'password'; keep one`,
  ],
  [
    'a clear password of a user',
    { settings: { users: [{ name: 'ada', plain_text_passwd: 'hunter2' }] } },
    "'settings.users[0].plain_text_passwd' must not be a secret",
  ],
  ['a key that is misspelt', { settings: { snapp: {} } }, `got "snapp"; write 'snap'`],
  ['a prop that is misspelt', { settings: { run_cmd: [] } }, `got "run_cmd"; write the prop 'runcmd'`],
  [
    'a key of a prop that is there',
    { settings: { apt: {} }, apt: {} },
    `'settings' must not have "apt" beside the prop`,
  ],
  ['a function', { settings: { snap: () => 1 } }, "'settings.snap' must be plain data"],
  ['settings that are a list', { settings: [] }, "'settings' must be an object of cloud-init's keys, got a list"],
  [
    'a token',
    { settings: { ubuntu_pro: { token: 'hunter2' } } },
    "'settings.ubuntu_pro.token' must not be a secret that everybody reads, got one (not shown); put the user data",
  ],
  [
    'a private key',
    { settings: { ssh_keys: { rsa_private: '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n' } } },
    "'settings.ssh_keys.rsa_private' must not be a secret",
  ],
])('fails when given %s', (_, config, message) => {
  const failure = failureOf(() => CloudInit.userDataOf(untyped<CloudConfig>(config)));
  expect(failure).toContain(message);
  expect(failure).not.toContain('hunter2');
});

test.each<[string, CloudConfig['settings']]>([
  ['a user of a snap account', { users: ['default', { snapuser: 'ada@example.com' }] }],
  ['passwords that are made up', { chpasswd: { users: [{ name: 'ada', type: 'RANDOM' }] } }],
  ['a program of the time', { ntp: { ntp_client: 'myntpclient', config: { service_name: 'myntp' } } }],
  ['packages of a store', { packages: [{ snap: ['certbot', ['lxd', '--channel=5.15/stable']] }] }],
  ['a command of words', { runcmd: [['ls', '-l', '/'], 'date'] }],
  ['a mount of six fields', { mounts: [['/dev/vdb', '/srv', 'ext4', 'defaults', '0', '2']] }],
  ['a swap file as large as it may be', { swap: { filename: '/swap.img', size: 'auto', maxsize: '4G' } }],
  ['no locale', { locale: false }],
])('takes %s by the words of cloud-init', (_, settings) => {
  expect(written({ settings })).toEqual(settings);
});
