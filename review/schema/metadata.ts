import { isObject } from '../manifests/json';
import { Json } from '../rule';
import { briefly } from './issue';

/** RFC 1123 label and subdomain, and RFC 1035 label: apimachinery, pkg/util/validation/validation.go. */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** A path segment: apimachinery, pkg/api/validation/path/name.go, IsValidPathSegmentName. */
const SEGMENT = /^(?!\.{1,2}$)[^/%]+$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

const LABEL_LENGTH = 63;
const SUBDOMAIN_LENGTH = 253;
/** apimachinery, pkg/api/validation/objectmeta.go, TotalAnnotationSizeLimitB. */
const ANNOTATIONS_BYTES = 256 * 1024;

interface NameForm {
  readonly form: RegExp;
  readonly longest: number;
  readonly words: string;
}

const DNS_LABEL: NameForm = { form: LABEL, longest: LABEL_LENGTH, words: "a DNS label (a-z, 0-9 and '-')" };
const DNS_NAME: NameForm = { form: SUBDOMAIN, longest: SUBDOMAIN_LENGTH, words: "a DNS name (a-z, 0-9, '-' and '.')" };
const DNS_1035: NameForm = {
  form: LABEL_1035,
  longest: LABEL_LENGTH,
  words: "a DNS label that starts with a letter (a-z, 0-9 and '-')",
};
const PATH_SEGMENT: NameForm = { form: SEGMENT, longest: Infinity, words: "text without '/' and '%'" };

/** Kinds whose names are no DNS subdomains: kubernetes, pkg/apis/core/validation and pkg/apis/rbac/validation. */
const NAME_FORMS: Readonly<Record<string, NameForm>> = {
  'v1/Namespace': DNS_LABEL,
  'v1/Service': DNS_1035,
  'rbac.authorization.k8s.io/v1/Role': PATH_SEGMENT,
  'rbac.authorization.k8s.io/v1/RoleBinding': PATH_SEGMENT,
  'rbac.authorization.k8s.io/v1/ClusterRole': PATH_SEGMENT,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': PATH_SEGMENT,
};

/** The rules about metadata. */
export const METADATA_RULES = ['metadata-name', 'metadata-namespace', 'metadata-labels', 'metadata-annotations'];

type NoteField = (rule: string, field: string, message: string) => void;

/**
 * What every object's metadata must keep to: apimachinery, pkg/api/validation/objectmeta.go, ValidateObjectMeta.
 * What is of the wrong type is left to the schema.
 */
export function checkMetadata(object: Json, note: NoteField): void {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const { name, generateName, namespace, labels, annotations } = metadata;
  const form = NAME_FORMS[`${String(object.apiVersion)}/${String(object.kind)}`] ?? DNS_NAME;
  if (isText(name)) checkName(form, 'name', name, note);
  else if (isText(generateName)) checkName(form, 'generateName', generateName.replace(/-$/, '0'), note);
  else if (name == null || name === '') note('metadata-name', 'metadata.name', "'name' must be given, got nothing");
  if (isText(namespace)) checkName(DNS_LABEL, 'namespace', namespace, note);
  if (isObject(labels)) checkLabels(labels, note);
  if (isObject(annotations)) checkAnnotations(annotations, note);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function checkName({ form, longest, words }: NameForm, field: string, value: string, note: NoteField): void {
  if (value.length <= longest && form.test(value)) return;
  const most = longest === Infinity ? '' : ` of at most ${longest} characters`;
  const id = field === 'namespace' ? 'metadata-namespace' : 'metadata-name';
  note(id, `metadata.${field}`, `'${field}' must be ${words}${most}, got ${briefly(value)}`);
}

function checkLabels(labels: Json, note: NoteField): void {
  for (const key in labels) {
    const value = labels[key];
    checkKey('labels', key, note);
    if (!isText(value) || (value.length <= LABEL_LENGTH && QUALIFIED.test(value))) continue;
    const must = `must be at most ${LABEL_LENGTH} letters, digits, '-', '_' and '.', a letter or digit at both ends`;
    note('metadata-labels', 'metadata.labels', `the value of '${key}' ${must}, got ${briefly(value)}`);
  }
}

function checkAnnotations(annotations: Json, note: NoteField): void {
  let bytes = 0;
  for (const key in annotations) {
    const value = annotations[key];
    checkKey('annotations', key, note);
    bytes += Buffer.byteLength(key) + (typeof value === 'string' ? Buffer.byteLength(value) : 0);
  }
  if (bytes <= ANNOTATIONS_BYTES) return;
  const must = `'annotations' must have at most ${ANNOTATIONS_BYTES} bytes in all, got ${bytes}`;
  note('metadata-annotations', 'metadata.annotations', must);
}

function checkKey(map: 'labels' | 'annotations', key: string, note: NoteField): void {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  // Annotation keys may have upper-case prefixes: ValidateAnnotations lowers them first.
  const domain = map === 'annotations' ? prefix?.toLowerCase() : prefix;
  const named = name.length <= LABEL_LENGTH && QUALIFIED.test(name);
  if (named && (domain === undefined || (domain.length <= SUBDOMAIN_LENGTH && SUBDOMAIN.test(domain)))) return;
  note(
    `metadata-${map}`,
    `metadata.${map}`,
    `'${map}' must have keys like 'name' or 'domain/name', got ${briefly(key)}`,
  );
}
