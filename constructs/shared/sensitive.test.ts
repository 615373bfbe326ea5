import {
  holdsSecret,
  isSecret,
  isSensitiveField,
  publicAddress,
  SensitiveValues,
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

describe('SensitiveValues', () => {
  const of = (object: object) => new SensitiveValues('Secret', [object]);

  test('hides what a sensitive field got, but not its type or length', () => {
    const values = of({ data: { a: 'pw' } });
    expect(values.hide(`'a' must be base64, got "pw"`, 'data.a')).toBe(
      "'a' must be base64, got a value that is not shown",
    );
    expect(values.hide("'a' must be text, got 1234", 'data.a')).toBe("'a' must be text, got a value that is not shown");
    expect(values.hide("'a' must be text, got true", 'data.a')).toBe("'a' must be text, got a value that is not shown");
    expect(values.hide('must be text, got an object', 'data.a')).toBe('must be text, got an object');
    expect(values.hide('must have at most 3 characters, got 12', 'data.a')).toBe(
      'must have at most 3 characters, got 12',
    );
    expect(values.hide("'a' must have at most 3 characters, got 12x", 'data.a')).toBe(
      "'a' must have at most 3 characters, got a value that is not shown",
    );
    expect(values.hide('data: old → new → newer', 'data.a')).toBe('data: a value that is not shown → another');
    expect(values.hide('old → new', 'data.a')).toBe('a value that is not shown → another');
    expect(values.hide(' → new', 'data.a')).toBe('a value that is not shown → another');
    expect(values.hide(', got "pw", got "a" b', 'data.a')).toBe(', got a value that is not shown');
  });

  test('hides a value wherever it stands, raw, escaped, cut, or as a number', () => {
    const values = of({ data: { a: 'hunter2"\n' + 'x'.repeat(200) }, stringData: { pin: 84736251, b: 'abc' } });
    const long = JSON.stringify('hunter2"\n' + 'x'.repeat(200));
    expect(values.hide(`got ${long}`)).toBe('got "…"');
    expect(values.hide(`got ${long.slice(0, 60)}… too`)).toBe('got "… too');
    expect(values.hide(`${long.slice(1, 60)}… too`)).toBe('… too');
    expect(values.hide(`… got ${long.slice(0, 60)}… too`)).toBe('… got "… too');
    expect(values.hide('write 84736251')).toBe('write …');
    expect(values.hide('abc is "abc"')).toBe('abc is "…"');
    const limits = of({ stringData: { short: 'abcde', long: 'uvwxyz' } });
    expect(limits.hide('abcde is "abcde", uvwxyz is "uvwxyz"')).toBe('abcde is "…", … is "…"');
  });

  test.each<[string, object, boolean]>([
    ['the value of a key such as password', { metadata: { annotations: { 'a/password': 'hunter22' } } }, true],
    ['what stands below a command', { spec: { command: ['sh', { deep: 'hunter22' }] } }, true],
    ['what stands below a patch', { spec: { patches: [{ value: 'hunter22' }] } }, true],
    ['an environment value', { env: [{ name: 'A', value: 'hunter22' }] }, true],
    ['a text in the place of an environment variable', { env: ['hunter22'] }, true],
    ['the name of an environment variable', { env: [{ name: 'hunter22' }] }, false],
    ['what is below a source of an environment variable', { env: [{ valueFrom: { a: 'hunter22' } }] }, false],
    ['user data of cloud-init', { cloudInitNoCloud: { userData: 'hunter22' } }, true],
    ['an unknown field of cloud-init', { cloudInitNoCloud: { a: { b: 'hunter22' } } }, true],
    ['the name of a Secret of cloud-init', { cloudInitNoCloud: { secretRef: { name: 'hunter22' } } }, false],
    ['the value of a parameter', { parameters: [{ name: 'A', value: 'hunter22' }] }, true],
    ['the name of a parameter', { parameters: [{ name: 'hunter22' }] }, false],
    ['what is not a secret', { spec: { hostname: 'hunter22' } }, false],
    ['data of another kind', { data: { a: 'hunter22' } }, false],
  ])('hides %s of a machine, or not', (_what, object, isHidden) => {
    expect(new SensitiveValues('VirtualMachine', [object]).hide('it is hunter22')).toBe(
      isHidden ? 'it is …' : 'it is hunter22',
    );
  });

  test.each<[string, (inner: unknown) => unknown]>([
    ['maps', (inner) => ({ a: inner })],
    ['lists', (inner) => [inner]],
  ])('hides a value below 128 %s, as deep as the review walks', (_what, around) => {
    const shown = (depth: number): string => {
      const object = Array.from({ length: depth - 1 }).reduce(around, 'hunter22');
      return of({ data: object }).hide('it is hunter22');
    };
    expect([shown(128), shown(129)]).toEqual(['it is …', 'it is hunter22']);
  });

  test.each<[string, object, string, string]>([
    [
      'a text that holds a password',
      { helm: { values: 'db:\n  password: hunter2' } },
      String.raw`db:\n  password: hunter2 → x`,
      '… → x',
    ],
    ['a private key', { a: ['-----BEGIN PRIVATE KEY-----'] }, 'got "-----BEGIN PRIVATE…', 'got "…'],
    ['the login of an address without a scheme', { httpProxy: 'me:pw@proxy:80' }, 'me:pw@proxy:80', '…@proxy:80'],
    ['that of a list of addresses', { registries: ['me:pw@r'] }, 'got ["me:pw@r"]', 'got ["…@r"]'],
    ['the login of an address with a quote', { url: 'https://u:p"w@h/x' }, 'https://u:p"w@h/x', 'https://…@h/x'],
    ['the query of an address without a host', { url: '/x?sig=1' }, 'got "/x?sig=1"', 'got "/x?…"'],
    ['no login in a text that is not an address', { owner: 'a:b@team' }, 'a:b@team', 'a:b@team'],
    ['the login of an address alone', { url: 'https://me:pw@h/x' }, 'got "https://me:pw@h/x"', 'got "https://…@h/x"'],
  ])('hides %s', (_what, object, sentence, shown) =>
    expect(new SensitiveValues('Application', [object]).hide(sentence)).toBe(shown),
  );

  test('hides what stands in the open fields of a Secret by mistake', () => {
    const values = new SensitiveValues('Secret', [{ type: { password: 'hunter11' }, immutable: 'hunter22' }]);
    expect(values.hide('got hunter11 and hunter22')).toBe('got … and …');
    expect(new SensitiveValues('Secret', [{ type: 'example.org/own' }]).hide('got example.org/own')).toBe(
      'got example.org/own',
    );
  });

  test('hides what a SealedSecret makes a Secret from', () => {
    const template = { metadata: { name: 'hunter11' }, data: { a: 'hunter22' } };
    const values = new SensitiveValues('SealedSecret', [{ spec: { template } }]);
    expect(values.hide('spec.template.a: hunter22 of hunter11')).toBe('spec.template.a: … of hunter11');
  });

  test('hides a value of the object that it replaces, and of a Secret all that is no metadata', () => {
    expect(new SensitiveValues('Secret', [undefined, { unknown: { a: 'hunter22' } }]).hide('hunter22')).toBe('…');
    expect(of({ metadata: { name: 'hunter22' }, type: 'hunter22' }).hide('hunter22')).toBe('hunter22');
    expect(of({ metadata: { data: { a: 'hunter22' } } }).hide('hunter22')).toBe('hunter22');
  });
});
