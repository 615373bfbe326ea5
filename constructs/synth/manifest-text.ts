import { Yaml } from 'cdk8s';

/** One manifest as YAML text, with the bytes that cdk8s gives it. */
export function manifestText(manifest: unknown): string {
  return Yaml.stringify(manifest);
}
