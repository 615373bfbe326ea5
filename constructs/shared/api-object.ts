import { ApiObject, ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkAnnotations, checkLabel, checkLabels, checkName, isObject, requireObject } from './checks';
import { declareExternals } from './external';
import { checkKeys, KnownKeys } from './known-keys';
import { mergeOverrides } from './override-merge';
import { Faults, kindOf } from './refusal';
import { withFields } from './with-fields';

/** What every construct that makes a cluster-scoped object takes. */
export interface ClusterObjectProps {
  /**
   * Name of the object.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Labels of the object, beside those of its chart.
   *
   * @default - those of the chart
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * The escape hatch: a plain object merged last into the finished manifest. It wins over everything, but it loses nothing
   * without a word: `null` removes a field; the items of a list that have names (disks, volumes, networks, interfaces) are
   * merged by these, so that a new one is added; any other list that the construct makes is replaced only by
   * `Overrides.replaceList([…])`; a field that the schema does not know takes `Overrides.unknownField(…)`. Name, namespace and
   * kind stay as the construct has them.
   *
   * @default - no changes
   */
  readonly overrides?: { readonly [field: string]: unknown };
}

/** What every construct that makes a namespaced object takes. */
export interface ObjectProps extends ClusterObjectProps {
  /**
   * Namespace of the object.
   *
   * @default - that of the chart; without one, the namespace of whoever applies the manifest
   */
  readonly namespace?: string;
}

/** The props of `ClusterObjectProps`, for `checkKeys`. */
export const CLUSTER_OBJECT_PROPS: KnownKeys<ClusterObjectProps> = {
  name: true,
  labels: true,
  annotations: true,
  overrides: true,
};

/** The props of `ObjectProps`, for `checkKeys`. */
export const OBJECT_PROPS: KnownKeys<ObjectProps> = { ...CLUSTER_OBJECT_PROPS, namespace: true };

type NameCheck = (faults: Faults, property: string, value: unknown) => void;

/** The name that a construct's object has. */
export function objectName(id: string, props: ClusterObjectProps): string {
  return props.name ?? id;
}

/** The namespace that a construct's object lands in, as far as the manifest says; notes what `checkChartNamespace` notes. */
export function objectNamespace(faults: Faults, scope: Construct, props: ObjectProps): string | undefined {
  checkChartNamespace(faults, scope, props);
  return props.namespace ?? Chart.of(scope).namespace;
}

/** Notes a namespace of the chart that Kubernetes refuses, where an object gets it: cdk8s takes any text for it. */
export function checkChartNamespace(faults: Faults, scope: Construct, props: ObjectProps): void {
  const { namespace } = Chart.of(scope);
  if (props.namespace === undefined && namespace !== undefined) checkLabel(faults, 'chart.namespace', namespace);
}

/**
 * Notes what is wrong with the props that every object shares. It comes first of all checks: props
 * that are missing altogether are refused at once.
 *
 * @param checkForm The form that Kubernetes wants of the name.
 */
export function checkObject(faults: Faults, id: string, props: ObjectProps, checkForm: NameCheck = checkName): void {
  requireObject(faults, 'props', props);
  if (props.name === undefined) checkForm(faults, 'id', id);
  else checkForm(faults, 'name', props.name);
  if (props.namespace !== undefined) checkLabel(faults, 'namespace', props.namespace);
  checkLabels(faults, 'labels', props.labels);
  checkAnnotations(faults, 'annotations', props.annotations);
  checkOverrides(faults, 'overrides', props.overrides);
}

/**
 * Notes what is wrong with the props of a construct that makes one object: what `checkObject` notes, and unknown props.
 *
 * @param known The props of the construct.
 * @param checkForm The form that Kubernetes wants of the name.
 */
export function checkProps(
  faults: Faults,
  id: string,
  props: ObjectProps,
  known: { readonly [prop: string]: true },
  checkForm: NameCheck = checkName,
): void {
  checkObject(faults, id, props, checkForm);
  checkKeys(faults, 'props', props, known);
}

/** Notes an escape hatch that is not an object. The value stays out of the message; it may hold a secret. */
export function checkOverrides(faults: Faults, property: string, overrides: unknown): void {
  if (overrides === undefined || isObject(overrides)) return;
  faults.note(`'${property}' must be a plain object, got ${kindOf(overrides)}`);
}

/** The metadata of a construct's object. */
export function objectMeta(
  id: string,
  props: ObjectProps,
  annotations?: { readonly [key: string]: string },
): ApiObjectMetadata {
  const all = { ...annotations, ...props.annotations };
  return {
    name: objectName(id, props),
    namespace: props.namespace,
    labels: props.labels,
    annotations: Object.keys(all).length > 0 ? all : undefined,
  };
}

/** A class of `imports/` or of cdk8s-plus that makes one object. */
type ObjectClass<P> = new (scope: Construct, id: string, props: P) => ApiObject;

/** What a construct sets of its object, apart from its body and its props. */
interface ObjectExtras {
  /**
   * Id of the object in its construct.
   *
   * @default 'Resource'
   */
  readonly id?: string;

  /**
   * Annotations that the construct sets; those of the props win.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * Other metadata that the construct sets.
   *
   * @default - none
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * Makes the object of a construct, its child `Resource`. Name, namespace, labels and annotations are as the props say; their
 * `overrides` are merged into the finished object, so that they win over everything.
 *
 * @param body All of the object but its metadata.
 */
export function addObject<P>(
  construct: Construct,
  type: ObjectClass<P>,
  props: ObjectProps,
  body: Omit<NonNullable<P>, 'metadata'>,
  { id = 'Resource', annotations, metadata }: ObjectExtras = {},
): ApiObject {
  const own = { ...objectMeta(construct.node.id, props, annotations), ...metadata };
  const resource = new type(construct, id, withFields(body, { metadata: own }) as P);
  applyOverrides(resource, props.overrides);
  declareExternals(construct, props, props.namespace ?? Chart.of(construct).namespace);
  Object.defineProperty(resource, OWN, OWN_MARK);
  return resource;
}

/**
 * Marks the objects of our constructs, whose values are of the classes that they need. Not a WeakSet: the engine goes through one
 * again at each collection, which with fifty thousand objects is a twentieth of a synth.
 */
const OWN = Symbol('cdk8s-kubevirt.ownObject');
const OWN_MARK: PropertyDescriptor = { value: true };

/** Whether one of our constructs made the object. */
export function isOwnObject(object: object): boolean {
  return OWN in object;
}

/** As `addObject`, for an object that has no namespace: cdk8s gives every object that of its chart. */
export function addClusterObject<P>(
  construct: Construct,
  type: ObjectClass<P>,
  props: ClusterObjectProps,
  body: Omit<NonNullable<P>, 'metadata'>,
  extras: ObjectExtras = {},
): void {
  const { overrides, ...others } = props;
  const resource = addObject(construct, type, others, body, extras);
  clearNamespace(resource);
  applyOverrides(resource, overrides);
}

/**
 * Merges `overrides` into what the object renders; see `Overrides` for what they may hold. `addJsonPatch` of cdk8s cannot do
 * it: an L1 class drops the fields that its generated type does not know, after the patches were applied.
 *
 * @throws where they would rename or move the object, drop a list of the construct, or write a field that the schema does not
 * know; all faults in one error.
 */
export function applyOverrides(resource: ApiObject, overrides: ClusterObjectProps['overrides']): void {
  if (overrides === undefined) return;
  const render = resource.toJson.bind(resource);
  const subject = resource.node.scope?.node.path ?? resource.node.path;
  resource.toJson = () => {
    const faults = new Faults(subject);
    const merged = mergeOverrides(faults, resource, render(), overrides);
    faults.refuse();
    return merged;
  };
  // A fault is said where the overrides are given, not first at the synth.
  resource.toJson();
}

/** Keeps the chart's namespace, which cdk8s gives every object, off a cluster-scoped one. */
export function clearNamespace(resource: ApiObject): void {
  const render = resource.toJson.bind(resource) as () => Record<string, unknown>;
  resource.toJson = () => {
    const rendered = render();
    const metadata = { ...(isObject(rendered.metadata) ? rendered.metadata : {}) };
    delete metadata.namespace;
    return { ...rendered, metadata };
  };
}
