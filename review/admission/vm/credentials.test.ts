import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { ACCESS_CREDENTIAL_RULES } from './credentials';

const CREDENTIAL = 'spec.template.spec.accessCredentials[0]';
const source = { secret: { secretName: 's' } };
const agent = { qemuGuestAgent: { users: ['a'] } };

function ssh(change: object): Json {
  return { 'T.accessCredentials': [{ sshPublicKey: { source, propagationMethod: agent, ...change } }] };
}

function password(change: object): Json {
  return {
    'T.accessCredentials': [{ userPassword: { source, propagationMethod: { qemuGuestAgent: {} }, ...change } }],
  };
}

function cloudInit(kind: string): Json {
  return { 'T.volumes.1': { name: 'ci', [kind]: { userData: 'x' } } };
}

function refused(rule: string, path: string, says: string, refuses: Json, accepts = ssh({})): Example {
  return { rule, accepts, refuses, field: `${CREDENTIAL}${path}`, says };
}

describe('ACCESS_CREDENTIAL_RULES', () => {
  testRules(ACCESS_CREDENTIAL_RULES, [
    refused('access-credential-kind-single', '', 'got none', { 'T.accessCredentials': [{}] }),
    refused('access-credential-source-given', '.sshPublicKey.source', 'got {}', ssh({ source: {} })),
    refused('access-credential-source-given', '.userPassword.source', 'got {}', password({ source: {} }), password({})),
    refused(
      'access-credential-method-single',
      '.sshPublicKey.propagationMethod',
      'got {}',
      ssh({ propagationMethod: {} }),
    ),
    refused(
      'access-credential-method-single',
      '.userPassword.propagationMethod',
      "must be 'qemuGuestAgent'",
      password({ propagationMethod: {} }),
      password({}),
    ),
    refused(
      'access-credential-no-cloud-volume',
      '.sshPublicKey.propagationMethod',
      "'cloudInitNoCloud'",
      { ...ssh({ propagationMethod: { noCloud: {} } }), ...cloudInit('cloudInitConfigDrive') },
      { ...ssh({ propagationMethod: { noCloud: {} } }), ...cloudInit('cloudInitNoCloud') },
    ),
    refused(
      'access-credential-config-drive-volume',
      '.sshPublicKey.propagationMethod',
      "'cloudInitConfigDrive'",
      ssh({ propagationMethod: { configDrive: {} } }),
      { ...ssh({ propagationMethod: { configDrive: {} } }), ...cloudInit('cloudInitConfigDrive') },
    ),
    refused(
      'access-credential-agent-users',
      '.sshPublicKey.propagationMethod.qemuGuestAgent.users',
      'got []',
      ssh({ propagationMethod: { qemuGuestAgent: { users: [] } } }),
    ),
  ]);
});
