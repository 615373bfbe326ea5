import { HIDDEN } from './hidden-texts';

/**
 * What of an object must not be printed, decided by its kind and by the path of the value, and what of it is a secret beyond
 * doubt: the one place for the constructs, for everything that the review prints, and for the code of an import. What may be a secret is hidden in messages; what is one (`isSecret`) stands in no code, either.
 *
 * | where | hidden |
 * | --- | --- |
 * | Secret | every value but type, immutable and metadata |
 * | SealedSecret, ExternalSecret | `data` of the template of the Secret |
 * | ConfigMap | `data`, `binaryData`: sysprep answers and scripts stand there |
 * | cloud-init volumes | everything but the names of Secrets: user data, network data and their base64 |
 * | `env` | everything but the name and where the value comes from |
 * | headers of HTTP, commands, arguments, patches, parameters of a template | their values |
 * | text whose key ends in a word such as `password` or `token` | the text |
 * | addresses and images, in any text | login and query: `https://…@host/disk.img?…`, `…@registry/image` |
 */

/** A step of a path: a key, or an index. */
export type PathStep = string | number;

/** Whether the value at a path of an object of a kind must not be printed, nor any value below it. */
function isSensitive(kind: string, path: readonly PathStep[]): boolean {
  if (path.length === 0) return false;
  if (isSecretKind(kind) && !OPEN_OF_SECRET.has(String(path[0]))) return true;
  if (kind === 'ConfigMap' && (path[0] === 'data' || path[0] === 'binaryData')) return true;
  const keys = path.filter(isKey);
  if (keys.some((key, index) => isHiddenIn(kind, keys[index - 1] ?? '', key))) return true;
  const last = keys.at(-1) ?? '';
  return !BUT.has(last) && isSensitiveWord(last);
}

/** A kind in the wrong case is refused, and its values are secret all the same. */
function isSecretKind(kind: string): boolean {
  return kind.toLowerCase() === 'secret';
}

const OPEN_OF_SECRET: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable']);

/** Whether everything below a key is hidden, by the key that it stands below, indices left out. */
export function isHiddenIn(kind: string, above: string, key: string): boolean {
  if (isWhole(key) || BUT.get(above)?.has(key) === false) return true;
  return isParameterValue(above, key) || isSecretTemplate(kind, above, key);
}

/** Whether a field at the top of an object is hidden with all that is below it. */
export function isHiddenRoot(kind: string, key: string, value: unknown): boolean {
  if (isSensitive(kind, [key])) return true;
  // Of the wrong type: somebody put there what belongs below `data`.
  return isSecretKind(kind) && (key === 'immutable' || (key === 'type' && typeof value === 'object'));
}

/** Whether a text or a number below a key is hidden. */
export function isHiddenText(key: string): boolean {
  return BUT.has(key) || isSensitiveWord(key);
}

/**
 * What a Secret is made from that another object describes: `spec.template.data` of a SealedSecret, `spec.target.template.data` of an
 * ExternalSecret.
 */
function isSecretTemplate(kind: string, above: string, key: string): boolean {
  return above === 'template' && key === 'data' && kind.endsWith('Secret');
}

/** The value of a parameter of a template, or of a Helm chart. */
function isParameterValue(above: string, key: string): boolean {
  return above === 'parameters' && (key === 'value' || key === 'from');
}

function isWhole(key: string): boolean {
  return WHOLE.has(key) || /(last-applied-configuration|hookSidecars|jsonpatch)$/i.test(key);
}

/** Keys below which everything is hidden. */
const WHOLE: ReadonlySet<string> = new Set([
  'userData',
  'userDataBase64',
  'networkData',
  'networkDataBase64',
  'stringData',
  'extraHeaders',
  'secretExtraHeaders',
  'command',
  'args',
  'kernelArgs',
  'patch',
  'patches',
]);

/** Keys below which everything is hidden but these. */
const BUT: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['cloudInitNoCloud', new Set(['secretRef', 'networkDataSecretRef'])],
  ['cloudInitConfigDrive', new Set(['secretRef', 'networkDataSecretRef'])],
  ['env', new Set(['name', 'valueFrom'])],
  ['httpHeaders', new Set(['name'])],
]);

/** Whether the value of a field such as `spec.volumes[1].cloudInitNoCloud.userData` must not be printed. */
export function isSensitiveField(kind: string, field: string): boolean {
  return isSensitive(kind, pathOf(field));
}

/** Whether a value of this key is hidden if it is a text or a number: the name of a Secret is not. */
function isSensitiveWord(key: string): boolean {
  // `lock_passwd: true` locks a password, `imagePullSecret` names a Secret.
  return SECRET_NAME.test(key) && !/^(?:lock|imagePull)/i.test(key);
}

const SECRET_NAME =
  /(?:passw(?:or)?d|passphrase|secret|token|api-?_?key|access-?_?key|(?:private|secret)[-_]key|privateKey|authorization|(?:^|[-_.])(?:pass|psk)|[a-z\d][-_]pwd)$/i;

/**
 * Whether a value is a secret beyond doubt: a Secret holds it, its key or the name beside it says so, or the text itself does.
 *
 * @param name The name that stands beside the value: of an environment variable, a header, an option before its argument.
 */
export function isSecret(kind: string, path: readonly PathStep[], value: unknown, name = ''): boolean {
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return false;
  if (isSecretKind(kind) && path.length > 0 && !OPEN_OF_SECRET.has(String(path[0]))) return true;
  return isSecretName(String(path.filter(isKey).at(-1) ?? '')) || isSecretName(name) || holdsSecret(String(value));
}

/** Whether what has this name is a secret, if it is a text or a number. */
export function isSecretName(name: string): boolean {
  return isSensitiveWord(name);
}

/** Whether a text says itself that it holds a secret: a private key, `password: …`, an address with a password. */
export function holdsSecret(text: string): boolean {
  return (
    holdsPrivateKey(text) ||
    hasAssigned(text) ||
    hasPasswordInAddress(text) ||
    TELLING.some((telling) => telling.test(text))
  );
}

/** Whether a text holds a private key: of TLS or SSH, or of WireGuard. */
export function holdsPrivateKey(text: string): boolean {
  return PRIVATE_KEY.test(text);
}

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|(?:^|\n)[ \t]*PrivateKey[ \t]*=/i;

/** Whether a text says `password: …` or `"token"="…"`; a hash of crypt(3) may be read. */
function hasAssigned(text: string): boolean {
  for (const { 0: assigned, 1: other, index } of text.matchAll(ASSIGNED)) {
    const value = index + assigned.length - 1;
    if (other === undefined && !HASH.test(text.slice(value, value + LONGEST_SCHEME))) return true;
  }
  return false;
}

/** Up to the first character of the value; `lock_passwd: true` and `chpasswd: {…}` have none that is secret. */
const ASSIGNED =
  /(lock[_-]?|ch)?(?:passw(?:or)?d|passphrase|token|secret|(?:api|access|private)[_-]?key|secret[_-]key|[a-z\d]_(?:pass|pwd)|psk|authorization|cookie)["']?[ \t]*[:=][ \t]*["']?[^\s"']/gi;

const HASH = /^\$(?:1|2[abxy]|5|6|7|y|gy|sha1)\$/;
const LONGEST_SCHEME = '$sha1$'.length;

const TELLING: readonly RegExp[] = [
  // Commands that read a password; `chpasswd:` is a key of cloud-init.
  /chpasswd["']?(?:[^"':]|$)|passwd --stdin|sshpass -p|ConvertTo-SecureString ["']/,
  // An option before its value, which is no variable: `--password hunter2`.
  /(?:^|\s)--[a-z-]*(?:password|passphrase|token)[ \t]+["']?[^\s"'$<{|&;-]/i,
  // The answers of sysprep: `<AdministratorPassword><Value>…`.
  /<\w*Password>\s*(?:<Value>\s*)?[^<\s]/i,
  // Logins of a registry, and of a .netrc.
  /"auth"\s*:\s*"[\w+/=]{8,}"|\blogin\s+\S+\s+password\s+\S/,
  // A JSON Web Token.
  /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./,
];

function hasPasswordInAddress(text: string): boolean {
  if (!text.includes('//')) return false;
  const addresses = Array.from(text.matchAll(ADDRESS), ([, , quoted, , plain]) => quoted ?? plain ?? '');
  return addresses.some((rest) => rest.slice(0, loginLength(rest)).includes(':'));
}

/**
 * A text in which addresses have no login and no query: `https://…@host/disk.img?…`. An address ends at a blank, or where
 * it stands in quotes, with these.
 */
export function withoutLogins(text: string): string {
  const open = text.includes('@') ? text.replace(REFERENCE_LOGIN, `$1${HIDDEN}@`) : text;
  if (!open.includes('//')) return open;
  return open.replace(ADDRESS, (_all, quote?: string, quoted?: string, slashes?: string, plain?: string) => {
    return `${quote ?? slashes ?? ''}${withoutLogin(quoted ?? plain ?? '')}`;
  });
}

const ADDRESS = /("[\w+.-]*:?\/\/)((?:[^"\\]|\\.)*)|(:\/\/|^\/\/)([^\s"'<>`]+)/gs;

/** A login where no scheme stands before it: `user:pw@registry/image`. What stands before a digest is not a login. */
const REFERENCE_LOGIN = /(^|[\s"'`(])[^\s"'`(@:/]+:(?!\/\/)[^\s"'`(]*@(?!sha\d+:)(?=[\w.-]+(?::\d+)?\/)/g;

/** An address by itself, which may have no scheme. */
export function publicAddress(address: string): string {
  const [, slashes = '', rest = ''] = /^([^/?#]*:\/\/|\/\/)?([^]*)$/.exec(address) ?? [];
  return `${slashes}${withoutLogin(rest)}`;
}

/** An address as code may hold it: without its login, and without a query that signs it or holds a secret. */
export function withoutCredentials(address: string): string {
  const [, scheme, rest = ''] = /^([\w+.-]+:\/\/)([^]*)$/.exec(address) ?? [];
  if (scheme === undefined) return address.replace(REFERENCE_LOGIN, '$1');
  const open = rest.slice(loginLength(rest));
  const query = queryAt(open);
  return `${scheme}${SIGNED.test(open.slice(query)) ? open.slice(0, query) : open}`;
}

/** Names of a query that sign an address, or let whoever has them in. */
const SIGNED = /\b(?:sig|signature|token|key|passw(?:or)?d|secret|credential|auth)=|x-(?:amz|goog|ms)-/i;

/** What follows `//`. */
function withoutLogin(rest: string): string {
  const [length, query] = [loginLength(rest), queryAt(rest)];
  if (length > query) return `${HIDDEN}@${withoutLogin(rest.slice(length))}`;
  const login = length === 0 ? '' : `${HIDDEN}@`;
  const behind = query === rest.length ? '' : withoutQuery(rest.slice(query));
  // Two addresses may be joined by a slash.
  return `${login}${withoutLogins(rest.slice(length, query))}${behind}`;
}

/** Where the query of what follows `//` begins; its end if it has none. */
function queryAt(rest: string): number {
  const at = rest.search(/[?#]/);
  return at < 0 ? rest.length : at;
}

/** How long the login of what follows `//` is, with its `@`. A password may hold a slash: then it ends at the last `@`. */
function loginLength(rest: string): number {
  const before = rest.slice(0, queryAt(rest));
  const slash = before.indexOf('/');
  const authority = slash < 0 ? before : before.slice(0, slash);
  const colon = authority.indexOf(':');
  const hasPassword = colon >= 0 && !/^\d*$/.test(authority.slice(colon + 1));
  return (hasPassword ? rest : authority).lastIndexOf('@') + 1;
}

/** A value as a message may show it: what is sensitive in it, by its path in it, is replaced. */
export function withoutSensitive(value: unknown): unknown {
  return masked(value, [], []);
}

function masked(value: unknown, path: readonly PathStep[], around: readonly unknown[]): unknown {
  if (isSensitive('', path) || (typeof value !== 'object' && BUT.has(String(path.filter(isKey).at(-1))))) return HIDDEN;
  if (!isPlain(value) || around.includes(value)) return value;
  const below = [...around, value];
  if (Array.isArray(value)) return value.map((one, index) => masked(one, [...path, index], below));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, [...path, key], below)]));
}

function isKey(step: PathStep): step is string {
  return typeof step === 'string';
}

/** Whether a value is an object in braces or a list, and not of a class that knows how to write itself. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/** A heading of a page is no secret. */
function withoutQuery(text: string): string {
  return /^#[\w.-]+$/.test(text) ? text : `${text[0]}${HIDDEN}`;
}

/** `spec.volumes[1].data[a.b]` as its steps. */
function pathOf(field: string): PathStep[] {
  return Array.from(field.matchAll(/\[([^\]]*)\]?|([^.[\]]+)/g), ([, inner, plain]) => {
    if (inner === undefined) return plain ?? '';
    return /^\d+$/.test(inner) ? Number(inner) : inner.replace(/^"(.*)"$/s, '$1');
  });
}
