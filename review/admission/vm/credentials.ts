import { childIn, has, listIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { alternatives, must, show } from '../shared/wording';
import { Machine, MachineCheck, TEMPLATE, vmiCreate } from './machine';

const CREDENTIALS = `${TEMPLATE}.accessCredentials`;
const KINDS = ['sshPublicKey', 'userPassword'] as const;

/** How each kind of credential may reach the guest. */
const METHODS = {
  sshPublicKey: ['configDrive', 'noCloud', 'qemuGuestAgent'],
  userPassword: ['qemuGuestAgent'],
} as const;

/** SSH keys and passwords that KubeVirt brings into the guest. */
export const ACCESS_CREDENTIAL_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['accessCredentials'] },
  [
    {
      id: 'access-credential-kind-single',
      sentence: 'An access credential is an SSH key or a password.',
      source: vmiCreate('validateAccessCredentials'),
      check: eachCredential((entry, path, note) => {
        const given = KINDS.filter((kind) => has(entry, kind));
        if (given.length === 1) return;
        note(path, `a credential must be ${alternatives(KINDS)}, got ${given.length === 0 ? 'none' : show(given)}`);
      }),
    },
    {
      id: 'access-credential-source-given',
      sentence: 'An access credential names its Secret.',
      source: vmiCreate('validateAccessCredentials'),
      check: eachKind((credential, path, note) => {
        // Without a source at all it is the schema that refuses; so with the method and the users.
        if (!has(credential, 'source') || has(childIn(credential, 'source'), 'secret')) return;
        note(`${path}.source`, must('source', "name a 'secret'", credential.source));
      }),
    },
    {
      id: 'access-credential-method-single',
      sentence: 'An access credential has one propagation method.',
      source: vmiCreate('validateAccessCredentials'),
      check: eachKind((credential, path, note, _machine, kind) => {
        const methods = childIn(credential, 'propagationMethod');
        if (methods === undefined) return;
        const given = METHODS[kind].filter((method) => has(methods, method));
        if (given.length === 1) return;
        const got = given.length === 0 ? show(methods) : show(given);
        note(`${path}.propagationMethod`, `'propagationMethod' must be ${alternatives(METHODS[kind])}, got ${got}`);
      }),
    },
    {
      id: 'access-credential-no-cloud-volume',
      sentence: 'A key that comes by noCloud has a cloudInitNoCloud volume.',
      source: vmiCreate('validateAccessCredentials'),
      check: eachKind(needsVolume('noCloud', 'cloudInitNoCloud')),
    },
    {
      id: 'access-credential-config-drive-volume',
      sentence: 'A key that comes by configDrive has a cloudInitConfigDrive volume.',
      source: vmiCreate('validateAccessCredentials'),
      check: eachKind(needsVolume('configDrive', 'cloudInitConfigDrive')),
    },
    {
      id: 'access-credential-agent-users',
      sentence: 'A key that comes by the guest agent has at least one user.',
      source: vmiCreate('validateAccessCredentials'),
      check: eachKind((credential, path, note, _machine, kind) => {
        const agent = childIn(childIn(credential, 'propagationMethod'), 'qemuGuestAgent');
        if (kind !== 'sshPublicKey' || !Array.isArray(agent?.users) || agent.users.length > 0) return;
        note(`${path}.propagationMethod.qemuGuestAgent.users`, must('users', 'have an entry', agent.users));
      }),
    },
  ],
);

function eachCredential(check: (entry: Json, path: string, note: Note, machine: Machine) => void): MachineCheck {
  return (machine, note) => {
    listIn(machine.template, 'accessCredentials').forEach((entry, index) => {
      check(entry, `${CREDENTIALS}[${index}]`, note, machine);
    });
  };
}

type KindCheck = (credential: Json, path: string, note: Note, machine: Machine, kind: (typeof KINDS)[number]) => void;

/** A propagation method that needs the cloud-init volume of its kind. */
function needsVolume(method: string, source: string): KindCheck {
  return (credential, path, note, { volumes }, kind) => {
    if (kind !== 'sshPublicKey' || !has(childIn(credential, 'propagationMethod'), method)) return;
    if (volumes.some((volume) => has(volume, source))) return;
    const message = `'propagationMethod' must not be '${method}' without a volume of '${source}'`;
    note(`${path}.propagationMethod`, message, `add a volume with '${source}', or use 'qemuGuestAgent'`);
  };
}

function eachKind(check: KindCheck): MachineCheck {
  return eachCredential((entry, path, note, machine) => {
    for (const kind of KINDS) {
      const credential = childIn(entry, kind);
      if (credential !== undefined) check(credential, `${path}.${kind}`, note, machine, kind);
    }
  });
}
