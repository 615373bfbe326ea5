import { Named, reference } from './commands';
import { shellWord, WORK_FOLDER } from './shell';
import { GIVEN_ADDRESS } from './upload';

/** The key pair that is made on the spot. */
export const KEY = `${WORK_FOLDER}/key`;

/** All that the chapter keeps of its keys: the pair, and what is known of the guests' own. */
export const KEY_FILES = `${KEY} ${KEY}.pub ${WORK_FOLDER}/known_hosts.*`;

/** A guest, and the Service that leads to its SSH server. */
export interface SshGuest {
  readonly user: string;
  readonly namespace: string;
  readonly service: Named;
}

function knownHosts(namespace: string): string {
  return `${WORK_FOLDER}/known_hosts.${shellWord(namespace)}`;
}

/** A VM that is made anew has a new host key, behind an address that may be the old one. */
export function forgetHost(namespace: string): string {
  return `rm -f ${knownHosts(namespace)}`;
}

/** Defines `in_guest COMMAND`, which runs a command in the guest; -n keeps ssh from reading what is pasted after it. */
export function guestShell({ user, namespace, service }: SshGuest): string {
  const options = [
    `-n -i ${KEY}`,
    `-o UserKnownHostsFile=${knownHosts(namespace)}`,
    '-o StrictHostKeyChecking=accept-new',
    '-o ConnectTimeout=5',
  ];
  return [
    `address=$(kubectl get ${reference('service', service)} -o jsonpath='${GIVEN_ADDRESS}')`,
    `in_guest() { ssh ${options.join(' ')} ${shellWord(user)}@$address "$@"; }`,
  ].join('\n');
}

/** Runs a command in the guest until it succeeds, for ten minutes at the most, and fails then. */
export function retryInGuest(command: string): string {
  return `for try in $(seq 60); do in_guest ${command} && break; sleep 10; [ $try -lt 60 ]; done`;
}
