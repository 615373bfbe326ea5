import { isPasswordHash } from '../shared/clear-secrets';
import { Faults, kindOf } from '../shared/refusal';

/** What a line with a password cannot hold: controls, line and paragraph separators, halves of surrogate pairs. */
const UNTYPEABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u;

/** The words for which cloud-init makes up a password of its own. */
const RANDOM = ['R', 'RANDOM'];

const HOW_TO_HASH = "make one with 'openssl passwd -6' or 'mkpasswd --method=SHA-512'";

/**
 * A password of the guest. A manifest is read by many: it carries a hash, or a value that
 * everybody may know and that says so by its name. No message and no JSON shows what it holds.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#set-passwords
 */
export class Password {
  /**
   * A hash of crypt(3), as it is in `/etc/shadow`: `$6$…` (SHA-512), `$y$…` (yescrypt).
   * The guest's libc must know the scheme: `$6$` is known everywhere, `$y$` not by musl (Alpine).
   *
   * @param crypt What `openssl passwd -6` or `mkpasswd --method=SHA-512` prints.
   * @throws if the text is not such a hash; the message does not repeat it, since it may be a password.
   */
  public static hash(crypt: string): Password {
    if (typeof crypt !== 'string' || !isPasswordHash(crypt)) {
      const faults = new Faults('Password.hash');
      const got = typeof crypt === 'string' ? 'other text (not shown, it may be a password)' : kindOf(crypt);
      faults.note(`'crypt' must be a crypt(3) hash such as '$6$salt$hash', got ${got}; ${HOW_TO_HASH}`);
      faults.refuse();
    }
    return new Password(crypt, true);
  }

  /**
   * Plain text that everybody may read, with the manifest and in the guest: for labs only.
   *
   * @param text One line of text.
   * @throws if the text is empty, holds line breaks or control characters, has the form of a hash,
   * or is `R` or `RANDOM`, for which cloud-init makes up a password; the message does not repeat it.
   */
  public static publicDemoValue(text: string): Password {
    const faults = new Faults('Password.publicDemoValue');
    if (typeof text !== 'string' || text === '') {
      faults.note(`'text' must be text, got ${kindOf(text)}`);
    } else if (UNTYPEABLE.test(text)) {
      faults.note("'text' must be one line without control characters, got others (not shown)");
    } else if (isPasswordHash(text)) {
      faults.note("'text' must be plain text, got a hash (not shown); write Password.hash(…)");
    } else if (RANDOM.includes(text)) {
      faults.note("'text' must not be a word for which cloud-init makes up a random password; choose another");
    }
    faults.refuse();
    return new Password(text, false);
  }

  // Private to the engine, so that no JSON.stringify and no console.log shows it.
  readonly #text: string;
  readonly #hashed: boolean;

  private constructor(text: string, hashed: boolean) {
    this.#text = text;
    this.#hashed = hashed;
  }

  /** @internal */
  public get _text(): string {
    return this.#text;
  }

  /** @internal */
  public get _hashed(): boolean {
    return this.#hashed;
  }
}
