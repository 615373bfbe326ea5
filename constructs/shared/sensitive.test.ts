import {
  holdsSecret,
  isSecret,
  isSensitiveField,
  publicAddress,
  withoutCredentials,
  withoutLogins,
  withoutSensitive,
} from './sensitive';

describe('isSensitiveField', () => {
  test.each([
    ['Secret', 'data[password]'],
    ['Secret', 'stringData'],
    ['Secret', 'stringdata.a'],
    ['secret', 'data.a'],
    ['SealedSecret', 'spec.template.data.config'],
    ['ExternalSecret', 'spec.target.template.data[a.conf]'],
    ['Template', 'parameters[0].value'],
    ['Template', 'parameters[0].from'],
    ['Application', 'spec.source.helm.parameters[0].value'],
    ['Kustomization', 'spec.postBuild.substitute.db_pass'],
    ['Kustomization', 'spec.postBuild.substitute.S3_SECRET_KEY'],
    ['ConfigMap', 'data[autounattend.xml]'],
    ['VirtualMachine', 'spec.template.spec.volumes[1].cloudInitNoCloud.userData'],
    ['VirtualMachine', 'spec.template.spec.volumes[1].cloudInitConfigDrive.userdata'],
    ['Pod', 'spec.containers[0].env[2].value'],
    ['Pod', 'spec.containers[0].env[2].valu'],
    ['Pod', 'spec.containers[0].args[1]'],
    ['DataVolume', 'spec.source.http.extraHeaders[0]'],
    ['StorageClass', 'parameters.restUserPassword'],
    ['Deployment', 'metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]'],
    ['', 'users[0].password'],
    ['Secret', 'data[[[x'],
    ['Pod', 'spec.containers[0].args[[1'],
  ])('is true for %s %s', (kind, field) => expect(isSensitiveField(kind, field)).toBe(true));

  test.each([
    ['Secret', 'metadata.name'],
    ['Secret', 'type'],
    ['Template', 'parameters[0].name'],
    ['StorageClass', 'parameters.type'],
    ['ExternalSecret', 'spec.data[0].secretKey'],
    ['SealedSecret', 'spec.template.metadata.name'],
    ['SealedSecret', 'spec.encryptedData.a'],
    ['Deployment', 'spec.template.data.a'],
    ['SealedSecret', 'spec.data.a'],
    ['Pod', 'spec.bypass'],
    ['ConfigMap', 'metadata.labels[data]'],
    ['VirtualMachine', 'spec.template.spec.volumes[1].cloudInitNoCloud.secretRef.name'],
    ['Pod', 'spec.containers[0].env[2].name'],
    ['Pod', 'spec.containers[0].env[2].valueFrom.secretKeyRef.name'],
    ['Pod', 'spec.volumes[0].secret.secretName'],
    ['DataVolume', 'spec.source.http.secretRef'],
    ['', 'users[0].lockPassword'],
    ['VirtualMachine', 'spec.template.spec.volumes[0].containerDisk.imagePullSecret'],
    ['VirtualMachine', ''],
  ])('is false for %s %s', (kind, field) => expect(isSensitiveField(kind, field)).toBe(false));
});

describe('withoutLogins', () => {
  test.each([
    ['see https://h/x.img?sig=1#a', 'see https://h/x.img?…'],
    ['https://h/docs/#pruning', 'https://h/docs/#pruning'],
    ['https://h/#token=1', 'https://h/#…'],
    ['https://admin:pw@h:80/x y', 'https://…@h:80/x y'],
    ['https://token@h/x', 'https://…@h/x'],
    ['got "ftpx://a:p w@h/x y?q"; write', 'got "ftpx://…@h/x y?…"; write'],
    ['http://user:p/w@h/x', 'http://…@h/x'],
    ['http://:p/w@h/x', 'http://…@h/x'],
    ['http://user:p?w@h/x?q', 'http://…@h/x?…'],
    ['docker://quay.io/a/b@sha256:12', 'docker://quay.io/a/b@sha256:12'],
    ['docker://quay.io:5000/a/b:tag', 'docker://quay.io:5000/a/b:tag'],
    ['a // comment @ b', 'a // comment @ b'],
    ['https://?sig=1', 'https://?…'],
    ['file:///a@b', 'file:///a@b'],
    ['//u:p@h', '//…@h'],
    ['user:pw@registry.example/x:1', '…@registry.example/x:1'],
    ['"image": "user:pw@registry:5000/x", more', '"image": "…@registry:5000/x", more'],
    ['user:p/w@registry:5000/x → a:b@c/d', '…@registry:5000/x → …@c/d'],
    ['user:p@w@registry/x', '…@registry/x'],
    ['user:pw@registry/x:1@sha256:ab', '…@registry/x:1@sha256:ab'],
    ['quay.io/a/b:41@sha256:12', 'quay.io/a/b:41@sha256:12'],
    ['quay.io:5000/a/b:41@sha256:12', 'quay.io:5000/a/b:41@sha256:12'],
    ['a:41@sha512:12/x', 'a:41@sha512:12/x'],
    ['git@github.com:a/b', 'git@github.com:a/b'],
    ['the owner: team@corp.example/a', 'the owner: team@corp.example/a'],
    ['at 10:30 by a@b', 'at 10:30 by a@b'],
  ])('%s becomes %s', (text, shown) => expect(withoutLogins(text)).toBe(shown));
});

describe('isSecret', () => {
  test.each<[string, (string | number)[], unknown, string]>([
    ['Secret', ['data', 'a'], 'x', ''],
    ['Secret', ['unknown'], 5, ''],
    ['StorageClass', ['parameters', 'restUserPassword'], 'hunter2', ''],
    ['VirtualMachine', ['metadata', 'annotations', 'example.com/token'], 12345, ''],
    ['Pod', ['spec', 'containers', 0, 'env', 0, 'value'], 'hunter2', 'DB_PASSWORD'],
    ['Pod', ['spec', 'containers', 0, 'args', 1], 'hunter2', '--api-key'],
    ['ConfigMap', ['data', 'unattend.conf'], 'user=a\npassword=b', ''],
  ])('is true for %s %j', (kind, path, value, name) => expect(isSecret(kind, path, value, name)).toBe(true));

  test.each<[string, (string | number)[], unknown, string]>([
    ['Secret', ['metadata', 'name'], 'x', ''],
    ['Secret', [], 'x', ''],
    ['Pod', ['spec', 'containers', 0, 'env', 0, 'value'], 'debug', 'LOG_LEVEL'],
    ['VirtualMachine', ['spec', 'volumes', 0, 'containerDisk', 'imagePullSecret'], 'registry-login', ''],
    ['ConfigMap', ['data', 'a.conf'], 'user=a', ''],
    ['Pod', ['spec', 'password'], '', ''],
    ['Pod', ['spec', 'password'], true, ''],
  ])('is false for %s %j', (kind, path, value, name) => expect(isSecret(kind, path, value, name)).toBe(false));
});

describe('holdsSecret', () => {
  test.each([
    'password: hunter2',
    '{"PASSWORD": "hunter2"}',
    "db_passwd='hunter2'",
    'export API_KEY=abc',
    'secret = abc',
    'Authorization: Bearer abc',
    'echo root:pw | chpasswd',
    'echo pw | passwd --stdin root',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    '[Interface]\n  PrivateKey = abc',
    'git clone https://me:hunter2@host/x',
    'git clone https://me:hun/ter2@host/x',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----',
    'DB_PASS=hunter2',
    's3_secret_key: hunter2',
    'kubeadm join host --token abc.def --x',
    "subscription-manager register --username a --password 'hunter2'",
    'sshpass -p hunter2 ssh host',
    "ConvertTo-SecureString 'hunter2' -AsPlainText",
    '<AdministratorPassword>\n  <Value>hunter2</Value>',
    '<Password>hunter2</Password>',
    '{"auths":{"r":{"auth":"bWU6aHVudGVyMg=="}}}',
    'machine host login me password hunter2',
    'curl -H "X: eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.x"',
  ])('is true for %j', (text) => expect(holdsSecret(text)).toBe(true));

  test.each([
    'packages: [nginx]',
    'users: [{ name: a, lock_passwd: false, ssh_pwauth: true }]',
    'passwd: $6$rounds=4096$salt$hash',
    'chpasswd: { expire: false }',
    'password: ""',
    'password:\n',
    'git clone ssh://git@host/x',
    'docker://quay.io:5000/a/b@sha256:12',
    '-----BEGIN CERTIFICATE-----',
    'docker login --password-stdin registry',
    'kubeadm join --token $TOKEN',
    'kubeadm join --token "${TOKEN}"',
    'run --token <token>',
    'gh auth login --with-token < file',
    '<Password></Password>',
    '<Password>\n  <Value></Value>',
    'the login of me and the password of you',
    'compass: north',
    'secretKey: db-password',
  ])('is false for %j', (text) => expect(holdsSecret(text)).toBe(false));
});

test.each([
  ['https://me:pw@h/x.img', 'https://h/x.img'],
  ['docker://token@h/a:41', 'docker://h/a:41'],
  ['https://u:p/w@h/x', 'https://h/x'],
  ['https://h/x.img?X-Amz-Signature=1', 'https://h/x.img'],
  ['https://h/x.img?se=2026&sig=a%2F', 'https://h/x.img'],
  ['https://h/x.img#token=1', 'https://h/x.img'],
  ['https://h/x.img?format=raw', 'https://h/x.img?format=raw'],
  ['docker://quay.io:5000/a/b@sha256:12', 'docker://quay.io:5000/a/b@sha256:12'],
  ['me:pw@h', 'me:pw@h'],
  ['me:pw@registry:5000/a:41', 'registry:5000/a:41'],
  ['quay.io/a:41@sha256:12', 'quay.io/a:41@sha256:12'],
])('withoutCredentials leaves of %s what may stand in code', (address, open) =>
  expect(withoutCredentials(address)).toBe(open),
);

test.each([
  ['admin:pw@h/x?sig', '…@h/x?…'],
  ['https://u:p@h/x y?sig', 'https://…@h/x y?…'],
  ['docker://quay.io/a:41', 'docker://quay.io/a:41'],
  ['quay.io/a:41', 'quay.io/a:41'],
  ['quay.io:5000/a:41', 'quay.io:5000/a:41'],
  ['', ''],
])('publicAddress shows %j as %j', (address, shown) => expect(publicAddress(address)).toBe(shown));

test('withoutSensitive hides values by their path, and leaves what writes itself', () => {
  const written = new (class {
    public toJSON(): string {
      return 'text';
    }
  })();
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  expect(
    withoutSensitive({ env: [{ name: 'A', value: 'x' }, 'B=x'], password: 'x', a: [{ command: ['x'] }], written }),
  ).toEqual({ env: [{ name: 'A', value: '…' }, '…'], password: '…', a: [{ command: '…' }], written });
  expect(withoutSensitive(cyclic)).toEqual({ self: cyclic });
  const bare = Object.assign(Object.create(null) as object, { password: 'x' });
  expect(withoutSensitive({ a: bare })).toEqual({ a: { password: '…' } });
});
