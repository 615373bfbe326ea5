import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';

/** What an object of every kind may say of itself. */
export const METADATA = { namespace: 'apps', labels: { a: 'b' }, annotations: { a: 'b' } };

/** The finished manifests of what is made in a chart. */
export function made(make: (chart: Construct) => void): unknown[] {
  const chart = new Chart(new App(), 'vocabulary');
  make(chart);
  const objects = chart.node.findAll().filter((node) => ApiObject.isApiObject(node));
  return objects.map((object) => JSON.parse(JSON.stringify(object.toJson())) as unknown);
}

/** Props without some of them. */
export function without<T extends object, K extends keyof T>(props: T, ...keys: K[]): Omit<T, K> {
  const left = Object.entries(props).filter(([key]) => !keys.includes(key as K));
  return Object.fromEntries(left) as unknown as Omit<T, K>;
}
