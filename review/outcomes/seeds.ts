import { Cluster } from '../cluster/cluster';
import { seedSecrets } from '../cluster/kinds/pooled-names';
import { guestField, Machine } from '../cluster/machine';
import { childIn, isObject, listIn, textAt, textIn } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import type { Json } from '../rule';

/** What cloud-init is given, and where it stands: in a machine, or in a Secret that the machine names. */
export class Seed {
  constructor(
    public readonly machine: Machine,
    /** The object that holds it. */
    public readonly from: Reviewed,
    public readonly data: string,
    /** Its key: `userData`, `networkDataBase64`, `userdata` in a Secret. */
    public readonly word: string,
    private readonly below: string,
  ) {}

  /** The path there, which few ask for. */
  public get field(): string {
    const field = `${this.below}.${this.word}`;
    return this.from === this.machine.from ? guestField(this.machine, field) : field;
  }
}

/** Which of the data for cloud-init. */
export type SeedPart = 'userData' | 'networkData';

const SEED_TYPES = ['cloudInitNoCloud', 'cloudInitConfigDrive'];
const SECRETS = { userData: 'secretRef', networkData: 'networkDataSecretRef' } as const;

/** The data of all machines for cloud-init, each once. Every rule about them asks for the same, which is gathered once. */
export function seedsOf(cluster: Cluster, part: SeedPart): readonly Seed[] {
  return cluster.once(gathered)[part];
}

type Seeds = Readonly<Record<SeedPart, Seed[]>>;

function gathered(cluster: Cluster): Seeds {
  const seeds: Seeds = { userData: [], networkData: [] };
  const read = { userData: new Set<Reviewed>(), networkData: new Set<Reviewed>() };
  for (const machine of cluster.sampleMachines) {
    const volumes = listIn(machine.guest, 'volumes');
    for (let index = 0; index < volumes.length; index += 1) {
      for (const type of SEED_TYPES) {
        const source = volumes[index]![type];
        if (!isObject(source)) continue;
        for (const part of PARTS) {
          const own = ofMachine(machine, source, part, `volumes[${index}].${type}`);
          if (own !== undefined) seeds[part].push(own);
          const named = textIn(childIn(source, SECRETS[part]), 'name');
          if (named === '') continue;
          for (const name of seedSecrets(machine.from.object, named, cluster.release)) {
            const secret = cluster.object('Secret', machine.namespace, name);
            if (secret === undefined || read[part].has(secret)) continue;
            read[part].add(secret);
            const its = ofSecret(secret, part, machine);
            if (its !== undefined) seeds[part].push(its);
          }
        }
      }
    }
  }
  return seeds;
}

const PARTS: readonly SeedPart[] = ['userData', 'networkData'];

/** What is written in a machine, as text or in base64. */
function ofMachine(machine: Machine, source: Json, part: SeedPart, below: string): Seed | undefined {
  const text = textIn(source, part);
  if (text !== '') return new Seed(machine, machine.from, text, part, below);
  const word = `${part}Base64`;
  const data = decoded(textIn(source, word));
  return data === '' ? undefined : new Seed(machine, machine.from, data, word, below);
}

/** What KubeVirt reads of a Secret: the one key, else the other. */
function ofSecret(from: Reviewed, part: SeedPart, machine: Machine): Seed | undefined {
  for (const word of [part.toLowerCase(), part]) {
    const plain = textAt(from.object, 'stringData', word);
    const data = plain === '' ? decoded(textAt(from.object, 'data', word)) : plain;
    if (data !== '') return new Seed(machine, from, data, word, plain === '' ? 'data' : 'stringData');
  }
  return undefined;
}

/** A text in base64; empty if it is not one, or if it is compressed. */
function decoded(base64: string): string {
  if (!BASE64.test(base64)) return '';
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return /[\0\ufffd]/.test(text) ? '' : text;
}

const BASE64 = /^[\w+/=\s-]+$/;
