import { textAt, withAt } from '../manifests/json';
import type { Json } from '../rule';

/** Names of objects that get theirs in the cluster (`generateName`): each is another object. */
export class GivenNames {
  private readonly numbers = new Map<string, number>();

  public named(object: Json): Json {
    const prefix = textAt(object, 'metadata', 'generateName');
    if (prefix === '' || textAt(object, 'metadata', 'name') !== '') return object;
    const number = (this.numbers.get(prefix) ?? 0) + 1;
    this.numbers.set(prefix, number);
    return withAt(object, ['metadata', 'name'], `${prefix}*${number === 1 ? '' : number}`);
  }
}
