import { isDeepStrictEqual } from 'node:util';
import { yamlParser } from '../../constructs/shared/yaml-parser';
import { isObject } from '../../review/manifests/json';
import { readPlain } from '../../review/manifests/plain-yaml';
import { Json } from '../../review/rule';

/** What user data in YAML begins with. */
const HEADER = /^#cloud-config[ \t]*\r?\n/;

/** The map of a `#cloud-config`; undefined for other user data, and for a text that is not YAML. */
export function cloudConfigOf(userData: string): Json | undefined {
  return HEADER.test(userData) ? yamlOf(userData) : undefined;
}

/** What was read last: one text is asked about several times in a row. */
let last: { readonly text: string; readonly data: Json | undefined } | undefined;

/** The map that a text of YAML holds; undefined if it holds none. */
export function yamlOf(text: string): Json | undefined {
  if (last?.text !== text) last = { text, data: readPlain(text) ?? readAny(text) };
  return last.data;
}

function readAny(text: string): Json | undefined {
  const { load } = yamlParser();
  try {
    const data = load(text);
    return isObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the YAML has a comment beside its header, the first line: a line that stands in none of its texts. */
export function hasComments(text: string, data: Json): boolean {
  const below = text.split('\n').slice(HEADER.test(text) ? 1 : 0);
  const suspects = below
    .map((line) => /(?:^|\s)#[^]*$/.exec(line)?.[0].trim())
    .filter((comment) => comment !== undefined);
  if (suspects.length === 0) return false;
  const said = JSON.stringify(data);
  return suspects.some((comment) => !said.includes(JSON.stringify(comment.replace(/["']$/, '')).slice(1, -1)));
}

/** Whether two texts of YAML say the same. */
export function sameYaml(one: string, other: string): boolean {
  const [mine, theirs] = [yamlOf(one), yamlOf(other)];
  return mine !== undefined && isDeepStrictEqual(mine, theirs);
}

/** Whether two texts of user data tell cloud-init the same: of a `#cloud-config`, by what its YAML says. */
export function sameCloudConfig(one: string, other: string): boolean {
  if (one === other) return true;
  const [mine, theirs] = [cloudConfigOf(one), cloudConfigOf(other)];
  return mine !== undefined && theirs !== undefined && isDeepStrictEqual(settled(mine), settled(theirs));
}

/** What cloud-init reads in more than one form: a name alone, groups in one text, `sudo` as a text or a list of one. */
function settled(config: Json): unknown {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
      .map(([key, value]) => [key, key === 'users' && Array.isArray(value) ? value.map(settledUser) : value]),
  );
}

/** cloud-init 26.2: cloudinit/distros/ug_util.py, normalize_users_groups; cloudinit/distros/__init__.py, create_user. */
function settledUser(user: unknown): unknown {
  if (!isObject(user)) return user;
  const { groups, sudo, ...rest } = user;
  const words = typeof groups === 'string' ? groups.split(/\s*,\s*|\s+/).filter((word) => word !== '') : groups;
  return {
    ...rest,
    ...(words === undefined ? {} : { groups: words }),
    ...(sudo === undefined ? {} : { sudo: typeof sudo === 'string' ? [sudo] : sudo }),
  };
}
