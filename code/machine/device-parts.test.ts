import type { Json } from '../../review/rule';
import { Code, list } from '../language/expression';
import { labelRules } from '../language/label-rules';
import { cloudConfigCode } from './cloud-config';
import { guestDevices, ioThreads, launchSecurity, tpm } from './devices';
import { blockSize } from './disks';

const text = (code: Code | undefined): string | undefined => code?.print(0, 0);
const listed = (codes: Code[] | undefined): Code | undefined => codes && list(codes);

describe('devices beside disks and networks', () => {
  test.each<[unknown, string | undefined]>([
    [{}, undefined],
    [
      {
        rng: {},
        networkInterfaceMultiqueue: true,
        blockMultiQueue: false,
        autoattachGraphicsDevice: false,
        video: { type: 'virtio' },
      },
      "{ rng: true, networkMultiqueue: true, blockMultiqueue: false, graphics: false, videoType: 'virtio' }",
    ],
    [{ rng: true }, undefined],
    [
      {
        autoattachSerialConsole: false,
        logSerialConsole: true,
        autoattachMemBalloon: false,
        autoattachVSOCK: true,
        downwardMetrics: {},
        clientPassthrough: {},
      },
      `{
  serialConsole: false,
  logSerialConsole: true,
  memoryBalloon: false,
  vsock: true,
  downwardMetrics: true,
  clientPassthrough: true,
}`,
    ],
    [{ inputs: [{ name: 't', type: 'tablet', bus: 'usb' }] }, "{ tablets: [{ name: 't', bus: InputBus.USB }] }"],
    [{ inputs: [{ name: 't', type: 'keyboard' }] }, undefined],
    [
      {
        autoattachInputDevice: true,
        sound: { name: 's', model: 'ac97' },
        useVirtioTransitional: true,
        disableHotplug: true,
      },
      '{ inputDevice: true, sound: SoundModel.AC97, useVirtioTransitional: true, disableHotplug: true }',
    ],
    [{ watchdog: { name: 'watchdog', i6300esb: { action: 'poweroff' } } }, '{ watchdog: WatchdogAction.POWEROFF }'],
    [
      { watchdog: { name: 'dog', diag288: { action: 'reset' } } },
      "{ watchdog: WatchdogAction.RESET, watchdogName: 'dog' }",
    ],
    [{ panicDevices: [{ model: 'isa' }] }, '{ panicDevices: [PanicDeviceModel.ISA] }'],
    [
      {
        gpus: [
          {
            name: 'g',
            deviceName: 'a/b',
            virtualGPUOptions: { display: { enabled: true, ramFB: { enabled: false } } },
          },
        ],
        hostDevices: [{ name: 'h', claimName: 'c', requestName: 'r', tag: 't' }],
      },
      `{
  gpus: [{ name: 'g', deviceName: 'a/b', display: true, ramFb: false }],
  hostDevices: [{ name: 'h', claimName: 'c', requestName: 'r', tag: 't' }],
}`,
    ],
    [{ gpus: ['x'] }, undefined],
  ])('%j', (written, code) => expect(text(guestDevices(written as Json))).toBe(code));
});

describe('a trusted platform module', () => {
  test.each<[unknown, string | undefined]>([
    [undefined, undefined],
    [{}, 'Tpm.volatile()'],
    [{ enabled: false }, 'Tpm.disabled()'],
    [{ persistent: true }, 'Tpm.persistent()'],
    [{ persistent: false }, 'Tpm.volatile()'],
    [{ enabled: false, persistent: true }, 'Tpm.disabled()'],
  ])('%j', (written, code) => expect(text(tpm(written))).toBe(code));
});

describe('threads of disks', () => {
  test.each<[unknown, string | undefined]>([
    [{}, undefined],
    [{ ioThreadsPolicy: 'shared' }, 'IoThreads.shared()'],
    [{ ioThreadsPolicy: 'auto' }, 'IoThreads.auto()'],
    [{ ioThreadsPolicy: 'other' }, undefined],
    [
      { ioThreadsPolicy: 'supplementalPool', ioThreads: { supplementalPoolThreadCount: 4 } },
      'IoThreads.supplementalPool(4)',
    ],
    [{ ioThreadsPolicy: 'supplementalPool' }, undefined],
    [{ ioThreadsPolicy: 'auto', ioThreads: { supplementalPoolThreadCount: 4 } }, 'IoThreads.auto()'],
  ])('%j', (written, code) => expect(text(ioThreads(written as Json))).toBe(code));
});

describe('memory that the node cannot read', () => {
  test.each<[unknown, string | undefined]>([
    [undefined, undefined],
    [{}, 'LaunchSecurity.secureExecution()'],
    [{ snp: {} }, 'LaunchSecurity.snp()'],
    [{ tdx: {} }, 'LaunchSecurity.tdx()'],
    [{ sev: {} }, 'LaunchSecurity.sev()'],
    [{ sev: { policy: { encryptedState: true } } }, 'LaunchSecurity.sevEs()'],
    [{ sev: { policy: { encryptedState: false } } }, 'LaunchSecurity.sev()'],
    [
      { sev: { attestation: {}, session: 's', dhCert: 'd' } },
      "LaunchSecurity.sev({ attestation: true, session: 's', dhCert: 'd' })",
    ],
    [{ other: {} }, undefined],
  ])('%j', (written, code) => expect(text(launchSecurity(written))).toBe(code));
});

describe('blocks that a guest sees', () => {
  test.each<[unknown, string | undefined]>([
    [undefined, undefined],
    [{}, undefined],
    [{ matchVolume: {} }, 'BlockSize.matchVolume()'],
    [{ custom: { logical: 512, physical: 4096 } }, 'BlockSize.custom({ logical: 512, physical: 4096 })'],
    [{ custom: { logical: 5, physical: 4096 } }, undefined],
  ])('%j', (written, code) => expect(text(blockSize(written))).toBe(code));
});

describe('the conditions of a selector', () => {
  test.each<[unknown, string | undefined]>([
    [undefined, undefined],
    [{}, undefined],
    [
      {
        matchLabels: { a: 'b' },
        matchExpressions: [
          { key: 'c', operator: 'NotIn', values: ['d'] },
          { key: 'e', operator: 'Exists', values: [] },
        ],
      },
      "[LabelRule.in('a', ['b']), LabelRule.notIn('c', ['d']), LabelRule.exists('e')]",
    ],
    [{ matchExpressions: [{ key: 'c', operator: 'Gt', values: ['d'] }] }, undefined],
    [{ matchLabels: { a: 'b' }, matchExpressions: [{ key: 'c', operator: 'Gt', values: ['d'] }] }, undefined],
  ])('%j', (written, code) => expect(text(listed(labelRules(written)))).toBe(code));
});

describe('a cloud-config in typed words', () => {
  test.each<[unknown, string | undefined]>([
    ['#cloud-config\nhostname: a\npackages: [b]\n', "CloudInit.of({ hostname: 'a', packages: ['b'] })"],
    [
      '#cloud-config\nusers: [default, { name: a, groups: "x, z", sudo: "ALL=(ALL) NOPASSWD:ALL", ssh_authorized_keys: ["ssh-ed25519 AAAA"] }]\n',
      `CloudInit.of({
  defaultUser: true,
  users: [
    {
      name: 'a',
      groups: ['x', 'z'],
      sudo: ['ALL=(ALL) NOPASSWD:ALL'],
      sshAuthorizedKeys: ['ssh-ed25519 AAAA'],
    },
  ],
})`,
    ],
    ['#cloud-config\nusers: [{ name: a, passwd: "$6$x$y", lock_passwd: false }]\n', undefined],
    [
      '#cloud-config\nwrite_files: [{ path: /a, content: "b", permissions: "0644", owner: "root:root", append: true }]\n',
      `CloudInit.of({
  writeFiles: [{ path: '/a', content: 'b', owner: 'root:root', permissions: '0644', append: true }],
})`,
    ],
    ['#cloud-config\nwrite_files: [{ path: /a }]\n', undefined],
    [
      '#cloud-config\ngroups: [a, { b: [c, d] }]\n',
      "CloudInit.of({ groups: [{ name: 'a' }, { name: 'b', members: ['c', 'd'] }] })",
    ],
    ['#cloud-config\nmounts: [[a, b], [a, b, ext4, "defaults", "0"], [a, b, ext4, defaults]]\n', undefined],
    [
      '#cloud-config\nmounts: [[a, b, ext4, defaults]]\n',
      "CloudInit.of({ mounts: [{ device: 'a', mountPoint: 'b', type: 'ext4', options: 'defaults' }] })",
    ],
    ['#cloud-config\nmounts: [a]\n', undefined],
    ['#cloud-config\npower_state: { mode: reboot, delay: 5, message: m, timeout: 30, condition: true }\n', undefined],
    ['#cloud-config\npower_state: { mode: reboot, delay: now }\n', undefined],
    [
      '#cloud-config\npower_state: { mode: reboot, delay: 5, timeout: 30 }\n',
      `CloudInit.of({
  powerState: {
    mode: PowerStateMode.REBOOT,
    delay: Duration.minutes(5),
    timeout: Duration.seconds(30),
  },
})`,
    ],
    ['#cloud-config\nmounts: [5]\n', undefined],
    ['#cloud-config\nwrite_files: [a]\n', undefined],
    ['#cloud-config\nruncmd: [a, [b, c]]\nbootcmd: [d]\nntp: { servers: [a] }\ntimezone: UTC\nlocale: C\n', undefined],
    ['#cloud-config\n# why\nhostname: a\n', undefined],
    ['x', undefined],
  ])('%j', (written, code) => expect(text(cloudConfigCode(String(written), undefined))).toBe(code));
});
