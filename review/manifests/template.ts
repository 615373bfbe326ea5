/** The marks of a template engine: Helm and Jinja (`{{ x }}`, `{% if %}`), Terraform (`%{ if }`). */
const MARK = /\{\{|\{%|%\{/;

/** A line that holds only that: how it begins and how it ends. */
const BEGINS = /^\s*(?:-\s+)?(?:\{\{|\{%|%\{)/;
const ENDS = /\}\s*(?:#[^]*)?$/;

/** Where YAML that could not be read turns out to be a template, both counted from 1; undefined if it is not one. */
export function templatePlace(
  text: string,
  { mark, reason }: { readonly mark: { readonly line: number }; readonly reason: string },
): { readonly line: number; readonly column: number } | undefined {
  const lines = text.split('\n');
  const at = mark.line;
  // A key of several lines is reported on the line behind it; a map as a key, far from it.
  const nearby = [at, at - 1].find((line) => MARK.test(lines[line] ?? ''));
  const isMapKey = reason.includes('complex keys');
  const found =
    nearby ?? lines.findIndex((line) => (isMapKey ? UNQUOTED.test(line) : BEGINS.test(line) && ENDS.test(line)));
  return found < 0 ? undefined : { line: found + 1, column: lines[found]!.search(MARK) + 1 };
}

/** `key: {{ x }}` */
const UNQUOTED = /^[^"'#]*\{\{/;

/**
 * A placeholder that is filled in before the apply: `${VAR}` (envsubst, Flux), `{{ x }}` (Helm, Ansible), `<name>` (a
 * document), and a value that SOPS encrypted in place.
 */
const PLACEHOLDER = /\$\{[^{}]*\}|<[A-Za-z][\w .-]*>|ENC\[AES256_GCM,/g;

/** The placeholders in two braces, which may hold single ones. */
function inBraces(text: string): string[] {
  const ended = text.split('}}').slice(0, -1);
  return ended.flatMap((piece) => {
    const from = piece.lastIndexOf('{{');
    return from < 0 ? [] : `${piece.slice(from)}}}`;
  });
}

/**
 * Forms that count only in a value of one word: `$X`, `$(X)`, `@X@`, `<< x >>`, and as the whole value `X_HERE`, an upper-case
 * word with an underscore, or one that holds CHANGE, REPLACE, YOUR or EXAMPLE.
 */
const IN_WORD = /\$\([A-Za-z_]\w*\)|\$[A-Za-z_]\w*|@[A-Za-z_][\w.-]*@|<<\s*[\w.-]+\s*>>/g;
function isWholeWord(word: string): boolean {
  if (!/^[A-Z0-9_-]*$/.test(word) || !/[A-Z]/.test(word)) return false;
  return /^[A-Z0-9]+(_[A-Z0-9]+)+$/.test(word) || /CHANGE|REPLACE|YOUR|EXAMPLE/.test(word);
}

/** Fields whose texts are written for others: programs, scripts, people. */
const FREE_TEXT = /\.(userData|networkData)(Base64)?$|^metadata\.annotations\b/;

/** XML has names in pointed brackets too. */
const XML = /<\/|\/>|<\?/;

/** The placeholders in the value that a message about a field shows. */
export function placeholdersIn(message: string, field = ''): string[] {
  const shown = /, got ("[^]*)$/.exec(message)?.[1] ?? '';
  const word = FREE_TEXT.test(field) ? undefined : /^"(<<\s*[\w.-]+\s*>>|\S*)"/.exec(shown)?.[1];
  if (word !== undefined && isWholeWord(word)) return [word];
  const found = [...(shown.match(PLACEHOLDER) ?? []), ...inBraces(shown), ...(word?.match(IN_WORD) ?? [])];
  return XML.test(shown) ? found.filter((one) => !one.startsWith('<')) : found;
}
