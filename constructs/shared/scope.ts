import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addKind, Faults } from './refusal';

/**
 * Refuses a scope in which nothing can be made: none, an app, or something else than a construct.
 *
 * @throws at once: a construct has neither a path nor a namespace then.
 */
export function requireScope(faults: Faults, scope: unknown): void {
  if (Construct.isConstruct(scope) && scope.node.scopes.some((above) => Chart.isChart(above))) return;
  const remedy = "make a chart, new Chart(app, 'web'), and give it as the first argument";
  addKind(faults, 'scope', 'be a chart or a construct in one', scope, remedy);
  faults.refuse();
}
