import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isOwnObject } from '../shared/api-object';
import { isObject } from '../shared/checks';
import { Faults } from '../shared/refusal';

/**
 * Refuses what a generated class would drop of its props: `cdk8s import` and cdk8s-plus give a class to each quantity
 * (`Quantity.fromString('1Gi')`), and write `null` or nothing for plain text, which only a cast or JavaScript lets through.
 *
 * @throws with each value that the manifest would lose.
 */
export function refuseDropped(construct: IConstruct): void {
  if (!ApiObject.isApiObject(construct) || isOwnObject(construct)) return;
  const object = construct as ApiObject;
  if (object.toJson === ApiObject.prototype.toJson) return;
  const { given, written } = rendered(object);
  if (!isObject(given) || !isObject(written)) return;
  const faults = new Faults(construct.node.path);
  for (const key of Object.keys(given)) {
    if (!COMMON.has(key)) compare(faults, key, given[key], valueOf(written, key));
  }
  faults.refuse();
}

/** Before the class writes it, and after; both undefined of an object that cannot be written, which the synth itself says. */
function rendered(object: ApiObject): { readonly given?: unknown; readonly written?: unknown } {
  try {
    return { given: ApiObject.prototype.toJson.call(object), written: object.toJson() };
  } catch {
    return {};
  }
}

/** What the classes take from elsewhere. */
const COMMON: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

function compare(faults: Faults, path: string, given: unknown, written: unknown): void {
  if (written === undefined || written === null) {
    if (isEmpty(given)) return;
    const remedy =
      typeof given === 'string' || typeof given === 'number'
        ? `write the quantity as its class: ….fromString(${JSON.stringify(String(given))})`
        : 'make the object with ApiObject, which keeps every field';
    faults.add(path, 'be what the generated class takes, which drops it', given, remedy);
  } else if (Array.isArray(given) && Array.isArray(written)) {
    given.forEach((item, index) => compare(faults, `${path}[${index}]`, item, written[index]));
  } else if (isObject(given) && isObject(written)) {
    for (const [key, value] of Object.entries(given)) compare(faults, `${path}.${key}`, value, valueOf(written, key));
  }
}

/** `hostIPC` of the manifest is `hostIpc` of the class. */
function valueOf(written: Readonly<Record<string, unknown>>, key: string): unknown {
  if (written[key] !== undefined) return written[key];
  const name = Object.keys(written).find((one) => one.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : written[name];
}

/** Whether nothing is lost with it. cdk8s has made each null undefined, also in lists. */
function isEmpty(value: unknown): boolean {
  return value === undefined || (isObject(value) && Object.keys(value).length === 0);
}
