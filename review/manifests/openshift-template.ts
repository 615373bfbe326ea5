import { isSensitiveField } from '../../constructs/shared/sensitive';
import { Json } from '../rule';
import { isObject, objectsAt, textAt } from './json';
import { Reviewed } from './manifest';

/**
 * The objects of an OpenShift Template whose parameters all have values, as `oc process` makes them; undefined if it is none.
 * What a parameter generates stays a placeholder, and so does one that is named as a secret, lest a message shows it. Each Template is a root of its own: it is made by itself, beside what stands.
 *
 * @see https://docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/images/using-templates
 */
export function templateObjects({ object, origin, root }: Reviewed): Reviewed[] | undefined {
  if (textAt(object, 'kind') !== 'Template' || !textAt(object, 'apiVersion').startsWith('template.openshift.io/')) {
    return undefined;
  }
  const parameters = objectsAt(object, 'parameters');
  const isSet = parameters.every(({ value, generate }) => typeof value === 'string' || typeof generate === 'string');
  if (!isSet) return undefined;
  const values = new Map(
    parameters.flatMap(({ name, value }) =>
      typeof name === 'string' && typeof value === 'string' && !isSensitiveField('', name)
        ? [[name, value] as const]
        : [],
    ),
  );
  const within = root === undefined ? '' : `, of ${root.name}`;
  const name = `Template ${textAt(object, 'metadata', 'name')}, document ${origin.document ?? 0} of ${origin.file ?? 'the manifests'}${within}`;
  const own = { name, kind: 'template', isOpen: true } as const;
  return objectsAt(object, 'objects').map((one) => ({ object: filled(one, values) as Json, origin, root: own }));
}

/** `${X}` within a text, and `${{X}}` alone, which may become a number or a switch: OpenShift, pkg/template/templateprocessing. */
function filled(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return filledText(value, values);
  if (Array.isArray(value)) return value.map((item) => filled(item, values));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, filled(below, values)]));
}

function filledText(text: string, values: ReadonlyMap<string, string>): unknown {
  const [, alone = ''] = /^\$\{\{([a-zA-Z0-9_]+)\}\}$/.exec(text) ?? [];
  const value = values.get(alone);
  if (value !== undefined) return parsed(value);
  return text.replace(/\$\{([a-zA-Z0-9_]+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}

/** JSON, else a text. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
