import { ApiObject, Chart } from 'cdk8s';

/**
 * The text of `construct-metadata.json`: where in the construct tree an object comes from, by the object's name, as
 * cdk8s has it. One name may be of many objects; so each stands by its chart, kind, namespace and name too:
 * `1-import/2-vm VirtualMachine shop/web`. No name of an object holds a space.
 */
export function constructMetadata(objects: readonly ApiObject[]): string {
  const byName = objects.map(({ name, node }) => [name, { path: node.path }]);
  const whole = objects.map((object) => [wholeName(object), { path: object.node.path }]);
  return JSON.stringify({ version: '1.0.0', resources: Object.fromEntries([...byName, ...whole]) });
}

function wholeName(object: ApiObject): string {
  const { namespace } = object.metadata;
  const scope = namespace === undefined ? '' : `${namespace}/`;
  return `${Chart.of(object).node.path} ${object.kind} ${scope}${object.name}`;
}
