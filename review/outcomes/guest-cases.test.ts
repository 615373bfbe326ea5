import { eachOf, messages, said, TextCase } from '../testing/said';

const RULES = [
  ...['network-data-mac', 'network-data-yaml', 'user-data-header', 'user-data-yaml', 'user-data-secret', 'secret-keys'],
];

const indented = (text: string): string => text.replace(/^/gm, ' '.repeat(12));
/** A VirtualMachine with one seed for cloud-init. */
const seeded = (
  key: string,
  text: string,
  interfaces = '{ name: default, masquerade: {} }',
  type = 'cloudInitNoCloud',
): string => `
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web, namespace: lab }
spec:
  runStrategy: Always
  template:
    spec:
      domain: { memory: { guest: 1Gi }, devices: { interfaces: [${interfaces}] } }
      networks: [{ name: default, pod: {} }]
      volumes:
      - name: seed
        ${type}:
          ${key}: |2
${indented(text)}
---`;
const user = (text: string): string => seeded('userData', text);
const network = (text: string, mac = ''): string =>
  seeded('networkData', text, `{ name: default, bridge: {}${mac === '' ? '' : `, macAddress: '${mac}'`} }`);
/** A VirtualMachine with a seed in one line. */
const line = (seed: string, kind = 'VirtualMachine'): string => `
apiVersion: kubevirt.io/v1
kind: ${kind}
metadata: { name: web, namespace: lab }
spec: ${kind === 'VirtualMachine' ? '{ runStrategy: Always, template: { spec: ' : ''}{ domain: { memory: { guest: 1Gi }, devices: {} }, volumes: [{ name: seed, ${seed} }] }${kind === 'VirtualMachine' ? ' } }' : ''}
---`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secret = (name: string, keys: string, part = 'stringData', kind = 'Secret'): string => `
apiVersion: v1
kind: ${kind}
metadata: { name: ${name}, namespace: lab }
${part}: { ${keys} }
---`;
const volume = (source: string): string => `
apiVersion: cdi.kubevirt.io/v1beta1
kind: DataVolume
metadata: { name: d, namespace: lab }
spec: { source: { ${source} }, storage: { resources: { requests: { storage: 1Gi } } } }
---`;

const AT = 'VirtualMachine web spec.template.spec.volumes[0].cloudInitNoCloud';
const CONFIG = '#cloud-config\n';
const HASH = '$6$rounds=4096$salt$JkXtBLQ1hsIq';

const CASES: readonly TextCase[] = [
  // Python takes a bracket that is closed left of where it was opened, wherever that is.
  [
    'a list of which a bracket is closed far to the left',
    user(`${CONFIG}-\n${' '.repeat(35)}- [\n]`),
    [`user-data-yaml ${AT}.userData`],
    'must be a map of keys, not a list',
  ],
  // The header.
  ['a cloud-config', user(`${CONFIG}users: []`), []],
  [
    'keys without a header',
    user('users:\n- name: core\nruncmd: [ls]'),
    [`user-data-header ${AT}.userData`],
    "write '#cloud-config' in its first line, with nothing before it",
  ],
  [
    'a password alone without a header',
    user('password: fedora\nchpasswd: { expire: false }'),
    [`user-data-header ${AT}.userData`],
  ],
  ['a header with a blank in it', user('# cloud-config\nusers: []'), [`user-data-header ${AT}.userData`]],
  ['no header before a key that stands twice', user('users: []\nusers: []'), [`user-data-header ${AT}.userData`]],
  ['a header with an underscore', user('#cloud_config\nusers: []'), [`user-data-header ${AT}.userData`]],
  [
    'a comment before the header',
    user('# made by hand\n#cloud-config\nusers: []'),
    [`user-data-header ${AT}.userData`],
  ],
  [
    'the mark of a document before the header',
    user('---\n#cloud-config\nusers: []'),
    [`user-data-header ${AT}.userData`],
  ],
  ['the header without its sign', user('cloud-config\nusers: []'), [`user-data-header ${AT}.userData`]],
  ['a blank line before the header', user('\n#cloud-config\nusers: []'), []],
  ['a header in capitals', user('#Cloud-Config\nusers: []'), []],
  ['a script', user('#!/bin/sh\nhostname: x'), []],
  ['parts of MIME', user('Content-Type: multipart/mixed; boundary="x"\n\n--x\nusers: a'), []],
  ['a template of Jinja', user('## template: jinja\n#cloud-config\nhostname: {{ v1.name }}'), []],
  ['an include', user('#include\nhttps://example.com/user-data'), []],
  ['a PowerShell script', user('#ps1_sysnative\nusers: 1'), []],
  ['the configuration of Talos', user('version: v1alpha1\nmachine: { type: worker }\nhostname: x'), []],
  ['Ignition', user('{"ignition": {"version": "3.4.0"}, "users": []}'), []],
  ['JSON with keys of cloud-init', user('{\n"users": [],\n"runcmd": []\n}'), []],
  ['a list of keys of cloud-init', user('[users,\nruncmd: 1]'), []],
  ['a text that is meant for something else', user('key: value'), []],
  [
    'a ConfigDrive',
    seeded('userData', 'runcmd: [ls]', undefined, 'cloudInitConfigDrive'),
    ['user-data-header VirtualMachine web spec.template.spec.volumes[0].cloudInitConfigDrive.userData'],
  ],
  [
    'base64 of keys without a header',
    line(`cloudInitNoCloud: { userDataBase64: ${base64('users: []\nruncmd: [ls]')} }`),
    [`user-data-header ${AT}.userDataBase64`],
  ],
  [
    'base64 of what a browser encoded',
    line(`cloudInitNoCloud: { userDataBase64: ${base64('%23cloud-config%0Aupdates%3A')} }`),
    [`user-data-header ${AT}.userDataBase64`],
  ],
  [
    'base64 of something compressed',
    line('cloudInitNoCloud: { userDataBase64: H4sIAAAAAAAAA0vOyS9N0U3Oz0vLTOcCAAp9h/INAAAA }'),
    [],
  ],
  [
    'an instance',
    line('cloudInitNoCloud: { userData: "runcmd: [ls]" }', 'VirtualMachineInstance'),
    ['user-data-header VirtualMachineInstance web spec.volumes[0].cloudInitNoCloud.userData'],
  ],
  [
    'a Secret without a header',
    line('cloudInitNoCloud: { secretRef: { name: seed } }') +
      secret('seed', 'userdata: "users: [{ name: core, passwd: hunter22 }]"'),
    ['user-data-header Secret seed stringData.userdata'],
  ],
  [
    'a Secret in base64 without a header',
    line('cloudInitNoCloud: { secretRef: { name: seed } }') +
      secret('seed', `userData: ${base64('runcmd: [ls]')}`, 'data'),
    ['user-data-header Secret seed data.userData'],
  ],
  // YAML.
  [
    'a colon in a command',
    user(`${CONFIG}runcmd:\n- echo: a: b`),
    [`user-data-yaml ${AT}.userData`],
    'YAML, which it is not from its line 3 on',
  ],
  ['a tab that indents', user(`${CONFIG}users:\n\t- name: core`), [`user-data-yaml ${AT}.userData`]],
  ['a list', user(`${CONFIG}- users`), [`user-data-yaml ${AT}.userData`], 'a map of keys, not a list'],
  ['a text', user(`${CONFIG}echo hello`), [`user-data-yaml ${AT}.userData`], 'a map of keys, not a text'],
  [
    'a key that stands twice',
    user(`${CONFIG}runcmd: [a]\npackages: []\nruncmd: [b]`),
    [`user-data-yaml ${AT}.userData`],
    'unlike that of its line 4; cloud-init takes the last of them',
  ],
  ['a bracket that closes where its key begins', user(`${CONFIG}packages: [\n  nginx\n]`), []],
  ['a header alone', user(CONFIG), []],
  ['a template', user(`${CONFIG}hostname: {{ name }}`), []],
  ['bytes in base64', user(`${CONFIG}write_files:\n- { path: /x, content: !!binary aGk= }`), []],
  // Passwords.
  [
    'a password',
    user(`${CONFIG}password: hunter22\nchpasswd: { expire: false }`),
    [`user-data-secret ${AT}.userData`],
    'holds one at password; write a hash',
  ],
  [
    'a password of a user',
    user(`${CONFIG}users:\n- name: core\n  plain_text_passwd: hunter22`),
    [`user-data-secret ${AT}.userData`],
    'users[0].plain_text_passwd',
  ],
  [
    'the list of chpasswd',
    user(`${CONFIG}chpasswd:\n  list: |\n    root:hunter22\n  expire: false`),
    [`user-data-secret ${AT}.userData`],
    'chpasswd.list',
  ],
  [
    'two passwords',
    user(`${CONFIG}password: hunter22\nusers:\n- { name: a, passwd: hunter33 }`),
    [`user-data-secret ${AT}.userData`],
    'and 1 more',
  ],
  [
    'a private key',
    user(`${CONFIG}write_files:\n- path: /k\n  content: |\n    -----BEGIN OPENSSH PRIVATE KEY-----\n    x`),
    [`user-data-secret ${AT}.userData`],
  ],
  [
    'a password in base64',
    line(`cloudInitNoCloud: { userDataBase64: ${base64(`${CONFIG}password: hunter22`)} }`),
    [`user-data-secret ${AT}.userDataBase64`],
  ],
  ['a hash', user(`${CONFIG}users:\n- { name: a, passwd: '${HASH}' }\nssh_pwauth: true`), []],
  ['a locked password', user(`${CONFIG}users:\n- { name: a, lock_passwd: true, passwd: '!' }`), []],
  ['a password that is made up', user(`${CONFIG}chpasswd: { list: 'root:RANDOM' }`), []],
  ['a password that is filled in', user(`${CONFIG}password: "\${PASSWORD}"`), []],
  [
    'a password in a Secret',
    line('cloudInitNoCloud: { secretRef: { name: seed } }') +
      secret('seed', 'userdata: "#cloud-config\\npassword: hunter22"'),
    [],
  ],
  // Network data.
  [
    'a MAC address that an interface has',
    network('version: 2\nethernets: { a: { match: { macaddress: "02:00:00:00:00:01" } } }', '02:00:00:00:00:01'),
    [],
  ],
  [
    'a MAC address in capitals and dashes',
    network('version: 2\nethernets: { a: { match: { macaddress: "02-00-00-00-00-aa" } } }', '02:00:00:00:00:AA'),
    [],
  ],
  [
    'a MAC address that no interface has',
    network('version: 2\nethernets: { a: { match: { macaddress: "02:00:00:00:00:01" } } }', '02:00:00:00:00:02'),
    [`network-data-mac ${AT}.networkData`],
    "no interface has 02:00:00:00:00:01, so that the guest comes up without that address; write 'macAddress: 02:00:00:00:00:01' on its interface",
  ],
  [
    'a MAC address where no interface states one',
    network('network:\n  version: 2\n  ethernets: { a: { match: { macaddress: "02:00:00:00:00:01" } } }'),
    [`network-data-mac ${AT}.networkData`],
    'no interface of the machine states one',
  ],
  ['a name of an interface', network('version: 2\nethernets: { enp1s0: { dhcp4: true } }'), []],
  [
    'a MAC address that is given to an interface',
    network('version: 2\nethernets: { enp1s0: { macaddress: "02:00:00:00:00:01" } }'),
    [],
  ],
  [
    'network data in base64',
    line(
      `cloudInitNoCloud: { networkDataBase64: ${base64('version: 1\nconfig: [{ type: physical, name: a, mac_address: "02:00:00:00:00:01" }]')} }`,
    ),
    [`network-data-mac ${AT}.networkDataBase64`],
  ],
  [
    'network data of a Secret',
    line('cloudInitNoCloud: { networkDataSecretRef: { name: net } }') +
      secret('net', 'networkdata: "version: 2\\nethernets: { a: { match: { macaddress: \'02:00:00:00:00:01\' } } }"'),
    ['network-data-mac Secret net stringData.networkdata'],
  ],
  [
    'network data that is no YAML',
    network('version: 2\nethernets:\n\tenp1s0: {}'),
    [`network-data-yaml ${AT}.networkData`],
  ],
  // Keys of Secrets.
  [
    'a Secret with another key than cloud-init reads',
    line('cloudInitNoCloud: { secretRef: { name: seed } }') + secret('seed', 'user-data: x'),
    [`secret-keys ${AT}.secretRef.name`],
    "a Secret with 'userdata' or 'userData', got \"seed\" with 'user-data'",
  ],
  [
    'network data under the key of user data',
    line('cloudInitNoCloud: { networkDataSecretRef: { name: seed } }') + secret('seed', 'userdata: "#cloud-config"'),
    [`secret-keys ${AT}.networkDataSecretRef.name`],
  ],
  [
    'a login of a registry as kubectl makes it',
    volume('registry: { url: "docker://r.example/x", secretRef: login }') + secret('login', '.dockerconfigjson: "{}"'),
    ['secret-keys DataVolume d spec.source.registry.secretRef'],
  ],
  [
    'a login of Google under its key',
    volume('gcs: { url: "https://storage.googleapis.com/b/x", secretRef: login }') +
      secret('login', 'credentials.json: "{}"'),
    [],
  ],
  [
    'a login of Google as that of S3',
    volume('gcs: { url: "https://storage.googleapis.com/b/x", secretRef: login }') +
      secret('login', 'accessKeyId: a, secretKey: b'),
    ['secret-keys DataVolume d spec.source.gcs.secretRef'],
  ],
  [
    'an answer file in capitals',
    line('sysprep: { configMap: { name: answers } }') +
      secret('answers', 'Autounattend.xml: "<x/>"', 'data', 'ConfigMap'),
    [],
  ],
  [
    'an answer file of another name',
    line('sysprep: { configMap: { name: answers } }') + secret('answers', 'answers.xml: "<x/>"', 'data', 'ConfigMap'),
    ['secret-keys VirtualMachine web spec.template.spec.volumes[0].sysprep.configMap.name'],
    "'autounattend.xml' or 'unattend.xml'",
  ],
  [
    'a login for images that is not one',
    line('containerDisk: { image: r.example/x, imagePullSecret: pull }') + secret('pull', 'username: a, password: b'),
    ['secret-keys VirtualMachine web spec.template.spec.volumes[0].containerDisk.imagePullSecret'],
  ],
  [
    'a Secret that somebody else fills',
    line('cloudInitNoCloud: { secretRef: { name: seed } }') + secret('seed', ''),
    [],
  ],
  [
    'a Secret of another namespace',
    line('cloudInitNoCloud: { secretRef: { name: seed } }') + secret('other', 'x: "1"'),
    [],
  ],
];

describe('what the guest is given', () => {
  test.each(eachOf(CASES))('%s', (_title, text, expected, part) => {
    expect(said(text, RULES).sort()).toEqual([...expected].sort());
    expect(messages(text, RULES)).toContain(part);
    expect(messages(text, RULES)).not.toMatch(/hunter\d\d/);
  });
});
