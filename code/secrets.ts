import { clearSecrets } from '../constructs/shared/clear-secrets';
import { holdsSecret, isSecret, PathStep, withoutCredentials } from '../constructs/shared/sensitive';
import { isObject, textAt, without } from '../review/manifests/json';
import { Json } from '../review/rule';
import { dataText, DATASOURCES } from './cloud-init-data';
import { yamlOf } from './meaning/cloud-config';

/** What was left out of an object, and what stands in its place. */
export interface SecretFree {
  readonly object: Json;
  /** What is to be done for each value that was left out, a sentence each. */
  readonly notes: readonly string[];
}

/** What stands in the code where no reference to a Secret can stand. */
const LEFT_OUT = 'CHANGE_ME';

/**
 * An object without what must not stand in a program: passwords, keys and tokens, the login and the signed query of an
 * address. Cloud-init's data that holds one is taken from a Secret instead.
 */
export function withoutSecrets(object: Json): SecretFree {
  const namespace = textAt(object, 'metadata', 'namespace');
  const walk = new Walk(textAt(object, 'kind'), textAt(object, 'metadata', 'name') || 'guest', namespace);
  return { object: walk.free(object, []) as Json, notes: walk.notes };
}

class Walk {
  public readonly notes: string[] = [];

  public constructor(
    private readonly kind: string,
    private readonly name: string,
    private readonly namespace: string,
  ) {}

  /** @param name The name that stands beside the value. */
  public free(value: unknown, path: readonly PathStep[], name = ''): unknown {
    if (Array.isArray(value)) {
      if (path.at(-1) === 'extraHeaders') return this.openHeaders(value, path);
      return this.freeItems(value, path);
    }
    return isObject(value) ? this.freeObject(value, path) : this.freeValue(value, path, name);
  }

  /** The list itself, where nothing in it is a secret. */
  private freeItems(items: readonly unknown[], path: readonly PathStep[]): readonly unknown[] {
    let open: unknown[] | undefined;
    items.forEach((item, index) => {
      const free = this.free(item, [...path, index], optionName(items[index - 1]));
      if (free !== item) (open ??= [...items])[index] = free;
    });
    return open ?? items;
  }

  /** The object itself, where nothing in it is a secret. */
  private freeObject(object: Json, path: readonly PathStep[]): Json {
    const beside = textAt(object, 'name');
    let open: { [key: string]: unknown } | undefined;
    for (const key of Object.keys(object)) {
      const one = object[key];
      if (isOpen(key, one)) continue;
      const given = isCloudInit(key) && isObject(one) ? this.freeCloudInit(one) : one;
      const free = this.free(given, [...path, key], key === 'value' ? beside : '');
      if (free !== one) (open ??= { ...object })[key] = free;
    }
    return open ?? object;
  }

  private freeValue(value: unknown, path: readonly PathStep[], name: string): unknown {
    const open = typeof value === 'string' ? withoutCredentials(value) : value;
    if (open !== value) this.notes.push(`${fieldOf(path)} is without its login or query: give a login by a Secret.`);
    if (!isSecret(this.kind, path, open, name) && !this.holdsSecretWithin(open, path)) return open;
    this.notes.push(`${fieldOf(path)} is left out, since it holds a secret: put the text into a Secret.`);
    return LEFT_OUT;
  }

  /** Whether a text is base64 of one that holds a secret, or the data of cloud-init that does. */
  private holdsSecretWithin(value: unknown, path: readonly PathStep[]): boolean {
    if (typeof value !== 'string') return false;
    if (path[0] === 'binaryData') return holdsSecret(Buffer.from(value, 'base64').toString());
    return value.startsWith('#cloud-config') && clearSecrets(yamlOf(value)).length > 0;
  }

  private openHeaders(headers: readonly unknown[], path: readonly PathStep[]): unknown[] {
    const open = headers.filter((line, index) => !isSecret(this.kind, [...path, index], line));
    if (open.length < headers.length)
      this.notes.push(
        `${fieldOf(path)} is left out, since it holds a login: put the header into a Secret, and name it in 'secretExtraHeaders'.`,
      );
    return open;
  }

  /** A field that KubeVirt does not know may be one that is mistyped, with a password in it: `userdata`. */
  private referencesOf(source: Json): { [field: string]: unknown } {
    const others = Object.keys(source).filter((key) => !REFERENCES.includes(key) && !DATA.includes(key));
    if (others.length > 0)
      this.notes.push(`${others.join(', ')} of cloud-init is left out: KubeVirt knows no such field.`);
    return { ...without(source, ...DATA, ...others) };
  }

  /** A volume of cloud-init whose secret data comes from Secrets. */
  private freeCloudInit(source: Json): Json {
    const given: { [field: string]: unknown } = this.referencesOf(source);
    const place = this.namespace === '' ? '' : ` -n ${this.namespace}`;
    const put = (what: string, field: 'userData' | 'networkData', reference: string): void => {
      const text = dataText(source, field);
      if (text === undefined) return;
      if (!holdsSecret(text) && clearSecrets(yamlOf(text)).length === 0) {
        const written = source[field] === undefined ? `${field}Base64` : field;
        given[written] = source[written];
        return;
      }
      const secret = `${this.name}-${what}`;
      given[reference] = { name: secret };
      this.notes.push(
        `The ${what} of cloud-init holds a secret: kubectl create secret generic ${secret}${place} --from-file=${field.toLowerCase()}=FILE.`,
      );
    };
    put('user-data', 'userData', 'secretRef');
    put('network-data', 'networkData', 'networkDataSecretRef');
    return given;
  }
}

/** What of a volume of cloud-init names a Secret. */
const REFERENCES = ['secretRef', 'networkDataSecretRef'];
const DATA = ['userData', 'userDataBase64', 'networkData', 'networkDataBase64'];

/** Words that have no room for a secret, under keys that are none. */
const WORD = /^[A-Za-z0-9.-]{0,24}$/;

/** Whether a value cannot be a secret: what most values are, which need no further look. */
function isOpen(key: string, value: unknown): boolean {
  return PLAIN_KEYS.has(key) && typeof value !== 'object' && WORD.test(String(value));
}

/** The commonest keys of what is imported. */
const PLAIN_KEYS = new Set(
  'apiVersion kind name namespace bus cores sockets threads memory cpu storage storageClassName volumeMode runStrategy guest claimName port targetPort protocol type clusterIP bootOrder model terminationGracePeriodSeconds'.split(
    ' ',
  ),
);

function isCloudInit(key: string): boolean {
  return DATASOURCES.some((one) => one === key);
}

/** What an option such as `--password` calls the argument behind it. */
function optionName(before: unknown): string {
  return typeof before === 'string' && before.startsWith('-') && !before.includes('=') ? before : '';
}

function fieldOf(path: readonly PathStep[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}
