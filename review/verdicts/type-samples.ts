import { isObject, textAt, textIn } from '../manifests/json';
import { Reviewed } from '../manifests/manifest';
import { Judgement } from './judge';

/**
 * The first object of each type, which is judged where the rules of roots are asked: whether there is a schema of a type is
 * known then of all objects of it, and which rules were asked. What is encrypted is a sample of itself.
 */
export class TypeSamples {
  private readonly samples = new Set<Reviewed>();
  private readonly known = new Map<string, boolean>();

  /** @param all In the order in which they are judged. */
  constructor(all: readonly Reviewed[]) {
    const types = new Set<string>();
    for (const reviewed of all) {
      const type = typeOf(reviewed);
      const isFirst = !isEncrypted(reviewed) && !types.has(type);
      if (isFirst) types.add(type);
      if (isFirst || isEncrypted(reviewed)) this.samples.add(reviewed);
    }
  }

  public has(reviewed: Reviewed): boolean {
    return this.samples.has(reviewed);
  }

  /** Hears what is said of an object. */
  public learn(reviewed: Reviewed, { isKnown }: Judgement): void {
    if (this.samples.has(reviewed) && !isEncrypted(reviewed)) this.known.set(typeOf(reviewed), isKnown);
  }

  /** Whether there is a schema of the type of an object. */
  public isKnown(reviewed: Reviewed): boolean {
    return this.known.get(typeOf(reviewed)) === true;
  }
}

function isEncrypted({ object }: Reviewed): boolean {
  return textAt(object, 'sops', 'mac') !== '';
}

function typeOf({ object }: Reviewed): string {
  const hasMetadata = isObject(object.metadata) ? '' : '\0';
  return `${textIn(object, 'apiVersion')}\0${textIn(object, 'kind')}${hasMetadata}`;
}
