import { childIn, has, listIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { alternatives, must, show } from '../shared/wording';
import { Machine, machineRule, TEMPLATE, vmiCreate } from './machine';

const CREDENTIALS = `${TEMPLATE}.accessCredentials`;
const KINDS = ['sshPublicKey', 'userPassword'] as const;

/** How each kind of credential may reach the guest. */
const METHODS = {
  sshPublicKey: ['configDrive', 'noCloud', 'qemuGuestAgent'],
  userPassword: ['qemuGuestAgent'],
} as const;

/** Propagation methods that need cloud-init's volume of their kind. */
const CLOUD_INIT = [
  ['access-credential-no-cloud-volume', 'noCloud', 'cloudInitNoCloud'],
  ['access-credential-config-drive-volume', 'configDrive', 'cloudInitConfigDrive'],
] as const;

/** SSH keys and passwords that KubeVirt brings into the guest. */
export const ACCESS_CREDENTIAL_RULES: readonly Rule[] = [
  credentialRule('access-credential-kind-single', (entry, path, note) => {
    const given = KINDS.filter((kind) => has(entry, kind));
    if (given.length === 1) return;
    note(path, `a credential must be ${alternatives(KINDS)}, got ${given.length === 0 ? 'none' : show(given)}`);
  }),
  kindRule('access-credential-source-given', (credential, path, note) => {
    // Without a source at all it is the schema that refuses; so with the method and the users.
    if (!has(credential, 'source') || has(childIn(credential, 'source'), 'secret')) return;
    note(`${path}.source`, must('source', "name a 'secret'", credential.source));
  }),
  kindRule('access-credential-method-single', (credential, path, note, _machine, kind) => {
    const methods = childIn(credential, 'propagationMethod');
    if (methods === undefined) return;
    const given = METHODS[kind].filter((method) => has(methods, method));
    if (given.length === 1) return;
    const got = given.length === 0 ? show(methods) : show(given);
    note(`${path}.propagationMethod`, `'propagationMethod' must be ${alternatives(METHODS[kind])}, got ${got}`);
  }),
  ...CLOUD_INIT.map(([id, method, source]) =>
    kindRule(id, (credential, path, note, { volumes }, kind) => {
      if (kind !== 'sshPublicKey' || !has(childIn(credential, 'propagationMethod'), method)) return;
      if (volumes.some((volume) => has(volume, source))) return;
      const message = `'propagationMethod' must not be '${method}' without a volume of '${source}'`;
      note(`${path}.propagationMethod`, message, `add a volume with '${source}', or use 'qemuGuestAgent'`);
    }),
  ),
  kindRule('access-credential-agent-users', (credential, path, note, _machine, kind) => {
    const agent = childIn(childIn(credential, 'propagationMethod'), 'qemuGuestAgent');
    if (kind !== 'sshPublicKey' || !Array.isArray(agent?.users) || agent.users.length > 0) return;
    note(`${path}.propagationMethod.qemuGuestAgent.users`, must('users', 'have an entry', agent.users));
  }),
];

function credentialRule(id: string, check: (entry: Json, path: string, note: Note, machine: Machine) => void): Rule {
  return machineRule(id, vmiCreate('validateAccessCredentials'), (machine, note) => {
    listIn(machine.template, 'accessCredentials').forEach((entry, index) => {
      check(entry, `${CREDENTIALS}[${index}]`, note, machine);
    });
  });
}

function kindRule(
  id: string,
  check: (credential: Json, path: string, note: Note, machine: Machine, kind: (typeof KINDS)[number]) => void,
): Rule {
  return credentialRule(id, (entry, path, note, machine) => {
    for (const kind of KINDS) {
      const credential = childIn(entry, kind);
      if (credential !== undefined) check(credential, `${path}.${kind}`, note, machine, kind);
    }
  });
}
