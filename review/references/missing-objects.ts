import { Finding } from '../finding';

/** Findings of the same missing object as one, of the first that names it, with all the others. */
export function byMissing(findings: readonly Finding[]): Finding[] {
  const first = new Map<string, { finding: Finding; users: { object: Finding['object']; field: string }[] }>();
  const entries = findings.map((finding) => {
    const { missing, rule, object, field } = finding;
    if (missing === undefined) return { finding, users: [] };
    const key = [rule, missing.kind, missing.namespace, missing.name].join('\0');
    const known = first.get(key);
    if (known !== undefined) {
      known.users.push({ object, field });
      return undefined;
    }
    const entry = { finding, users: [] };
    first.set(key, entry);
    return entry;
  });
  return entries.flatMap((entry) => (entry === undefined ? [] : [withUsers(entry.finding, entry.users)]));
}

function withUsers(finding: Finding, users: NonNullable<Finding['users']>): Finding {
  if (users.length === 0) return finding;
  const more = `${users.length} more ${users.length === 1 ? 'place names' : 'places name'} it`;
  return { ...finding, message: `${finding.message} (${more})`, users };
}
