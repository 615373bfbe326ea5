import { Duration, Size } from 'cdk8s';
import * as kv from '../../constructs';
import { Random } from './random';

const HASH = '$6$rounds=5000$saltsalt$abcdefghijklmnop';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBaY me@home';
const PASSWORDS = [kv.Password.hash(HASH), kv.Password.hash('$y$j9T$salt$hash')];

/** Data for cloud-init of any kind. */
export function randomCloudInit(random: Random): kv.CloudInit {
  const datasource = random.pick(Object.values(kv.CloudInitDatasource));
  return random.pick<() => kv.CloudInit>([
    () => kv.CloudInit.fromSecretName('user', { datasource, networkDataSecretName: random.pickMaybe(['network']) }),
    () => kv.CloudInit.of(randomConfig(random), { datasource, networkData: random.pickMaybe(['version: 2']) }),
    () => kv.CloudInit.raw(random.pick(['#cloud-config\nruncmd: [ls]\n', '#!/bin/sh\nls\n']), { datasource }),
  ])();
}

function randomConfig(random: Random): kv.CloudConfig {
  return {
    hostname: random.pickMaybe(['web', 'Web_1', '-a']),
    timezone: random.pickMaybe(['Europe/Zurich', 'no zone']),
    defaultUser: random.flag(),
    user: random.pickMaybe(['ops']),
    users: random.maybe(() => random.some(2, (index) => randomUser(random, index))),
    password: random.pickMaybe(PASSWORDS),
    passwordExpires: random.flag(),
    sshAuthorizedKeys: random.pickMaybe([[KEY], ['no key']]),
    sshPasswordAuthentication: random.flag(),
    userPasswords: random.maybe(() => [{ name: 'root', password: random.pick(PASSWORDS) }]),
    groups: random.maybe(() => [{ name: 'ops', members: random.pickMaybe([['ada']]) }]),
    packages: random.pickMaybe([['nginx'], ['']]),
    writeFiles: random.maybe(() => [randomFile(random)]),
    bootcmd: random.pickMaybe([['ls'], []]),
    runcmd: random.pickMaybe([['systemctl start nginx', "echo 'a: b'"], []]),
    ntp: random.maybe(() => ({ enabled: random.flag(), servers: random.pickMaybe([['192.0.2.1']]) })),
    swap: random.maybe(() => ({ size: Size.gibibytes(1) })),
    mounts: random.maybe(() => [{ device: '/dev/vdb', mountPoint: '/srv', options: random.pickMaybe(['defaults']) }]),
    powerState: random.maybe(() => ({
      mode: kv.PowerStateMode.REBOOT,
      delay: random.pickMaybe([Duration.minutes(1)]),
    })),
    settings: random.pickMaybe([{ snap: { commands: ['snap install a'] } }, { packages: ['a'] }, { snapp: {} }]),
  };
}

function randomUser(random: Random, index: number): kv.GuestUser {
  return {
    name: random.pick([`user-${index}`, 'ada', 'A B']),
    uid: random.pickMaybe([0, 1000, -1]),
    system: random.flag(),
    homedir: random.pickMaybe(['/srv', 'srv']),
    groups: random.pickMaybe([['wheel'], []]),
    sudo: random.pickMaybe([['ALL=(ALL) ALL'], ['a\nb']]),
    password: random.pickMaybe(PASSWORDS),
    lockPassword: random.flag(),
    sshAuthorizedKeys: random.pickMaybe([[KEY]]),
    sshRedirectUser: random.flag(0.1),
    expiredate: random.pickMaybe(['2027-01-01', 'soon']),
  };
}

function randomFile(random: Random): kv.CloudInitFile {
  return {
    path: random.pick(['/etc/motd', 'etc/motd', '/etc/']),
    content: random.pickMaybe(['a: b\n', '\ttab', 'QUJD'], 0.9),
    encoding: random.pickMaybe(Object.values(kv.FileEncoding)),
    source: random.pickMaybe([{ uri: 'https://example.com/a' }]),
    permissions: random.pickMaybe(['0644', '9999']),
    append: random.flag(),
  };
}
