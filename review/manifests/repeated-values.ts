import type { Json } from '../rule';

/** A place of an object whose values are often alike in many objects. */
export interface Place {
  readonly key: string;
  /** From the object on, down to it. */
  readonly path: readonly string[];
  /** Whether what stands here is looked for among the values of other objects. */
  readonly isShared: boolean;
  readonly below: readonly Place[];
}

/**
 * Values that stand alike in many objects, each kept once: the spec of ten thousand claims, the labels of all objects, the
 * networks of machines. They take two fifths of the memory of a fleet, and of the time to make its objects. Whoever is given
 * such objects must not change them.
 */
export class RepeatedValues {
  private readonly values = new Map<number, Repeated>();
  /** The hashes of what was met last: what stands in one object alone is not kept. */
  private readonly met = new Int32Array(MET);

  /** The value that a part of a JSON text in ASCII says, if it has stood in another object; undefined if it has not. */
  public valueOf(json: Buffer, from: number, to: number): object | undefined {
    if (to - from < SHORTEST || to - from > LONGEST) return undefined;
    let hash = to - from;
    for (let index = from; index < to; index++) hash = (Math.imul(hash, 31) + json[index]!) | 0;
    const known = this.values.get(hash);
    if (known !== undefined) {
      // No collection is the beginning of another, so that their lengths need not be compared.
      for (let index = from; index < to; index++) if (json[index] !== known.json[index - from]) return undefined;
      return known.value;
    }
    const slot = hash & (MET - 1);
    if (this.met[slot] !== hash || this.values.size >= MOST) {
      this.met[slot] = hash;
      return undefined;
    }
    const own = Buffer.from(json.subarray(from, to));
    const value = JSON.parse(own.toString('latin1')) as object;
    this.values.set(hash, { json: own, value });
    return value;
  }
}

interface Repeated {
  readonly json: Buffer;
  readonly value: object;
}

const SHORTEST = 8;
const LONGEST = 512;
const MET = 4096;
const MOST = 2000;

/** Where such values stand: the whole spec of an object, if it is short, else parts of it. */
export const PLACES: readonly Place[] = placesOf([
  'metadata.labels',
  'metadata.annotations',
  'spec',
  'spec.ports',
  'spec.template.metadata.labels',
  'spec.template.spec.networks',
  'spec.template.spec.domain',
  'spec.template.spec.domain.cpu',
  'spec.template.spec.domain.memory',
  'spec.template.spec.domain.devices.interfaces',
]);

function placesOf(paths: readonly string[], above: readonly string[] = []): Place[] {
  const depth = above.length;
  const own = paths.map((path) => path.split('.')).filter((path) => above.every((key, index) => path[index] === key));
  const keys = new Set(own.flatMap((path) => path[depth] ?? []));
  return [...keys].map((key) => {
    const path = [...above, key];
    return { key, path, isShared: paths.includes(path.join('.')), below: placesOf(paths, path) };
  });
}

/** A value that a text of JSON holds only as `null`: the object is given it afterwards. */
export interface Missing {
  readonly document: number;
  readonly path: readonly string[];
  readonly value: object;
}

/** Gives objects the values that their text does not hold. */
export function fillIn(objects: readonly Json[], missing: readonly Missing[]): void {
  for (const { document, path, value } of missing) {
    let at = objects[document] as Record<string, unknown>;
    for (let index = 0; index < path.length - 1; index++) at = at[path[index]!] as Record<string, unknown>;
    at[path[path.length - 1]!] = value;
  }
}
