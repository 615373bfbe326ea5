import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addKind, Faults } from './refusal';

/**
 * Where a construct is made and under which id, for `super(…)`.
 *
 * @throws what `requirePlace` refuses.
 */
export function placed(scope: Construct, id: string): [scope: Construct, id: string] {
  requirePlace(new Faults(pathOf(scope, id)), scope, id);
  return [scope, id];
}

/** The path that a construct will have, as far as its scope and id are what they must be. */
export function pathOf(scope: unknown, id: unknown): string {
  const above = Construct.isConstruct(scope) ? scope.node.path : '';
  return [above, typeof id === 'string' ? id : ''].filter((part) => part !== '').join('/') || 'a new construct';
}

/**
 * Refuses a scope in which nothing can be made (none, an app, or something else than a construct), and an id that is no text
 * or that another construct of the scope has.
 *
 * @throws at once: a construct has neither a path nor a namespace then.
 */
export function requirePlace(faults: Faults, scope: unknown, id: unknown): void {
  requireScope(faults, scope);
  if (typeof id !== 'string' || id === '') {
    const remedy = typeof id === 'number' ? `write "${id}"` : "write for example 'web'";
    addKind(faults, 'id', 'be text', id, remedy);
  } else if ((scope as Construct).node.tryFindChild(id) !== undefined) {
    const chart = (scope as Construct).node.path;
    faults.add('id', `differ from that of every other construct in '${chart}'`, id, `write for example '${id}-2'`);
  }
  faults.refuse();
}

/** Refuses a scope in which nothing can be made, at once. */
function requireScope(faults: Faults, scope: unknown): void {
  if (Construct.isConstruct(scope) && scope.node.scopes.some((above) => Chart.isChart(above))) return;
  const remedy = "make a chart, new Chart(app, 'web'), and give it as the first argument";
  addKind(faults, 'scope', 'be a chart or a construct in one', scope, remedy);
  faults.refuse();
}
