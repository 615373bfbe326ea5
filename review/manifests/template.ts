import { YAMLException } from 'js-yaml';

/** What a template engine replaces: Helm and Jinja (`{{ x }}`, `{% if %}`), Terraform (`%{ if }`). */
const MARK = /\{\{|\{%|%\{/;

/** A line that holds nothing else. */
const WHOLE = /^\s*(-\s+)?(\{\{.*\}\}|\{%.*%\}|%\{.*\})\s*(#.*)?$/;

/** Where YAML that could not be read shows itself to be a template, both counted from 1; nothing where it is none. */
export function templatePlace(
  text: string,
  { mark, reason }: YAMLException,
): { readonly line: number; readonly column: number } | undefined {
  const lines = text.split('\n');
  const at = mark?.line ?? 0;
  // A key of several lines is found out on the line behind it; a map as a key, nowhere near it.
  const nearby = [at, at - 1].find((line) => MARK.test(lines[line] ?? ''));
  const isMapKey = reason.includes('complex keys');
  const found = nearby ?? lines.findIndex((line) => (isMapKey ? UNQUOTED : WHOLE).test(line));
  return found < 0 ? undefined : { line: found + 1, column: lines[found]!.search(MARK) + 1 };
}

/** `key: {{ x }}` */
const UNQUOTED = /^[^"'#]*\{\{/;
