import { CloudInit } from '../constructs';
import { isObject, without } from '../review/manifests/json';
import { Json } from '../review/rule';
import { dataText, DATASOURCES } from './cloud-init-data';

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
  const notes: string[] = [];
  const name = isObject(object.metadata) ? String(object.metadata.name) : 'guest';
  const free = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') return freeText(value, path, notes);
    if (Array.isArray(value)) return value.map((item, index) => free(item, `${path}[${index}]`));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => {
        const below = path === '' ? key : `${path}.${key}`;
        if (DATASOURCES.some((one) => one === key) && isObject(one))
          return [key, free(freeCloudInit(one, name, notes), below)];
        if (
          key === 'extraHeaders' &&
          Array.isArray(one) &&
          one.some((line) => /^\s*authorization\s*:/i.test(String(line)))
        ) {
          notes.push(
            `${below} is left out, since it holds a login: put the header into a Secret, and name it in 'secretExtraHeaders'.`,
          );
          return [key, one.filter((line) => !/^\s*authorization\s*:/i.test(String(line)))];
        }
        return [key, free(one, below)];
      }),
    );
  };
  return { object: free(object, '') as Json, notes };
}

function freeText(text: string, path: string, notes: string[]): string {
  const withoutLogin = text.replace(/^([a-z0-9+.-]+:\/\/)[^\s/@]*@/i, '$1');
  const withoutQuery = /^[a-z0-9+.-]+:\/\//i.test(text) ? withoutLogin.replace(SIGNED_QUERY, '') : withoutLogin;
  if (withoutQuery !== text) notes.push(`${path} is without its login or query: give a login by a Secret.`);
  if (!holdsSecret(withoutQuery)) return withoutQuery;
  notes.push(`${path} is left out, since it holds a secret: put the text into a Secret.`);
  return LEFT_OUT;
}

const SIGNED_QUERY = /\?[^]*\b(sig|signature|token|x-amz-[a-z-]+|key|password|secret|credential)=[^]*$/i;

/** A volume of cloud-init whose secret data comes from Secrets. */
function freeCloudInit(source: Json, name: string, notes: string[]): Json {
  const given: { [field: string]: unknown } = {
    ...without(source, 'userData', 'userDataBase64', 'networkData', 'networkDataBase64'),
  };
  const place = (what: string, field: 'userData' | 'networkData', reference: string): void => {
    const text = dataText(source, field);
    if (text === undefined) return;
    if (!holdsSecret(text) && !hasClearPassword(text)) {
      const written = source[field] === undefined ? `${field}Base64` : field;
      given[written] = source[written];
      return;
    }
    const secret = `${name}-${what}`;
    given[reference] = { name: secret };
    notes.push(
      `The ${what} of cloud-init holds a secret: kubectl create secret generic ${secret} --from-file=${field.toLowerCase()}=FILE.`,
    );
  };
  place('user-data', 'userData', 'secretRef');
  place('network-data', 'networkData', 'networkDataSecretRef');
  return given;
}

/** Whether the construct says that the text holds a password. */
function hasClearPassword(text: string): boolean {
  try {
    CloudInit.raw(text);
    return false;
  } catch (thrown) {
    return /password/i.test((thrown as Error).message);
  }
}

/** What is a secret wherever it stands: a password, a private key, a token. */
function holdsSecret(text: string): boolean {
  return SECRET.test(text);
}

const SECRET =
  /passw(?:or)?d["']?\s*[:=]\s*["']?\S|chpasswd|PRIVATE KEY|:\/\/[^\s/@]+:[^\s/@]+@|(?:token|secret|api[_-]?key)["']?\s*[:=]\s*["']?\S/i;
