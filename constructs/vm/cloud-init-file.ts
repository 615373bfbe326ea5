import { checkBoolean, isObject } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { oneOf, part, PropCheck, required } from '../shared/prop-checks';
import { addKind, Faults, kindOf } from '../shared/refusal';
import { address, checkGuestText, TextRule } from './cloud-init-text';
import { CloudYamlMap } from './cloud-init-yaml';

/** How the content of a file is written down. */
export enum FileEncoding {
  /** Base64. */
  BASE64 = 'b64',
  /** Base64 of what gzip makes. */
  GZIP_BASE64 = 'gz+b64',
}

/** Where cloud-init fetches a file from. */
export interface CloudInitFileSource {
  /** Its address. */
  readonly uri: string;

  /**
   * Headers of the request, without secrets: everybody reads them.
   *
   * @default - none
   */
  readonly headers?: { readonly [name: string]: string };
}

/**
 * A file that cloud-init writes in the guest at the first boot.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
 */
export interface CloudInitFile {
  /** Absolute path; folders on the way are made. */
  readonly path: string;

  /**
   * The content, as it is: a last line break is in the file only if it is here.
   *
   * @default - that of `source`; one of the two is needed
   */
  readonly content?: string;

  /**
   * How `content` is written down: for a file that is not text.
   *
   * @default - as it is
   */
  readonly encoding?: FileEncoding;

  /**
   * Where the content is fetched from; where that fails, `content` is taken. Of cloud-init 24.3 and newer.
   *
   * @default - none
   */
  readonly source?: CloudInitFileSource;

  /**
   * Owner and group.
   *
   * @default - root:root
   */
  readonly owner?: string;

  /**
   * Permissions in octal digits, as text: `0600`.
   *
   * @default - 0644
   */
  readonly permissions?: string;

  /**
   * Whether the content is added to the end of a file that exists.
   *
   * @default false
   */
  readonly append?: boolean;

  /**
   * Whether it is written at the end of the boot, when packages are installed and users exist:
   * for a file that belongs to one of `users`.
   *
   * @default false
   */
  readonly defer?: boolean;
}

const KNOWN: { readonly [key in keyof Required<CloudInitFile>]: true } = {
  path: true,
  content: true,
  encoding: true,
  source: true,
  owner: true,
  permissions: true,
  append: true,
  defer: true,
};

const PATH: TextRule = { form: /^\/[^\r\n]*[^/\r\n]$/, must: "be the absolute path of a file, such as '/etc/motd'" };
const OWNER: TextRule = {
  form: /^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$/,
  must: "be of the form 'user' or 'user:group'",
};
const PERMISSIONS: TextRule = { form: /^0?[0-7]{3,4}$/, must: "be octal digits as text, such as '0644'" };

const BASE64 = /^(?:[A-Za-z0-9+/]{4}|\s)*(?:(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)\s*)?$/;
const headers: PropCheck = (faults, property, value) => {
  if (!isObject(value)) addKind(faults, property, 'be an object of names and text', value);
  else for (const [name, text] of Object.entries(value)) checkGuestText(faults, `${property}.${name}`, text);
};
const SOURCE = part<CloudInitFileSource>({ uri: required(address), headers });

/** Notes what is wrong with the files of a cloud-config. */
export function checkFiles(faults: Faults, property: string, files: unknown): void {
  if (files === undefined) return;
  if (!Array.isArray(files)) {
    faults.note(`'${property}' must be a list of files, got ${kindOf(files)}; write [{ path: …, content: … }]`);
    return;
  }
  Array.from(files).forEach((file: unknown, index) => {
    const at = `${property}[${index}]`;
    if (!checkKeys(faults, at, file, KNOWN)) return;
    checkGuestText(faults, `${at}.path`, file.path, PATH);
    if (file.content !== undefined || file.source === undefined) {
      checkGuestText(faults, `${at}.content`, file.content);
    }
    checkEncoding(faults, at, file);
    if (file.source !== undefined) SOURCE(faults, `${at}.source`, file.source);
    if (file.owner !== undefined) checkGuestText(faults, `${at}.owner`, file.owner, OWNER);
    if (file.permissions !== undefined) checkGuestText(faults, `${at}.permissions`, file.permissions, PERMISSIONS);
    checkBoolean(faults, `${at}.append`, file.append);
    checkBoolean(faults, `${at}.defer`, file.defer);
  });
}

function checkEncoding(faults: Faults, at: string, { encoding, content }: Readonly<Record<string, unknown>>): void {
  if (encoding === undefined) return;
  oneOf(FileEncoding)(faults, `${at}.encoding`, encoding);
  if (typeof content === 'string' && BASE64.test(content)) return;
  const got = content === undefined ? 'nothing' : 'something else (not shown)';
  faults.note(`'${at}.content' must be Base64 with 'encoding', got ${got}`);
}

/** An entry of cloud-init's `write_files`. */
export function renderFile(file: CloudInitFile): CloudYamlMap {
  return {
    path: file.path,
    content: file.content,
    encoding: file.encoding,
    source: file.source && { uri: file.source.uri, headers: file.source.headers },
    owner: file.owner,
    permissions: file.permissions,
    append: file.append,
    defer: file.defer,
  };
}
