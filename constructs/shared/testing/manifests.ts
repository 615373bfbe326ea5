import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** A finished object, as its manifest has it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Record<string, unknown>;
  readonly [field: string]: unknown;
}

/** A chart to build in, with that namespace or without one. Its app is never written, so it needs no folder. */
export function testChart(namespace?: string): Chart {
  return new Chart(new App(), 'test', { namespace });
}

/** The objects of a chart or a construct as plain data, in the order in which they were made. */
export function manifests(construct: IConstruct): Manifest[] {
  const objects = construct.node.findAll().filter((node) => ApiObject.isApiObject(node));
  return objects.map((object) => JSON.parse(JSON.stringify(object.toJson())) as Manifest);
}

/** The one object of a construct as plain data. */
export function manifest(construct: IConstruct): Manifest {
  const [only, ...others] = manifests(construct);
  if (only === undefined || others.length > 0)
    throw new Error(`${construct.node.path} makes ${others.length + 1} objects`);
  return only;
}

/** The message of a refusal. A fault of the code itself, such as a TypeError, is thrown again. */
export function failureOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Error && error.constructor.name === 'Error') return error.message;
    throw error;
  }
  throw new Error('it did not fail');
}

/** What only JavaScript lets through, in whatever type is asked for. */
export function untyped<T>(value: unknown): T {
  return value as T;
}
