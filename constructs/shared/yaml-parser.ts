import type * as JsYaml from 'js-yaml';

/** js-yaml, loaded when there is something to read: most programs that import the library read no YAML. */
export function yamlParser(): typeof JsYaml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the parser with the library
  return require('js-yaml') as typeof JsYaml;
}
