import { ApiObject } from 'cdk8s';

/** The text of `construct-metadata.json`: where in the construct tree an object comes from, by the object's name. */
export function constructMetadata(objects: readonly ApiObject[]): string {
  const resources = Object.fromEntries(objects.map(({ name, node }) => [name, { path: node.path }]));
  return JSON.stringify({ version: '1.0.0', resources });
}
