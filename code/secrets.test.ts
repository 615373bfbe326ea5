import { Json } from '../review/rule';
import { withoutSecrets } from './secrets';

const CONTAINER = {
  name: 'a',
  args: ['--verbose', '--password', 'hunter2', '--token=hunter2'],
  env: [
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'LOG_LEVEL', value: 'debug' },
  ],
};

const seed = (userData: string): Json => ({
  kind: 'VirtualMachine',
  metadata: { name: 'web' },
  spec: { volumes: [{ name: 'seed', cloudInitNoCloud: { userData } }] },
});

describe('withoutSecrets', () => {
  test('leaves out what a name beside a value says, and keeps what it does not', () => {
    const { object, notes } = withoutSecrets({ kind: 'Pod', spec: { containers: [CONTAINER] } });
    expect(object).toEqual({
      kind: 'Pod',
      spec: {
        containers: [
          {
            name: 'a',
            args: ['--verbose', '--password', 'CHANGE_ME', 'CHANGE_ME'],
            env: [
              { name: 'DB_PASSWORD', value: 'CHANGE_ME' },
              { name: 'LOG_LEVEL', value: 'debug' },
            ],
          },
        ],
      },
    });
    expect(notes).toEqual([
      'spec.containers[0].args[2] is left out, since it holds a secret: put the text into a Secret.',
      'spec.containers[0].args[3] is left out, since it holds a secret: put the text into a Secret.',
      'spec.containers[0].env[0].value is left out, since it holds a secret: put the text into a Secret.',
    ]);
  });

  test.each([
    ['a password by its key', { parameters: { restUserPassword: 'hunter2' } }],
    ['a number', { parameters: { token: 84736251 } }],
    ['a header', { extraHeaders: ['Authorization: Bearer hunter2', 'X-API-Key: hunter2'] }],
    ['the header of a probe', { httpHeaders: [{ name: 'Authorization', value: 'hunter2' }] }],
    ['a signed address', { url: 'https://h/x?X-Amz-Signature=hunter2' }],
    ['an address in a text', { note: 'see https://me:hunter2@h/x' }],
  ])('leaves out %s', (_title, spec) => {
    const { object, notes } = withoutSecrets({ kind: 'DataVolume', metadata: { name: 'd' }, spec });
    expect(JSON.stringify(object)).not.toMatch(/hunter2|84736251/);
    expect(notes).toHaveLength(1);
  });

  test.each([
    ['the name of a Secret', { imagePullSecret: 'registry-login', secretRef: { name: 'a' } }],
    ['a query that says no secret', { url: 'https://h/x.img?format=raw' }],
    ['a header that everybody may know', { extraHeaders: ['Accept: */*'] }],
  ])('keeps %s', (_title, spec) => {
    const given = { kind: 'DataVolume', spec };
    expect(withoutSecrets(given)).toEqual({ object: given, notes: [] });
  });

  test('keeps what has the name of a method of every object', () => {
    const given = { kind: 'Pod', spec: { name: { toString: 'a', valueOf: 'b' }, type: [['c'], null] } };
    expect(withoutSecrets(given)).toEqual({ object: given, notes: [] });
  });

  test('leaves out what cloud-init does not know, as it may be its data under a mistyped name', () => {
    const volume = { name: 'seed', cloudInitNoCloud: { userdata: 'hunter2', secretRef: { name: 'a' } } };
    const { object, notes } = withoutSecrets({ kind: 'VirtualMachine', spec: { volumes: [volume] } });
    expect(object.spec).toEqual({ volumes: [{ name: 'seed', cloudInitNoCloud: { secretRef: { name: 'a' } } }] });
    expect(notes).toEqual(['userdata of cloud-init is left out: KubeVirt knows no such field.']);
  });

  test.each([
    ['a hash', '#cloud-config\nusers: [{ name: a, lock_passwd: false, hashed_passwd: $6$salt$hash }]\n'],
    ['no password', '#cloud-config\npackages: [nginx]\n'],
    ['a script', '#!/bin/sh\ntouch /a\n'],
  ])('keeps user data with %s', (_title, userData) => {
    expect(withoutSecrets(seed(userData))).toEqual({ object: seed(userData), notes: [] });
  });

  test.each([
    ['a password', '#cloud-config\npassword: hunter2\n'],
    ['a password on a line of its own', '#cloud-config\npassword:\n  hunter2\n'],
    ['a list of passwords', '#cloud-config\nchpasswd: { list: ["root:hunter2"] }\n'],
    ['a password in a script', '#!/bin/sh\necho root:hunter2 | chpasswd\n'],
    ['a password in a comment', '#cloud-config\n# password: hunter2\n'],
  ])('takes user data with %s from a Secret', (_title, userData) => {
    const { object, notes } = withoutSecrets(seed(userData));
    const cloudInitNoCloud = { secretRef: { name: 'web-user-data' } };
    expect(object).toMatchObject({ spec: { volumes: [{ cloudInitNoCloud }] } });
    expect(JSON.stringify(object)).not.toContain('hunter2');
    expect(notes).toEqual([
      'The user-data of cloud-init holds a secret: kubectl create secret generic web-user-data --from-file=userdata=FILE.',
    ]);
  });

  test('names the namespace in which the Secret is to be made', () => {
    const data = { cloudInitNoCloud: { userData: '#cloud-config\npassword: hunter2\n' } };
    const spec = { volumes: [{ name: 'seed', ...data }] };
    const { notes } = withoutSecrets({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstance',
      metadata: { name: 'web', namespace: 'shop' },
      spec,
    });
    expect(notes).toEqual([
      'The user-data of cloud-init holds a secret: kubectl create secret generic web-user-data -n shop --from-file=userdata=FILE.',
    ]);
  });
});
