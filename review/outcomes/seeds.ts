import { Cluster } from '../cluster/cluster';
import { guestField, Machine } from '../cluster/machine';
import { objectsAt, textAt } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';

/** What cloud-init is given, and where it stands: in a machine, or in a Secret that the machine names. */
export interface Seed {
  readonly data: string;
  /** The object that holds it, and the path there, which few ask for. */
  readonly from: Reviewed;
  readonly field: () => string;
  /** Its key: `userData`, `networkDataBase64`, `userdata` in a Secret. */
  readonly word: string;
  readonly machine: Machine;
}

/** Which of the data for cloud-init. */
export type SeedPart = 'userData' | 'networkData';

const SEED_TYPES = ['cloudInitNoCloud', 'cloudInitConfigDrive'];
const SECRETS = { userData: 'secretRef', networkData: 'networkDataSecretRef' } as const;

/** The data of all machines for cloud-init, each once. */
export function* seedsOf(cluster: Cluster, part: SeedPart): Generator<Seed> {
  const read = new Set<Reviewed>();
  for (const machine of cluster.sampleMachines) {
    for (const [index, volume] of objectsAt(machine.guest, 'volumes').entries()) {
      for (const type of SEED_TYPES) {
        if (volume[type] === undefined) continue;
        const at = (word: string) => () => guestField(machine, `volumes[${index}].${type}.${word}`);
        const text = textAt(volume, type, part);
        if (text !== '') yield { data: text, from: machine.from, field: at(part), word: part, machine };
        const word = `${part}Base64`;
        const data = text === '' ? decoded(textAt(volume, type, word)) : '';
        if (data !== '') yield { data, from: machine.from, field: at(word), word, machine };
        const name = textAt(volume, type, SECRETS[part], 'name');
        const secret = name === '' ? undefined : cluster.object('Secret', machine.namespace, name);
        if (secret === undefined || read.has(secret)) continue;
        read.add(secret);
        yield* ofSecret(secret, part, machine);
      }
    }
  }
}

/** What KubeVirt reads of a Secret: the one key, else the other. */
function* ofSecret(from: Reviewed, part: SeedPart, machine: Machine): Generator<Seed> {
  for (const word of [part.toLowerCase(), part]) {
    const plain = textAt(from.object, 'stringData', word);
    const data = plain === '' ? decoded(textAt(from.object, 'data', word)) : plain;
    if (data === '') continue;
    yield { data, from, field: () => `${plain === '' ? 'data' : 'stringData'}.${word}`, word, machine };
    return;
  }
}

/** A text in base64; empty if it is not one, or if it is compressed. */
function decoded(base64: string): string {
  if (base64 === '' || !BASE64.test(base64)) return '';
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return /[\0\ufffd]/.test(text) ? '' : text;
}

const BASE64 = /^[\w+/=\s-]+$/;
