import { Size } from 'cdk8s';
import { load } from 'js-yaml';
import { manifest, testChart } from '../shared/testing/manifests';
import { AccessCredential } from './access-credential';
import { BootableVM } from './bootable-vm';
import { CloudInit, CloudInitDatasource, CloudInitOptions } from './cloud-init';
import { CloudConfig } from './cloud-init-config';
import { ContainerDisk } from './container-disk';
import { Password } from './password';

/*
 * What the unit tests of `virtctl create vm` ask of the guest (KubeVirt v1.9.0, pkg/virtctl/create/vm/vm_test.go), entry by entry, by
 * each data source: the same in meaning. virtctl writes user and network data as Base64, which is the same text.
 */

const KEYS = ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBaY one', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmS two'];
const MANAGE_SSH = 'setsebool -P virt_qemu_ga_manage_ssh on';
const NETWORK = 'network:\n  version: 1\n  config:\n  - type: physical\n  name: eth0\n';
const SOURCES = [
  ['cloudInitNoCloud', {}],
  ['cloudInitNoCloud', { datasource: CloudInitDatasource.NO_CLOUD }],
  ['cloudInitConfigDrive', { datasource: CloudInitDatasource.CONFIG_DRIVE }],
] as const;

interface Volume {
  readonly name: string;
  readonly [source: string]: unknown;
}

function made(
  cloudInit: CloudInit | undefined,
  ...accessCredentials: AccessCredential[]
): {
  readonly volumes: Volume[];
  readonly accessCredentials?: unknown;
} {
  const bootDisk = ContainerDisk.of('my.registry/my-image:my-tag');
  const vm = new BootableVM(testChart('shop'), 'my-vm', {
    bootDisk,
    memory: Size.mebibytes(512),
    cloudInit,
    accessCredentials: accessCredentials.length > 0 ? accessCredentials : undefined,
  });
  return (manifest(vm).spec as { readonly template: { readonly spec: { readonly volumes: Volume[] } } }).template.spec;
}

/** The data of the volume of cloud-init. */
function dataOf(kind: string, cloudInit: CloudInit): { readonly userData: string; readonly networkData?: string } {
  const [, volume] = made(cloudInit).volumes;
  expect(volume?.name).toBe('cloudinitdisk');
  return volume?.[kind] as { readonly userData: string };
}

const asked: [words: string, config: CloudConfig, expected: object][] = [
  ['--user', { user: 'my-user' }, { user: 'my-user' }],
  [
    '--password-file, whose text everybody reads in the manifest',
    { password: Password.publicDemoValue('secret') },
    { password: 'secret', chpasswd: { expire: false } },
  ],
  ['--ssh-key once', { sshAuthorizedKeys: KEYS.slice(0, 1) }, { ssh_authorized_keys: KEYS.slice(0, 1) }],
  ['--ssh-key with several keys, or several times', { sshAuthorizedKeys: KEYS }, { ssh_authorized_keys: KEYS }],
  ['--ga-manage-ssh', { runcmd: [MANAGE_SSH] }, { runcmd: [MANAGE_SSH] }],
  [
    '--user and --ssh-key',
    { user: 'my-user', sshAuthorizedKeys: KEYS },
    { user: 'my-user', ssh_authorized_keys: KEYS },
  ],
];

describe('what virtctl create vm asks of the guest', () => {
  test.each(
    SOURCES.flatMap(([kind, options]) =>
      asked.map(([words, config, expected]) => ({
        kind,
        options: options as CloudInitOptions,
        words,
        config,
        expected,
      })),
    ),
  )('is said by props: $words, $kind', ({ kind, options, config, expected }) => {
    const { userData } = dataOf(kind, CloudInit.of(config, options));
    expect(userData).toMatch(/^#cloud-config\n/);
    expect(load(userData)).toEqual(expected);
  });

  test.each(SOURCES)('is text of its own: --cloud-init-user-data, --cloud-init-network-data, %s', (kind, options) => {
    const userData = '#cloud-config\nuser: user\npackages:\n- nginx\n';
    expect(dataOf(kind, CloudInit.raw(userData, options))).toEqual({ userData });
    expect(dataOf(kind, CloudInit.raw(userData, { ...options, networkData: NETWORK }))).toEqual({
      userData,
      networkData: NETWORK,
    });
    expect(dataOf(kind, CloudInit.of({ user: 'my-user' }, { ...options, networkData: NETWORK }))).toEqual({
      userData: '#cloud-config\nuser: my-user\n',
      networkData: NETWORK,
    });
  });

  test('is nothing: --cloud-init none, --ga-manage-ssh=false', () => {
    expect(made(undefined).volumes).toHaveLength(1);
  });

  test.each(SOURCES)('is keys by the guest agent: --access-cred src:my-keys,user:myuser, %s', (kind, options) => {
    const credential = AccessCredential.sshKeysByGuestAgent('my-keys', ['myuser']);
    const cloudInit = CloudInit.of({ user: 'myuser', runcmd: [MANAGE_SSH] }, options);
    const { volumes, accessCredentials } = made(cloudInit, credential);
    expect(volumes[1]?.[kind]).toEqual({ userData: `#cloud-config\nuser: myuser\nruncmd:\n  - ${MANAGE_SSH}\n` });
    expect(accessCredentials).toEqual([
      {
        sshPublicKey: {
          source: { secret: { secretName: 'my-keys' } },
          propagationMethod: { qemuGuestAgent: { users: ['myuser'] } },
        },
      },
    ]);
  });

  test.each<[string, AccessCredential, CloudInitDatasource, object]>([
    ['nocloud', AccessCredential.sshKeysByCloudInit('my-keys'), CloudInitDatasource.NO_CLOUD, { noCloud: {} }],
    [
      'configdrive',
      AccessCredential.sshKeysByConfigDrive('my-keys'),
      CloudInitDatasource.CONFIG_DRIVE,
      { configDrive: {} },
    ],
  ])(
    'is keys by cloud-init, whose data says nothing else: method:%s',
    (_, credential, datasource, propagationMethod) => {
      const { volumes, accessCredentials } = made(CloudInit.raw('#cloud-config', { datasource }), credential);
      expect(volumes[1]).toMatchObject({ [datasource]: { userData: '#cloud-config' } });
      expect(accessCredentials).toMatchObject([{ sshPublicKey: { propagationMethod } }]);
    },
  );
});
