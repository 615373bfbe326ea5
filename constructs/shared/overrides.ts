import { refuse } from './refusal';

/** What a value of `Overrides` asks for. */
enum Request {
  REPLACE_LIST,
  REMOVE_ITEM,
  UNKNOWN_FIELD,
}

/**
 * Values for `overrides` that say what a plain value may not: that a list is replaced as a whole, that an item of a list goes,
 * that a field is meant although the schemas do not know it.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export class Overrides {
  /**
   * A list in the place of the one that the construct makes, whole.
   *
   * @throws if it is not a list.
   */
  public static replaceList(items: unknown[]): Overrides {
    if (!Array.isArray(items)) refuse('Overrides.replaceList', 'items', 'be a list', typeof items);
    return new Overrides(Request.REPLACE_LIST, [...items]);
  }

  /**
   * In a list whose items have names: the item of that name is left out.
   *
   * @param key The name; of a port its number.
   * @throws if it is neither text nor a number.
   */
  public static removeItem(key: unknown): Overrides {
    const isKey = (typeof key === 'string' && key !== '') || typeof key === 'number';
    if (!isKey) refuse('Overrides.removeItem', 'key', 'be the name of an item, or the number of a port', typeof key);
    return new Overrides(Request.REMOVE_ITEM, key);
  }

  /** A field that the schemas of this package do not know, with its value: of a newer release, or of a vendor. */
  public static unknownField(value: unknown): Overrides {
    return new Overrides(Request.UNKNOWN_FIELD, value);
  }

  private constructor(
    private readonly request: Request,
    private readonly value: unknown,
  ) {}

  /** @internal */
  public get _isRemoval(): boolean {
    return this.request === Request.REMOVE_ITEM;
  }

  /** @internal */
  public get _isUnknown(): boolean {
    return this.request === Request.UNKNOWN_FIELD;
  }

  /** @internal */
  public get _value(): unknown {
    return this.value;
  }
}
