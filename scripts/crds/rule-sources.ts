import { Rule } from '../../review/rule';

/** What a rule says of where it is written. */
export type SourcedRule = Pick<Rule, 'id' | 'source' | 'since' | 'until' | 'moved'>;

/**
 * The places in a project's code that must be read again when a new release of it comes in, a line a file: its functions,
 * and how many rules stand on them. A rule that an earlier release ended needs no look.
 *
 * @param project `KubeVirt` or `CDI`, as the sources begin.
 */
export function sourcesToRead(project: string, rules: readonly SourcedRule[]): string[] {
  const files = new Map<string, { readonly functions: Set<string>; rules: number }>();
  for (const { source, until, moved } of rules) {
    const [, of, file, functions] = /^([^,]+), ([^:]+):?(.*)$/.exec(moved?.[0]?.source ?? source) ?? [];
    if (of !== project || file === undefined || until !== undefined) continue;
    const known = files.get(file) ?? { functions: new Set<string>(), rules: 0 };
    for (const name of (functions ?? '').split(',')) if (name.trim() !== '') known.functions.add(name.trim());
    known.rules += 1;
    files.set(file, known);
  }
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, { functions, rules: count }]) => {
    const names = functions.size === 0 ? '' : `: ${[...functions].sort().join(', ')}`;
    return `${file}${names} (${count} ${count === 1 ? 'rule' : 'rules'})`;
  });
}
