import { checkBoolean } from '../shared/checks';
import { checkKeys } from '../shared/known-keys';
import { Faults, kindOf } from '../shared/refusal';
import { checkGuestText, TextRule } from './cloud-init-text';
import { CloudYamlMap } from './cloud-init-yaml';

/**
 * A file that cloud-init writes in the guest at the first boot.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
 */
export interface CloudInitFile {
  /** Absolute path; folders on the way are made. */
  readonly path: string;

  /** The content, as it is: a last line break is in the file only if it is here. */
  readonly content: string;

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
    checkGuestText(faults, `${at}.content`, file.content);
    if (file.owner !== undefined) checkGuestText(faults, `${at}.owner`, file.owner, OWNER);
    if (file.permissions !== undefined) checkGuestText(faults, `${at}.permissions`, file.permissions, PERMISSIONS);
    checkBoolean(faults, `${at}.append`, file.append);
    checkBoolean(faults, `${at}.defer`, file.defer);
  });
}

/** An entry of cloud-init's `write_files`. */
export function renderFile(file: CloudInitFile): CloudYamlMap {
  return {
    path: file.path,
    content: file.content,
    owner: file.owner,
    permissions: file.permissions,
    append: file.append,
    defer: file.defer,
  };
}
