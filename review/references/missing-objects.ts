import { firstWords } from '../../constructs/shared/wording';
import { Finding } from '../finding';

/** Findings of the same missing object as one, of the first that names it, with all the others. */
export function byMissing(findings: readonly Finding[]): Finding[] {
  const users = new Map<string, { object: Finding['object']; field: string }[]>();
  const first = new Map<Finding, string>();
  const shown = findings.filter((finding) => {
    const { missing, rule, object, field } = finding;
    if (missing === undefined) return true;
    const key = [rule, missing.kind, missing.namespace, missing.name].join('\0');
    const known = users.get(key);
    if (known === undefined) {
      users.set(key, []);
      first.set(finding, key);
    } else known.push({ object, field });
    return known === undefined;
  });
  return first.size === 0
    ? shown
    : shown.map((finding) => withUsers(finding, users.get(first.get(finding) ?? '') ?? NONE));
}

const NONE: NonNullable<Finding['users']> = [];

/** How many of those that name a missing object are listed. */
const MOST_SHOWN = 5;

function titleOf({ kind, namespace, name }: Finding['object']): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function withUsers(finding: Finding, users: NonNullable<Finding['users']>): Finding {
  if (users.length === 0) return finding;
  const own = titleOf(finding.object);
  const others = [...new Set(users.map(({ object }) => titleOf(object)))].filter((title) => title !== own);
  const more = `${users.length} more ${users.length === 1 ? 'place names' : 'places name'} it`;
  const by = others.length === 0 ? '' : `: ${firstWords(others, MOST_SHOWN)}`;
  return { ...finding, message: `${finding.message} (${more}${by})`, users };
}
