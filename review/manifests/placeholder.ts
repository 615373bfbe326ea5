/**
 * What somebody fills in before it is applied: `${VAR}` (envsubst, Flux), `{{ x }}` (Helm, Ansible), `<name>` (a
 * document), and what SOPS encrypted in place.
 */
const PLACEHOLDER = /\$\{[^{}]*\}|\{\{.*?\}\}|<[A-Za-z][\w .-]*>|ENC\[AES256_GCM,/g;

/** XML has names in pointed brackets, too. */
const XML = /<\/|\/>|<\?/;

/** The placeholders in the value that a message shows. */
export function placeholdersIn(message: string): readonly string[] {
  const shown = /, got ("[^]*)$/.exec(message)?.[1] ?? '';
  const found = shown.match(PLACEHOLDER) ?? [];
  return XML.test(shown) ? found.filter((one) => !one.startsWith('<')) : found;
}
