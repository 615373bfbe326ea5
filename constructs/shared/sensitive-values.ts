import { HiddenTexts } from './hidden-texts';
import {
  holdsSecret,
  isHiddenIn,
  isHiddenRoot,
  isHiddenText,
  isSensitiveField,
  publicAddress,
  withoutLogins,
} from './sensitive';

/** The sensitive values of an object, to be kept out of what is said about it. */
export class SensitiveValues {
  private readonly texts = new HiddenTexts();
  /** Addresses of which no sentence shows the login, as they have no scheme, or signs that end an address. */
  private readonly addresses = new HiddenTexts();

  /** @param objects The object, and those that it replaces. */
  public constructor(
    private readonly kind: string,
    objects: readonly unknown[],
  ) {
    try {
      for (const object of objects) this.collect(object, '', false);
    } catch {
      // An object that cannot be walked has no value that a sentence could repeat.
    }
  }

  /** A sentence about a field, without any sensitive value: what it got is named by its type. */
  public hide(sentence: string, field = ''): string {
    const open = isSensitiveField(this.kind, field) ? withoutGot(sentence) : sentence;
    return this.texts.hide(withoutLogins(this.addresses.hide(open)));
  }

  /**
   * @param above The key that the value stands below.
   * @param isHidden Whether everything here is hidden.
   */
  private collect(value: unknown, above: string, isHidden: boolean, depth = 0): void {
    if (depth > DEEPEST) return;
    if (typeof value === 'string' || typeof value === 'number') {
      if (isHidden || isHiddenText(above)) this.texts.add(String(value));
      else if (typeof value === 'string') this.collectText(value, above);
    } else if (Array.isArray(value)) {
      for (const below of value) this.collect(below, above, isHidden, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, below] of Object.entries(value)) {
        const isRoot = depth === 0 && isHiddenRoot(this.kind, key, below);
        const isHiddenBelow = isHidden || isRoot || isHiddenIn(this.kind, above, key);
        this.collect(below, key, isHiddenBelow, depth + 1);
      }
    }
  }

  /** A text that says itself that it is a secret, or an address that does not show where it ends. */
  private collectText(text: string, above: string): void {
    if (WORD.test(text)) return;
    const open = withoutLogins(text);
    if (holdsSecret(open)) this.texts.add(text);
    if (!ADDRESS_NAME.test(above)) return;
    const shown = publicAddress(text);
    if (shown !== open) this.addresses.add(text, shown);
  }
}

/** What most values are, in which no secret and no login stands. */
const WORD = /^[\w./-]*$/;

/** Keys whose values, or the items of whose lists, are addresses, with a scheme or without one. */
const ADDRESS_NAME = /(?:ur[il]|proxy|endpoint|registries)$/i;

/** As deep as the review walks an object. */
const DEEPEST = 128;

/** What a sentence got, but where that is the name of a type. */
const GOT = /, got (?!(?:an? [a-z ]+|nothing|text|none)$)[^]*/;

/** `must be text, got "hunter2"` and `a → b` without the values; a number of characters, and the name of a type, stay. */
function withoutGot(sentence: string): string {
  if (/must have at (most|least) \d/.test(sentence) && /, got \d+$/.test(sentence)) return sentence;
  return withoutChange(sentence).replace(GOT, ', got a value that is not shown');
}

function withoutChange(sentence: string): string {
  const arrow = sentence.indexOf(' → ');
  if (arrow < 0) return sentence;
  let start = arrow;
  while (start > 0 && !/[\s:]/.test(sentence[start - 1]!)) start -= 1;
  return `${sentence.slice(0, start)}a value that is not shown → another`;
}
