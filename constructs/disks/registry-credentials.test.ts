import { Chart, Testing } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { testEscapeHatch } from '../shared/testing/escape-hatch';
import { failureOf, manifest, testChart, untyped } from '../shared/testing/manifests';
import { PublicDemoCredentialsProps, RegistryCredentials, SecretReferenceOptions } from './registry-credentials';

const VALUES = { accessKeyId: 'registryuser', secretKey: 'pässwörd!' };

describe('RegistryCredentials.publicDemoValues', () => {
  test('makes the Secret that CDI reads', () => {
    const login = RegistryCredentials.publicDemoValues(testChart('lab'), 'endpoint-secret', VALUES);
    expect(manifest(login)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'endpoint-secret', namespace: 'lab', labels: { app: 'containerized-data-importer' } },
      type: 'Opaque',
      data: { accessKeyId: 'cmVnaXN0cnl1c2Vy', secretKey: 'cMOkc3N3w7ZyZCE=' },
    });
    expect([login.secretName, login.namespace]).toEqual(['endpoint-secret', 'lab']);
  });

  test('writes every prop', () => {
    const props: Required<PublicDemoCredentialsProps> = {
      ...VALUES,
      name: 'login',
      namespace: 'other',
      labels: { app: 'mine', team: 'a' },
      annotations: { note: 'yes' },
      overrides: { immutable: true },
    };
    const login = RegistryCredentials.publicDemoValues(testChart('lab'), 'endpoint-secret', props);
    expect(manifest(login)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'login',
        namespace: 'other',
        labels: { app: 'mine', team: 'a' },
        annotations: { note: 'yes' },
      },
      type: 'Opaque',
      data: { accessKeyId: 'cmVnaXN0cnl1c2Vy', secretKey: 'cMOkc3N3w7ZyZCE=' },
      immutable: true,
    });
    expect([login.secretName, login.namespace]).toEqual(['login', 'other']);
  });

  test.each([
    ['hunter2', `'props' must be an object, got a value of type 'string'`],
    [undefined, `'props' must be an object, got nothing`],
    [{ ...VALUES, accessKeyId: '' }, `'accessKeyId' must be text, got empty text`],
    [{ ...VALUES, accessKeyId: { hunter2: 1 } }, `'accessKeyId' must be text, got an object`],
    [{ ...VALUES, secretKey: undefined }, `'secretKey' must be text, got nothing`],
    [{ ...VALUES, secretKey: ['hunter2'] }, `'secretKey' must be text, got a list`],
    [{ ...VALUES, secretKey: 4711 }, `'secretKey' must be text, got a value of type 'number'`],
    [{ ...VALUES, overrides: 'hunter2' }, `'overrides' must be a plain object, got a value of type 'string'`],
  ])('fails when the props are %j, without repeating a secret', (props, message) => {
    const make = () =>
      RegistryCredentials.publicDemoValues(testChart(), 'login', untyped<PublicDemoCredentialsProps>(props));
    expect(failureOf(make)).toBe(`[test/login] ${message}`);
  });

  test('repeats no secret beside another fault', () => {
    const make = () => RegistryCredentials.publicDemoValues(testChart(), 'Login', { ...VALUES, labels: { 'a b': '' } });
    expect(failureOf(make).split('\n')).toHaveLength(2);
    expect(failureOf(make)).not.toMatch(/registryuser|pässwörd/);
  });

  test('is made by its factory alone', () => {
    // @ts-expect-error the constructor is private: the factory says that the values are public
    expect(() => new RegistryCredentials(testChart(), 'login', VALUES)).not.toThrow();
    // @ts-expect-error both values must be given
    expect(() => RegistryCredentials.publicDemoValues(testChart(), 'b', { accessKeyId: 'a' })).toThrow("'secretKey'");
  });

  testEscapeHatch((overrides) =>
    RegistryCredentials.publicDemoValues(testChart('lab'), 'login', { ...VALUES, overrides }),
  );
});

describe('RegistryCredentials.fromSecretName', () => {
  test('refers to a Secret, with every option', () => {
    const options: Required<SecretReferenceOptions> = { namespace: 'lab' };
    expect(RegistryCredentials.fromSecretName('login')).toEqual({ secretName: 'login', namespace: undefined });
    expect(RegistryCredentials.fromSecretName('login', options)).toEqual({ secretName: 'login', namespace: 'lab' });
  });

  test.each([
    ['Login', {}, `'secretName' must be a DNS name`],
    [undefined, {}, `'secretName' must be a DNS name`],
    ['login', null, `'options' must be an object, got null`],
    ['login', { namespace: 'a.b' }, `'namespace' must be a DNS label`],
  ])('fails when %p has the options %j', (name, options, message) => {
    const make = () =>
      RegistryCredentials.fromSecretName(untyped<string>(name), untyped<SecretReferenceOptions>(options));
    expect(failureOf(make)).toContain(`[RegistryCredentials.fromSecretName] ${message}`);
  });
});

describe('RegistryCredentials.fromSecret', () => {
  test('refers to a Secret of cdk8s-plus, and knows where it stands', () => {
    const chart = new Chart(Testing.app(), 'test');
    const secret = new Secret(chart, 'a', { metadata: { name: 'login', namespace: 'lab' } });
    expect(RegistryCredentials.fromSecret(secret)).toEqual({ secretName: 'login', namespace: 'lab' });
    expect(RegistryCredentials.fromSecret(Secret.fromSecretName(chart, 'b', 'there'))).toEqual({
      secretName: 'there',
      namespace: undefined,
    });
  });

  test.each([
    ['hunter2', `'secret' must be an object, got a value of type 'string'`],
    [undefined, `'secret' must be an object, got nothing`],
    [{}, `'secret.name' must be a DNS name`],
  ])('fails when the Secret is %j', (secret, message) => {
    expect(failureOf(() => RegistryCredentials.fromSecret(untyped<ISecret>(secret)))).toContain(
      `[RegistryCredentials.fromSecret] ${message}`,
    );
  });
});
